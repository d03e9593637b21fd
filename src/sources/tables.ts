// Which tables hold where content came from?
import { sql } from "drizzle-orm";
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";

export type SourceKind = "HUMAN_DEMONSTRATION" | "FILTERED_DATASET" | "MODEL_GENERATED";

export const sources = pgTable(
  "sources",
  {
    datasetId: datasetId(),
    source: integer("source").notNull(),
    key: text("key").notNull(),
    kind: text("kind").$type<SourceKind>().notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.source] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("sources_key").on(t.datasetId, t.key),
  ],
);

/** What is known of a source; a correction is a new version. */
export const sourceVersions = pgTable(
  "source_versions",
  {
    datasetId: datasetId(),
    sourceVersion: integer("source_version").notNull(),
    source: integer("source").notNull(),
    title: text("title").notNull(),
    /** An SPDX expression, or LicenseRef-…; null where it is not stated. */
    licence: text("licence"),
    /** Commitments, in contents. */
    terms: bytea("terms"),
    contact: bytea("contact"),
    /** Typed by the source's kind. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.sourceVersion] }),
    foreignKey({ columns: [t.datasetId, t.source], foreignColumns: [sources.datasetId, sources.source] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("source_versions_in_force")
      .on(t.datasetId, t.source)
      .where(sql`superseded_by is null`),
  ],
);

factTable(sources, "source");
factTable(sourceVersions, "sourceVersion");
