// Does a rater give more or less than the others do, use more or less of the scale, and follow them up and down?
import type { Level } from "./difference.js";
import { figure, noFigure, type Figure } from "./figure.js";
import { noRaterMeans, raterMeans, sharedRatings, type RaterMean, type SharedRatings } from "./raterMeans.js";
import type { RaterMatrix } from "./raterMatrix.js";
import type { Value } from "./ratingPatterns.js";

export type SeverityReason = "NO_PAIRABLE_UNITS" | "VALUES_NOT_NUMERIC";

/**
 * Why a rater's numbers have no spread or correlation.
 *
 * - `TOO_FEW_RATINGS`: the spread needs two shared ratings, the correlation three.
 * - `NO_VARIATION`: what is divided by does not vary: all values of these units, or the rater's or the others' values.
 */
export type SpreadReason = SeverityReason | "TOO_FEW_RATINGS" | "NO_VARIATION";

/** The value is the mean residual: below 0 the rater is more severe than the others, above 0 more lenient. */
export type Severity = RaterMean<SeverityReason> & {
  /** The rater's standard deviation over that of all ratings of the same units, its own among them. 0 or more. */
  spreadRatio: Figure<SpreadReason>;
  /** Pearson's r of the rater's values with the means of the others, over its ratings. From −1 to 1. */
  correlation: Figure<SpreadReason>;
};

/**
 * Per rater the mean of its residuals, value − mean of the others' values in the unit, over its ratings in units that
 * others rated as well, with standard error over units and t interval (`raterMeans`). Its own repeats are no others.
 *
 * One for each rater with a rating, in the order of the matrix. Unit: that of the values. Level of measurement:
 * INTERVAL and RATIO take the numbers; ORDINAL takes numbers for themselves as well, and, if any value is a label, all
 * as their ranks 1..q among the declared values, as `gwetWeights` does; NOMINAL values have no mean.
 * Undefined: VALUES_NOT_NUMERIC, for all, at NOMINAL, or at INTERVAL and RATIO with a used label; NO_PAIRABLE_UNITS for
 * a rater that shares no unit. Time: O(ratings).
 */
export function severity(matrix: RaterMatrix, measured: Level, level = 0.95): Severity[] {
  const codes = codesOf(matrix, measured);
  if (!codes) {
    const none = noFigure("VALUES_NOT_NUMERIC" as const);
    const means = noRaterMeans(matrix, "VALUES_NOT_NUMERIC" as const);
    return means.map((mean) => ({ ...mean, spreadRatio: none, correlation: none }));
  }
  const shared = sharedRatings(matrix);
  const x = new Float64Array(matrix.value.length);
  for (let cell = 0; cell < x.length; cell++) x[cell] = codes[matrix.value[cell]!]!;
  const others = meansOfOthers(matrix, shared, x);
  const means = raterMeans(shared, residuals(shared, x, others), level);
  const ratio = spreadRatios(matrix, shared, x);
  const r = correlations(shared, x, others);
  return means.map((mean, i) => ({ ...mean, spreadRatio: ratio[i]!, correlation: r[i]! }));
}

/**
 * The residuals behind the severity, one for each entry: its values − mean of the others' values, added up over the
 * entry's ratings. Null where the values are no numbers at this level. O(ratings).
 */
export function leaveOneOutResiduals(
  matrix: RaterMatrix,
  measured: Level,
): { shared: SharedRatings; sums: Float64Array } | null {
  const codes = codesOf(matrix, measured);
  if (!codes) return null;
  const shared = sharedRatings(matrix);
  const x = Float64Array.from(matrix.value, (index) => codes[index]!);
  return { shared, sums: residuals(shared, x, meansOfOthers(matrix, shared, x)) };
}

/** The values as numbers around 0, so that sums keep their digits; null where they are none at this level. */
function codesOf({ values, value }: RaterMatrix, measured: Level): Float64Array | null {
  if (measured === "NOMINAL") return null;
  const isLabel = (some: Value) => typeof some === "string";
  if (measured !== "ORDINAL" && value.some((k) => isLabel(values[k]!))) return null;
  const ranked = measured === "ORDINAL" && values.some(isLabel);
  const codes = Float64Array.from(values, (some, rank) => (ranked ? rank + 1 : isLabel(some) ? 0 : Number(some)));
  let low = Infinity;
  let high = -Infinity;
  for (let cell = 0; cell < value.length; cell++) {
    low = Math.min(low, codes[value[cell]!]!);
    high = Math.max(high, codes[value[cell]!]!);
  }
  return codes.map((code) => code - (low + (high - low) / 2));
}

