// Which share of the data would have to be elsewhere for two distributions to be one?
import { figure, noFigure, type Figure } from "./figure.js";
import { pairOfShares } from "./shares.js";

/**
 * The total variation distance ½ Σ |p_i − q_i| of two sets of counts, weights or shares over the same cells, in any
 * unit.
 *
 * Range: 0, the same shares, to 1, no cell in common. Symmetric. Undefined: NO_COUNTS, where a set adds up to 0.
 * Throws a RangeError on different lengths and on weights below 0 or not finite.
 * Source: Levin, Peres and Wilmer, Markov chains and mixing times (2009), 4.1.
 */
export function totalVariation(first: ArrayLike<number>, second: ArrayLike<number>): Figure<"NO_COUNTS"> {
  const shares = pairOfShares(first, second);
  if (!shares) return noFigure("NO_COUNTS");
  const sum = shares.first.reduce((sum, p, i) => sum + Math.abs(p - shares.second[i]!), 0);
  return figure(Math.min(1, sum / 2));
}
