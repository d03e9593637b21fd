// Which tables keep what a latent class model makes of the ratings, unit by unit, so that examples can be filtered by it?
import { doublePrecision, foreignKey, index, integer, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";
import { bytea, datasetId } from "../platform/columns.js";

/** A fit of the model on a snapshot. It may be deleted, and is then computed again, to the same numbers. */
export const consensusRuns = pgTable(
  "consensus_runs",
  {
    datasetId: datasetId(),
    run: integer("run").notNull().generatedAlwaysAsIdentity(),
    /** The key of the kept report that holds the model. */
    key: bytea("key").notNull(),
    criterionVersion: integer("criterion_version").notNull(),
    /** The activity of the snapshot. */
    asOf: integer("as_of").notNull(),
  },
  (t) => [primaryKey({ columns: [t.datasetId, t.run] }), index("consensus_runs_by_key").on(t.datasetId, t.key)],
);

/** Of each unit the most probable category and its probability. */
export const consensusValues = pgTable(
  "consensus_values",
  {
    datasetId: datasetId(),
    run: integer("run").notNull(),
    exampleVersion: integer("example_version").notNull(),
    category: smallint("category").notNull(),
    certainty: doublePrecision("certainty").notNull(),
    ratings: integer("ratings").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.run, t.exampleVersion] }),
    foreignKey({
      columns: [t.datasetId, t.run],
      foreignColumns: [consensusRuns.datasetId, consensusRuns.run],
    }).onDelete("cascade"),
  ],
);
