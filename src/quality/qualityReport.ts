// What is each annotator's work like, as it was computed before or now?
import type { SnapshotKey } from "../activities/snapshot.js";
import { findMeasured } from "../agreement/agreementReport.js";
import type { Context } from "../platform/context.js";
import type { Db } from "../platform/db.js";
import { defineTask } from "../platform/tasks.js";
import { findReport, registerReport, type Found, type ReportAsked } from "../reports/findReport.js";
import type { QualityNumbers } from "./annotatorNumbers.js";
import { measureQuality } from "./measureQuality.js";
import { computedQuestion, qualityQuestionOf, type QualityArguments, type QualityQuestion } from "./question.js";

/** Changes whenever the same question on the same snapshot could get other numbers. */
export const METHOD_VERSION = "quality/1";

/** An annotator weighs as much as so many rows of other reports. */
const ROWS_PER_ANNOTATOR = 8;
const CONFUSIONS_PER_ROW = 20;

export const qualityKind = registerReport<QualityQuestion, QualityNumbers>({
  name: "ANNOTATOR_QUALITY",
  method: METHOD_VERSION,
  task: defineTask("annotatorQuality", (context, { snapshot, question }: ReportAsked<QualityQuestion>) =>
    measureQuality(context, snapshot, question),
  ),
  weigh: ({ annotators, model }) =>
    1 + annotators.length * (ROWS_PER_ANNOTATOR + Math.ceil(model.classPriors.length ** 2 / CONFUSIONS_PER_ROW)),
});

export interface QualityAsked {
  question: QualityQuestion;
  datasetUid: string;
}

/** The question about the criterion as it was at the snapshot; throws BAD_USER_INPUT where it cannot be asked. */
export async function qualityAskedOf(db: Db, snapshot: SnapshotKey, given: QualityArguments): Promise<QualityAsked> {
  const { datasetUid, measured } = await findMeasured(db, snapshot, given);
  return { question: qualityQuestionOf(given, measured), datasetUid };
}

/** The numbers of everybody, whoever is asked for. */
export function qualityNumbers(
  context: Context,
  snapshot: SnapshotKey,
  { question, datasetUid }: QualityAsked,
): Promise<Found<QualityNumbers>> {
  return findReport(context, qualityKind, datasetUid, { snapshot, question: computedQuestion(question) });
}

/** All that was asked, as it is shown. */
export function parametersOf({ measured, ...asked }: QualityQuestion) {
  return { criterion: measured.key, criterionVersion: measured.version, ...asked };
}
