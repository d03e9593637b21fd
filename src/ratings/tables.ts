// Which tables hold ratings, and what is kept per unit so that agreement need not read them?
import { sql } from "drizzle-orm";
import {
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";
import { annotators } from "../annotators/tables.js";
import { batches, exampleVersions } from "../examples/tables.js";
import { criterionVersions, guidelineVersions } from "../guidelines/tables.js";

export type Stratum = "OPEN" | "RANDOM" | "ADAPTIVE" | "CALIBRATION" | "GOLD";

/** One value, by one annotator, of one example version, on one criterion version, under one guideline version. */
export const ratings = pgTable(
  "ratings",
  {
    datasetId: datasetId(),
    rating: integer("rating").notNull(),
    criterionVersion: integer("criterion_version").notNull(),
    exampleVersion: integer("example_version").notNull(),
    annotator: integer("annotator").notNull(),
    guidelineVersion: integer("guideline_version").notNull(),
    /** 0-based index into the criterion version's categories; null on a continuous scale. */
    category: integer("category"),
    /** The value on a continuous scale; null on a categorical one. */
    score: doublePrecision("score"),
    stratum: text("stratum").$type<Stratum>().notNull(),
    /** How many ratings of this unit this annotator had given before: 0 is the first. */
    repeat: integer("repeat").notNull(),
    batch: integer("batch"),
    /** Seconds spent. */
    seconds: doublePrecision("seconds"),
    /** When the value was given, if the caller knows; recordedAt of the activity says when we learned it. */
    occurredAt: timestamp("occurred_at", { withTimezone: true, precision: 3 }),
    /** Commitment, in contents. */
    rationale: bytea("rationale"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.rating] }),
    foreignKey({
      columns: [t.datasetId, t.criterionVersion],
      foreignColumns: [criterionVersions.datasetId, criterionVersions.criterionVersion],
    }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.annotator], foreignColumns: [annotators.datasetId, annotators.annotator] }),
    foreignKey({
      columns: [t.datasetId, t.guidelineVersion],
      foreignColumns: [guidelineVersions.datasetId, guidelineVersions.guidelineVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.batch], foreignColumns: [batches.datasetId, batches.batch] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("ratings_in_force")
      .on(t.datasetId, t.criterionVersion, t.exampleVersion, t.annotator)
      .where(sql`superseded_by is null`),
    index("ratings_by_example_version").on(t.datasetId, t.exampleVersion),
    index("ratings_by_activity").on(t.datasetId, t.activity),
    index("ratings_by_end")
      .on(t.datasetId, t.supersededBy)
      .where(sql`superseded_by is not null`),
  ],
);

/**
 * Projection: what is counted of a unit (ratings in force, by human annotators, of stratum OPEN or RANDOM).
 * Categorical: counts, two bytes (big-endian) a category. Continuous: n, the sum and the sum of squares.
 */
export const tallies = pgTable(
  "tallies",
  {
    datasetId: datasetId(),
    criterionVersion: integer("criterion_version").notNull(),
    exampleVersion: integer("example_version").notNull(),
    counts: bytea("counts"),
    n: integer("n").notNull(),
    sum: doublePrecision("sum"),
    sumOfSquares: doublePrecision("sum_of_squares"),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.criterionVersion, t.exampleVersion] }),
    index("tallies_by_example_version").on(t.datasetId, t.exampleVersion),
  ],
);

/** Projection: count vector → units that have it, over the units of population CURRENT. */
export const histogram = pgTable(
  "histogram",
  {
    datasetId: datasetId(),
    criterionVersion: integer("criterion_version").notNull(),
    counts: bytea("counts").notNull(),
    units: integer("units").notNull(),
  },
  (t) => [primaryKey({ columns: [t.datasetId, t.criterionVersion, t.counts] })],
);

/** Projection: counted ratings of an annotator over population CURRENT; who has none is no rater. */
export const raterTallies = pgTable(
  "rater_tallies",
  {
    datasetId: datasetId(),
    criterionVersion: integer("criterion_version").notNull(),
    annotator: integer("annotator").notNull(),
    ratings: integer("ratings").notNull(),
  },
  (t) => [primaryKey({ columns: [t.datasetId, t.criterionVersion, t.annotator] })],
);

factTable(ratings, "rating");
