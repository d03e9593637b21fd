// How far apart are two distributions, also where one has cells that the other has not?
import { figure, noFigure, type Figure } from "./figure.js";
import { pairOfShares } from "./shares.js";

/**
 * The Jensen-Shannon distance √(½ Σ p log₂(p/m) + ½ Σ q log₂(q/m)), m = (p + q)/2, of two sets of counts, weights or
 * shares over the same cells. With logarithms to base 2 and the root taken it is a metric.
 *
 * Range: 0, the same shares, to 1, no cell in common. Symmetric. Undefined: NO_COUNTS, where a set adds up to 0.
 * Throws a RangeError on different lengths and on weights below 0 or not finite.
 * Source: Lin, Divergence measures based on the Shannon entropy (1991); Endres and Schindelin, A new metric for
 * probability distributions (2003).
 */
export function jensenShannon(first: ArrayLike<number>, second: ArrayLike<number>): Figure<"NO_COUNTS"> {
  const shares = pairOfShares(first, second);
  if (!shares) return noFigure("NO_COUNTS");
  const sum = shares.first.reduce((sum, p, i) => {
    const q = shares.second[i]!;
    return sum + (fromMiddle(p, q) + fromMiddle(q, p)) / 2;
  }, 0);
  return figure(Math.sqrt(Math.min(1, Math.max(0, sum))));
}

/** p log₂(p/m). */
function fromMiddle(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log2((2 * p) / (p + q));
}
