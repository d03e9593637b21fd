// How alike do raters rank the units?
import { defined, undefinedBecause, type Estimate, type RaterReason } from "./estimate.js";
import { whyNoCompleteTable } from "./meanSquares.js";
import { rankings } from "./ranks.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

/**
 * Kendall's coefficient of concordance of n units × k raters without missing ratings:
 * W = 12 S / (k² (n³ − n) − k Σ T), S the squared deviations of the units' sums of ranks, T = Σ (t³ − t) a rater's ties;
 * UNCORRECTED leaves out the ties.
 *
 * Level: ordinal, by the order of the declared values. Range: 0 to 1; 1 is one order in all raters (with ties only
 * when corrected). k (n − 1) W is approximately χ² with n − 1 degrees of freedom without agreement.
 * Undefined: NO_RATINGS, NEEDS_TWO_UNITS_AND_TWO_RATERS, INCOMPLETE_RATINGS, NO_VARIATION where every rater gave every
 * unit one value.
 * Source: Kendall and Babington Smith, The problem of m rankings (1939); as R irr 0.84.1 kendall.
 */
export function kendallW(
  matrix: RaterMatrix,
  ties: "TIES_CORRECTED" | "UNCORRECTED" = "TIES_CORRECTED",
): Estimate<RaterReason> {
  const none = whyNoCompleteTable(matrix);
  if (none) return none;
  const counts = countsOfMatrix(matrix);
  const [n, k] = [matrix.units.length, matrix.raters.length];
  const orders = rankings(matrix);
  const tied = orders.reduce((sum, order) => sum + order.ties, 0);
  const all = k * k * (n ** 3 - n);
  if (all - k * tied === 0) return undefinedBecause("NO_VARIATION", counts);
  let squares = 0;
  for (let unit = 0; unit < n; unit++)
    squares += (orders.reduce((sum, { ranks }) => sum + ranks[unit]!, 0) - (k * (n + 1)) / 2) ** 2;
  return defined((12 * squares) / (ties === "UNCORRECTED" ? all : all - k * tied), counts);
}
