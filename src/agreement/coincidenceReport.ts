// Which values do annotators take for each other?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Database } from "../platform/db.js";
import { coincidences } from "../statistics/coincidences.js";
import type { RatingPatterns, Value } from "../statistics/ratingPatterns.js";
import { withHashJoins } from "./hashJoins.js";
import type { CountedRatings } from "./question.js";
import { readAll } from "./readGroups.js";

export interface ConfusionRow {
  first: Value;
  second: Value;
  observed: number;
  expected: number;
  ratio: number;
  share: number;
}

export interface CoincidenceReport {
  undefinedBecause: string | null;
  unitCount: number;
  pairableValueCount: number;
  values: Value[];
  /** Rows by value, columns by value; empty where there are none. */
  observed: number[][];
  expected: number[][];
  confusions: ConfusionRow[];
}

export function measureCoincidences(
  db: Database,
  snapshot: SnapshotKey,
  question: CountedRatings,
): Promise<CoincidenceReport> {
  return withHashJoins(db, async (tx) => coincidenceReport((await readAll(tx, snapshot, question, false)).patterns));
}

/** Pure. */
export function coincidenceReport(patterns: RatingPatterns): CoincidenceReport {
  const found = coincidences(patterns);
  const counts = { unitCount: found.units, pairableValueCount: found.pairableValues };
  if (found.kind === "undefined")
    return { undefinedBecause: found.because, ...counts, values: [], observed: [], expected: [], confusions: [] };
  const V = found.values.length;
  const rows = (cells: Float64Array) => found.values.map((_, c) => [...cells.subarray(c * V, (c + 1) * V)]);
  return {
    undefinedBecause: null,
    ...counts,
    values: [...found.values],
    observed: rows(found.observed),
    expected: rows(found.expected),
    confusions: found.confusions.map(({ values: [c, k], ...confusion }) => ({
      first: found.values[c]!,
      second: found.values[k]!,
      ...confusion,
    })),
  };
}
