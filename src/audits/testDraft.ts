// What is a test before all tests are there: without q and verdict, and with a rule for its evidence?
import type { Limits } from "../statistics/figure.js";
import type { Hits } from "../statistics/wilsonInterval.js";
import { wilsonInterval } from "../statistics/wilsonInterval.js";
import type { AuditFamily, AuditGroup, AuditTest } from "./auditNumbers.js";
import type { EffectKind, MinimumEffectAsked } from "./minimumEffects.js";

/** Which example versions, by place in the scope, show what a test is about, and which show the contrary. */
export interface EvidenceRule {
  supports: (place: number) => boolean;
  counters: (place: number) => boolean;
  supportingNote: string;
  counterNote: string;
}

/** Limits may be infinite here. */
export interface TestDraft extends Omit<AuditTest, "q" | "verdict" | "rule" | "nextStep"> {
  /** By which evidence is taken; null where it is taken, or there is none. */
  evidenceRule: EvidenceRule | null;
  /** What to do where something was found; the verdict's own advice where it is null. */
  advice: string | null;
}

/** What all families are asked alike. */
export interface FamilyAsked {
  alpha: number;
  seed: number;
  minimumEffects: readonly MinimumEffectAsked[];
}

type Given = Pick<
  TestDraft,
  "key" | "family" | "subject" | "dimension" | "unit" | "groups" | "method" | "effect" | "minimumEffect"
> &
  Partial<TestDraft>;

export function testDraft(given: Given): TestDraft {
  return {
    parameters: {},
    statistic: null,
    p: null,
    minimumDetectableEffect: null,
    details: {},
    undefinedBecause: null,
    suppressedBecause: null,
    warnings: [],
    evidence: [],
    evidenceRule: null,
    advice: null,
    ...given,
  };
}

export function minimumOf({ minimumEffects }: FamilyAsked, family: AuditFamily, effect: EffectKind): number {
  return minimumEffects.find((one) => one.family === family && one.effect === effect)!.value;
}

/** A difference that was not measured. */
export function noEffect(name: string, alpha: number): AuditTest["effect"] {
  return { name, scale: "DIFFERENCE", value: null, low: null, high: null, level: 1 - alpha, intervalMethod: null };
}

export function difference(
  name: string,
  value: number,
  interval: Pick<Limits, "low" | "high"> | null,
  { alpha }: FamilyAsked,
  intervalMethod: string,
): AuditTest["effect"] {
  const { low = null, high = null } = interval ?? {};
  const method = interval ? intervalMethod : null;
  return { name, scale: "DIFFERENCE", value, low, high, level: 1 - alpha, intervalMethod: method };
}

/**
 * An effect that is never below 0, whose limits come of noncentralities. Where the counts fit better than chance lets expect
 * both limits are 0, which shows nothing where so few units could not have shown the minimum effect: no limits are given then.
 */
export function unsignedEffect(
  name: string,
  value: number,
  interval: Pick<Limits, "low" | "high">,
  asked: FamilyAsked,
  { detectable, minimum }: { detectable: number; minimum: number },
): AuditTest["effect"] {
  const saysNothing = interval.high === 0 && detectable > minimum;
  return difference(name, value, saysNothing ? null : interval, asked, "noncentrality of chi-square");
}

/** A group with the share of its hits and Wilson's limits. */
export function shareGroup(name: string, hits: Hits, alpha: number): AuditGroup {
  const share = wilsonInterval(hits, 1 - alpha);
  if (share.kind === "undefined") return { name, n: hits.trials, value: null, low: null, high: null };
  return { name, n: hits.trials, value: share.value, low: share.interval.low, high: share.interval.high };
}

/** A group of numbers with its mean: medians of marks that most texts have none of are all 0. */
export function meanGroup(name: string, numbers: Float64Array): AuditGroup {
  return { name, n: numbers.length, value: meanOf(numbers), low: null, high: null };
}

export function meanOf(numbers: Float64Array): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum / numbers.length;
}

/** Null of nothing. */
export function medianOf(numbers: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(numbers).sort();
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
