// Which example versions show what a test is about, the same for the same seed?
import { hashOfNumbers } from "../statistics/murmurHash.js";
import type { AuditEvidence } from "./auditNumbers.js";
import type { FamilyTests } from "./familyTests.js";
import type { EvidenceRule } from "./testDraft.js";

const MOST_OF_A_ROLE = 10;

/** Takes the evidence of tests by their rules, which hold on to what they look at and are let go. */
export function withEvidence<Part extends FamilyTests>(
  part: Part,
  exampleVersions: ArrayLike<number>,
  seed: number,
): Part {
  const tests = part.tests.map(({ evidenceRule, ...test }) => ({
    ...test,
    evidence: evidenceRule ? evidenceOf(evidenceRule, exampleVersions, seed) : test.evidence,
    evidenceRule: null,
  }));
  return { ...part, tests };
}

/**
 * Up to ten that support it and ten that counter it: of all that the rule names, those whose number has the least hash with
 * the seed, which is a simple random sample that does not change when others come or go. O(example versions).
 */
export function evidenceOf(rule: EvidenceRule, exampleVersions: ArrayLike<number>, seed: number): AuditEvidence[] {
  const role = (name: AuditEvidence["role"], isIn: (place: number) => boolean, note: string) =>
    leastHashed(isIn, exampleVersions, seed).map((exampleVersion) => ({ role: name, exampleVersion, note }));
  return [
    ...role("SUPPORTING", rule.supports, rule.supportingNote),
    ...role("COUNTER", rule.counters, rule.counterNote),
  ];
}

function leastHashed(isIn: (place: number) => boolean, exampleVersions: ArrayLike<number>, seed: number): number[] {
  const kept: Array<{ hash: number; exampleVersion: number }> = [];
  for (let place = 0; place < exampleVersions.length; place++) {
    if (!isIn(place)) continue;
    const exampleVersion = exampleVersions[place]!;
    const hash = hashOfNumbers([exampleVersion], 0, 1, seed);
    if (kept.length === MOST_OF_A_ROLE && hash >= kept.at(-1)!.hash) continue;
    kept.push({ hash, exampleVersion });
    kept.sort((a, b) => a.hash - b.hash || a.exampleVersion - b.exampleVersion);
    if (kept.length > MOST_OF_A_ROLE) kept.pop();
  }
  return kept.map((one) => one.exampleVersion).sort((a, b) => a - b);
}
