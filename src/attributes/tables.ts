// Which table holds what annotators consented to be known about them?
import { foreignKey, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { activities } from "../activities/tables.js";
import { annotators } from "../annotators/tables.js";
import { activity, datasetId } from "../platform/columns.js";

/**
 * Personal data, apart from the facts: updatable, erasable, in no digest. What is unknown has no row. The log says that
 * attributes were set or withdrawn, by whom and under which consent, but not what they were.
 */
export const annotatorAttributes = pgTable(
  "annotator_attributes",
  {
    datasetId: datasetId(),
    annotator: integer("annotator").notNull(),
    attribute: text("attribute").notNull(),
    value: text("value").notNull(),
    /** The consent it was given under, such as research-2024@1. */
    consent: text("consent").notNull(),
    /** What it may be used for, where that was said. */
    purpose: text("purpose"),
    grantedAt: timestamp("granted_at", { withTimezone: true, precision: 3 }).notNull(),
    /** The activity that set it: its request could be guessed from, and goes with the value. */
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.annotator, t.attribute] }),
    foreignKey({ columns: [t.datasetId, t.annotator], foreignColumns: [annotators.datasetId, annotators.annotator] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    index("annotator_attributes_by_attribute").on(t.datasetId, t.attribute),
  ],
);
