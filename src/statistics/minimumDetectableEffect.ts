// How large must a difference be for samples of these sizes to find it?
import { figure, noFigure, type Figure } from "./figure.js";
import { whereItReaches } from "./incompleteBeta.js";
import { normalBelow, normalQuantile } from "./normalDistribution.js";
import { tQuantile } from "./tQuantile.js";

/** How the effect is to be found: two-sided at `alpha`, with probability `power`. 0.05 and 0.8 unless told. */
export interface Finding {
  alpha?: number;
  power?: number;
}

/**
 * The least difference p₂ − p₁ above (below) a first share p₁ that the test of two proportions finds at n₁ and n₂:
 * where |p₂ − p₁| = z_(1−α/2) √(p̄(1 − p̄)(1/n₁ + 1/n₂)) + z_power √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂), p̄ that of both
 * together.
 *
 * In shares, `above` over 0 and `below` under 0. Undefined: NONE_DETECTABLE, where not even p₂ = 1 (0) would be found,
 * and TOO_FEW, where a sample is empty. Throws a RangeError on a share outside 0 to 1 and on numbers that are no such.
 * Source: Fleiss, Levin and Paik, Statistical methods for rates and proportions, 3rd ed. (2003), 4; as R
 * power.prop.test.
 */
export function detectableShareDifference(
  { share, n1, n2 }: { share: number; n1: number; n2: number },
  { alpha = 0.05, power = 0.8 }: Finding = {},
): { above: Figure<"NONE_DETECTABLE" | "TOO_FEW">; below: Figure<"NONE_DETECTABLE" | "TOO_FEW"> } {
  refuseWrongFinding(alpha, power);
  if (!(share >= 0 && share <= 1 && n1 >= 0 && n2 >= 0))
    throw new RangeError(`share ${share} of ${n1} against ${n2}; expected a share from 0 to 1 and sizes from 0 up`);
  if (n1 === 0 || n2 === 0) return { above: noFigure("TOO_FEW"), below: noFigure("TOO_FEW") };
  const leastOn = (side: -1 | 1): Figure<"NONE_DETECTABLE"> => {
    const most = side > 0 ? 1 - share : share;
    const powerAt = (apart: number) => powerOfShares(share, share + side * Math.min(apart, most), n1, n2, alpha);
    if (!(powerAt(most) >= power)) return noFigure("NONE_DETECTABLE");
    return figure(side * whereItReaches(power, powerAt));
  };
  return { above: leastOn(1), below: leastOn(-1) };
}

function powerOfShares(p1: number, p2: number, n1: number, n2: number, alpha: number): number {
  const p = (n1 * p1 + n2 * p2) / (n1 + n2);
  const ifEqual = Math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2));
  const asTheyAre = Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2);
  const left = Math.abs(p2 - p1) + normalQuantile(alpha / 2) * ifEqual;
  return asTheyAre > 0 ? normalBelow(left / asTheyAre) : left >= 0 && p1 !== p2 ? 1 : 0;
}

/** A group of `n` numbers, such as annotators' mean residuals, with their standard deviation. */
export interface Spread {
  n: number;
  standardDeviation: number;
}

/**
 * The least difference of two means that Welch's test finds: (t_(1−α/2) + t_power) √(s₁²/n₁ + s₂²/n₂), t with Welch's
 * degrees of freedom. In the unit of the numbers, above 0.
 *
 * Undefined: TOO_FEW, with fewer than two numbers in a group; NO_VARIATION, where neither group varies. Throws a
 * RangeError on standard deviations below 0 and on an alpha or power that is none.
 * Source: Bloom, Minimum detectable effects: a simple way to report the statistical power of experimental designs
 * (1995). Within 0.2 % of the noncentral t from 5 in each group on.
 */
export function detectableMeanDifference(
  first: Spread,
  second: Spread,
  { alpha = 0.05, power = 0.8 }: Finding = {},
): Figure<"TOO_FEW" | "NO_VARIATION"> {
  refuseWrongFinding(alpha, power);
  for (const { standardDeviation } of [first, second])
    if (!(standardDeviation >= 0 && standardDeviation < Infinity))
      throw new RangeError(`a standard deviation is ${standardDeviation}; expected a finite number from 0 up`);
  if (!(first.n >= 2 && second.n >= 2)) return noFigure("TOO_FEW");
  const [one, two] = [first, second].map(({ n, standardDeviation }) => standardDeviation ** 2 / n) as [number, number];
  if (one + two === 0) return noFigure("NO_VARIATION");
  const df = 1 / ((one / (one + two)) ** 2 / (first.n - 1) + (two / (one + two)) ** 2 / (second.n - 1));
  return figure((tQuantile(1 - alpha / 2, df) + tQuantile(power, df)) * Math.sqrt(one + two));
}

function refuseWrongFinding(alpha: number, power: number): void {
  if (alpha > 0 && alpha < 1 && power >= 0.5 && power < 1) return;
  throw new RangeError(`alpha ${alpha} and power ${power}; expected alpha between 0 and 1, power from 0.5 up to 1`);
}
