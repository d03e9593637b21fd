// Which table holds lexicons: lists of terms to look for, in versions?
import { sql } from "drizzle-orm";
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { activities } from "../activities/tables.js";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import type { LexiconKind } from "./lexiconPack.js";

/** A version of a lexicon; immutable. Loading other content under its key is the next one. */
export const lexiconVersions = pgTable(
  "lexicon_versions",
  {
    datasetId: datasetId(),
    lexiconVersion: integer("lexicon_version").notNull(),
    key: text("key").notNull(),
    /** 1, 2, 3 … */
    version: integer("version").notNull(),
    title: text("title").notNull(),
    /** BCP 47. */
    language: text("language").notNull(),
    /** An SPDX expression, or LicenseRef-…. */
    licence: text("licence").notNull(),
    /** SHA-256 of the pack as canonical JSON. */
    checksum: bytea("checksum").notNull(),
    entryCount: integer("entry_count").notNull(),
    kinds: jsonb("kinds").$type<Partial<Record<LexiconKind, number>>>().notNull(),
    /** Commitment to attribution, url and share-alike notes as JSON, in contents. */
    credit: bytea("credit").notNull(),
    /** Commitment to the whole pack as canonical JSON, in contents. */
    pack: bytea("pack").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.lexiconVersion] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("lexicon_versions_number").on(t.datasetId, t.key, t.version),
    uniqueIndex("lexicon_versions_latest")
      .on(t.datasetId, t.key)
      .where(sql`superseded_by is null`),
  ],
);

factTable(lexiconVersions, "lexiconVersion");
