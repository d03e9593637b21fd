// How are examples labelled?
import { emptyPlan, settle, type BulkMode } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { labelRow } from "./addVersion.js";
import { checkLabels, faultOfLabelItem, type LabelItem } from "./checkLabels.js";
import { knownVersions, type KnownVersion } from "./importFacts.js";
import { tooMany } from "./importExamples.js";
import { labels } from "./tables.js";

export interface LabelExamplesInput extends RequestFields {
  mode: BulkMode;
  labels: LabelItem[];
}

const MAX_LABELS = 5000;

const labelExamplesVerb: Verb<LabelExamplesInput, Map<string, KnownVersion>> = {
  kind: "LABELLING",
  facts(tx, datasetId, commands) {
    const items = commands[0]!.input.labels.filter((item) => faultOfLabelItem(item) === null);
    return knownVersions(
      tx,
      datasetId,
      items.map((item) => item.externalId),
    );
  },
  plan({ input }, latest, ids) {
    const { taken, unchanged, problems } = checkLabels(input.labels, latest);
    const plan = emptyPlan();
    const made = taken.flatMap((one) => one.made.map((label) => labelRow(ids, one.exampleVersion, label)));
    plan.rows.push({ table: labels, rows: made });
    plan.superseded.push({ table: labels, ids: taken.flatMap((one) => one.ended) });
    plan.outcome = { accepted: taken.length, unchanged, problems };
    return settle(input.mode, plan);
  },
};

/** Replaces the labels of examples' latest versions, a dimension at a time. */
export async function labelExamples(db: Database, scope: Scope, input: LabelExamplesInput): Promise<Answer> {
  if (input.labels.length > MAX_LABELS) return tooMany("labels", input.labels.length, MAX_LABELS);
  return write(db, scope, labelExamplesVerb, input);
}
