// How is a round of work opened?
import { emptyPlan, settle } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import { guidelineVersionsByName } from "../guidelines/queries.js";
import type { Database, Tx } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { batchesByKey } from "./batchQueries.js";
import { checkBatches, type BatchFacts, type BatchInput } from "./checkBatches.js";
import { batches } from "./tables.js";

export interface OpenBatchesInput extends RequestFields {
  batches: BatchInput[];
}

const MOST = 1_000;

const openBatchesVerb: Verb<OpenBatchesInput, BatchFacts> = {
  kind: "BATCH_OPENING",
  facts: (tx, datasetId, [command]) => batchFacts(tx, datasetId, command!.input.batches),
  plan({ input }, facts, ids) {
    if (input.batches.length > MOST)
      return {
        kind: "refused",
        problems: [
          problem("TOO_MANY_ITEMS", `${input.batches.length} batches were given; at most ${MOST} are taken`, "batches"),
        ],
      };
    const { toOpen, unchanged, problems } = checkBatches(input.batches, facts);
    const plan = emptyPlan();
    plan.rows.push({ table: batches, rows: toOpen.map((batch) => ({ batch: ids.take("batch"), ...batch })) });
    for (const { guidelineVersion } of toOpen)
      if (guidelineVersion !== null) plan.used.push({ noun: "guidelineVersion", id: guidelineVersion });
    plan.outcome = { accepted: toOpen.length, unchanged, problems };
    return settle("PER_ITEM", plan);
  },
};

/** Opens batches. The same again changes nothing; a batch keeps its title and its guideline version. */
export function openBatches(db: Database, scope: Scope, input: OpenBatchesInput): Promise<Answer> {
  return write(db, scope, openBatchesVerb, input);
}

async function batchFacts(tx: Tx, datasetId: number, inputs: readonly BatchInput[]): Promise<BatchFacts> {
  const known = await batchesByKey(
    tx,
    datasetId,
    inputs.map((one) => one.key),
  );
  const versions = await guidelineVersionsByName(
    tx,
    datasetId,
    inputs.flatMap((one) => one.guidelineVersion ?? []),
  );
  return {
    batches: new Map(known.flatMap((row) => (row ? [[row.key, row]] : []))),
    guidelineVersions: new Map(versions.flatMap((row) => (row ? [[row.name, row.guidelineVersion]] : []))),
  };
}
