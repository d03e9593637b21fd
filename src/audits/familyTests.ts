// What does a family of tests give?
import type { AuditSkipped } from "./auditNumbers.js";
import type { TestDraft } from "./testDraft.js";

export interface FamilyTests {
  tests: TestDraft[];
  /** What could not be tested, and why. */
  skipped: AuditSkipped[];
}

export function allOf(parts: readonly FamilyTests[]): FamilyTests {
  return { tests: parts.flatMap(({ tests }) => tests), skipped: parts.flatMap(({ skipped }) => skipped) };
}
