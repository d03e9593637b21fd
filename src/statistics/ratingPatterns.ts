// How many units have which counts of values? The input that agreement coefficients share.
import { RatingInputError } from "./ratingInputError.js";

/** A label, or a finite number. Labels are compared exactly; numbers as numbers, so 1 is 1.0 and never "1". */
export type Value = string | number;

/** Sparse counts: [index into the values, how many ratings], indexes ascending, counts from 1 up. */
export type ValueCounts = ReadonlyArray<readonly [valueIndex: number, count: number]>;

/** A count vector and the number of units that have it. */
export interface Pattern {
  units: number;
  counts: ValueCounts;
}

/**
 * Ratings without who gave them. `values` are the declared categories in their order, or, for a continuous scale, the
 * distinct numbers ascending. Each pattern has at least one rating; no two patterns have equal counts; patterns stand
 * in one canonical order, so that the same ratings in another order give bit-identical statistics.
 */
export interface RatingPatterns {
  values: ReadonlyArray<Value>;
  patterns: ReadonlyArray<Pattern>;
  /** How many raters there are, with or without ratings; null when the input does not say. */
  raters: number | null;
}

/**
 * Kept count vectors as patterns.
 *
 * `rows[i].counts` has one whole number per entry of `values`; `rows[i].units` units have it. Equal vectors are added
 * up; vectors without a rating and rows of 0 units are left out. Throws RatingInputError COUNTS_NOT_VALID,
 * VALUE_NOT_FINITE, REPEATED_CATEGORY.
 */
export function patternsOfHistogram(
  values: ReadonlyArray<Value>,
  rows: Iterable<{ readonly units: number; readonly counts: ReadonlyArray<number> }>,
  raters: number | null,
): RatingPatterns {
  refuseWrongValues(values);
  const found = new Map<string, Pattern>();
  let index = 0;
  for (const row of rows) {
    checkRow(row, values.length, index++);
    const counts = row.counts.flatMap((count, value) => (count > 0 ? [[value, count] as const] : []));
    addPattern(found, row.units, counts);
  }
  return { values, patterns: inCanonicalOrder(found), raters };
}

/** Adds units with these counts (indexes ascending) to `found`; units without a rating are left out. */
export function addPattern(found: Map<string, Pattern>, units: number, counts: ValueCounts): void {
  if (units === 0 || counts.length === 0) return;
  const key = counts.join(";");
  const before = found.get(key);
  if (before) before.units += units;
  else found.set(key, { units, counts });
}

/** The patterns ordered by their counts. */
export function inCanonicalOrder(found: ReadonlyMap<string, Pattern>): Pattern[] {
  return [...found.values()].sort((a, b) => compareCounts(a.counts, b.counts));
}

/** Throws RatingInputError VALUE_NOT_FINITE or REPEATED_CATEGORY unless these are distinct labels or finite numbers. */
export function refuseWrongValues(values: ReadonlyArray<Value>): void {
  const seen = new Set<Value>();
  for (const value of values) {
    refuseNonFinite(value, null);
    const message = `category ${JSON.stringify(value)} is declared twice; declare each once`;
    if (seen.has(value)) throw new RatingInputError("REPEATED_CATEGORY", null, message);
    seen.add(value);
  }
}

/** Throws RatingInputError VALUE_NOT_FINITE on NaN and infinities; `index` is the rating's, null for a category. */
export function refuseNonFinite(value: Value, index: number | null): void {
  if (typeof value === "string" || Number.isFinite(value)) return;
  throw new RatingInputError("VALUE_NOT_FINITE", index, `value ${value} is not a finite number`);
}

function compareCounts(a: ValueCounts, b: ValueCounts): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]![0] - b[i]![0] || a[i]![1] - b[i]![1];
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function checkRow(row: { units: number; counts: ReadonlyArray<number> }, length: number, index: number): void {
  const numbers = [row.units, ...row.counts];
  if (row.counts.length === length && numbers.every((n) => Number.isSafeInteger(n) && n >= 0)) return;
  const found = `${row.units} units with counts [${row.counts.join(", ")}]`;
  const expected = `whole numbers from 0 up, one for each of the ${length} values`;
  throw new RatingInputError("COUNTS_NOT_VALID", index, `row ${index} has ${found}; expected ${expected}`);
}
