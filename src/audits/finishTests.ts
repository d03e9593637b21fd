// When all tests of an audit are there: which q, verdict and next step has each? Pure.
import { benjaminiHochberg } from "../statistics/benjaminiHochberg.js";
import { effectVerdict } from "../statistics/effectVerdict.js";
import type { AuditTest } from "./auditNumbers.js";
import { nextStepOf } from "./nextStep.js";
import type { TestDraft } from "./testDraft.js";

/** One family of tests: Benjamini and Hochberg's over all that have a p, whichever audit family they are of. */
export function finishTests(drafts: readonly TestDraft[], { alpha }: { alpha: number }): AuditTest[] {
  const qs = benjaminiHochberg(drafts.map(({ p }) => p));
  return drafts.map(({ evidenceRule: _, advice, ...draft }, i) => {
    const q = qs[i]!;
    const { value, low, high, scale } = draft.effect;
    const interval = low === null || high === null ? null : { low, high };
    const judged = effectVerdict({ value, interval, q }, { scale, minimum: draft.minimumEffect, alpha });
    const effect = { ...draft.effect, value: finite(value), low: finite(low), high: finite(high) };
    const test = { ...draft, effect, q, ...judged };
    return { ...test, nextStep: nextStepOf(test, advice) };
  });
}

function finite(limit: number | null): number | null {
  return limit !== null && Number.isFinite(limit) ? limit : null;
}
