// How does what is known of an annotator go away again?
import { emptyPlan } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import { annotatorsByKey, type AnnotatorRow } from "../annotators/queries.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath } from "../platform/soundText.js";
import { may, type Scope } from "../platform/viewer.js";
import { changeAttributes } from "./attributeChanges.js";
import { attributeRequests, attributesOfAnnotators, type AttributeRequest, type AttributeRow } from "./queries.js";

export interface WithdrawAnnotatorAttributesInput extends RequestFields {
  annotator: string;
  attribute?: string | null;
}

interface Facts {
  annotator: AnnotatorRow | null;
  known: AttributeRow[];
  requests: AttributeRequest[];
}

const withdrawAnnotatorAttributesVerb: Verb<WithdrawAnnotatorAttributesInput, Facts> = {
  kind: "ATTRIBUTE_WITHDRAWAL",
  async facts(tx, datasetId, [command]) {
    const key = command!.input.annotator;
    const annotator = unsoundPath(key) ? null : (await annotatorsByKey(tx, datasetId, [key]))[0]!;
    if (!annotator) return { annotator: null, known: [], requests: [] };
    const ids = [annotator.annotator];
    const known = await attributesOfAnnotators(tx, datasetId, ids);
    return { annotator, known, requests: await attributeRequests(tx, datasetId, ids) };
  },
  plan({ scope, input }, { annotator, known, requests }, ids) {
    const refused = whoseProblem(annotator, input, scope);
    if (refused) return { kind: "refused", problems: [refused] };
    const toDelete = known.filter(({ attribute }) => input.attribute == null || attribute === input.attribute);
    if (toDelete.length === 0) return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
    const plan = emptyPlan();
    plan.outcome.accepted = toDelete.length;
    const annotators = [annotator!.annotator];
    changeAttributes(plan, ids, { toSet: [], toDelete, grant: null }, { annotators, requests });
    return { kind: "plan", plan };
  },
};

/** Deletes one attribute of an annotator, or all. Whoever may not set attributes may do so only for themselves. */
export function withdrawAnnotatorAttributes(
  db: Database,
  scope: Scope,
  input: WithdrawAnnotatorAttributesInput,
): Promise<Answer> {
  return write(db, scope, withdrawAnnotatorAttributesVerb, input);
}

function whoseProblem(
  annotator: AnnotatorRow | null,
  { annotator: key }: WithdrawAnnotatorAttributesInput,
  { viewer, datasetId }: Scope,
): UserProblem | null {
  const forOthers = may(viewer, datasetId, "attribute:set");
  if (annotator && (forOthers || annotator.principalUid === viewer.principalUid)) return null;
  if (forOthers)
    return problem(
      "UNKNOWN_ANNOTATOR",
      `annotator ${JSON.stringify(key)} is not enrolled in this dataset`,
      "annotator",
    );
  return problem(
    "NOT_YOUR_ANNOTATOR",
    `${JSON.stringify(key)} is no annotator that is you; myAnnotatorAttributes lists yours, an owner withdraws others'`,
    "annotator",
  );
}
