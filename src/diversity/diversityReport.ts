// How varied is a snapshot, as it was computed before or now?
import { datasetById } from "../activities/queries.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import { METHOD_VERSION as DUPLICATES_METHOD } from "../duplicates/duplicateReport.js";
import type { Reach } from "../platform/filters.js";
import { defineTask, type TaskContext } from "../platform/tasks.js";
import { findReport, registerReport, type Found, type ReportAsked } from "../reports/findReport.js";
import { TEXT_METRICS, type DiversityNumbers } from "./diversityNumbers.js";
import { measureDiversity } from "./measureDiversity.js";
import type { DiversityQuestion } from "./question.js";

/** Changes whenever the same question on the same snapshot could get other numbers. */
export const METHOD_VERSION = `diversity/1, ${DUPLICATES_METHOD}`;

export const diversityKind = registerReport<DiversityQuestion, DiversityNumbers>({
  name: "DIVERSITY",
  method: METHOD_VERSION,
  task: defineTask("diversity", (context: TaskContext, { snapshot, question }: ReportAsked<DiversityQuestion>) =>
    measureDiversity(context, snapshot, question),
  ),
  weigh: ({ spreads }) => spreads.length + 2 * TEXT_METRICS.length,
});

export async function diversityReport(
  reach: Reach,
  snapshot: SnapshotKey,
  question: DiversityQuestion,
): Promise<Found<DiversityNumbers>> {
  const dataset = await datasetById(reach.db, snapshot.datasetId);
  return findReport(reach, diversityKind, dataset!.uid, { snapshot, question });
}
