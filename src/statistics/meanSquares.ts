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
  const { rows, raters } = matrix;
  const counts = countsOfMatrix(matrix);
  if (rows.length === 0) return undefinedBecause("NO_RATINGS", counts);
  if (rows.length < 2 || raters.length < 2) return undefinedBecause("NEEDS_TWO_UNITS_AND_TWO_RATERS", counts);
  const complete = rows.every((row) => row.length === raters.length);
  return complete ? null : undefinedBecause("INCOMPLETE_RATINGS", counts);
}

/**
 * Mean squares of a complete table of numbers (`whyNoCompleteTable`), in the unit of their range, so that rounding can
 * be told from variance: sums of squares that rounding alone can make are 0.
 */
export function meanSquares({ rows, values, raters }: RaterMatrix): MeanSquares {
  const [n, k] = [rows.length, raters.length];
  const table = scaledTable(rows.map((row) => row.map(([, value]) => values[value] as number)));
  const unitMeans = table.map((row) => meanOf(row));
  const raterMeans = raters.map((_, rater) => meanOf(table.map((row) => row[rater]!)));
  const mean = meanOf(unitMeans);
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
    within: sum((unit, rater) => table[unit]![rater]! - unitMeans[unit]!) / (n * (k - 1)),
    residual:
      sum((unit, rater) => table[unit]![rater]! - unitMeans[unit]! - raterMeans[rater]! + mean) / ((n - 1) * (k - 1)),
  };
}

function scaledTable(table: ReadonlyArray<ReadonlyArray<number>>): number[][] {
  const [min, max] = table.flat().reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  const range = max / 2 - min / 2 || 1;
  return table.map((row) => row.map((x) => (x / 2 - min / 2) / range));
}

function meanOf(values: ReadonlyArray<number>): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
