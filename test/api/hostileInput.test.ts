import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PERMISSIONS } from "../../src/policy.js";
import { rebuildProjections } from "../../src/ratings/rebuildProjections.js";
import { assaySchema } from "../../src/schema.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { issueToken, makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";
import { requestsOf, type HostileRequest, type Material } from "./hostileRequests.js";
import { jsonOf } from "./hostileValues.js";

const seed = Number(process.env["FUZZ_SEED"] ?? 20_261_122);
const runs = Number(process.env["FUZZ_RUNS"] ?? 600);
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 20);

let world: World;
let full: FullDataset;
let requests: Map<string, fc.Arbitrary<HostileRequest>>;
beforeAll(async () => {
  world = await startWorld({ LOG_LEVEL: "silent" });
  full = await makeFullDataset(world, "house", 40);
  const other = await makeFullDataset(world, "other", 3);
  await makePrincipal(world, "script");
  requests = requestsOf(await assaySchema(), full, await materialOf(other));
});
afterAll(() => world.stop());

async function materialOf(other: FullDataset): Promise<Material> {
  await issueToken(world, { principal: "script" });
  const { apiTokens, dataset } = await world.ask(
    `query ($slug: String!) { apiTokens(first: 5) { nodes { id principal } } dataset(slug: $slug) {
      sources(first: 2) { edges { cursor } } activities(first: 2) { edges { cursor } } annotators(first: 2) { edges { cursor } }
      criteria(first: 2) { edges { cursor } } candidates(first: 2) { edges { cursor } } releases(first: 1) { edges { cursor } nodes { members(first: 2) { edges { cursor } } } }
      head { a: examples(first: 2) { edges { cursor } } b: examples(first: 2, orderBy: { field: EXTERNAL_ID }) { edges { cursor } nodes { ratings(first: 2) { edges { cursor } } } }
        c: examples(first: 2, orderBy: { field: RECORDED, direction: DESC }) { edges { cursor } } } } }`,
    { slug: full.slug },
  );
  const cursors = [...JSON.stringify(dataset).matchAll(/"cursor":"([^"]+)"/g)].map((one) => one[1]!);
  const tokens = apiTokens.nodes.filter((one: any) => one.principal === "script").map((one: any) => one.id as string);
  const ids = Object.values(full.ids).flat();
  const foreign = Object.values(other.ids).flat();
  const keys = [full.source, full.criterion, full.guideline, full.guidelineVersion, full.batch, ...full.annotators];
  const names = [...ids, ...foreign, ...cursors, ...keys, other.slug, other.source, "instance", full.uid];
  return {
    good: { ...goodValues(full, await candidatesOf(full.slug)), tokenId: tokens, after: cursors, before: cursors },
    names,
    cursors,
  };
}

async function candidatesOf(dataset: string): Promise<string[]> {
  const prepared = [];
  for (const splitSeed of ["one", "two", "three"]) {
    const input = { dataset, population: "CURRENT", splitSeed };
    const query = `mutation ($input: PrepareReleaseInput!) { prepareRelease(input: $input) { candidate { id } } }`;
    prepared.push((await world.ask(query, { input })).prepareRelease.candidate.id as string);
  }
  return prepared;
}

const fresh = (what: string) => Array.from({ length: 30 }, (_, i) => `new-${what}-${i}`);

function goodValues(dataset: FullDataset, candidates: readonly string[]): Record<string, readonly unknown[]> {
  const { slug, source, criterion, guideline, guidelineVersion, annotators, batch, examples, ids, uid } = dataset;
  const times = ["2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z"];
  const texts = ["One word.", "# Two", "Say it."];
  return {
    dataset: [...Array.from({ length: 15 }, () => slug), "other"],
    slug: ["new-set", "newer-set", slug],
    key: [source, criterion, guideline, batch, annotators[0], "new-key", "newer-key"],
    "SourceInput.key": fresh("source"),
    "CriterionInput.key": fresh("criterion"),
    "AnnotatorInput.key": [...annotators, ...fresh("annotator")],
    "BatchInput.key": fresh("batch"),
    "PublishGuidelineInput.key": [guideline, ...fresh("guideline")],
    "PublishGuidelineInput.version": ["2.0", "2.1", "3.0", "4.0"],
    "PlanDimensionInput.key": ["intent", "topic", "tone"],
    "EraseExampleInput.externalId": [examples.at(-1), "new-1"],
    "EraseExampleInput.exampleId": ids["Example"]!.slice(0, 1),
    "ImportExampleInput.externalId": fresh("example"),
    "CutReleaseInput.candidateId": candidates,
    "CutReleaseInput.version": ["1.0.1", "1.1.0", "2.0.0", "3.0.0", "4.0.0"],
    ...Object.fromEntries(
      ["title", "prompt", "response", "system", "content", "text", "reason"].map((one) => [one, texts]),
    ),
    requestKey: ["request-key-1", "request-key-2", "request-key-3"],
    externalId: [...examples, "new-1", "new-2"],
    externalIds: examples,
    derivedFrom: examples,
    exampleVersionId: ids["ExampleVersion"]!,
    exampleId: ids["Example"]!,
    candidateId: ids["ReleaseCandidate"]!,
    nodeId: Object.values(ids).flat(),
    id: Object.values(ids).flat(),
    ids: Object.values(ids).flat(),
    datasetUid: [uid],
    digest: ["0".repeat(64)],
    version: ["1.0.0", "1.1.0", "2.0.0", "2.0", "3.0"],
    "Int version": [1, 2],
    release: ["1.0.0"],
    from: ["1.0.0"],
    to: ["1.0.0"],
    "Int from": [1, 5],
    "Int to": [5, 9],
    ...Object.fromEntries(
      ["criterion", "criteria", "qualityCriterion"].map((one) => [one, [criterion, `${criterion}@1`]]),
    ),
    ...Object.fromEntries(["guidelineVersion", "qualifiedFor", "name"].map((one) => [one, [guidelineVersion]])),
    ...Object.fromEntries(["annotator", "author", "authors"].map((one) => [one, annotators])),
    source: [source],
    sources: [source],
    batch: [batch],
    batches: [batch],
    clauses: [`${guidelineVersion}#1`, `${guidelineVersion}#2`],
    number: ["1", "1.1", "2"],
    "Int number": [1, 2, 3],
    ...Object.fromEntries(["dimension", "categoryDimension", "unlabelled"].map((one) => [one, ["intent", "topic"]])),
    value: ["qa", "chat", "code"],
    values: ["qa", "chat", "code"],
    "CategoryValue value": [1, 2, 3, 4, 5],
    categories: [1, 2, 3, "yes", "no"],
    ...Object.fromEntries(["language", "languages"].map((one) => [one, ["en", "de-CH"]])),
    principal: ["script", "admin"],
    licence: ["CC0-1.0"],
    datasets: [slug],
    scopes: PERMISSIONS,
    ...Object.fromEntries(["time", "occurredAt"].map((one) => [one, times])),
    ...Object.fromEntries(["confidence", "share", "train", "test", "validation"].map((one) => [one, [0, 0.5, 1]])),
    ...Object.fromEntries(["minimum", "maximum", "seconds"].map((one) => [one, [0, 1, 5.5]])),
    ...Object.fromEntries(
      ["first", "last", "depth", "activity", "since", "planVersion", "criterionVersion"].map((one) => [
        one,
        [0, 1, 2, 5],
      ]),
    ),
    ...Object.fromEntries(
      ["minimumCount", "expectedVersion", "expiresInDays", "rowsIn", "rowsOut"].map((one) => [one, [1, 2]]),
    ),
    ...Object.fromEntries(["enrol", "multiple", "requiresQualification"].map((one) => [one, [true, false]])),
    ...Object.fromEntries(["attributes", "parameters"].map((one) => [one, [{ a: 1, b: [true, null, "x"] }]])),
  };
}

