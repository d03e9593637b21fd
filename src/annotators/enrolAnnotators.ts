// How are annotators enrolled, and their profiles changed?
import { agents } from "../activities/tables.js";
import { emptyPlan, settle, type Plan } from "../activities/plan.js";
import { write, type Answer, type Command, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import { guidelineVersionsByName } from "../guidelines/queries.js";
import type { Database, Tx } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import { may, type Scope } from "../platform/viewer.js";
import { checkEnrolments, type EnrolmentFacts, type EnrolmentInput, type EnrolmentToWrite } from "./checkEnrolments.js";
import { addEnrolment, addProfile } from "./enrolment.js";
import { annotatorsByKey, principalsToEnrol, qualificationsOfAnnotators } from "./queries.js";
import { annotatorProfiles, qualifications } from "./tables.js";

export interface EnrolAnnotatorsInput extends RequestFields {
  annotators: EnrolmentInput[];
}

const MOST = 1_000;

const enrolAnnotatorsVerb: Verb<EnrolAnnotatorsInput, EnrolmentFacts> = {
  kind: "ENROLMENT",
  facts: (tx, datasetId, [command]) => enrolmentFacts(tx, datasetId, command!),
  plan({ input }, facts, ids) {
    if (input.annotators.length > MOST)
      return {
        kind: "refused",
        problems: [
          problem(
            "TOO_MANY_ITEMS",
            `${input.annotators.length} annotators were given; at most ${MOST} are taken`,
            "annotators",
          ),
        ],
      };
    const { toWrite, unchanged, problems } = checkEnrolments(input.annotators, facts);
    const plan = emptyPlan();
    for (const enrolment of toWrite) addChange(plan, ids, enrolment);
    plan.outcome = { accepted: toWrite.length, unchanged, problems };
    return settle("PER_ITEM", plan);
  },
};

/** Enrols annotators by key, or changes their profiles and qualifications. What is as it was changes nothing. */
export function enrolAnnotators(db: Database, scope: Scope, input: EnrolAnnotatorsInput): Promise<Answer> {
  return write(db, scope, enrolAnnotatorsVerb, input);
}

function addChange(
  plan: Plan,
  ids: Ids,
  { known, key, kind, principal, profile, profileChanged, added, ended }: EnrolmentToWrite,
): void {
  const annotator =
    known?.annotator ?? addEnrolment(plan, ids, { key, kind, ...profile, ...agentOf(plan, ids, principal) });
  if (known && profileChanged) {
    plan.superseded.push({ table: annotatorProfiles, ids: [known.profile] });
    addProfile(plan, ids, annotator, profile);
  }
  if (ended.length > 0) plan.superseded.push({ table: qualifications, ids: ended });
  const rows = added.map((guidelineVersion) => ({
    qualification: ids.take("qualification"),
    annotator,
    guidelineVersion,
  }));
  if (rows.length > 0) plan.rows.push({ table: qualifications, rows });
}

/** A principal acts in the dataset as one agent, whether it rates or does anything else. */
function agentOf(plan: Plan, ids: Ids, principal: EnrolmentToWrite["principal"]): { agent?: number } {
  if (!principal) return {};
  if (principal.agent !== null) return { agent: principal.agent };
  const agent = ids.take("agent");
  plan.rows.push({
    table: agents,
    rows: [{ agent, kind: principal.kind, label: principal.key, principalUid: principal.uid }],
  });
  return { agent };
}

async function enrolmentFacts(
  tx: Tx,
  datasetId: number,
  { input: { annotators }, scope }: Command<EnrolAnnotatorsInput>,
): Promise<EnrolmentFacts> {
  const keys = annotators.map((one) => one.key);
  const rows = (await annotatorsByKey(tx, datasetId, keys)).filter((row) => row !== null);
  const known = rows.map((row) => row.annotator);
  const qualified = await qualificationsOfAnnotators(tx, datasetId, known);
  const principals = annotators.flatMap((one) => one.principal ?? []);
  const versions = annotators.flatMap((one) => one.qualifiedFor ?? []);
  return {
    annotators: new Map(rows.map((row) => [row.key, row])),
    qualifications: new Map(known.map((annotator, i) => [annotator, qualified[i]!])),
    principals: mapOf(await principalsToEnrol(tx, datasetId, principals), (row) => [row.key, row]),
    guidelineVersions: mapOf(await guidelineVersionsByName(tx, datasetId, versions), (row) => [
      row.name,
      row.guidelineVersion,
    ]),
    seesAllPrincipals: may(scope.viewer, 0, "principal:read"),
  };
}

function mapOf<Row, Value>(rows: ReadonlyArray<Row | null>, entry: (row: Row) => [string, Value]): Map<string, Value> {
  return new Map(rows.flatMap((row) => (row === null ? [] : [entry(row)])));
}
