// Which kinds of activity are there?
import type { Permission } from "../policy.js";

export const ACTIVITY_KINDS = [
  "DATASET_CREATION",
  "PRINCIPAL_CREATION",
  "PERSONAL_DATA",
  "TOKEN_ISSUE",
  "TOKEN_REVOCATION",
  "MEMBERSHIP",
  "SOURCE_REGISTRATION",
  "CRITERION_PUBLICATION",
  "GUIDELINE_PUBLICATION",
  "ENROLMENT",
  "BATCH_OPENING",
  "IMPORT",
  "REVISION",
  "LABELLING",
  "RATING",
  "DECISION",
  "GOLD",
  "FEEDBACK",
  "FEEDBACK_ACKNOWLEDGEMENT",
  "AUDIT",
  "FINDING_STATUS",
  "WAIVER",
  "AUDIT_SIGNOFF",
  "EXTERNAL_ANALYSIS",
  "LONG_TABLE_EXPORT",
  "ATTRIBUTES",
  "ATTRIBUTE_WITHDRAWAL",
  "CHECKS",
  "LEXICON",
  "PLAN_PUBLICATION",
  "CANDIDATE",
  "RELEASE",
  "RELEASE_STATUS",
  "ERASURE",
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Kinds that are about what not everyone who reads the log may read, and the permission to read that. */
export const CONFIDENTIAL_KINDS: Partial<Record<ActivityKind, Permission>> = { GOLD: "gold:read" };
