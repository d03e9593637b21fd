// Which tables hold the results of automatic checks?
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
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { activities } from "../activities/tables.js";
import { exampleVersions } from "../examples/tables.js";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";

export type CheckStatus = "PASS" | "FAIL" | "SKIPPED" | "ERROR";
export type CheckLevel = "BLOCK" | "REVIEW" | "INFO";

/** What ran: a check in a version with parameters. Made by its first result; immutable. */
export const checkRuns = pgTable(
  "check_runs",
  {
    datasetId: datasetId(),
    checkRun: integer("check_run").notNull(),
    name: text("name").notNull(),
    version: text("version").notNull(),
    parameters: jsonb("parameters").$type<Record<string, unknown>>().notNull(),
    /** SHA-256 of the parameters as canonical JSON. */
    parametersDigest: bytea("parameters_digest").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.checkRun] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("check_runs_name").on(t.datasetId, t.name, t.version, t.parametersDigest),
  ],
);

/** A verdict on an example version. A newer one of the same check, version and parameters supersedes. */
export const checkResults = pgTable(
  "check_results",
  {
    datasetId: datasetId(),
    result: integer("result").notNull(),
    checkRun: integer("check_run").notNull(),
    exampleVersion: integer("example_version").notNull(),
    status: text("status").$type<CheckStatus>().notNull(),
    level: text("level").$type<CheckLevel>().notNull(),
    score: doublePrecision("score"),
    /** Commitment to message and spans as JSON, in contents; null where neither came. */
    findings: bytea("findings"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.result] }),
    foreignKey({ columns: [t.datasetId, t.checkRun], foreignColumns: [checkRuns.datasetId, checkRuns.checkRun] }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("check_results_in_force")
      .on(t.datasetId, t.exampleVersion, t.checkRun)
      .where(sql`superseded_by is null`),
    index("check_results_of_version").on(t.datasetId, t.exampleVersion),
  ],
);

factTable(checkRuns, "checkRun");
factTable(checkResults, "result");
