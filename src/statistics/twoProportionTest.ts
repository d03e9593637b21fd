// Would two shares be so far apart by chance, if they were one?
import { noFigure, type NoFigure } from "./figure.js";
import { twoSidedP } from "./normalTest.js";
import { refuseWrongHits, type Hits } from "./wilsonInterval.js";

/** NO_TRIALS: in one sample or both. NO_VARIATION: all trials of both were hits, or all misses. */
export type TwoProportionReason = "NO_TRIALS" | "NO_VARIATION";

/**
 * The score test of equal shares in two independent samples: z = (p₁ − p₂)/√(p(1 − p)(1/n₁ + 1/n₂)) with the share p of
 * both together, and its two-sided p, without continuity correction. z² is Pearson's chi-square of the 2 × 2 table.
 *
 * Undefined: see `TwoProportionReason`. Throws a RangeError on wrong counts.
 * Source: Fleiss, Levin and Paik, Statistical methods for rates and proportions, 3rd ed. (2003), 3.1.
 */
export function twoProportionTest(
  first: Hits,
  second: Hits,
): { kind: "defined"; z: number; p: number } | NoFigure<TwoProportionReason> {
  refuseWrongHits(first);
  refuseWrongHits(second);
  if (first.trials === 0 || second.trials === 0) return noFigure("NO_TRIALS");
  const [hits, trials] = [first.hits + second.hits, first.trials + second.trials];
  if (hits === 0 || hits === trials) return noFigure("NO_VARIATION");
  const variance = (hits / trials) * (1 - hits / trials) * (1 / first.trials + 1 / second.trials);
  const z = (first.hits / first.trials - second.hits / second.trials) / Math.sqrt(variance);
  return { kind: "defined", z, p: twoSidedP(z) };
}
