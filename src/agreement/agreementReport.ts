// How far do raters agree on a snapshot?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Context } from "../platform/context.js";
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import { defineTask } from "../platform/tasks.js";
import { findReport, registerReport, type ReportAsked } from "../reports/findReport.js";
import { isOfKept, measureAgreement, measureKept, type AgreementNumbers } from "./measureAgreement.js";
import { criterionNames, measuredCriterion, type MeasuredCriterion } from "./queries.js";
import {
  countedBy,
  questionOf,
  type AgreementArguments,
  type CountedArguments,
  type Measured,
  type Question,
} from "./question.js";

/** Changes whenever the same question on the same snapshot could get other numbers. */
export const METHOD_VERSION = "agreement/2";

const agreementTask = defineTask("agreement", ({ db }, { snapshot, question }: ReportAsked<Question>) =>
  measureAgreement(db, snapshot, question),
);

export const agreementKind = registerReport<Question, AgreementNumbers>({
  name: "AGREEMENT",
  method: METHOD_VERSION,
  task: agreementTask,
  weigh: ({ overall, groupings }) =>
    [overall, ...groupings.flatMap((one) => one.groups)].reduce((sum, row) => sum + row.coefficients.length, 0),
});

export interface AgreementReportRow extends AgreementNumbers {
  datasetId: number;
  snapshot: SnapshotKey;
  datasetUid: string;
  question: Question;
  cache: "HIT" | "MISS";
}

/** The report; throws BAD_USER_INPUT where the question cannot be asked of this snapshot. */
export async function agreementReport(
  context: Context,
  snapshot: SnapshotKey,
  given: AgreementArguments,
): Promise<AgreementReportRow> {
  const { question, datasetUid, kept } = await askedOf(context.db, snapshot, given);
  const asked = { snapshot, question };
  const quick = async () => measureKept(question, kept);
  const { report, cache } = await findReport(context, agreementKind, datasetUid, asked, quick);
  return { ...report, datasetId: snapshot.datasetId, snapshot, datasetUid, question, cache };
}

/** The question about the criterion as it was at the snapshot; with what is kept, where that may answer it. */
export async function askedOf(db: Db, snapshot: SnapshotKey, given: AgreementArguments) {
  const byKept = isOfKept(snapshot, { ...countedBy(given), inference: null!, groupBy: [] });
  const { datasetUid, kept, ...measured } = await findCriterion(db, snapshot, given, byKept);
  return { question: questionOf(given, measured), datasetUid, kept };
}

/** The criterion version that is asked about; throws BAD_USER_INPUT with those that there are. */
export async function findMeasured(
  db: Db,
  snapshot: SnapshotKey,
  given: Pick<CountedArguments, "criterion" | "criterionVersion">,
): Promise<{ datasetUid: string; measured: Measured }> {
  const { datasetUid, kept: _, ...measured } = await findCriterion(db, snapshot, given, false);
  return { datasetUid, measured };
}

async function findCriterion(
  db: Db,
  snapshot: SnapshotKey,
  given: Pick<CountedArguments, "criterion" | "criterionVersion">,
  withKept: boolean,
): Promise<MeasuredCriterion> {
  const found = await measuredCriterion(db, snapshot, given.criterion, given.criterionVersion ?? null, withKept);
  if (found) return found;
  const asked =
    JSON.stringify(given.criterion) + (given.criterionVersion == null ? "" : ` version ${given.criterionVersion}`);
  const names = await criterionNames(db, snapshot);
  const known = names.length === 0 ? "no criterion was published by then" : `there are ${names.join(", ")}`;
  throw refusal("BAD_USER_INPUT", `criterion ${asked} does not exist at activity ${snapshot.activity}; ${known}`, {
    argument: "criterion",
  });
}
