// Which tables hold examples, their versions, labels and batches?
import { sql } from "drizzle-orm";
import {
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";
import { annotators } from "../annotators/tables.js";
import { guidelineVersions } from "../guidelines/tables.js";
import { sources } from "../sources/tables.js";

/** A named round of work. */
export const batches = pgTable(
  "batches",
  {
    datasetId: datasetId(),
    batch: integer("batch").notNull(),
    key: text("key").notNull(),
    title: text("title").notNull(),
    /** The rules the round works under; null where it has none of its own. */
    guidelineVersion: integer("guideline_version"),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.batch] }),
    foreignKey({
      columns: [t.datasetId, t.guidelineVersion],
      foreignColumns: [guidelineVersions.datasetId, guidelineVersions.guidelineVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("batches_key").on(t.datasetId, t.key),
  ],
);

/** An identity that outlives its versions. */
export const examples = pgTable(
  "examples",
  {
    datasetId: datasetId(),
    example: integer("example").notNull(),
    externalId: text("external_id").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.example] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("examples_external_id").on(t.datasetId, t.externalId),
  ],
);

/** What an example says, immutable. superseded_by is set by the activity that made the next version. */
export const exampleVersions = pgTable(
  "example_versions",
  {
    datasetId: datasetId(),
    exampleVersion: integer("example_version").notNull(),
    example: integer("example").notNull(),
    /** 1, 2, 3 … within the example. */
    version: integer("version").notNull(),
    /** Commitment to the canonical JSON {"attributes":{…},"turns":[{"content","role"}…]}, in contents. */
    content: bytea("content").notNull(),
    source: integer("source").notNull(),
    /** The annotator who wrote or last edited it (PROV's wasAttributedTo); null where nobody is known. */
    author: integer("author"),
    batch: integer("batch"),
    /** BCP 47; null where it is not stated. */
    language: text("language"),
    turnCount: integer("turn_count").notNull(),
    /** Of the last user turn and of the assistant turn after it, counted by Unicode word segmentation. */
    promptWords: integer("prompt_words").notNull(),
    responseWords: integer("response_words").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.exampleVersion] }),
    foreignKey({ columns: [t.datasetId, t.example], foreignColumns: [examples.datasetId, examples.example] }),
    foreignKey({ columns: [t.datasetId, t.source], foreignColumns: [sources.datasetId, sources.source] }),
    foreignKey({ columns: [t.datasetId, t.author], foreignColumns: [annotators.datasetId, annotators.annotator] }),
    foreignKey({ columns: [t.datasetId, t.batch], foreignColumns: [batches.datasetId, batches.batch] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("example_versions_number").on(t.datasetId, t.example, t.version),
    uniqueIndex("example_versions_latest")
      .on(t.datasetId, t.example)
      .where(sql`superseded_by is null`),
    index("example_versions_by_activity").on(t.datasetId, t.activity),
    index("example_versions_by_end")
      .on(t.datasetId, t.supersededBy)
      .where(sql`superseded_by is not null`),
    index("example_versions_by_content").on(t.datasetId, t.content),
  ],
);

/** Which versions a version was made from: an edit keeps the draft it edits. */
export const derivations = pgTable(
  "derivations",
  {
    datasetId: datasetId(),
    exampleVersion: integer("example_version").notNull(),
    parent: integer("parent").notNull(),
    /** REVISION: the next version of the same example. DERIVATION: another example made from it. */
    kind: text("kind").$type<"REVISION" | "DERIVATION">().notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.exampleVersion, t.parent] }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    foreignKey({
      columns: [t.datasetId, t.parent],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    index("derivations_by_parent").on(t.datasetId, t.parent),
  ],
);

/** An example version's place in the taxonomy. Relabelling does not edit the example. */
export const labels = pgTable(
  "labels",
  {
    datasetId: datasetId(),
    label: integer("label").notNull(),
    exampleVersion: integer("example_version").notNull(),
    dimension: text("dimension").notNull(),
    value: text("value").notNull(),
    method: text("method").$type<"HUMAN" | "RULE" | "MODEL" | "SOURCE">().notNull(),
    /** 0 to 1; null where the method states none. */
    confidence: doublePrecision("confidence"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.label] }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    uniqueIndex("labels_in_force")
      .on(t.datasetId, t.exampleVersion, t.dimension, t.value)
      .where(sql`superseded_by is null`),
    index("labels_by_version").on(t.datasetId, t.exampleVersion),
    index("labels_by_dimension").on(t.datasetId, t.dimension, t.value),
    index("labels_by_activity").on(t.datasetId, t.activity),
    index("labels_by_end")
      .on(t.datasetId, t.supersededBy)
      .where(sql`superseded_by is not null`),
  ],
);

factTable(batches, "batch");
factTable(examples, "example");
factTable(exampleVersions, "exampleVersion");
factTable(derivations, null);
factTable(labels, "label");
