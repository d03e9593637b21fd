// Which ratings stand beside another rater's, and what is a rater's mean over them, with its error over units?
import { distinctRaters } from "./distinctRaters.js";
import { figure, noFigure, tLimits, type Figure, type Limits } from "./figure.js";
import type { Rating } from "./patternsOfRatings.js";
import type { RaterMatrix } from "./raterMatrix.js";

/**
 * The ratings of one rater in one unit, for every rater and unit where another rater rated as well; units ascending.
 * Mostly that is one rating; where all repeats count, a rater's repeats are no others.
 */
export interface SharedRatings {
  /** Each rater of the matrix once, in its order. */
  raters: ReadonlyArray<Rating["rater"]>;
  /** Of each entry the index into these raters. */
  rater: Int32Array;
  /** Of each entry the index into the matrix's units. */
  unit: Int32Array;
  /** The entry's cells of the matrix are those from `from` up to, not including, `to`. */
  from: Int32Array;
  to: Int32Array;
}

/** The shared ratings of a matrix. O(ratings). */
export function sharedRatings(matrix: RaterMatrix): SharedRatings {
  const { raters, place } = distinctRaters(matrix);
  const most = matrix.rater.length;
  const [rater, unit, from, to] = [0, 1, 2, 3].map(() => new Int32Array(most)) as Columns;
  let length = 0;
  for (let u = 0; u < matrix.units.length; u++) {
    const first = length;
    const end = matrix.start[u + 1]!;
    for (let cell = matrix.start[u]!; cell < end;) {
      const start = cell;
      const who = place[matrix.rater[cell]!]!;
      while (cell < end && place[matrix.rater[cell]!] === who) cell++;
      rater[length] = who;
      unit[length] = u;
      from[length] = start;
      to[length++] = cell;
    }
    if (length === first + 1) length = first;
  }
  const used = (column: Int32Array) => column.subarray(0, length);
  return { raters, rater: used(rater), unit: used(unit), from: used(from), to: used(to) };
}

type Columns = [Int32Array, Int32Array, Int32Array, Int32Array];

/** A mean over a rater's shared ratings. */
export type RaterMean<Because extends string = "NO_PAIRABLE_UNITS"> = Figure<Because> & {
  rater: Rating["rater"];
  /** n, the shared ratings, and the units in which they are. */
  ratings: number;
  units: number;
  /** Null without a value and with one unit. */
  standardError: number | null;
  interval: Limits | null;
};

/**
 * Each rater's mean ȳ over its shared ratings, from `sums`, what the ratings of each entry add up to (y_u over the m_u
 * ratings of the rater in unit u), with the error over its U units as clusters:
 * SE² = U/(U − 1) Σ_u (y_u − m_u ȳ)² / n², which is s²/n for one rating a unit, and the interval ȳ ± t(U − 1) SE.
 *
 * Undefined: NO_PAIRABLE_UNITS, for a rater that shares no unit with another.
 * Source: Cochran, Sampling techniques, 3rd ed. (1977), 2.11 and 6.3.
 */
export function raterMeans(shared: SharedRatings, sums: Float64Array, level: number): RaterMean[] {
  const { raters, rater, from, to } = shared;
  const [n, units, mean, squares] = [0, 1, 2, 3].map(() => new Float64Array(raters.length)) as Totals;
  for (let i = 0; i < rater.length; i++) {
    n[rater[i]!]! += to[i]! - from[i]!;
    units[rater[i]!]! += 1;
    mean[rater[i]!]! += sums[i]!;
  }
  for (let r = 0; r < raters.length; r++) mean[r]! /= n[r]!;
  for (let i = 0; i < rater.length; i++)
    squares[rater[i]!]! += (sums[i]! - (to[i]! - from[i]!) * mean[rater[i]!]!) ** 2;
  return raters.map((name, r): RaterMean => {
    const counts = { rater: name, ratings: n[r]!, units: units[r]! };
    const none = { ...counts, standardError: null, interval: null };
    if (counts.units === 0) return { ...noFigure("NO_PAIRABLE_UNITS"), ...none };
    if (counts.units === 1) return { ...figure(mean[r]!), ...none };
    const standardError = Math.sqrt((counts.units / (counts.units - 1)) * squares[r]!) / counts.ratings;
    const interval = tLimits(mean[r]!, standardError, counts.units - 1, level);
    return { ...figure(mean[r]!), ...counts, standardError, interval };
  });
}

type Totals = [Float64Array, Float64Array, Float64Array, Float64Array];

/** The same for raters of whom nothing can be said. */
export function noRaterMeans<Because extends string>(matrix: RaterMatrix, because: Because): RaterMean<Because>[] {
  const none = { ratings: 0, units: 0, standardError: null, interval: null };
  return distinctRaters(matrix).raters.map((rater) => ({ ...noFigure(because), rater, ...none }));
}
