// Is an effect large, there at all, not there, or not known?
import type { Limits } from "./figure.js";

export type Verdict = "HIGH" | "MEDIUM" | "LOW" | "INCONCLUSIVE" | "PASS";

/**
 * Which rule gave the verdict.
 *
 * - `LIMIT_EXCEEDS_MINIMUM` (HIGH): even the limit nearer to no effect is beyond the minimum effect.
 * - `ESTIMATE_EXCEEDS_MINIMUM` (MEDIUM): the estimate is beyond the minimum effect, and q < α.
 * - `ESTIMATE_BELOW_MINIMUM` (LOW): q < α and no more; the interval may reach beyond the minimum effect.
 * - `BELOW_MINIMUM_THROUGHOUT` (LOW): q < α, and the whole interval is within the minimum effect: there, and small.
 * - `CONTAINS_NONE_AND_MINIMUM` (INCONCLUSIVE): the interval holds both no effect and the minimum effect: add data.
 * - `NOT_SIGNIFICANT` (INCONCLUSIVE): the interval leaves out no effect, but q ≥ α, since there were other tests.
 * - `NOT_MEASURED` (INCONCLUSIVE): there is no estimate or no interval.
 * - `WITHIN_MINIMUM` (PASS): the whole interval is within the minimum effect, and q is not below α.
 */
export type VerdictRule =
  | "LIMIT_EXCEEDS_MINIMUM"
  | "ESTIMATE_EXCEEDS_MINIMUM"
  | "ESTIMATE_BELOW_MINIMUM"
  | "BELOW_MINIMUM_THROUGHOUT"
  | "CONTAINS_NONE_AND_MINIMUM"
  | "NOT_SIGNIFICANT"
  | "NOT_MEASURED"
  | "WITHIN_MINIMUM";

export interface MeasuredEffect {
  /** Null where it could not be measured. */
  value: number | null;
  interval: Pick<Limits, "low" | "high"> | null;
  /** Its p among those of its family (`benjaminiHochberg`); null where no test was possible. */
  q: number | null;
}

export interface MinimumEffect {
  /** No effect is 0 for a DIFFERENCE (and for δ, V, ε², w), 1 for a RATIO, which is judged by its logarithm. */
  scale: "DIFFERENCE" | "RATIO";
  /** What matters, in the effect's unit: above 0; for a RATIO not 1, 1.25 and 0.8 are the same. */
  minimum: number;
  alpha?: number;
}

/**
 * The verdict on one effect, either way of it, by the first rule that holds: HIGH, MEDIUM, LOW, INCONCLUSIVE, PASS. How
 * severe it is hangs on its size and limits: a q below α alone lifts nothing above LOW. An effect that was not
 * measured, for whatever reason, is INCONCLUSIVE and never a pass.
 *
 * Throws a RangeError on NaN, limits in the wrong order, ratios below 0, a minimum that is none, and a q outside 0 to
 * 1.
 * Source: the rule of the bias audits; PASS is the equivalence test of Schuirmann, A comparison of the two one-sided
 * tests procedure (1987), with the two-sided interval in place of that at 1 − 2α, so stricter.
 */
export function effectVerdict(
  effect: MeasuredEffect,
  { scale, minimum, alpha = 0.05 }: MinimumEffect,
): { verdict: Verdict; rule: VerdictRule } {
  const least = leastEffect(scale, minimum);
  if (effect.q !== null && !(effect.q >= 0 && effect.q <= 1))
    throw new RangeError(`q is ${effect.q}; expected one from 0 to 1`);
  if (effect.value === null || effect.interval === null) return { verdict: "INCONCLUSIVE", rule: "NOT_MEASURED" };
  const [value, low, high] = [effect.value, effect.interval.low, effect.interval.high].map(onScale(scale)) as Three;
  if (!(low <= high)) throw new RangeError(`the limits are ${low} and ${high}; expected the lower one first`);
  const isSignificant = effect.q !== null && effect.q < alpha;
  const isWithin = low > -least && high < least;
  if (low > least || high < -least) return { verdict: "HIGH", rule: "LIMIT_EXCEEDS_MINIMUM" };
  if (isSignificant && Math.abs(value) > least) return { verdict: "MEDIUM", rule: "ESTIMATE_EXCEEDS_MINIMUM" };
  if (isSignificant) return { verdict: "LOW", rule: isWithin ? "BELOW_MINIMUM_THROUGHOUT" : "ESTIMATE_BELOW_MINIMUM" };
  if (isWithin) return { verdict: "PASS", rule: "WITHIN_MINIMUM" };
  const containsNone = low <= 0 && high >= 0;
  return { verdict: "INCONCLUSIVE", rule: containsNone ? "CONTAINS_NONE_AND_MINIMUM" : "NOT_SIGNIFICANT" };
}

type Three = [number, number, number];

/** The minimum effect's distance from none, above 0. */
function leastEffect(scale: MinimumEffect["scale"], minimum: number): number {
  const least = scale === "RATIO" ? Math.abs(Math.log(minimum)) : minimum;
  if (least > 0 && least < Infinity) return least;
  throw new RangeError(`the minimum effect is ${minimum}; expected a number above 0, for a ratio not 1`);
}

/** How far a value is from no effect. The logarithm of a ratio of 0 is −Infinity, which compares as it should. */
function onScale(scale: MinimumEffect["scale"]): (value: number) => number {
  return (value) => {
    const far = scale === "RATIO" ? Math.log(value) : value;
    if (!Number.isNaN(far)) return far;
    throw new RangeError(`an effect or its limit is ${value}; expected a number, for a ratio from 0 up`);
  };
}
