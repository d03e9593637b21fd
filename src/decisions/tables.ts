// Which tables hold what reviewers decided?
import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";
import { exampleVersions } from "../examples/tables.js";
import { clauses } from "../guidelines/tables.js";

export type Verdict = "ACCEPT" | "REJECT" | "NEEDS_WORK" | "WITHDRAW";

/** A verdict on one version; a new version is undecided. */
export const decisions = pgTable(
  "decisions",
  {
    datasetId: datasetId(),
    decision: integer("decision").notNull(),
    exampleVersion: integer("example_version").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    /** Commitment, in contents. */
    reason: bytea("reason"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.decision] }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("decisions_in_force")
      .on(t.datasetId, t.exampleVersion)
      .where(sql`superseded_by is null`),
    index("decisions_by_version").on(t.datasetId, t.exampleVersion),
    index("decisions_by_activity").on(t.datasetId, t.activity),
    index("decisions_by_end")
      .on(t.datasetId, t.supersededBy)
      .where(sql`superseded_by is not null`),
  ],
);

/** The guideline clauses a decision cites. */
export const decisionClauses = pgTable(
  "decision_clauses",
  {
    datasetId: datasetId(),
    decision: integer("decision").notNull(),
    clause: integer("clause").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.decision, t.clause] }),
    foreignKey({ columns: [t.datasetId, t.decision], foreignColumns: [decisions.datasetId, decisions.decision] }),
    foreignKey({ columns: [t.datasetId, t.clause], foreignColumns: [clauses.datasetId, clauses.clause] }),
  ],
);

factTable(decisions, "decision");
factTable(decisionClauses, null);
