// How does a selection become a candidate?
import { emptyPlan, type Plan } from "../activities/plan.js";
import { requestKnown } from "../activities/queries.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Reach } from "../platform/filters.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { checkSelection, type SelectionInput } from "./checkSelection.js";
import { criterionAt, dimensionKnown } from "./memberQueries.js";
import { prepareCandidate, type PreparedCandidate } from "./prepareCandidate.js";
import { candidateMembers, candidates } from "./tables.js";

export interface PrepareReleaseInput extends RequestFields, SelectionInput {}

type Prepared = PreparedCandidate | UserProblem[];

/**
 * Prepares a candidate as of the dataset's head. Everything is read and hashed before the dataset is locked, as of that
 * activity: what is written meanwhile is not in it. A request key that was answered before does not prepare again.
 */
export async function prepareRelease(
  reach: Reach,
  scope: Scope,
  dataset: { datasetId: number; uid: string; head: number },
  input: PrepareReleaseInput,
  now = new Date(),
): Promise<Answer> {
  const { db } = reach;
  const known = await requestKnown(db, dataset.datasetId, scope.viewer.principalUid, input.requestKey ?? null);
  const prepared = known ? [] : await prepare(reach, { ...dataset, now }, input);
  return write(db, scope, prepareReleaseVerb, { ...input, prepared }, input);
}

async function prepare(
  reach: Reach,
  { datasetId, uid, head: at, now }: { datasetId: number; uid: string; head: number; now: Date },
  input: PrepareReleaseInput,
): Promise<Prepared> {
  const { db } = reach;
  const { filter, categoryDimension = null, qualityCriterion = null, splitSeed } = input;
  const unsound = unsoundPath({ filter, categoryDimension, qualityCriterion, splitSeed });
  if (unsound) return [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)];
  const criterion = qualityCriterion === null ? null : await criterionAt(db, datasetId, qualityCriterion, at);
  const known = categoryDimension !== null && (await dimensionKnown(db, datasetId, categoryDimension, at));
  const selection = checkSelection(input, { datasetUid: uid, criterion, dimensionKnown: known });
  return Array.isArray(selection)
    ? selection
    : prepareCandidate(reach, { datasetId, uid, at, now }, selection, criterion);
}

interface PreparedInput extends PrepareReleaseInput {
  prepared: Prepared;
}

const prepareReleaseVerb: Verb<PreparedInput, null> = {
  kind: "CANDIDATE",
  facts: () => Promise.resolve(null),
  plan: ({ input: { prepared } }, _, ids) =>
    Array.isArray(prepared) ? { kind: "refused", problems: prepared } : { kind: "plan", plan: planOf(prepared, ids) },
};

function planOf(prepared: PreparedCandidate, ids: Ids): Plan {
  const { at, selection, criterionVersion, members, scopeDigest, root, gates } = prepared;
  const plan = emptyPlan();
  const candidate = ids.take("candidate");
  const memberCount = members.length;
  plan.rows.push({ table: candidates, rows: [{ candidate, at, selection, memberCount, scopeDigest, root, gates }] });
  plan.rows.push({
    table: candidateMembers,
    rows: members.map((member, position) => ({ candidate, position, ...member })),
  });
  plan.used.push({ noun: "activity", id: at });
  if (criterionVersion !== null) plan.used.push({ noun: "criterionVersion", id: criterionVersion });
  plan.outcome = { accepted: 1, unchanged: 0, problems: [], more: { candidate } };
  return plan;
}