const LEAK =
  /\.(js|ts):\d+|node_modules|\/work\/|invalid input syntax|syntax error at|violates|duplicate key|cannot be stored:|Cannot (read|convert|destructure)|is not (a function|iterable|defined)|Maximum call|heap|ECONN|assay_app|\bpg_|dataset_id|string length/;

interface Answer {
  errors?: Array<{ message: string; extensions?: { code?: string } }>;
  data?: Record<string, { userErrors?: Array<{ message: string }> } | null>;
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
  const bad = errors.find((one) => ["INTERNAL_SERVER_ERROR", "UNAVAILABLE", undefined].includes(one.extensions?.code));
  if (bad) return JSON.stringify(bad).slice(0, 500);
  const leak = [...errors, ...problems].find((one) => LEAK.test(one.message));
  if (leak) return JSON.stringify(leak).slice(0, 500);
  return null;
}

const KEPT = `select 'tally' as kept, criterion_version as c, example_version as id, encode(counts, 'hex') as counts, n, sum, sum_of_squares as squares
    from tallies where dataset_id = $1
  union all select 'histogram', criterion_version, null, encode(counts, 'hex'), units, null, null from histogram where dataset_id = $1
  union all select 'rater', criterion_version, annotator, null, ratings, null, null from rater_tallies where dataset_id = $1
  order by 1, 2, 3, 4`;

/** What is kept per unit, and what the facts give; whatever this makes is taken back. */
async function keptAndRebuilt(datasetId: number): Promise<[kept: unknown[], rebuilt: unknown[]]> {
  const done = { both: [] as unknown[][] };
  const taken = await world.db
    .inTransaction(async (tx) => {
      done.both.push(await tx.rowsOnce(KEPT, [datasetId]));
      await rebuildProjections(tx, datasetId);
      done.both.push(await tx.rowsOnce(KEPT, [datasetId]));
      throw done;
    })
    .catch((error: unknown) => error);
  if (taken !== done) throw taken;
  return done.both as [unknown[], unknown[]];
}

it(
  "whatever stands in an argument, the answer is a refusal that says so or what was asked for, and nothing breaks",
  async () => {
    const one = fc.constantFrom(...requests.keys()).chain((name) =>
      requests.get(name)!.map((request) => ({
        name,
        ...request,
        [fc.toStringMethod]: () => `${name} ${jsonOf(request.variables).slice(0, 2_000)}`,
      })),
    );
    await fc.assert(
      fc.asyncProperty(one, async (request) => {
        expect(await complaint(request), `${request.name} ${jsonOf(request.variables)}`).toBeNull();
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true },
    );
    expect(await world.ask(`{ viewer { key } }`)).toEqual({ viewer: { key: "admin" } });
    const { dataset, instance } = await world.ask(
      `query ($slug: String!) { dataset(slug: $slug) { verifyLog { verified activityCount firstBad { message } } } instance { verifyLog { verified firstBad { message } } } }`,
      { slug: full.slug },
    );
    expect({ dataset, instance }).toMatchObject({
      dataset: { verifyLog: { verified: true } },
      instance: { verifyLog: { verified: true } },
    });
    const [kept, rebuilt] = await keptAndRebuilt(2);
    expect(kept).toEqual(rebuilt);
    expect(kept.length).toBeGreaterThan(5);
  },
  (seconds + 40) * 1000,
);
