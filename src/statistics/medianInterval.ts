// Between which limits does a median mostly lie?
import type { Limits } from "./figure.js";
import { incompleteBeta } from "./incompleteBeta.js";

/**
 * The k-th smallest and the k-th largest of n numbers, k as large as leaves out no more than 1 − level of all samples,
 * whatever their distribution: P(X < k) ≤ (1 − level)/2 for X from Binomial(n, 1/2). The numbers stand in ascending order.
 *
 * Null where even the extremes do not reach so far: fewer than 6 numbers at level 0.95. Time: O(log n).
 * Source: Conover, Practical nonparametric statistics, 3rd ed. (1999), 3.2; P(X < k) = I_½(n − k + 1, k), DLMF 8.17.5.
 */
export function medianInterval(ascending: ArrayLike<number>, level = 0.95): Limits | null {
  const n = ascending.length;
  const below = (k: number) => (k === 0 ? 0 : incompleteBeta(n - k + 1, k, 0.5));
  let [k, tooMany] = [0, Math.floor(n / 2) + 1];
  while (tooMany - k > 1) {
    const middle = Math.floor((k + tooMany) / 2);
    if (below(middle) <= (1 - level) / 2) k = middle;
    else tooMany = middle;
  }
  return k === 0 ? null : { low: ascending[k - 1]!, high: ascending[n - k]!, level };
}
