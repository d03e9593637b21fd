// Which patterns of values does each group have, from the rows of the statement? Pure.
import {
  addPattern,
  inCanonicalOrder,
  type Pattern,
  type RatingPatterns,
  type Value,
} from "../statistics/ratingPatterns.js";
import { countsOfColumns } from "./vectors.js";

/** A row of patternStatement: a pattern and its units, or the raters of a group. */
export interface PatternRow {
  /** The group: an id, or the value itself; null for unassigned and for everything. */
  key: string | number | null;
  label: string | null;
  units: number | null;
  raters: number | null;
  size?: number | null;
  list?: string | null;
  [column: `v${number}`]: number;
}

export interface PatternGroup {
  /** What the group is called; null for what is assigned to none. */
  key: string | null;
  patterns: RatingPatterns;
}

interface Gathered {
  order: string | number | null;
  label: string | null;
  raters: number;
  units: Array<{ units: number; values: Map<number, number> }>;
}

/**
 * The groups, ids in order of making, values by code units, unassigned last. `categories` null: a continuous scale.
 * Null when a unit has more ratings of one category than the vectors hold: ask again with lists.
 */
export function decodeGroups(rows: readonly PatternRow[], categories: readonly Value[] | null): PatternGroup[] | null {
  const groups = new Map<string | number | null, Gathered>();
  for (const row of rows) {
    let group = groups.get(row.key);
    if (!group) groups.set(row.key, (group = { order: row.key, label: row.label, raters: 0, units: [] }));
    if (row.raters !== null) group.raters = row.raters;
    else {
      const values = row.list != null ? countsOfList(row.list) : countsOfVector(row, categories!.length);
      if (!values) return null;
      group.units.push({ units: row.units!, values });
    }
  }
  return [...groups.values()]
    .sort((a, b) => compareKeys(a.order, b.order))
    .map((group) => ({ key: group.label, patterns: patternsOf(group, categories) }));
}

function compareKeys(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Counts by category index. */
function countsOfVector(row: PatternRow, categories: number): Map<number, number> | null {
  const columns: number[] = [];
  for (let i = 0; row[`v${i}`] !== undefined; i++) columns.push(row[`v${i}`]!);
  const counts = countsOfColumns(columns, categories, row.size!);
  return counts && new Map(counts.flatMap((count, index) => (count > 0 ? [[index, count]] : [])));
}

/** Counts by the number itself: an index of a category, or a score. "{1,1,2.5}" as Postgres writes it. */
function countsOfList(list: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of list.slice(1, -1).split(",").map(Number)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function patternsOf({ units, raters }: Gathered, categories: readonly Value[] | null): RatingPatterns {
  const scores = categories
    ? null
    : [...new Set(units.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const indexOf = scores && new Map(scores.map((score, index) => [score, index]));
  const found = new Map<string, Pattern>();
  for (const unit of units) {
    const counts = [...unit.values].map(([value, count]) => [indexOf ? indexOf.get(value)! : value, count] as const);
    addPattern(
      found,
      unit.units,
      counts.sort((a, b) => a[0] - b[0]),
    );
  }
  return { values: categories ?? scores!, patterns: inCanonicalOrder(found), raters };
}
