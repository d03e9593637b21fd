// How are criteria published?
import { textsByCommitment } from "../activities/queries.js";
import { addText, emptyPlan, settle } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Tx } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { checkCriteria, type CriterionInput, type KnownCriterion } from "./checkCriteria.js";
import { criterionVersionsByKey } from "./queries.js";
import { criteria, criterionVersions } from "./tables.js";

export interface PublishCriteriaInput extends RequestFields {
  criteria: CriterionInput[];
  onConflict: "REFUSE" | "NEW_VERSION";
}

const MOST = 1_000;

const publishCriteriaVerb: Verb<PublishCriteriaInput, Map<string, KnownCriterion>> = {
  kind: "CRITERION_PUBLICATION",
  facts: (tx, datasetId, [command]) =>
    knownCriteria(
      tx,
      datasetId,
      command!.input.criteria.map((one) => one.key),
    ),
  plan({ input }, known, ids) {
    if (input.criteria.length > MOST)
      return {
        kind: "refused",
        problems: [
          problem(
            "TOO_MANY_ITEMS",
            `${input.criteria.length} criteria were given; at most ${MOST} are taken`,
            "criteria",
          ),
        ],
      };
    const { toPublish, unchanged, problems } = checkCriteria(input.criteria, known, input.onConflict);
    const plan = emptyPlan();
    for (const { key, question, scale, known: earlier } of toPublish) {
      const criterion = earlier?.criterion ?? ids.take("criterion");
      if (earlier) plan.superseded.push({ table: criterionVersions, ids: [earlier.criterionVersion] });
      else plan.rows.push({ table: criteria, rows: [{ criterion, key }] });
      const row = { criterionVersion: ids.take("criterionVersion"), criterion, version: (earlier?.version ?? 0) + 1 };
      plan.rows.push({ table: criterionVersions, rows: [{ ...row, question: addText(plan, question), ...scale }] });
    }
    plan.outcome = { accepted: toPublish.length, unchanged, problems };
    return settle("PER_ITEM", plan);
  },
};

/** Publishes criteria, or new versions of them. The same content again changes nothing. */
export function publishCriteria(db: Database, scope: Scope, input: PublishCriteriaInput): Promise<Answer> {
  return write(db, scope, publishCriteriaVerb, input);
}

async function knownCriteria(tx: Tx, datasetId: number, keys: string[]): Promise<Map<string, KnownCriterion>> {
  const plain = keys.filter((key) => !key.includes("@"));
  const rows = (await criterionVersionsByKey(tx, datasetId, plain)).filter((row) => row !== null);
  const questions = await textsByCommitment(
    tx,
    datasetId,
    rows.map((row) => row.questionKey),
  );
  return new Map(rows.map((row, i) => [row.key, { ...row, question: questions[i] ?? null }]));
}
