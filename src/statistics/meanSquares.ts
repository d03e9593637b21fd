// How do values vary between units, between raters and otherwise, when every rater rated every unit?
import { undefinedBecause, type Estimate, type RaterReason } from "./estimate.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

/** The mean squares of n units × k raters without missing ratings. */
export interface MeanSquares {
  /** n */
  units: number;
  /** k */
  raters: number;
  /** Between units (rows), n − 1 degrees of freedom. */
  rows: number;
  /** Between raters (columns), k − 1. */
  columns: number;
  /** Within units, n (k − 1). */
  within: number;
  /** What is left of both, (n − 1)(k − 1). */
  residual: number;
}

/** Why there is no table of all units by all raters with something to tell apart; null when there is one. */
export function whyNoCompleteTable(matrix: RaterMatrix): Estimate<RaterReason> | null {
  const { units, raters, value } = matrix;
  const counts = countsOfMatrix(matrix);
  if (units.length === 0) return undefinedBecause("NO_RATINGS", counts);
  if (units.length < 2 || raters.length < 2) return undefinedBecause("NEEDS_TWO_UNITS_AND_TWO_RATERS", counts);
  const complete = value.length === units.length * raters.length; // a rater has one cell of a unit at most
  return complete ? null : undefinedBecause("INCOMPLETE_RATINGS", counts);
}

/**
 * Mean squares of a complete table of numbers (`whyNoCompleteTable`), in the unit of their range, so that rounding can
 * be told from variance: sums of squares that rounding alone can make are 0.
 */
export function meanSquares({ units, values, raters, value }: RaterMatrix): MeanSquares {
  const [n, k] = [units.length, raters.length];
  const table = scaled(Float64Array.from(value, (index) => values[index] as number));
  const unitMeans = means(n, (unit) => [unit * k, 1, k], table);
  const raterMeans = means(k, (rater) => [rater, k, n], table);
  const mean = unitMeans.reduce((sum, x) => sum + x, 0) / n;
  const sum = (square: (unit: number, rater: number) => number) => {
    let total = 0;
    for (let unit = 0; unit < n; unit++) for (let rater = 0; rater < k; rater++) total += square(unit, rater) ** 2;
    return total < 1e-24 * n * k ? 0 : total;
  };
  return {
    units: n,
    raters: k,
    rows: sum((unit) => unitMeans[unit]! - mean) / (n - 1),
    columns: sum((_, rater) => raterMeans[rater]! - mean) / (k - 1),
    within: sum((unit, rater) => table[unit * k + rater]! - unitMeans[unit]!) / (n * (k - 1)),
    residual:
      sum((unit, rater) => table[unit * k + rater]! - unitMeans[unit]! - raterMeans[rater]! + mean) /
      ((n - 1) * (k - 1)),
  };
}

function scaled(table: Float64Array): Float64Array {
  const min = table.reduce((a, x) => Math.min(a, x), Infinity);
  const max = table.reduce((a, x) => Math.max(a, x), -Infinity);
  const range = max / 2 - min / 2 || 1;
  return table.map((x) => (x / 2 - min / 2) / range);
}

/** Of each line of a table the mean: `at` says where it begins, how far apart its cells are and how many it has. */
function means(
  lines: number,
  at: (line: number) => readonly [first: number, step: number, cells: number],
  table: Float64Array,
): Float64Array {
  return Float64Array.from({ length: lines }, (_, line) => {
    const [first, step, cells] = at(line);
    let sum = 0;
    for (let i = 0; i < cells; i++) sum += table[first + i * step]!;
    return sum / cells;
  });
}
