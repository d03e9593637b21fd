// Which table holds the coverage plan?
import { sql } from "drizzle-orm";
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { activity, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";
import type { CoveragePlan } from "./coveragePlan.js";

/** The taxonomy and the targets, in versions; immutable. */
export const coveragePlanVersions = pgTable(
  "coverage_plan_versions",
  {
    datasetId: datasetId(),
    planVersion: integer("plan_version").notNull(),
    /** 1, 2, 3 … */
    version: integer("version").notNull(),
    title: text("title").notNull(),
    plan: jsonb("plan").$type<CoveragePlan>().notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.planVersion] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("coverage_plan_versions_number").on(t.datasetId, t.version),
    uniqueIndex("coverage_plan_versions_latest")
      .on(t.datasetId)
      .where(sql`superseded_by is null`),
  ],
);

factTable(coveragePlanVersions, "planVersion");
