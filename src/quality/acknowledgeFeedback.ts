// How does an annotator say that they have read what was sent to them?
import { addText, emptyPlan } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { acknowledgementProblem, wordsProblem } from "./checkFeedback.js";
import { feedbackSent, type FeedbackSent } from "./queries.js";
import { feedbackAcknowledgements } from "./tables.js";

export interface AcknowledgeFeedbackInput extends RequestFields {
  /** Null where the id names no feedback of this dataset. */
  feedback: number | null;
  comment?: string | null;
}

const acknowledgeFeedbackVerb: Verb<AcknowledgeFeedbackInput, FeedbackSent | null> = {
  kind: "FEEDBACK_ACKNOWLEDGEMENT",
  facts: (tx, datasetId, [command]) => feedbackSent(tx, datasetId, command!.input.feedback),
  plan({ scope, input: { feedback, comment } }, sent, ids) {
    const unfit = acknowledgementProblem(sent, scope.viewer.principalUid) ?? wordsProblem("comment", comment);
    if (unfit) return { kind: "refused", problems: [unfit] };
    const plan = emptyPlan();
    const row = { acknowledgement: ids.take("acknowledgement"), feedback, comment: addText(plan, comment) };
    plan.rows.push({ table: feedbackAcknowledgements, rows: [row] });
    plan.outcome.accepted = 1;
    return { kind: "plan", plan };
  },
};

/** Records it once, with a comment or without. Only what was sent to an annotator that the caller acts as. */
export function acknowledgeFeedback(
  db: Database,
  scope: Scope,
  input: AcknowledgeFeedbackInput,
  asked: RequestFields,
): Promise<Answer> {
  return write(db, scope, acknowledgeFeedbackVerb, input, asked);
}
