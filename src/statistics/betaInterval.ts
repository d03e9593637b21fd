// How good is a rater, when some of its answers were hits and the others misses?
import type { Limits } from "./figure.js";
import { incompleteBeta, whereItReaches } from "./incompleteBeta.js";

export interface Accuracy {
  /** The posterior mean, (1 + hits)/(2 + hits + misses); never 0 or 1, unlike hits/(hits + misses). */
  mean: number;
  /** The middle share `level` of the posterior, half of the rest on either side. Within 0 to 1. */
  interval: Limits;
}

/**
 * The accuracy behind `hits` and `misses` (numbers from 0 up, such as answers on gold items), as Beta(1 + hits,
 * 1 + misses), the posterior of a share under a uniform prior. Without an answer it is the prior: 0.5, 0.025 to 0.975.
 * Throws a RangeError on counts below 0 or not finite, and on a level outside 0 to 1.
 * Source: Gelman and others, Bayesian data analysis, 3rd ed. (2013), 2.4.
 */
export function accuracyPosterior(hits: number, misses: number, level = 0.95): Accuracy {
  refuseWrongCounts(hits, misses);
  const [a, b] = [1 + hits, 1 + misses];
  return { mean: a / (a + b), interval: betaLimits(a, b, level) };
}

/**
 * P(accuracy > x) under the same posterior; 1 for x < 0, 0 for x ≥ 1. Small probabilities keep their digits.
 * Throws a RangeError on counts as above and on NaN.
 */
export function accuracyAbove(x: number, hits: number, misses: number): number {
  refuseWrongCounts(hits, misses);
  if (Number.isNaN(x)) throw new RangeError("an accuracy of NaN has no probability to be exceeded");
  return incompleteBeta(1 + misses, 1 + hits, 1 - x, x);
}

/** The middle share `level` of Beta(a, b), a, b > 0. Throws a RangeError on a level that is not between 0 and 1. */
export function betaLimits(a: number, b: number, level: number): Limits {
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`);
  return { low: betaQuantile((1 - level) / 2, a, b), high: betaQuantile((1 + level) / 2, a, b), level };
}

/**
 * The x below which a share p of Beta(a, b) lies, a, b > 0; 0 at p = 0 and 1 at p = 1.
 *
 * With a = 1 or b = 1 in closed form; otherwise by inverting I_x(a, b) from the nearer end, so that small x, and small
 * 1 − x for p > 0.5, keep their digits. To about 12 digits up to a + b of some 10,000, from there limited by ln Γ.
 * Source: DLMF 8.17.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && p >= 0 && p <= 1)) throw new RangeError(`Beta(${a}, ${b}) has no quantile of ${p}`);
  if (p === 0 || p === 1) return p;
  if (b === 1) return p ** (1 / a);
  if (a === 1) return -Math.expm1(Math.log1p(-p) / b);
  if (p > 0.5) return 1 - whereItReaches(1 - p, (y) => incompleteBeta(b, a, y));
  return whereItReaches(p, (x) => incompleteBeta(a, b, x));
}

function refuseWrongCounts(hits: number, misses: number): void {
  if (Number.isFinite(hits) && Number.isFinite(misses) && hits >= 0 && misses >= 0) return;
  throw new RangeError(`${hits} hits and ${misses} misses were given; expected two finite numbers from 0 up`);
}
