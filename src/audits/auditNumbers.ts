// What does a bias audit find: its tests, each with groups, effect, verdict and evidence?
import type { Verdict, VerdictRule } from "../statistics/effectVerdict.js";

export const AUDIT_FAMILIES = [
  "REPRESENTATION",
  "ASSOCIATION",
  "TREATMENT",
  "STYLE",
  "PROVENANCE",
  "POOL",
  "DISPARITY",
  "SELF_PREFERENCE",
] as const;
export type AuditFamily = (typeof AUDIT_FAMILIES)[number];

/** What is counted once: an example version, an annotator, a rated unit (an example version with its ratings), a mention. */
export type AuditUnit = "EXAMPLE" | "ANNOTATOR" | "RATED_UNIT" | "MENTION";

/** One of the groups compared. */
export interface AuditGroup {
  name: string;
  /** How many units it has (of what is rated or mentions it); null where showing it would say too much about too few annotators. */
  n: number | null;
  /** The share, rate or mean that is compared, in the test's own unit; null where it is not measured or not shown. */
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface AuditEffect {
  /** As the field calls it: Cramér's V, Cliff's delta, risk difference, risk ratio, share, rating points … */
  name: string;
  /** No effect is 0 for a DIFFERENCE, 1 for a RATIO. */
  scale: "DIFFERENCE" | "RATIO";
  value: number | null;
  /** Both null where there is no interval; one null where it is open that way, as the upper limit of a ratio may be. */
  low: number | null;
  high: number | null;
  level: number;
  /** How the limits are made: Wilson, Newcombe, bootstrap over annotators … */
  intervalMethod: string | null;
}

/** An example version that shows what a test is about, taken by rule and not picked. */
export interface AuditEvidence {
  role: "SUPPORTING" | "COUNTER";
  exampleVersion: number;
  /** What to look at in it, without quoting the text. */
  note: string;
}

export interface AuditTest {
  /** The same in every audit that asks the same: family, subject and groups. */
  key: string;
  family: AuditFamily;
  /** What is measured: "response words", "refusal", "rating of helpfulness". */
  subject: string;
  /** By what the groups are made: "source", "label:topic", "attribute:gender", "lexicon:gender@1". */
  dimension: string;
  unit: AuditUnit;
  groups: AuditGroup[];
  /** Names the test and its version, such as kruskal-wallis@1. */
  method: string;
  parameters: Record<string, unknown>;
  /** The test statistic, such as H, chi-square or U; null where no test was possible. */
  statistic: { name: string; value: number; degreesOfFreedom: number | null } | null;
  effect: AuditEffect;
  p: number | null;
  /** Benjamini-Hochberg over all tests of the audit that have a p. */
  q: number | null;
  /** What matters, in the effect's unit. */
  minimumEffect: number;
  /** The smallest effect that this many units would show 8 times in 10; null where it is not known. */
  minimumDetectableEffect: number | null;
  verdict: Verdict;
  rule: VerdictRule;
  /** What else was measured, such as a risk ratio, Hill numbers or the leading words; plain data, empty where nothing. */
  details: Record<string, unknown>;
  /** Why there is no effect; null where there is one. */
  undefinedBecause: string | null;
  /** Why numbers of it are not shown; null where they are. */
  suppressedBecause: string | null;
  warnings: string[];
  /** What to do next, in one sentence. */
  nextStep: string;
  evidence: AuditEvidence[];
}

/** A question of an audit that has no test, and why: no lexicon, no attributes, nobody rated. */
export interface AuditSkipped {
  family: AuditFamily;
  subject: string;
  because: string;
}

export interface AuditNumbers {
  methodVersion: string;
  /** All that was asked, defaults filled in; plain data. */
  parameters: Record<string, unknown>;
  /** Hexadecimal: of exactly the example versions looked at. */
  scopeDigest: string;
  exampleVersionCount: number;
  /** How many of them had their text erased, and could not be looked at. */
  erasedCount: number;
  seed: number;
  /** The lexicons used, as loaded. */
  lexicons: Array<{ key: string; version: number; checksum: string }>;
  tests: AuditTest[];
  skipped: AuditSkipped[];
  /** What was wrong with what was read, such as groups whose names hold control characters. */
  warnings: string[];
}
