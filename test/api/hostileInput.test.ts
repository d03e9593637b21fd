import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rebuildProjections } from "../../src/ratings/rebuildProjections.js";
import { assaySchema } from "../../src/schema.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";
import { materialOf } from "./hostileMaterial.js";
import { requestsOf, type HostileRequest } from "./hostileRequests.js";
import { jsonOf } from "./hostileValues.js";

/** FUZZ_SEED=7 FUZZ_RUNS=20000 FUZZ_SECONDS=300 looks further than every run does. */
const seed = Number(process.env["FUZZ_SEED"] ?? 20_261_122);
const runs = Number(process.env["FUZZ_RUNS"] ?? 1_500);
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 20);

let world: World;
let full: FullDataset;
let requests: Map<string, fc.Arbitrary<HostileRequest>>;
beforeAll(async () => {
  world = await startWorld();
  full = await makeFullDataset(world, "house", 40);
  const other = await makeFullDataset(world, "other", 3);
  await makePrincipal(world, "script");
  requests = requestsOf(await assaySchema(), full, await materialOf(world, full, other));
});
afterAll(() => world.stop());

/** What only a defect says: of Postgres, of JavaScript, of where files lie. */
const LEAK =
  /\.(js|ts):\d+|node_modules|invalid input syntax|syntax error at|violates|duplicate key|cannot be stored:|Cannot (read|convert|destructure)|is not (a function|iterable|defined)|Maximum call|ECONN|assay_app|\bpg_|dataset_id|string length/;

interface Answer {
  errors?: Array<{ message: string; extensions?: { code?: string } }>;
  data?: Record<string, { userErrors?: Array<{ message: string }> } | null> | null;
}

/** What is wrong with how a request was answered; null where nothing is. */
async function complaint({ query, variables }: HostileRequest): Promise<string | null> {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${world.adminToken}` },
    body: jsonOf({ query, variables }),
  });
  const text = await response.text();
  if (response.status >= 500) return `${response.status} ${text.slice(0, 500)}`;
  const { errors = [], data } = JSON.parse(text) as Answer;
  const problems = Object.values(data ?? {}).flatMap((one) => one?.userErrors ?? []);
  const fault = errors.find(({ extensions }) =>
    ["INTERNAL_SERVER_ERROR", "UNAVAILABLE", undefined].includes(extensions?.code),
  );
  const leak = [...errors, ...problems].find((one) => LEAK.test(one.message));
  return (fault ?? leak) ? JSON.stringify(fault ?? leak).slice(0, 500) : null;
}

/** Mutations more often than reads: what they write is read afterwards. */
function anyRequest(): fc.Arbitrary<HostileRequest & { name: string }> {
  const all = [...requests].map(([name, request]) => ({
    weight: name.startsWith("Mutation.") ? 3 : 1,
    arbitrary: request.map((one) => ({
      name,
      ...one,
      [fc.toStringMethod]: () => `${name} ${jsonOf(one.variables).slice(0, 2_000)}`,
    })),
  }));
  return fc.oneof(...all);
}

const KEPT = `select 'tally' as kept, criterion_version as c, example_version as id, encode(counts, 'hex') as counts, n, sum, sum_of_squares as squares
    from tallies where dataset_id = $1
  union all select 'histogram', criterion_version, null, encode(counts, 'hex'), units, null, null from histogram where dataset_id = $1
  union all select 'rater', criterion_version, annotator, null, ratings, null, null from rater_tallies where dataset_id = $1
  order by 1, 2, 3, 4`;

/** What is kept per unit, and what the facts give; whatever this makes is taken back. */
async function keptAndRebuilt(slug: string): Promise<unknown[][]> {
  const found: unknown[][] = [];
  const undone = new Error("taken back");
  const [dataset] = await world.db.rowsOnce<{ id: number }>(`select dataset_id as id from datasets where slug = $1`, [
    slug,
  ]);
  const taken = await world.db
    .inTransaction(async (tx) => {
      found.push(await tx.rowsOnce(KEPT, [dataset!.id]));
      await rebuildProjections(tx, dataset!.id);
      found.push(await tx.rowsOnce(KEPT, [dataset!.id]));
      throw undone;
    })
    .catch((error: unknown) => error);
  if (taken !== undone) throw taken;
  return found;
}

it(
  "whatever stands in an argument, the answer is what was asked for or a refusal that says why, and nothing breaks",
  async () => {
    expect(requests.size).toBeGreaterThan(40);
    await fc.assert(
      fc.asyncProperty(anyRequest(), async (request) => {
        expect(await complaint(request)).toBeNull();
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: seconds * 1_000, endOnFailure: true },
    );
    expect(await world.ask(`{ viewer { key } }`)).toEqual({ viewer: { key: "admin" } });
    const verification = `verifyLog { verified activityCount firstBad { message } }`;
    const { dataset, instance } = await world.ask(
      `query ($slug: String!) { dataset(slug: $slug) { ${verification} } instance { ${verification} } }`,
      { slug: full.slug },
    );
    expect(dataset.verifyLog).toMatchObject({ verified: true, firstBad: null });
    expect(instance.verifyLog).toMatchObject({ verified: true, firstBad: null });
    expect(dataset.verifyLog.activityCount).toBeGreaterThan(20);
    const [kept, rebuilt] = await keptAndRebuilt(full.slug);
    expect(kept).toEqual(rebuilt);
    expect(kept!.length).toBeGreaterThan(5);
  },
  (seconds + 60) * 1_000,
);
