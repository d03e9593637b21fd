// How is a coverage plan published?
import canonicalize from "canonicalize";
import { emptyPlan } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import { batchesByKey } from "../examples/batchQueries.js";
import type { Database, Db } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { sourcesByKey } from "../sources/queries.js";
import { planOf, planProblems, type PlanInput } from "./checkPlan.js";
import type { KnownKeys } from "./checkTargets.js";
import { plansAtActivity, type PlanRow } from "./queries.js";
import { coveragePlanVersions } from "./tables.js";

export interface PublishCoveragePlanInput extends RequestFields, PlanInput {}

interface Facts {
  latest: PlanRow | null;
  keys: KnownKeys;
}

/** Later than any activity. */
const NOW = 0x7fffffff;

/** Those of the keys that are there. Text that no key can be is not asked for. */
async function knownOf(
  read: (db: Db, datasetId: number, keys: readonly string[]) => Promise<Array<{ key: string } | null>>,
  db: Db,
  datasetId: number,
  given: readonly string[],
): Promise<Set<string>> {
  const sound = [...new Set(given)].filter((key) => key.isWellFormed() && !key.includes("\0"));
  const found = sound.length === 0 ? [] : await read(db, datasetId, sound);
  return new Set(found.flatMap((one) => (one ? [one.key] : [])));
}

const publishCoveragePlanVerb: Verb<PublishCoveragePlanInput, Facts> = {
  kind: "PLAN_PUBLICATION",
  async facts(tx, datasetId, commands) {
    const named = commands.flatMap(({ input }) => input.targets.flatMap(({ cell }) => cell));
    const of = (name: string) => named.flatMap(({ dimension, value }) => (dimension === name ? [value] : []));
    const [latest] = await plansAtActivity(tx, datasetId, [NOW]);
    const sources = await knownOf(sourcesByKey, tx, datasetId, of("SOURCE"));
    const batches = await knownOf(batchesByKey, tx, datasetId, of("BATCH"));
    return { latest: latest!, keys: { sources, batches } };
  },
  plan({ input }, { latest, keys }, ids) {
    const problems = planProblems(input, keys);
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
