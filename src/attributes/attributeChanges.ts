// How are attributes kept beside the facts, with the activity that says so and without a trace of them in it?
import type { Ids } from "../activities/write.js";
import type { Plan } from "../activities/plan.js";
import { registerProjection } from "../activities/projections.js";
import type { Planned } from "../activities/recordActivities.js";
import { erasures } from "../activities/tables.js";
import type { Tx } from "../platform/db.js";
import type { Grant } from "./checkAttributes.js";
import { forgetAttributes, keepAttributes, type AttributeRequest, type AttributeToKeep } from "./queries.js";

export interface AttributeChange {
  toSet: AttributeToKeep[];
  toDelete: Array<{ annotator: number; attribute: string }>;
  grant: Grant | null;
}

/** Of plans that are being written. A plan itself must not hold values: it is digested, and its outcome is kept. */
const changes = new WeakMap<Plan, AttributeChange>();

/** Has a plan change attributes of annotators, and takes the digests of earlier requests about them along. */
export function changeAttributes(
  plan: Plan,
  ids: Ids,
  change: AttributeChange,
  { annotators, requests }: { annotators: readonly number[]; requests: readonly AttributeRequest[] },
): void {
  changes.set(plan, change);
  plan.used.push(...annotators.map((id) => ({ noun: "annotator", id })));
  for (const { activity, commitment } of requests) {
    plan.erased.push(commitment);
    const what = { noun: "activity", id: activity, reason: "attributes of annotators were set anew or withdrawn" };
    plan.rows.push({ table: erasures, rows: [{ erasure: ids.take("erasure"), commitment, ...what }] });
  }
}

async function keepChanges(tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>): Promise<void> {
  for (const { plan, activity } of planned) {
    const change = changes.get(plan);
    if (!change) continue;
    const { toSet, toDelete, grant } = change;
    if (toDelete.length > 0) await forgetAttributes(tx, datasetId, toDelete);
    if (toSet.length > 0) await keepAttributes(tx, datasetId, toSet, { ...grant!, activity });
  }
}

registerProjection(keepChanges);
