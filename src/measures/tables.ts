// Which table keeps what a machine can count of the text of an example version?
import { bigint, foreignKey, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { contents } from "../activities/tables.js";
import { bytea, datasetId } from "../platform/columns.js";
import type { Format } from "./formatsOf.js";

const count = (name: string) => integer(name).notNull();

/**
 * Derived from the text alone: no fact. It may be deleted, and is then counted again. A row goes with its text: an
 * erasure deletes it, and none can be added once the text is gone.
 */
export const measures = pgTable(
  "measures",
  {
    datasetId: datasetId(),
    exampleVersion: integer("example_version").notNull(),
    /** The commitment of the text that was counted. */
    content: bytea("content").notNull(),
    /** The version of the rules, METHOD in measuresOf.ts: rows of another one are counted again. */
    method: smallint("method").notNull(),
    /** Of the response, as Unicode code points. */
    characters: count("characters"),
    /** Of the response; {PLAIN} where it has none. */
    format: text("format").array().notNull().$type<Format[]>(),
    /** Of prompt and response as they are compared: a key of each band of the MinHash signature. */
    bandKeys: bigint("band_keys", { mode: "bigint" }).array().notNull(),
    /** How many different runs of five words they have. */
    shingles: count("shingles"),
    /** Stands for the words in order: equal for equal words. */
    wordsKey: bigint("words_key", { mode: "bigint" }).notNull(),
    // Of the response outside fenced code: counts of style, by the rules in styleOf.ts.
    sentences: count("sentences"),
    bullets: count("bullets"),
    headings: count("headings"),
    bold: count("bold"),
    hedges: count("hedges"),
    sycophanticOpenings: count("sycophantic_openings"),
    apologies: count("apologies"),
    refusals: count("refusals"),
    exclamationMarks: count("exclamation_marks"),
    questionMarks: count("question_marks"),
    emoji: count("emoji"),
    emDashes: count("em_dashes"),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.exampleVersion] }),
    foreignKey({
      columns: [t.datasetId, t.content],
      foreignColumns: [contents.datasetId, contents.commitment],
    }).onDelete("cascade"),
    index("measures_by_content").on(t.datasetId, t.content),
    // Without a list of pending entries, which every look-up would read.
    index("measures_by_band_key").using("gin", t.bandKeys).with({ fastupdate: false }),
  ],
);
