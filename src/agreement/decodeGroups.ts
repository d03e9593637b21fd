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

/** A row of patternStatement: a pattern and its units, or the raters of a group; or of unitPatternStatement: some raters. */
export interface PatternRow {
  key: GroupKey;
  label: string | null;
  units: number | null;
  raters: number | number[] | null;
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

/** An annotator who rated in a group. */
export interface RaterRow {
  key: GroupKey;
  annotator: number;
}

/** Groups whose raters may be known in part. */
export class DecodedGroups {
  constructor(
    private readonly gathered: ReadonlyMap<GroupKey, Gathered>,
    private readonly categories: readonly Value[],
  ) {}

  /** Of all groups. */
  get units(): number {
    return [...this.gathered.values()].reduce(
      (sum, group) => sum + group.units.reduce((n, { units }) => n + units, 0),
      0,
    );
  }

  /** Those of some annotators who are not known to have rated in every group. */
  missing(annotators: readonly number[]): number[] {
    const groups = [...this.gathered.values()];
    return annotators.filter((annotator) => groups.some(({ known }) => !known.has(annotator)));
  }

  addRaters(rows: readonly RaterRow[]): void {
    for (const { key, annotator } of rows) this.gathered.get(key)?.known.add(annotator);
  }

  get groups(): RatingGroup[] {
    return patternsOf(this.gathered, this.categories);
  }
}

interface Gathered {
  label: string | null;
  /** How many raters; or who, as far as is known. */
  raters: number | null;
  known: Set<number>;
  units: Array<{ units: number; counts: number[] }>;
}

/** Null when a unit has more ratings of one category than the vectors hold: the ratings themselves must be read. */
export function decodePatterns(rows: readonly PatternRow[], categories: readonly Value[]): DecodedGroups | null {
  const groups = new Map<GroupKey, Gathered>();
  for (const row of rows) {
    const group = groupOf(groups, row);
    if (row.raters !== null) {
      takeRaters(group, row.raters);
      continue;
    }
    const counts = countsOfColumns(columnsOf(row), categories.length, row.size!);
    if (!counts) return null;
    group.units.push({ units: row.units!, counts });
  }
  return new DecodedGroups(groups, categories);
}

export function decodeTallies(rows: readonly TallyRow[], categories: readonly Value[]): DecodedGroups {
  const groups = new Map<GroupKey, Gathered>();
  for (const row of rows) {
    const group = groupOf(groups, row);
    if (row.raters !== null) takeRaters(group, row.raters);
    else group.units.push({ units: row.units!, counts: decodeCounts(row.counts!) });
  }
  return new DecodedGroups(groups, categories);
}

function takeRaters(group: Gathered, raters: number | readonly number[]): void {
  if (typeof raters === "number") group.raters = raters;
  else for (const rater of raters) group.known.add(rater);
}

function groupOf(groups: Map<GroupKey, Gathered>, { key, label }: { key: GroupKey; label: string | null }): Gathered {
  let group = groups.get(key);
  if (!group) groups.set(key, (group = { label, raters: null, known: new Set(), units: [] }));
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
    .map(([id, { label, raters, known, units }]) => ({
      id,
      key: label,
      ratings: { patterns: patternsOfHistogram(categories, units, raters ?? known.size) },
    }));
}
