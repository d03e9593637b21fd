// How do reviewers say what the right value of an example is?
import { addText, emptyPlan, settle, type BulkMode, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import { tooMany } from "../examples/importExamples.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { checkGoldValues, NO_RATIONALE, type GoldValueInput, type NewGoldValue } from "./checkGoldValues.js";
import { goldFacts } from "./goldFacts.js";
import type { GoldFacts } from "./goldUnits.js";
import { goldValues } from "./tables.js";

export interface SetGoldValuesInput extends RequestFields {
  mode: BulkMode;
  goldValues: GoldValueInput[];
}

export const MOST_GOLD_VALUES = 5_000;

const setGoldValuesVerb: Verb<SetGoldValuesInput, GoldFacts> = {
  kind: "GOLD",
  facts: (tx, datasetId, [command]) => goldFacts(tx, datasetId, command!.input.goldValues),
  plan({ input }, facts, ids) {
    const { toWrite, unchanged, problems } = checkGoldValues(input.goldValues, facts);
    const plan = emptyPlan();
    if (toWrite.length > 0) addGoldValues(plan, ids, toWrite);
    plan.outcome = { accepted: toWrite.length, unchanged, problems };
    return settle(input.mode, plan);
  },
};

/** Sets up to 5,000 gold values. The same again changes nothing; another value supersedes the one in force, and both stay. */
export async function setGoldValues(db: Database, scope: Scope, input: SetGoldValuesInput): Promise<Answer> {
  const count = input.goldValues.length;
  if (count > MOST_GOLD_VALUES) return tooMany("goldValues", count, MOST_GOLD_VALUES);
  return write(db, scope, setGoldValuesVerb, input);
}

function addGoldValues(plan: Plan, ids: Ids, made: readonly NewGoldValue[]): void {
  const first = ids.take("gold", made.length);
  const rows = made.map(({ placed, rationale, exampleVersion, criterionVersion, tolerance }, i) => ({
    gold: first + i,
    criterionVersion,
    exampleVersion,
    ...placed,
    tolerance,
    rationale: addText(plan, rationale ?? NO_RATIONALE),
    supersededBy: null,
  }));
  plan.rows.push({ table: goldValues, rows });
  const replaced = made.flatMap((one) => one.replaces ?? []);
  if (replaced.length > 0) plan.superseded.push({ table: goldValues, ids: replaced });
}
