// How are examples accepted, rejected, sent back or withdrawn?
import { addText, emptyPlan, settle, type BulkMode, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { checkDecisions, type DecisionFacts, type DecisionInput, type NewDecision } from "./checkDecisions.js";
import { decisionFacts } from "./decisionFacts.js";
import { decisionClauses, decisions } from "./tables.js";

export interface DecideExamplesInput extends RequestFields {
  mode: BulkMode;
  decisions: DecisionInput[];
}

export const MOST_DECISIONS = 5_000;

const decideExamplesVerb: Verb<DecideExamplesInput, DecisionFacts> = {
  kind: "DECISION",
  facts: (tx, datasetId, [command]) => decisionFacts(tx, datasetId, command!.input.decisions),
  plan({ input }, facts, ids) {
    const { toWrite, unchanged, problems } = checkDecisions(input.decisions, facts);
    const plan = emptyPlan();
    if (toWrite.length > 0) addDecisions(plan, ids, toWrite);
    plan.population = populationMoves(toWrite, facts);
    plan.outcome = { accepted: toWrite.length, unchanged, problems };
    return settle(input.mode, plan);
  },
};

/** Decides on up to 5,000 example versions. The same decision again changes nothing; another replaces it, and both stay. */
export async function decideExamples(db: Database, scope: Scope, input: DecideExamplesInput): Promise<Answer> {
  const count = input.decisions.length;
  if (count <= MOST_DECISIONS) return write(db, scope, decideExamplesVerb, input);
  const tooMany = problem(
    "TOO_MANY_ITEMS",
    `${count} decisions were given; send at most ${MOST_DECISIONS} a call`,
    "decisions",
  );
  return { activity: null, replayed: false, outcome: { accepted: 0, unchanged: 0, problems: [tooMany] } };
}

function addDecisions(plan: Plan, ids: Ids, made: readonly NewDecision[]): void {
  const first = ids.take("decision", made.length);
  const rows = made.map(({ exampleVersion, verdict, reason, replaced }, i) => ({
    decision: first + i,
    exampleVersion,
    verdict,
    reason: addText(plan, reason),
    supersededBy: replaced ? ids.nextActivity : null,
  }));
  const cited = made.flatMap(({ clauses }, i) => clauses.map((clause) => ({ decision: first + i, clause })));
  plan.rows.push({ table: decisions, rows }, { table: decisionClauses, rows: cited });
  const replaces = made.flatMap((decision) => decision.replaces ?? []);
  if (replaces.length > 0) plan.superseded.push({ table: decisions, ids: replaces });
}

/** Which versions a submission as a whole takes out of population CURRENT, and which it brings back. All are the latest. */
function populationMoves(made: readonly NewDecision[], { inForce }: DecisionFacts): Plan["population"] {
  const moves: Plan["population"] = { left: [], entered: [] };
  for (const { exampleVersion, verdict, replaced } of made) {
    if (replaced) continue;
    const was = inForce.get(exampleVersion)?.verdict === "WITHDRAW";
    if (verdict === "WITHDRAW" && !was) moves.left.push(exampleVersion);
    if (verdict !== "WITHDRAW" && was) moves.entered.push(exampleVersion);
  }
  return moves;
}
