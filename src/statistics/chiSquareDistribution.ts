// Which share of a chi-square distribution, central or not, lies beyond x, and which noncentralities fit an x?
import { lowerIncompleteGamma, poissonTerm, upperIncompleteGamma } from "./incompleteGamma.js";
import { whereItReaches } from "./incompleteBeta.js";
import { refuseWrongLevel } from "./normalTest.js";

/**
 * P(X ≥ x) for X from chi-square with `df` > 0 degrees of freedom and x ≥ 0. Range: 0 to 1. Not 1 less the share below:
 * small probabilities keep their digits down to about 1e-300. Source: DLMF 8.2, Q(df/2, x/2).
 */
export function chiSquareUpperTail(x: number, df: number): number {
  refuseWrongArguments(x, df);
  return upperIncompleteGamma(df / 2, x / 2);
}

/**
 * P(X ≤ x) for X from noncentral chi-square with `df` > 0 degrees of freedom and noncentrality λ ≥ 0: the mean of the
 * central ones with df + 2j, j from Poisson(λ/2), summed from the likeliest j outward. To about 12 decimals.
 * Source: Johnson, Kotz and Balakrishnan, Continuous univariate distributions 2 (1995), 29.3.
 */
export function noncentralChiSquareBelow(x: number, df: number, lambda: number): number {
  refuseWrongArguments(x, df);
  if (x === 0) return 0;
  if (lambda === 0) return lowerIncompleteGamma(df / 2, x / 2);
  const [mean, y, likeliest] = [lambda / 2, x / 2, Math.floor(lambda / 2)];
  const a = df / 2 + likeliest;
  const start = { weight: poissonTerm(likeliest, mean), below: lowerIncompleteGamma(a, y), step: poissonTerm(a, y) };
  let sum = start.weight * start.below;
  let { weight, below, step } = start;
  for (let j = likeliest; weight > NEGLIGIBLE && below > 0; j++) {
    below -= step;
    step *= y / (df / 2 + j + 1);
    weight *= mean / (j + 1);
    sum += weight * Math.max(0, below);
  }
  ({ weight, below, step } = start);
  for (let j = likeliest; j > 0 && weight > NEGLIGIBLE; j--) {
    step *= (df / 2 + j) / y;
    below += step;
    weight *= j / mean;
    sum += weight * Math.min(1, below);
  }
  return Math.min(1, sum);
}

const NEGLIGIBLE = 1e-18;

/**
 * The noncentralities with which a statistic of x is not among the (1 − level)/2 least or greatest: a confidence
 * interval of λ by turning the test round. `low` is 0 where the test of λ = 0 does not reject at (1 − level)/2, and
 * both are 0 where x is smaller than even λ = 0 lets expect. Throws a RangeError on a level outside 0 to 1.
 * Source: Steiger and Fouladi, Noncentrality interval estimation and the evaluation of statistical models (1997).
 */
export function noncentralityLimits(x: number, df: number, level = 0.95): { low: number; high: number } {
  refuseWrongArguments(x, df);
  refuseWrongLevel(level);
  const above = (lambda: number) => 1 - noncentralChiSquareBelow(x, df, lambda);
  const limit = (share: number) => (above(0) >= share ? 0 : whereItReaches(share, above));
  return { low: limit((1 - level) / 2), high: limit((1 + level) / 2) };
}

function refuseWrongArguments(x: number, df: number): void {
  if (x >= 0 && x < Infinity && df > 0 && df < Infinity) return;
  throw new RangeError(`chi-square of ${x} with ${df} degrees of freedom; expected finite numbers, x ≥ 0 and df > 0`);
}
