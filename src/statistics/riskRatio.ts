// How many times as large as a second share is a first one?
import { noFigure, type NoFigure } from "./figure.js";
import { whereItReaches } from "./incompleteBeta.js";
import { zOfLevel } from "./normalTest.js";
import { refuseWrongHits, type Hits, type WithLimits } from "./wilsonInterval.js";

/** NO_TRIALS: in one sample or both. NO_HITS_IN_SECOND: the ratio has no upper end. */
export type RiskRatioReason = "NO_TRIALS" | "NO_HITS_IN_SECOND";

/**
 * The ratio of two independent shares p₁/p₂ (risk ratio) with the limits of the score test: the ratios ρ for which
 * (p₁ − ρ p₂)² / (π₁(1 − π₁)/n₁ + ρ² π₂(1 − π₂)/n₂) ≤ z², π₁ = ρ π₂ the likeliest shares with that ratio.
 *
 * Chosen before Katz's log interval, which has no limits without a hit or without a miss, and which is too short or too
 * long where hits are few. Range: from 0 up; without a hit in the first sample value and lower limit are 0, so that
 * their logarithms are −Infinity. Always consistent with `twoProportionTest`: 1 lies outside exactly if p < 1 − level.
 * Undefined: see `RiskRatioReason`. Throws a RangeError on wrong counts and on a level outside 0 to 1.
 * Source: Koopman, Confidence intervals for the ratio of two binomial proportions (1984); recommended by Fagerland,
 * Lydersen and Laake, Recommended confidence intervals for two independent binomial proportions (2015).
 */
export function riskRatio(first: Hits, second: Hits, level = 0.95): WithLimits | NoFigure<RiskRatioReason> {
  refuseWrongHits(first);
  refuseWrongHits(second);
  const z2 = zOfLevel(level) ** 2;
  if (first.trials === 0 || second.trials === 0) return noFigure("NO_TRIALS");
  if (second.hits === 0) return noFigure("NO_HITS_IN_SECOND");
  const value = first.hits / first.trials / (second.hits / second.trials);
  const score = (ratio: number, side: -1 | 1) => (side * (ratio - value) > 0 ? scoreOfRatio(first, second, ratio) : 0);
  const low = first.hits === 0 ? 0 : 1 / whereItReaches(z2, (inverse) => score(1 / inverse, -1));
  const high = whereItReaches(z2, (ratio) => score(ratio, 1));
  return { kind: "defined", value, interval: { low, high, level } };
}

/** The square of the score statistic for the ratio ρ > 0. */
function scoreOfRatio(first: Hits, second: Hits, ratio: number): number {
  const [x1, n1, x2, n2] = [first.hits, first.trials, second.hits, second.trials];
  const b = ratio * (n1 + x2) + x1 + n2;
  const root = Math.sqrt(Math.max(0, b * b - 4 * ratio * (n1 + n2) * (x1 + x2)));
  const pi2 = (2 * (x1 + x2)) / (b + root);
  const pi1 = Math.min(1, ratio * pi2);
  const variance = (pi1 * (1 - pi1)) / n1 + (ratio * ratio * pi2 * (1 - pi2)) / n2;
  const apart = x1 / n1 - (ratio * x2) / n2;
  return variance > 0 ? (apart * apart) / variance : apart === 0 ? 0 : Infinity;
}
