// How are consented attributes of annotators set?
import { emptyPlan, settle, type BulkMode } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import { annotatorsByKey } from "../annotators/queries.js";
import { tooMany } from "../examples/importExamples.js";
import { PLAIN_KEY, VERSION } from "../guidelines/names.js";
import type { Database, Tx } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { changeAttributes } from "./attributeChanges.js";
import {
  attributeKey,
  checkAttributes,
  type AnnotatorAttributesInput,
  type AttributeFacts,
  type Grant,
} from "./checkAttributes.js";
import { attributeRequests, attributesOfAnnotators, type AttributeRequest } from "./queries.js";

export interface SetAnnotatorAttributesInput extends RequestFields {
  mode: BulkMode;
  consent: string;
  purpose?: string | null;
  grantedAt?: Date | null;
  annotators: AnnotatorAttributesInput[];
}

interface Facts extends AttributeFacts {
  requests: AttributeRequest[];
}

export const MOST_ANNOTATORS = 5_000;
const LONGEST_PURPOSE = 1_000;

const setAnnotatorAttributesVerb: Verb<SetAnnotatorAttributesInput, Facts> = {
  kind: "ATTRIBUTES",
  facts: (tx, datasetId, [command]) => factsOf(tx, datasetId, command!.input.annotators),
  plan({ input }, facts, ids) {
    const { consent, purpose = null, grantedAt = null } = input;
    const unfit = grantProblem({ consent, purpose, grantedAt });
    if (unfit) return { kind: "refused", problems: [unfit] };
    const grant: Grant = { consent, purpose, grantedAt };
    const { toSet, toDelete, annotators, ...counts } = checkAttributes(input.annotators, facts, grant);
    const plan = emptyPlan();
    const { accepted, unchanged, problems, unknown } = counts;
    const more = { consent, unknown, setCount: toSet.length, forgottenCount: toDelete.length };
    plan.outcome = { accepted, unchanged, problems, more };
    const decision = settle(input.mode, plan);
    if (decision.kind === "plan")
      changeAttributes(plan, ids, { toSet, toDelete, grant }, { annotators, requests: facts.requests });
    return decision;
  },
};

/**
 * Sets attributes of up to 5,000 annotators under a consent. What is said to be unknown is forgotten. The log says how many
 * were set, by whom and under which consent; the values stand in a table of their own and in no digest that stays.
 */
export async function setAnnotatorAttributes(
  db: Database,
  scope: Scope,
  input: SetAnnotatorAttributesInput,
): Promise<Answer> {
  const { length } = input.annotators;
  if (length > MOST_ANNOTATORS) return tooMany("annotators", length, MOST_ANNOTATORS);
  return write(db, scope, setAnnotatorAttributesVerb, input);
}

async function factsOf(tx: Tx, datasetId: number, inputs: readonly AnnotatorAttributesInput[]): Promise<Facts> {
  const keys = [...new Set(inputs.map(({ annotator }) => annotator))].filter((key) => unsoundPath(key) === null);
  const found = keys.length === 0 ? [] : (await annotatorsByKey(tx, datasetId, keys)).filter((one) => one !== null);
  const ids = found.map(({ annotator }) => annotator);
  const known = ids.length === 0 ? [] : await attributesOfAnnotators(tx, datasetId, ids);
  return {
    annotators: new Map(found.map((one) => [one.key, one])),
    known: new Map(known.map((row) => [attributeKey(row.annotator, row.attribute), row])),
    requests: known.length === 0 ? [] : await attributeRequests(tx, datasetId, ids),
  };
}

function grantProblem({ consent, purpose }: Grant): UserProblem | null {
  const [name = "", version = "", ...rest] = consent.split("@");
  if (!PLAIN_KEY.test(name) || !VERSION.test(version) || rest.length > 0)
    return problem(
      "INVALID_VALUE",
      `consent ${JSON.stringify(consent)} is not taken; name it with its version, such as research-2024@1`,
      "consent",
    );
  if (purpose === null) return null;
  if (unsoundPath(purpose)) return problem("INVALID_TEXT", `purpose ${UNSOUND}`, "purpose");
  if (purpose.trim() !== "" && purpose.length <= LONGEST_PURPOSE) return null;
  return problem("INVALID_VALUE", `purpose must have 1 to ${LONGEST_PURPOSE} characters; or leave it out`, "purpose");
}
