// How large must an effect on ranks or on a table be for samples of these sizes to find it?
import { chiSquareUpperTail, noncentralityLimits } from "./chiSquareDistribution.js";
import { figure, noFigure, type Figure } from "./figure.js";
import { whereItReaches } from "./incompleteBeta.js";
import type { Finding } from "./minimumDetectableEffect.js";
import { normalQuantile } from "./normalDistribution.js";

/**
 * The least Cliff's δ of two groups that `mannWhitney` finds: (z_(1−α/2) + z_power) √((n₁ + n₂ + 1)/(3 n₁ n₂)), the
 * error of δ = 2U/(n₁n₂) − 1 where the groups do not differ and no numbers are equal; with equal numbers a little less.
 *
 * Above 0. Undefined: TOO_FEW, where a group is empty; NONE_DETECTABLE, where not even 1 would be found. Throws a
 * RangeError on an alpha or power that is none.
 * Source: Noether, Sample size determination for some common nonparametric tests (1987).
 */
export function detectableCliffsDelta(
  n1: number,
  n2: number,
  { alpha = 0.05, power = 0.8 }: Finding = {},
): Figure<"TOO_FEW" | "NONE_DETECTABLE"> {
  refuseWrongFinding(alpha, power);
  if (!(n1 >= 1 && n2 >= 1)) return noFigure("TOO_FEW");
  const error = Math.sqrt((n1 + n2 + 1) / (3 * n1 * n2));
  const least = (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * error;
  return least <= 1 ? figure(least) : noFigure("NONE_DETECTABLE");
}

/**
 * The noncentrality λ with which a chi-square statistic of `df` degrees of freedom is beyond its critical value with
 * probability `power`: of it √(λ/n) is the least Cohen's w, √(λ/n/(min(r, c) − 1)) the least Cramér's V and λ/(n − 1)
 * the least ε² that n counts or numbers find.
 *
 * Above 0. Throws a RangeError on degrees of freedom, an alpha or a power that are none.
 * Source: Cohen, Statistical power analysis for the behavioral sciences, 2nd ed. (1988), 7.3 and 12.8.
 */
export function detectableNoncentrality(df: number, { alpha = 0.05, power = 0.8 }: Finding = {}): number {
  refuseWrongFinding(alpha, power);
  const critical = whereItReaches(1 - alpha, (x) => 1 - chiSquareUpperTail(x, df));
  return noncentralityLimits(critical, df, 2 * power - 1).high;
}

function refuseWrongFinding(alpha: number, power: number): void {
  if (alpha > 0 && alpha < 1 && power > 0.5 && power < 1) return;
  throw new RangeError(`alpha ${alpha} and power ${power}; expected alpha between 0 and 1, power between 0.5 and 1`);
}
