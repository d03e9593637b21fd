// How far apart are two shares, and between which limits does their difference lie?
import { noFigure, type NoFigure } from "./figure.js";
import { wilsonInterval, type Hits, type WithLimits } from "./wilsonInterval.js";

/**
 * The first share less the second, p₁ − p₂ (risk difference), with limits made of each share's Wilson limits:
 * low = p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²), high = p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²).
 *
 * For independent samples. Range: −1 to 1, the limits too. Undefined: NO_TRIALS, in one sample or both.
 * Throws a RangeError on wrong counts and on a level outside 0 to 1.
 * Source: Newcombe, Interval estimation for the difference between independent proportions (1998), method 10.
 */
export function newcombeInterval(first: Hits, second: Hits, level = 0.95): WithLimits | NoFigure<"NO_TRIALS"> {
  const [one, two] = [wilsonInterval(first, level), wilsonInterval(second, level)];
  if (one.kind === "undefined" || two.kind === "undefined") return noFigure("NO_TRIALS");
  const value = one.value - two.value;
  const low = value - Math.hypot(one.value - one.interval.low, two.interval.high - two.value);
  const high = value + Math.hypot(one.interval.high - one.value, two.value - two.interval.low);
  return { kind: "defined", value, interval: { low, high, level } };
}
