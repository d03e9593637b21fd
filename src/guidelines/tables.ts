// Which tables hold the rules and the questions put to raters?
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
  boolean,
} from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";

export type MeasurementLevel = "NOMINAL" | "ORDINAL" | "INTERVAL" | "RATIO";

export const criteria = pgTable(
  "criteria",
  {
    datasetId: datasetId(),
    criterion: integer("criterion").notNull(),
    key: text("key").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.criterion] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("criteria_key").on(t.datasetId, t.key),
  ],
);

/** One question and its scale. Immutable; a change is a new version, and values of two versions are never pooled. */
export const criterionVersions = pgTable(
  "criterion_versions",
  {
    datasetId: datasetId(),
    criterionVersion: integer("criterion_version").notNull(),
    criterion: integer("criterion").notNull(),
    /** 1, 2, 3 … within the criterion. */
    version: integer("version").notNull(),
    /** Commitment to the question, in contents. */
    question: bytea("question").notNull(),
    level: text("level").$type<MeasurementLevel>().notNull(),
    /** The declared categories in order (text or numbers); null on a continuous scale. A rating holds the 0-based index. */
    categories: jsonb("categories").$type<Array<string | number>>(),
    /** Bounds of a continuous scale, inclusive; null where open. */
    minimum: doublePrecision("minimum"),
    maximum: doublePrecision("maximum"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.criterionVersion] }),
    foreignKey({ columns: [t.datasetId, t.criterion], foreignColumns: [criteria.datasetId, criteria.criterion] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("criterion_versions_number").on(t.datasetId, t.criterion, t.version),
    uniqueIndex("criterion_versions_latest")
      .on(t.datasetId, t.criterion)
      .where(sql`superseded_by is null`),
  ],
);

export const guidelines = pgTable(
  "guidelines",
  {
    datasetId: datasetId(),
    guideline: integer("guideline").notNull(),
    key: text("key").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.guideline] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("guidelines_key").on(t.datasetId, t.key),
  ],
);

/** The rules as published; immutable. */
export const guidelineVersions = pgTable(
  "guideline_versions",
  {
    datasetId: datasetId(),
    guidelineVersion: integer("guideline_version").notNull(),
    guideline: integer("guideline").notNull(),
    /** As people say it: "1.0". */
    version: text("version").notNull(),
    title: text("title").notNull(),
    /** Commitment to what changed and why, in contents. */
    changeNote: bytea("change_note"),
    /** Where true, only annotators qualified for this version may rate under it. */
    requiresQualification: boolean("requires_qualification").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.guidelineVersion] }),
    foreignKey({ columns: [t.datasetId, t.guideline], foreignColumns: [guidelines.datasetId, guidelines.guideline] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("guideline_versions_version").on(t.datasetId, t.guideline, t.version),
    uniqueIndex("guideline_versions_latest")
      .on(t.datasetId, t.guideline)
      .where(sql`superseded_by is null`),
  ],
);

/** A numbered clause in Markdown. */
export const clauses = pgTable(
  "clauses",
  {
    datasetId: datasetId(),
    clause: integer("clause").notNull(),
    guidelineVersion: integer("guideline_version").notNull(),
    number: text("number").notNull(),
    title: text("title").notNull(),
    /** Commitment, in contents. */
    text: bytea("text").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.clause] }),
    foreignKey({
      columns: [t.datasetId, t.guidelineVersion],
      foreignColumns: [guidelineVersions.datasetId, guidelineVersions.guidelineVersion],
    }),
    unique("clauses_number").on(t.datasetId, t.guidelineVersion, t.number),
  ],
);

/** A clause's examples and counterexamples. */
export const illustrations = pgTable(
  "illustrations",
  {
    datasetId: datasetId(),
    illustration: integer("illustration").notNull(),
    clause: integer("clause").notNull(),
    kind: text("kind").$type<"EXAMPLE" | "COUNTEREXAMPLE">().notNull(),
    /** Commitments, in contents. */
    text: bytea("text").notNull(),
    note: bytea("note"),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.illustration] }),
    foreignKey({ columns: [t.datasetId, t.clause], foreignColumns: [clauses.datasetId, clauses.clause] }),
    index("illustrations_by_clause").on(t.datasetId, t.clause),
  ],
);

/** The criterion versions in force under a guideline version; a rating on any other is refused. */
export const guidelineCriteria = pgTable(
  "guideline_criteria",
  {
    datasetId: datasetId(),
    guidelineVersion: integer("guideline_version").notNull(),
    criterionVersion: integer("criterion_version").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.guidelineVersion, t.criterionVersion] }),
    foreignKey({
      columns: [t.datasetId, t.guidelineVersion],
      foreignColumns: [guidelineVersions.datasetId, guidelineVersions.guidelineVersion],
    }),
    foreignKey({
      columns: [t.datasetId, t.criterionVersion],
      foreignColumns: [criterionVersions.datasetId, criterionVersions.criterionVersion],
    }),
  ],
);

factTable(criteria, "criterion");
factTable(criterionVersions, "criterionVersion");
factTable(guidelines, "guideline");
factTable(guidelineVersions, "guidelineVersion");
factTable(clauses, "clause");
factTable(illustrations, "illustration");
factTable(guidelineCriteria, null);
