// Which tables hold the feedback that was sent to annotators, and that they read it?
import { foreignKey, index, integer, pgTable, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { activities } from "../activities/tables.js";
import { annotators } from "../annotators/tables.js";
import { criterionVersions } from "../guidelines/tables.js";
import { activity, bytea, datasetId } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";

/** A report on an annotator's work, as it was sent. */
export const feedback = pgTable(
  "feedback",
  {
    datasetId: datasetId(),
    feedback: integer("feedback").notNull(),
    annotator: integer("annotator").notNull(),
    criterionVersion: integer("criterion_version").notNull(),
    /** The activity of the snapshot whose numbers it holds. */
    asOf: integer("as_of").notNull(),
    /** Commitment, in contents: the numbers as JSON, and the words to them. */
    report: bytea("report").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.feedback] }),
    foreignKey({ columns: [t.datasetId, t.annotator], foreignColumns: [annotators.datasetId, annotators.annotator] }),
    foreignKey({
      columns: [t.datasetId, t.criterionVersion],
      foreignColumns: [criterionVersions.datasetId, criterionVersions.criterionVersion],
    }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    index("feedback_by_annotator").on(t.datasetId, t.annotator),
  ],
);

/** That an annotator has read a report, and what they say to it. */
export const feedbackAcknowledgements = pgTable(
  "feedback_acknowledgements",
  {
    datasetId: datasetId(),
    acknowledgement: integer("acknowledgement").notNull(),
    feedback: integer("feedback").notNull(),
    /** Commitment, in contents. */
    comment: bytea("comment"),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.acknowledgement] }),
    foreignKey({ columns: [t.datasetId, t.feedback], foreignColumns: [feedback.datasetId, feedback.feedback] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    uniqueIndex("feedback_acknowledged_once").on(t.datasetId, t.feedback),
  ],
);

factTable(feedback, "feedback");
factTable(feedbackAcknowledgements, "acknowledgement");
