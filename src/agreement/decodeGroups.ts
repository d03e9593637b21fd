// Which patterns of values does each group have, from the rows of the statements? Pure.
import { decodeCounts } from "../ratings/countVectors.js";
import type { RatingsBothWays } from "../statistics/inferCoefficients.js";
import { patternsOfHistogram, type Value } from "../statistics/ratingPatterns.js";
import { compareKeys, type GroupKey } from "./groupKey.js";
import { countsOfColumns } from "./vectors.js";

export interface RatingGroup {
  id: GroupKey;
  /** What the group is called; null for what is assigned to none. */
  key: string | null;
  ratings: RatingsBothWays;
}

/** A row of patternStatement: a pattern and its units, or the raters of a group. */
export interface PatternRow {
  key: GroupKey;
  label: string | null;
  units: number | null;
  raters: number | null;
  size: number | null;
  [column: `v${number}`]: number;
}

/** A row of tallyStatement: a count vector and its units, or the raters of some units of a group. */
export interface TallyRow {
  key: GroupKey;
  label: string | null;
  counts: string | null;
  units: number | null;
  raters: number[] | null;
}

interface Gathered {
  label: string | null;
  raters: number;
  units: Array<{ units: number; counts: number[] }>;
}

/** Null when a unit has more ratings of one category than the vectors hold: the ratings themselves must be read. */
export function decodePatterns(rows: readonly PatternRow[], categories: readonly Value[]): RatingGroup[] | null {
  const groups = new Map<GroupKey, Gathered>();
  for (const row of rows) {
    const group = groupOf(groups, row);
    if (row.raters !== null) {
      group.raters = row.raters;
      continue;
    }
    const counts = countsOfColumns(columnsOf(row), categories.length, row.size!);
    if (!counts) return null;
    group.units.push({ units: row.units!, counts });
  }
  return patternsOf(groups, categories);
}

/** The groups; and whether each of them has all of so many raters, which is then known to be their number. */
export function decodeTallies(rows: readonly TallyRow[], categories: readonly Value[]) {
  const groups = new Map<GroupKey, Gathered>();
  for (const row of rows) {
    const group = groupOf(groups, row);
    if (row.raters !== null) group.raters = row.raters.length;
    else group.units.push({ units: row.units!, counts: decodeCounts(row.counts!) });
  }
  const everybody = (raters: number) => [...groups.values()].every((group) => group.raters === raters);
  return { groups: patternsOf(groups, categories), everybody };
}

function groupOf(groups: Map<GroupKey, Gathered>, { key, label }: { key: GroupKey; label: string | null }): Gathered {
  let group = groups.get(key);
  if (!group) groups.set(key, (group = { label, raters: 0, units: [] }));
  return group;
}

function columnsOf(row: PatternRow): number[] {
  const columns: number[] = [];
  for (let i = 0; row[`v${i}`] !== undefined; i++) columns.push(row[`v${i}`]!);
  return columns;
}

function patternsOf(groups: ReadonlyMap<GroupKey, Gathered>, categories: readonly Value[]): RatingGroup[] {
  return [...groups]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([id, { label, raters, units }]) => ({
      id,
      key: label,
      ratings: { patterns: patternsOfHistogram(categories, units, raters) },
    }));
}
