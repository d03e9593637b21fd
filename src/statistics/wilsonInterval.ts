// Between which limits does a share lie, when so many of so many were hits?
import { noFigure, type Limits, type NoFigure } from "./figure.js";
import { zOfLevel } from "./normalTest.js";

/** How many of the trials were hits: finite numbers, 0 ≤ hits ≤ trials. */
export interface Hits {
  hits: number;
  trials: number;
}

/** A value and its limits. */
export interface WithLimits {
  kind: "defined";
  value: number;
  interval: Limits;
}

/**
 * The share hits/trials with the limits of the score test: all shares π with |hits/n − π| ≤ z √(π(1 − π)/n).
 *
 * Range: 0 to 1, the limits too; the lower one is 0 exactly without a hit, the upper one 1 exactly without a miss.
 * Undefined: NO_TRIALS. Throws a RangeError on counts that are no such numbers and on a level outside 0 to 1.
 * Source: Wilson, Probable inference, the law of succession, and statistical inference (1927); Newcombe, Two-sided
 * confidence intervals for the single proportion (1998), method 3.
 */
export function wilsonInterval({ hits, trials }: Hits, level = 0.95): WithLimits | NoFigure<"NO_TRIALS"> {
  refuseWrongHits({ hits, trials });
  const z = zOfLevel(level);
  if (trials === 0) return noFigure("NO_TRIALS");
  const centre = 2 * hits + z * z;
  const reach = z * Math.sqrt(z * z + 4 * hits * (1 - hits / trials));
  const limit = (side: -1 | 1) => (centre + side * reach) / (2 * (trials + z * z));
  const interval = { low: hits === 0 ? 0 : limit(-1), high: hits === trials ? 1 : limit(1), level };
  return { kind: "defined", value: hits / trials, interval };
}

/** Throws a RangeError unless 0 ≤ hits ≤ trials, both finite. */
export function refuseWrongHits({ hits, trials }: Hits): void {
  if (hits >= 0 && hits <= trials && trials < Infinity) return;
  throw new RangeError(`${hits} hits of ${trials} trials were given; expected finite numbers, 0 ≤ hits ≤ trials`);
}
