// Which table holds gold values: what a reviewer says that the right value is?
import { sql } from "drizzle-orm";
import { doublePrecision, foreignKey, integer, pgTable, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { activities } from "../activities/tables.js";
import { exampleVersions } from "../examples/tables.js";
import { criterionVersions } from "../guidelines/tables.js";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";

/** The right value of a unit, by its activity's agent. Another value supersedes it; taking it back does so without one. */
export const goldValues = pgTable(
  "gold_values",
  {
    datasetId: datasetId(),
    gold: integer("gold").notNull(),
    criterionVersion: integer("criterion_version").notNull(),
    exampleVersion: integer("example_version").notNull(),
    /** 0-based index into the criterion version's categories; null on a continuous scale, or where it was taken back. */
    category: integer("category"),
    /** The value on a continuous scale; null on a categorical one, or where it was taken back. */
    score: doublePrecision("score"),
    /** How far a rating may lie from it and be right: places of an ordered scale, or units of a continuous one. */
    tolerance: doublePrecision("tolerance").notNull(),
    /** Commitment, in contents. */
    rationale: bytea("rationale"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.gold] }),
    foreignKey({
      columns: [t.datasetId, t.criterionVersion],
      foreignColumns: [criterionVersions.datasetId, criterionVersions.criterionVersion],
    }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("gold_values_in_force")
      .on(t.datasetId, t.criterionVersion, t.exampleVersion)
      .where(sql`superseded_by is null`),
  ],
);

factTable(goldValues, "gold");
