// What became better or worse from one audit to the next, test by test? Pure.
import type { Verdict } from "../statistics/effectVerdict.js";
import type { AuditEffect, AuditTest } from "./auditNumbers.js";

export const TEST_CHANGES = ["NEW", "GONE", "BETTER", "WORSE", "SAME"] as const;
export type TestChange = (typeof TEST_CHANGES)[number];

export interface ChangedTest {
  key: string;
  change: TestChange;
  before: AuditTest | null;
  after: AuditTest | null;
  /** Why the two are not the same measure; null where they are. */
  notComparable: string | null;
}

/** Tests by key, those of the later audit in its order, then those that are gone. */
export function changesBetween(before: readonly AuditTest[], after: readonly AuditTest[]): ChangedTest[] {
  const earlier = new Map(before.map((test) => [test.key, test]));
  const later = new Set(after.map((test) => test.key));
  const kept = after.map((test) => changeOf(earlier.get(test.key) ?? null, test));
  const gone = before.filter(({ key }) => !later.has(key));
  return [
    ...kept,
    ...gone.map((test) => ({ key: test.key, change: "GONE" as const, before: test, after: null, notComparable: null })),
  ];
}

function changeOf(before: AuditTest | null, after: AuditTest): ChangedTest {
  const { key } = after;
  if (before === null) return { key, change: "NEW", before, after, notComparable: null };
  return { key, change: directionOf(before, after), before, after, notComparable: misfitOf(before, after) };
}

function misfitOf(before: AuditTest, after: AuditTest): string | null {
  if (before.method !== after.method) return `measured by ${before.method} then, by ${after.method} now`;
  if (before.effect.name !== after.effect.name) return `measured as ${before.effect.name}, now as ${after.effect.name}`;
  if (before.minimumEffect !== after.minimumEffect)
    return `the minimum effect was ${before.minimumEffect} and is ${after.minimumEffect}`;
  return null;
}

const RANKS: Record<Exclude<Verdict, "INCONCLUSIVE">, number> = { PASS: 0, LOW: 1, MEDIUM: 2, HIGH: 3 };

/**
 * By the verdicts where both say something and differ; a verdict that was INCONCLUSIVE became WORSE when it is now MEDIUM
 * or HIGH, BETTER when it passes. Else by the effect, where the two intervals do not touch: what overlaps is not shown to
 * have changed.
 */
function directionOf(before: AuditTest, after: AuditTest): TestChange {
  const [then, now] = [before.verdict, after.verdict];
  if (then !== "INCONCLUSIVE" && now !== "INCONCLUSIVE" && then !== now)
    return RANKS[now] > RANKS[then] ? "WORSE" : "BETTER";
  if (then === "INCONCLUSIVE" && (now === "HIGH" || now === "MEDIUM")) return "WORSE";
  if (then === "INCONCLUSIVE" && now === "PASS") return "BETTER";
  return byEffect(before.effect, after.effect);
}

function byEffect(before: AuditEffect, after: AuditEffect): TestChange {
  if (before.name !== after.name || before.scale !== after.scale || !apart(before, after)) return "SAME";
  const [then, now] = [distance(before), distance(after)];
  return now > then ? "WORSE" : now < then ? "BETTER" : "SAME";
}

/** Whether two intervals share no value. One that is open on a side reaches as far as it can. */
function apart(a: AuditEffect, b: AuditEffect): boolean {
  if (a.value === null || b.value === null || !hasInterval(a) || !hasInterval(b)) return false;
  const high = ({ high: limit }: AuditEffect) => limit ?? Infinity;
  const low = ({ low: limit }: AuditEffect) => limit ?? -Infinity;
  return high(a) < low(b) || high(b) < low(a);
}

const hasInterval = ({ low, high }: AuditEffect) => low !== null || high !== null;

/** How far an effect is from none. */
function distance({ scale, value }: AuditEffect): number {
  return Math.abs(scale === "RATIO" ? Math.log(value!) : value!);
}
