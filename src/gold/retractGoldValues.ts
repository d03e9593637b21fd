// How are gold values taken back?
import { emptyPlan, settle, type BulkMode } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import { tooMany } from "../examples/importExamples.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { checkRetractions } from "./checkRetractions.js";
import { goldFacts } from "./goldFacts.js";
import type { GoldFacts, GoldUnitInput } from "./goldUnits.js";
import { MOST_GOLD_VALUES } from "./setGoldValues.js";
import { goldValues } from "./tables.js";

export interface RetractGoldValuesInput extends RequestFields {
  mode: BulkMode;
  items: GoldUnitInput[];
}

const retractGoldValuesVerb: Verb<RetractGoldValuesInput, GoldFacts> = {
  kind: "GOLD",
  facts: (tx, datasetId, [command]) => goldFacts(tx, datasetId, command!.input.items),
  plan({ input }, facts) {
    const { ended, problems } = checkRetractions(input.items, facts);
    const plan = emptyPlan();
    plan.superseded.push({ table: goldValues, ids: ended });
    plan.outcome = { accepted: ended.length, unchanged: 0, problems };
    return settle(input.mode, plan);
  },
};

/** Ends up to 5,000 gold values in force, and puts none in their place; what was said stays in the log. */
export async function retractGoldValues(db: Database, scope: Scope, input: RetractGoldValuesInput): Promise<Answer> {
  const count = input.items.length;
  if (count > MOST_GOLD_VALUES) return tooMany("items", count, MOST_GOLD_VALUES);
  return write(db, scope, retractGoldValuesVerb, input);
}
