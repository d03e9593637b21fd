// How alike do raters rank the units, on average over their pairs?
import { defined, undefinedBecause, type Estimate, type RaterReason } from "./estimate.js";
import { whyNoCompleteTable } from "./meanSquares.js";
import { rankings } from "./ranks.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

/**
 * The plain mean of Spearman's ρ over the pairs of raters of a table without missing ratings; ρ is the correlation of
 * ranks, equal values sharing their mean rank. With k raters and no ties it is (k W − 1)/(k − 1) of Kendall's W.
 *
 * Level: ordinal, by the order of the declared values. Range: −1/(k − 1) without ties, to 1.
 * Undefined: NO_RATINGS, NEEDS_TWO_UNITS_AND_TWO_RATERS, INCOMPLETE_RATINGS, NO_VARIATION where a rater gave every
 * unit one value.
 * Source: Kendall, Rank correlation methods (1948); as scipy 1.10.1 spearmanr.
 */
export function meanPairwiseSpearman(matrix: RaterMatrix): Estimate<RaterReason> {
  const none = whyNoCompleteTable(matrix);
  if (none) return none;
  const counts = countsOfMatrix(matrix);
  const [n, k] = [matrix.units.length, matrix.raters.length];
  const orders = rankings(matrix);
  // Each rater's ranks as deviations of length 1: the squared length of their sum holds every pair's correlation.
  const lengths = orders.map(({ ties }) => Math.sqrt((n ** 3 - n - ties) / 12));
  if (lengths.some((length) => length === 0)) return undefinedBecause("NO_VARIATION", counts);
  let squares = 0;
  for (let unit = 0; unit < n; unit++)
    squares += orders.reduce((sum, { ranks }, g) => sum + (ranks[unit]! - (n + 1) / 2) / lengths[g]!, 0) ** 2;
  return defined((squares - k) / (k * (k - 1)), counts);
}
