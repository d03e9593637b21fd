// Which tables hold bias audits as records: what was found, what became of it, who signed?
import { sql } from "drizzle-orm";
import {
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { activities } from "../activities/tables.js";
import type { Population } from "../activities/snapshot.js";
import { clauses, criterionVersions } from "../guidelines/tables.js";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import type { AuditFamily, AuditNumbers } from "./auditNumbers.js";
import type { Severity } from "./severity.js";

/** What a finding is called to stand at. One without a row is OPEN. */
export const FINDING_STATUSES = ["OPEN", "MITIGATED", "ACCEPTED", "WAIVED"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export const SIGNOFF_DECISIONS = ["ACCEPT", "REJECT", "NEEDS_WORK"] as const;
export type SignoffDecision = (typeof SIGNOFF_DECISIONS)[number];

/** What was looked for in a snapshot, how, and what was found. */
export const audits = pgTable(
  "audits",
  {
    datasetId: datasetId(),
    audit: integer("audit").notNull(),
    /** Commitment, in contents. */
    title: bytea("title").notNull(),
    /** The snapshot's activity. */
    asOf: integer("as_of").notNull(),
    population: text("population").$type<Population>().notNull(),
    /** Whose members, where population is RELEASE; else null. */
    candidate: integer("candidate"),
    /** SHA-256 of exactly the example versions that were looked at. */
    scopeDigest: bytea("scope_digest").notNull(),
    exampleVersionCount: integer("example_version_count").notNull(),
    /** All that was asked, defaults filled in. */
    question: jsonb("question").$type<Record<string, unknown>>().notNull(),
    /** The families that have a test or say why they have none. */
    families: jsonb("families").$type<AuditFamily[]>().notNull(),
    methodVersion: text("method_version").notNull(),
    /** A whole number that a double holds. */
    seed: doublePrecision("seed").notNull(),
    lexicons: jsonb("lexicons").$type<AuditNumbers["lexicons"]>().notNull(),
    /** Commitment to the numbers in RFC 8785, in contents. */
    numbers: bytea("numbers").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.audit] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    index("audits_by_scope").on(t.datasetId, t.scopeDigest),
  ],
);

/** A test of an audit whose verdict is no pass. */
export const findings = pgTable(
  "findings",
  {
    datasetId: datasetId(),
    finding: integer("finding").notNull(),
    audit: integer("audit").notNull(),
    /** Which test of the audit's numbers. */
    testKey: text("test_key").notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.finding] }),
    foreignKey({ columns: [t.datasetId, t.audit], foreignColumns: [audits.datasetId, audits.audit] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("findings_once").on(t.datasetId, t.audit, t.testKey),
  ],
);

/** What became of a finding; another supersedes it. */
export const findingStatuses = pgTable(
  "finding_statuses",
  {
    datasetId: datasetId(),
    findingStatus: integer("finding_status").notNull(),
    finding: integer("finding").notNull(),
    status: text("status").$type<FindingStatus>().notNull(),
    /** Commitment, in contents. */
    reason: bytea("reason").notNull(),
    /** The guideline clause that it asks to change; null for none. */
    clause: integer("clause"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.findingStatus] }),
    foreignKey({ columns: [t.datasetId, t.finding], foreignColumns: [findings.datasetId, findings.finding] }),
    foreignKey({ columns: [t.datasetId, t.clause], foreignColumns: [clauses.datasetId, clauses.clause] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("finding_statuses_in_force")
      .on(t.datasetId, t.finding)
      .where(sql`superseded_by is null`),
    index("finding_statuses_by_finding").on(t.datasetId, t.finding),
  ],
);

/** What somebody else than the author says of an audit, by the agent of its activity; their next supersedes it. */
export const auditSignoffs = pgTable(
  "audit_signoffs",
  {
    datasetId: datasetId(),
    auditSignoff: integer("audit_signoff").notNull(),
    audit: integer("audit").notNull(),
    decision: text("decision").$type<SignoffDecision>().notNull(),
    /** Commitment, in contents. */
    statement: bytea("statement").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.auditSignoff] }),
    foreignKey({ columns: [t.datasetId, t.audit], foreignColumns: [audits.datasetId, audits.audit] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    index("audit_signoffs_by_audit").on(t.datasetId, t.audit),
  ],
);

/** That a finding does not stand in the way of a release for a time. */
export const waivers = pgTable(
  "waivers",
  {
    datasetId: datasetId(),
    waiver: integer("waiver").notNull(),
    finding: integer("finding").notNull(),
    /** Commitments, in contents. */
    reason: bytea("reason").notNull(),
    mitigation: bytea("mitigation"),
    expiresAt: timestamp("expires_at", { withTimezone: true, precision: 3 }).notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.waiver] }),
    foreignKey({ columns: [t.datasetId, t.finding], foreignColumns: [findings.datasetId, findings.finding] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("waivers_in_force")
      .on(t.datasetId, t.finding)
      .where(sql`superseded_by is null`),
    index("waivers_by_finding").on(t.datasetId, t.finding),
  ],
);

/** What was computed elsewhere about an audit or a snapshot. */
export const externalAnalyses = pgTable(
  "external_analyses",
  {
    datasetId: datasetId(),
    externalAnalysis: integer("external_analysis").notNull(),
    /** Null where it is about a snapshot and no audit. */
    audit: integer("audit"),
    /** The snapshot's activity; of an audit, its own. */
    asOf: integer("as_of").notNull(),
    population: text("population").$type<Population>().notNull(),
    candidate: integer("candidate"),
    /** SHA-256 of a file that is kept elsewhere; null for none. */
    fileDigest: bytea("file_digest"),
    /** Commitment to the JSON of statistic, method, tool, result, file name and note, in contents. */
    analysis: bytea("analysis").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.externalAnalysis] }),
    foreignKey({ columns: [t.datasetId, t.audit], foreignColumns: [audits.datasetId, audits.audit] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    index("external_analyses_by_audit").on(t.datasetId, t.audit),
  ],
);

/** That ratings were given out with the groups of their raters, under pseudonyms of this export alone. */
export const longTableExports = pgTable(
  "long_table_exports",
  {
    datasetId: datasetId(),
    longTableExport: integer("long_table_export").notNull(),
    /** The snapshot. */
    asOf: integer("as_of").notNull(),
    population: text("population").$type<Population>().notNull(),
    candidate: integer("candidate"),
    criterionVersion: integer("criterion_version").notNull(),
    /** The attribute by which raters are grouped. */
    attribute: text("attribute").notNull(),
    rowCount: integer("row_count").notNull(),
    raterCount: integer("rater_count").notNull(),
    leftOutRowCount: integer("left_out_row_count").notNull(),
    leftOutRaterCount: integer("left_out_rater_count").notNull(),
    /** Commitment to the key of its pseudonyms, hex, in contents; the API never shows it. */
    key: bytea("key").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.longTableExport] }),
    foreignKey({
      columns: [t.datasetId, t.criterionVersion],
      foreignColumns: [criterionVersions.datasetId, criterionVersions.criterionVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
  ],
);

factTable(audits, "audit");
factTable(findings, "finding");
factTable(findingStatuses, "findingStatus");
factTable(auditSignoffs, "auditSignoff");
factTable(waivers, "waiver");
factTable(externalAnalyses, "externalAnalysis");
factTable(longTableExports, "longTableExport");
