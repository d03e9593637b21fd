// Between which limits does a correlation mostly lie?
import type { Limits } from "./figure.js";
import { normalQuantile } from "./normalDistribution.js";

/**
 * tanh(artanh r ± z/√(n − 3)) for a Pearson correlation r of n pairs of numbers, taken as independent and normal.
 *
 * Range: within −1 to 1; r = ±1 gives no width. Null with fewer than four pairs. Throws a RangeError on an r outside −1 to 1.
 * Source: Fisher, On the "probable error" of a coefficient of correlation deduced from a small sample (1921); as R cor.test.
 */
export function fisherInterval(r: number, n: number, level = 0.95): Limits | null {
  if (!(r >= -1 && r <= 1)) throw new RangeError(`a correlation of ${r} is not within −1 to 1`);
  if (n < 4) return null;
  const reach = normalQuantile((1 + level) / 2) / Math.sqrt(n - 3);
  return { low: Math.tanh(Math.atanh(r) - reach), high: Math.tanh(Math.atanh(r) + reach), level };
}