/** Of each entry the mean of the other raters' values in its unit. */
function meansOfOthers({ start }: RaterMatrix, { unit, from, to }: SharedRatings, x: Float64Array): Float64Array {
  const means = new Float64Array(unit.length);
  let sum = 0;
  for (let i = 0; i < unit.length; i++) {
    const [first, end] = [start[unit[i]!]!, start[unit[i]! + 1]!];
    if (i === 0 || unit[i] !== unit[i - 1]) sum = sumOf(x, first, end);
    means[i] = (sum - sumOf(x, from[i]!, to[i]!)) / (end - first - (to[i]! - from[i]!));
  }
  return means;
}

function residuals({ from, to }: SharedRatings, x: Float64Array, others: Float64Array): Float64Array {
  return others.map((mean, i) => sumOf(x, from[i]!, to[i]!) - (to[i]! - from[i]!) * mean);
}

function sumOf(x: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let cell = from; cell < to; cell++) sum += x[cell]!;
  return sum;
}

/** SD of the rater's values over SD of all values of its units, each with n − 1. */
function spreadRatios(matrix: RaterMatrix, shared: SharedRatings, x: Float64Array): Figure<SpreadReason>[] {
  const { raters, rater, unit, from, to } = shared;
  const [own, all, ofUnit] = [moments(raters.length), moments(raters.length), moments(matrix.units.length)];
  for (let i = 0; i < rater.length; i++)
    for (let cell = from[i]!; cell < to[i]!; cell++) {
      merge(own, rater[i]!, 1, x[cell]!, 0);
      merge(ofUnit, unit[i]!, 1, x[cell]!, 0);
    }
  for (let i = 0; i < rater.length; i++)
    merge(all, rater[i]!, ofUnit.n[unit[i]!]!, ofUnit.mean[unit[i]!]!, ofUnit.squares[unit[i]!]!);
  const reach = largest(x);
  return raters.map((_, r) => {
    if (own.n[r] === 0) return noFigure("NO_PAIRABLE_UNITS");
    if (own.n[r]! < 2) return noFigure("TOO_FEW_RATINGS");
    if (!varies(all, r, reach)) return noFigure("NO_VARIATION");
    return figure(Math.sqrt(own.squares[r]! / (own.n[r]! - 1) / (all.squares[r]! / (all.n[r]! - 1))));
  });
}

/** Pearson's r of the rater's values and the others' means. */
function correlations(shared: SharedRatings, x: Float64Array, others: Float64Array): Figure<SpreadReason>[] {
  const { raters, rater, from, to } = shared;
  const [own, other] = [moments(raters.length), moments(raters.length)];
  const products = new Float64Array(raters.length);
  for (let i = 0; i < rater.length; i++)
    for (let cell = from[i]!; cell < to[i]!; cell++) {
      const r = rater[i]!;
      const apart = x[cell]! - own.mean[r]!;
      merge(own, r, 1, x[cell]!, 0);
      merge(other, r, 1, others[i]!, 0);
      products[r]! += apart * (others[i]! - other.mean[r]!);
    }
  const reach = largest(x);
  return raters.map((_, r) => {
    if (own.n[r] === 0) return noFigure("NO_PAIRABLE_UNITS");
    if (own.n[r]! < 3) return noFigure("TOO_FEW_RATINGS");
    if (!varies(own, r, reach) || !varies(other, r, reach)) return noFigure("NO_VARIATION");
    const correlation = products[r]! / Math.sqrt(own.squares[r]!) / Math.sqrt(other.squares[r]!);
    return figure(Math.min(1, Math.max(-1, correlation)));
  });
}

/** By place: how many numbers, their mean, and their squared distances from it added up. */
interface Moments {
  n: Float64Array;
  mean: Float64Array;
  squares: Float64Array;
}

function moments(length: number): Moments {
  return { n: new Float64Array(length), mean: new Float64Array(length), squares: new Float64Array(length) };
}

/** Adds n numbers with this mean and these squares. Source: Chan, Golub and LeVeque (1983), 2.1. */
function merge(into: Moments, place: number, n: number, mean: number, squares: number): void {
  const before = into.n[place]!;
  const apart = mean - into.mean[place]!;
  into.n[place] = before + n;
  into.mean[place]! += (apart * n) / (before + n);
  into.squares[place]! += squares + (apart * apart * before * n) / (before + n);
}

/** Whether numbers differ by more than sums of equal fractions do, where `reach` is the largest number there is. */
function varies({ n, squares }: Moments, place: number, reach: number): boolean {
  return squares[place]! > n[place]! * (1e-12 * reach) ** 2;
}

function largest(x: Float64Array): number {
  let reach = 0;
  for (let cell = 0; cell < x.length; cell++) reach = Math.max(reach, Math.abs(x[cell]!));
  return reach;
}
