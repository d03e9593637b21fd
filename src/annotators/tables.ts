// Which tables hold who writes and rates?
import { sql } from "drizzle-orm";
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { activity, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities, agents } from "../activities/tables.js";
import { guidelineVersions } from "../guidelines/tables.js";

/** An agent enrolled to write or rate, under a pseudonym. Ratings outlive the person. */
export const annotators = pgTable(
  "annotators",
  {
    datasetId: datasetId(),
    annotator: integer("annotator").notNull(),
    /** The pseudonym by which scripts name it. */
    key: text("key").notNull(),
    /** Model annotators are kept apart from human agreement unless asked for. */
    kind: text("kind").$type<"HUMAN" | "MODEL">().notNull(),
    agent: integer("agent").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.annotator] }),
    foreignKey({ columns: [t.datasetId, t.agent], foreignColumns: [agents.datasetId, agents.agent] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("annotators_key").on(t.datasetId, t.key),
  ],
);

export const annotatorProfiles = pgTable(
  "annotator_profiles",
  {
    datasetId: datasetId(),
    profile: integer("profile").notNull(),
    annotator: integer("annotator").notNull(),
    status: text("status").$type<"ACTIVE" | "PAUSED" | "RETIRED">().notNull(),
    expertise: jsonb("expertise").$type<string[]>().notNull(),
    /** BCP 47. */
    languages: jsonb("languages").$type<string[]>().notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.profile] }),
    foreignKey({ columns: [t.datasetId, t.annotator], foreignColumns: [annotators.datasetId, annotators.annotator] }),
    uniqueIndex("annotator_profiles_in_force")
      .on(t.datasetId, t.annotator)
      .where(sql`superseded_by is null`),
  ],
);

/** The guideline versions an annotator may rate under, where the version asks for it. */
export const qualifications = pgTable(
  "qualifications",
  {
    datasetId: datasetId(),
    qualification: integer("qualification").notNull(),
    annotator: integer("annotator").notNull(),
    guidelineVersion: integer("guideline_version").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.qualification] }),
    foreignKey({ columns: [t.datasetId, t.annotator], foreignColumns: [annotators.datasetId, annotators.annotator] }),
    foreignKey({
      columns: [t.datasetId, t.guidelineVersion],
      foreignColumns: [guidelineVersions.datasetId, guidelineVersions.guidelineVersion],
    }),
    uniqueIndex("qualifications_in_force")
      .on(t.datasetId, t.annotator, t.guidelineVersion)
      .where(sql`superseded_by is null`),
  ],
);

factTable(annotators, "annotator");
factTable(annotatorProfiles, "profile");
factTable(qualifications, "qualification");
