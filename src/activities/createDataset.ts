// How does a dataset begin?
import { randomUUID } from "node:crypto";
import type { Database, Tx } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { datasetBySlug } from "./queries.js";
import { emptyPlan } from "./plan.js";
import { genesisDigest, recordActivities, type Planned } from "./recordActivities.js";
import { members, registrations } from "./tables.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "./write.js";
import { registerProjection } from "./projections.js";

export interface CreateDatasetInput extends RequestFields {
  slug: string;
  title: string;
}

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

function problemsOf(input: CreateDatasetInput, taken: boolean): UserProblem[] {
  const problems: UserProblem[] = [];
  if (!SLUG.test(input.slug))
    problems.push(
      problem(
        "INVALID_VALUE",
        `slug ${JSON.stringify(input.slug)} is not taken; use 1 to 63 of a–z, 0–9 and -, not beginning with -`,
        "slug",
      ),
    );
  if (input.title.trim() === "" || input.title.length > 200)
    problems.push(problem("INVALID_VALUE", "title must have 1 to 200 characters", "title"));
  if (taken)
    problems.push(problem("ALREADY_EXISTS", `a dataset with slug ${input.slug} exists; choose another`, "slug"));
  return problems;
}

const createDatasetVerb: Verb<CreateDatasetInput, Set<string>> = {
  kind: "DATASET_CREATION",
  async facts(tx, _instance, commands) {
    const slugs = new Set<string>();
    for (const { input } of commands) if (await datasetBySlug(tx, input.slug)) slugs.add(input.slug);
    return slugs;
  },
  plan({ input, scope }, taken, ids: Ids) {
    const problems = problemsOf(input, taken.has(input.slug));
    if (problems.length > 0) return { kind: "refused", problems };
    const registration = ids.take("registration");
    const plan = emptyPlan();
    plan.rows.push(
      { table: registrations, rows: [{ registration, uid: randomUUID(), slug: input.slug, title: input.title }] },
      {
        table: members,
        rows: [{ member: ids.take("member"), registration, principal: scope.viewer.principal, role: "OWNER" }],
      },
    );
    plan.outcome = { accepted: 1, unchanged: 0, problems: [], more: { datasetId: registration } };
    return { kind: "plan", plan };
  },
};

/** Makes a dataset and its owner; the dataset's own log begins with the same creation, as its activity 1. */
export function createDataset(db: Database, instance: Scope, input: CreateDatasetInput): Promise<Answer> {
  return write(db, instance, createDatasetVerb, input);
}

/** In the instance's transaction: the dataset's moving row and its first activity. */
async function beginLogs(tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>): Promise<void> {
  if (datasetId !== 0) return;
  for (const { kind, command, plan } of planned) {
    if (kind !== "DATASET_CREATION") continue;
    const row = plan.rows.find((part) => part.table === registrations)!.rows[0] as Record<string, unknown>;
    const { registration, uid, slug, title } = row as {
      registration: number;
      uid: string;
      slug: string;
      title: string;
    };
    const [begun] = await tx.rows<{ now: Date }>(
      `/* beginLog */ insert into datasets (dataset_id, uid, slug, title, head, head_digest, head_at, counters)
       values ($1, $2, $3, $4, 0, $5, date_trunc('milliseconds', clock_timestamp()), '{}') returning head_at as now`,
      [registration, uid, slug, title, genesisDigest(uid)],
    );
    const counters: Record<string, number> = {};
    const locked = {
      datasetId: registration,
      uid,
      head: 0,
      digest: genesisDigest(uid),
      now: begun!.now,
      counters,
      nextActivity: 1,
      take: (noun: string, count = 1) => (counters[noun] = (counters[noun] ?? 0) + count) - count + 1,
    };
    const own = {
      activity: 1,
      kind,
      command: { ...command, requestKey: null, requestDigest: null },
      plan: emptyPlan(),
    };
    await recordActivities(tx, locked, new Map(), [own]);
  }
}

registerProjection(beginLogs);
