// How is a coverage plan published?
import canonicalize from "canonicalize";
import { emptyPlan } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { sourcesByKey } from "../sources/queries.js";
import { planOf, planProblems, type PlanInput } from "./checkPlan.js";
import { plansAtActivity, type PlanRow } from "./queries.js";
import { coveragePlanVersions } from "./tables.js";

export interface PublishCoveragePlanInput extends RequestFields, PlanInput {}

interface Facts {
  latest: PlanRow | null;
  sources: Set<string>;
}

/** Later than any activity. */
const NOW = 0x7fffffff;

const publishCoveragePlanVerb: Verb<PublishCoveragePlanInput, Facts> = {
  kind: "PLAN_PUBLICATION",
  async facts(tx, datasetId, commands) {
    const named = commands.flatMap(({ input }) => input.targets.flatMap(({ cell }) => cell));
    const keys = named.filter(({ dimension }) => dimension === "SOURCE").map(({ value }) => value);
    const sound = [...new Set(keys)].filter((key) => key.isWellFormed() && !key.includes("\0"));
    const found = sound.length === 0 ? [] : await sourcesByKey(tx, datasetId, sound);
    const [latest] = await plansAtActivity(tx, datasetId, [NOW]);
    return { latest: latest!, sources: new Set(found.flatMap((source) => (source ? [source.key] : []))) };
  },
  plan({ input }, { latest, sources }, ids) {
    const problems = planProblems(input, sources);
    if (problems.length > 0) return { kind: "refused", problems };
    const { title } = input;
    const plan = planOf(input);
    if (latest && latest.title === title && canonicalize(latest.plan) === canonicalize(plan))
      return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
    const written = emptyPlan();
    if (latest) written.superseded.push({ table: coveragePlanVersions, ids: [latest.planVersion] });
    const planVersion = ids.take("planVersion");
    const version = (latest?.version ?? 0) + 1;
    written.rows.push({ table: coveragePlanVersions, rows: [{ planVersion, version, title, plan }] });
    written.outcome = { accepted: 1, unchanged: 0, problems: [] };
    return { kind: "plan", plan: written };
  },
};

/** Publishes the next version of the dataset's coverage plan; one that says what the latest says changes nothing. */
export function publishCoveragePlan(db: Database, scope: Scope, input: PublishCoveragePlanInput): Promise<Answer> {
  return write(db, scope, publishCoveragePlanVerb, input);
}

/** The plan that an answer is about: the one it published, or the latest where nothing changed; null where refused. */
export async function planOfAnswer(db: Database, datasetId: number, answer: Answer): Promise<PlanRow | null> {
  if (answer.activity === null && answer.outcome.unchanged === 0) return null;
  const [plan] = await plansAtActivity(db, datasetId, [answer.activity ?? NOW]);
  return plan ?? null;
}
