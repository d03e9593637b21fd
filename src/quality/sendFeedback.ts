// How is a report on an annotator's work sent to them?
import { datasetRowsById } from "../activities/readQueries.js";
import type { DatasetRow } from "../activities/queries.js";
import { addText, emptyPlan } from "../activities/plan.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import type { SnapshotAt } from "../activities/types.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import { measuredCriterion } from "../agreement/queries.js";
import { annotatorsByKey, type AnnotatorRow } from "../annotators/queries.js";
import type { Context } from "../platform/context.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { wordsProblem } from "./checkFeedback.js";
import { encodeFeedback, frozenReport } from "./feedbackText.js";
import { qualityNumbers } from "./qualityReport.js";
import { qualityQuestionOf } from "./question.js";
import { feedback } from "./tables.js";

export interface SendFeedbackInput extends RequestFields {
  annotator: string;
  criterion: string;
  criterionVersion?: number | null;
  at?: SnapshotAt | null;
  words?: string | null;
}

/** What is to be sent, or why it cannot be: decided before the lock, since it does not change. */
interface Prepared extends RequestFields {
  problem: UserProblem | null;
  sent: { annotator: number; criterionVersion: number; asOf: number; text: string } | null;
}

const sendFeedbackVerb: Verb<Prepared, null> = {
  kind: "FEEDBACK",
  facts: async () => null,
  plan({ input }, _facts, ids) {
    if (!input.sent) return { kind: "refused", problems: [input.problem!] };
    const plan = emptyPlan();
    const { text, ...row } = input.sent;
    plan.rows.push({
      table: feedback,
      rows: [{ feedback: ids.take("feedback"), ...row, report: addText(plan, text) }],
    });
    plan.used.push({ noun: "criterionVersion", id: row.criterionVersion });
    plan.outcome.accepted = 1;
    return { kind: "plan", plan };
  },
};

/**
 * Freezes an annotator's numbers as of a snapshot, with words to them. What was sent stays as it was, whatever is rated
 * later; numbers and words are one text.
 */
export async function sendFeedback(
  context: Context,
  scope: Scope,
  dataset: DatasetRow,
  input: SendFeedbackInput,
): Promise<Answer> {
  const { requestKey, message } = input;
  const found = await prepare(context, dataset, input);
  const prepared = "code" in found ? { problem: found, sent: null } : { problem: null, sent: found };
  return write(context.db, scope, sendFeedbackVerb, { requestKey, message, ...prepared }, input);
}

async function prepare(
  context: Context,
  { datasetId }: DatasetRow,
  input: SendFeedbackInput,
): Promise<UserProblem | NonNullable<Prepared["sent"]>> {
  const unfit = wordsProblem("words", input.words);
  if (unfit) return unfit;
  const [row] = await datasetRowsById(context.db, 0, [datasetId]);
  const snapshot = await snapshotAt(context, row!, input.at ?? null, null);
  if (!snapshot) return momentProblem(input.at!);
  const [annotator] = await annotatorsByKey(context.db, datasetId, [input.annotator]);
  if (!annotator)
    return problem(
      "UNKNOWN_ANNOTATOR",
      `annotator ${JSON.stringify(input.annotator)} is not enrolled in this dataset`,
      "annotator",
    );
  const report = await reportOn(context, snapshot, annotator, input);
  if ("code" in report) return report;
  const text = encodeFeedback({ words: input.words ?? null, report: report.frozen });
  const { criterionVersion } = report;
  return { annotator: annotator.annotator, criterionVersion, asOf: snapshot.activity, text };
}

function momentProblem({ release, candidate }: SnapshotAt): UserProblem {
  if (candidate != null)
    return problem(
      "UNKNOWN_CANDIDATE",
      `there is no candidate ${candidate}; prepareRelease makes one`,
      "at",
      "candidate",
    );
  return release == null
    ? problem("INVALID_VALUE", "nothing had happened by then; at takes a moment since the first activity", "at")
    : problem(
        "UNKNOWN_RELEASE",
        `there is no release ${JSON.stringify(release)}; Dataset.releases lists them`,
        "at",
        "release",
      );
}

const USUAL = { repeats: "LATEST", strata: ["OPEN", "RANDOM"], level: 0.95 } as const;

/** The annotator's numbers as Snapshot.annotatorQuality shows them where nothing else is asked. */
async function reportOn(
  context: Context,
  snapshot: SnapshotKey,
  { key, kind }: Pick<AnnotatorRow, "key" | "kind">,
  { criterion, criterionVersion = null }: SendFeedbackInput,
): Promise<UserProblem | { criterionVersion: number; frozen: object }> {
  const found = await measuredCriterion(context.db, snapshot, criterion, criterionVersion, false);
  const name = JSON.stringify(criterion) + (criterionVersion === null ? "" : ` version ${criterionVersion}`);
  if (!found)
    return problem(
      "UNKNOWN_CRITERION",
      `criterion ${name} is not published at activity ${snapshot.activity}`,
      "criterion",
    );
  const { datasetUid, kept: _, ...measured } = found;
  const question = qualityQuestionOf({ ...USUAL, criterion, annotatorKinds: [kind] }, measured);
  const { report } = await qualityNumbers(context, snapshot, { question, datasetUid });
  const numbers = report.annotators.find((one) => one.key === key);
  if (numbers)
    return { criterionVersion: measured.criterionVersion, frozen: frozenReport(numbers, snapshot, question) };
  const message = `${key} has no ratings on criterion ${name} at activity ${snapshot.activity}; there is nothing to say yet`;
  return problem("INVALID_VALUE", message, "annotator");
}
