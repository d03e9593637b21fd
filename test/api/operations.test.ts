import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, TypeInfo, visit, visitWithTypeInfo, type GraphQLSchema } from "graphql";
import { anyoneHas, roleHas, ROLES, type Permission, type Role } from "../../src/policy.js";
import { assaySchema } from "../../src/schema.js";
import { permissionsOf } from "../house/schemaWalk.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

const FOLDER = new URL("../../graphql/operations/", import.meta.url);
const names = readdirSync(FOLDER).map((name) => name.replace(".graphql", ""));
const textOf = (name: string) => readFileSync(new URL(`${name}.graphql`, FOLDER), "utf8");

let world: World;
let schema: GraphQLSchema;
let full: FullDataset;
let candidateId: string;
const tokens = new Map<Role | "ADMIN" | "NOBODY", string>();
beforeAll(async () => {
  world = await startWorld();
  schema = await assaySchema();
  full = await makeFullDataset(world, "house", 60);
  for (const role of ROLES) tokens.set(role, await makePrincipal(world, `member-${role}`, { house: role }));
  tokens.set("NOBODY", await makePrincipal(world, "nobody"));
  tokens.set("ADMIN", world.adminToken);
  await prepareCandidate();
});
afterAll(() => world.stop());

/** Jobs that other documents began send statements of their own. */
async function jobsEnded(): Promise<void> {
  for (;;) {
    const { dataset } = await world.ask(`{ dataset(slug: "house") { jobs(last: 100) { nodes { state } } } }`);
    if (!dataset.jobs.nodes.some(({ state }: any) => state === "QUEUED" || state === "RUNNING")) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function prepareCandidate(): Promise<void> {
  const { prepareRelease } = await world.ask(textOf("prepareRelease"), { input: { dataset: "house" } });
  expect(prepareRelease.candidate).toMatchObject({ ready: true });
  candidateId = prepareRelease.candidate.id;
}

/** What each document is sent with, for one role: what is new is named by the role, so that roles do not meet. */
function variablesFor(name: string, role: string): Record<string, unknown> {
  const dataset = { dataset: "house", requestKey: `${name}-${role}-1` };
  const own = (key: string) => `${role.toLowerCase()}-${key}`;
  const examples = Array.from({ length: 50 }, (_, i) => ({
    externalId: own(`ex-${i}`),
    prompt: `P ${role} ${i}`,
    response: "R",
    source: full.source,
    labels: [{ dimension: "intent", value: "qa" }],
  }));
  const ratings = full.examples
    .slice(0, 50)
    .map((externalId) => ({ externalId, criterion: full.criterion, annotator: full.annotators[0], value: 3 }));
  const all: Record<string, Record<string, unknown>> = {
    quality: { slug: "house", criterion: full.criterion },
    coverage: {
      slug: "house",
      dimensions: [{ by: "LABEL", dimension: "intent" }, { by: "SOURCE_KIND" }],
      trendOf: { by: "LENGTH" },
      since: 5,
    },
    agreement: { slug: "house", criterion: full.criterion },
    computeAgreement: { input: { dataset: "house", question: { criterion: full.criterion, offer: "ALL" } } },
    job: { slug: "house", number: 1 },
    duplicates: { slug: "house", first: 10, prompt: "What is it?", response: "It is this." },
    diversity: { slug: "house" },
    computeDiversity: { input: { dataset: "house" } },
    computeDuplicates: { input: { dataset: "house" } },
    consensus: { slug: "house", criterion: full.criterion, first: 50 },
    examples: { slug: "house", first: 50 },
    why: { slug: "house", externalId: full.examples[0], release: "1.0.0" },
    followLog: { slug: "house", since: 0 },
    verifyLog: { slug: "house" },
    releases: { slug: "house", from: "1.0.0", to: "1.0.0" },
    registerSources: {
      input: {
        ...dataset,
        sources: [{ key: own("source"), kind: "HUMAN_DEMONSTRATION", title: "S", licence: "CC0-1.0" }],
      },
    },
    importExamples: { input: { ...dataset, mode: "ATOMIC", examples } },
    submitRatings: { input: { ...dataset, mode: "ATOMIC", guidelineVersion: full.guidelineVersion, ratings } },
    decideExamples: {
      input: {
        ...dataset,
        decisions: full.examples.slice(0, 50).map((externalId) => ({ externalId, verdict: "ACCEPT", reason: role })),
      },
    },
    setGoldValues: {
      input: {
        ...dataset,
        goldValues: full.examples
          .slice(0, 50)
          .map((externalId) => ({ externalId, criterion: full.criterion, value: 4, tolerance: 1, rationale: role })),
      },
    },
    setAnnotatorAttributes: {
      input: {
        ...dataset,
        consent: "study@1",
        annotators: full.annotators.map((annotator) => ({
          annotator,
          attributes: [{ attribute: "role", value: role }],
        })),
      },
    },
    annotatorAttributes: { slug: "house", rows: "hand", columns: "region" },
    submitCheckResults: {
      input: {
        ...dataset,
        results: full.examples.slice(0, 50).map((externalId) => ({
          externalId,
          check: own("pii"),
          checkVersion: "1.0",
          status: "FAIL",
          message: role,
          spans: [{ start: 0, end: 2 }],
        })),
      },
    },
    checkResults: { slug: "house", first: 50 },
    loadLexicon: {
      input: {
        ...dataset,
        key: own("terms"),
        title: "Terms",
        language: "en",
        licence: "CC0-1.0",
        attribution: "Us",
        entries: Array.from({ length: 50 }, (_, i) => ({
          term: `term ${i}`,
          kind: "WORD",
        })),
      },
    },
    annotatorQuality: { slug: "house", criterion: full.criterion, first: 50 },
    sendFeedback: { input: { ...dataset, annotator: full.annotators[0], criterion: full.criterion, words: role } },
    prepareRelease: { input: { ...dataset, splitSeed: role } },
    cutRelease: { input: { ...dataset, candidateId, version: role === "again" ? "9.0.0" : "2.0.0" } },
    createDownload: { input: { dataset: "house", release: "1.0.0", format: "RECORDS" } },
    audits: { slug: "house", last: 5 },
    recordAudit: {
      input: { ...dataset, at: { release: "1.0.0" }, title: role, question: { families: ["PROVENANCE"] } },
    },
  };
  return all[name]!;
}

/**
 * How many SQL statements each document may send, begin and commit aside: what it sends now and one or two for signing in,
 * whatever the page holds. One more for each row would be far more.
 */
const CEILINGS: Record<string, number> = {
  quality: 10,
  coverage: 60,
  agreement: 14,
  computeAgreement: 8,
  duplicates: 20,
  diversity: 40,
  // With those of the job, which begins at once.
  computeDuplicates: 8 + 20,
  computeDiversity: 8 + 40,
  job: 5,
  consensus: 30,
  examples: 19,
  why: 20,
  followLog: 6,
  verifyLog: 71,
  releases: 10,
  registerSources: 10,
  importExamples: 9,
  submitRatings: 11,
  decideExamples: 11,
  setGoldValues: 10,
  setAnnotatorAttributes: 14,
  annotatorAttributes: 6,
  submitCheckResults: 14,
  checkResults: 12,
  loadLexicon: 11,
  annotatorQuality: 10,
  sendFeedback: 21,
  prepareRelease: 16,
  cutRelease: 16,
  createDownload: 4,
  audits: 20,
  recordAudit: 40,
};

/** Every permission that the fields of a document ask for. */
function permissionsIn(text: string): Set<Permission> {
  const found = new Set<Permission>();
  const info = new TypeInfo(schema);
  const see = (type: string, field: string) =>
    permissionsOf(type, field).forEach((permission) => found.add(permission));
  visit(parse(text), visitWithTypeInfo(info, { Field: (node) => see(info.getParentType()!.name, node.name.value) }));
  return found;
}

it("every document has variables, a ceiling and a test", () => {
  expect(Object.keys(CEILINGS).sort()).toEqual(names.toSorted());
  expect(names.filter((name) => !variablesFor(name, "OWNER"))).toEqual([]);
});

describe.each(names)("%s", (name) => {
  it("is answered to the roles that have its permissions, and refused to the others", async () => {
    const asked = permissionsIn(textOf(name));
    expect(asked.size).toBeGreaterThan(0);
    const outcomes: string[] = [];
    for (const [role, token] of tokens) {
      const has = (permission: Permission) =>
        role === "ADMIN" || anyoneHas(permission) || (role !== "NOBODY" && roleHas(role, permission));
      const { errors, data } = await world.send(textOf(name), variablesFor(name, role), token);
      const codes = [...new Set(errors?.map((error) => error.extensions.code))];
      const expected = [...asked].every(has) ? [] : ["FORBIDDEN"];
      if (JSON.stringify(codes) !== JSON.stringify(expected)) outcomes.push(`${role}: ${codes} instead of ${expected}`);
      if (expected.length === 0 && Object.values(data).some((one) => one === null)) outcomes.push(`${role}: nothing`);
    }
    expect(outcomes).toEqual([]);
  });

  it("is answered in few statements, however much it answers", async () => {
    if (name === "cutRelease") await prepareCandidate();
    await jobsEnded();
    await world.ask(`{ viewer { key } }`);
    const before = world.db.statementCount;
    const answer = await world.ask(textOf(name), variablesFor(name, "again"));
    const sent = world.db.statementCount - before;
    expect(Object.values<any>(answer).flatMap((payload) => payload?.userErrors ?? [])).toEqual([]);
    expect(sent).toBeLessThanOrEqual(CEILINGS[name]!);
  });
});
