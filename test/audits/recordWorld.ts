// How does a test get a dataset with audits in it whose numbers it chooses?
import { datasetBySlug } from "../../src/activities/queries.js";
import { Population, type SnapshotKey } from "../../src/activities/snapshot.js";
import type { Answer } from "../../src/activities/write.js";
import type { AuditNumbers, AuditTest } from "../../src/audits/auditNumbers.js";
import { recordAudit, type RecordAuditInput } from "../../src/audits/recordAudit.js";
import { scopeDigest } from "../../src/examples/snapshotQueries.js";
import { serverScope, type Scope } from "../../src/platform/viewer.js";
import type { Role } from "../../src/policy.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

const ROLES_OF = {
  carla: "CURATOR",
  rita: "REVIEWER",
  raul: "REVIEWER",
  mona: "RELEASE_MANAGER",
  olga: "OWNER",
  vera: "VIEWER",
  anna: "ANNOTATOR",
} as const satisfies Record<string, Role>;
export type Person = keyof typeof ROLES_OF;

export interface RecordWorld extends World {
  full: FullDataset;
  tokens: Record<Person, string>;
  /** Records an audit of what is there now, with these tests, as a person. */
  record(tests: Partial<AuditTest>[], options?: RecordOptions): Promise<Answer>;
  /** Sends a mutation as a person. */
  call(person: Person, name: string, input: object, selection?: string): Promise<any>;
  /** What a selection of Dataset answers to the admin. */
  dataset(selection: string): Promise<any>;
  scopeOf(person: Person): Promise<Scope>;
  verified(): Promise<boolean>;
}

export interface RecordOptions extends Partial<RecordAuditInput> {
  by?: Person;
  population?: Population;
  candidate?: number;
}

/** A dataset "house" of 12 accepted examples, with somebody for each role. */
export async function startRecordWorld(): Promise<RecordWorld> {
  const world = await startWorld();
  const full = await makeFullDataset(world, "house", 12, false);
  const tokens = {} as Record<Person, string>;
  for (const [person, role] of Object.entries(ROLES_OF))
    tokens[person as Person] = await makePrincipal(world, person, { house: role });
  const scopeOf = (person: Person) => scopeOfPerson(world, person);
  return {
    ...world,
    full,
    tokens,
    scopeOf,
    async record(tests, { by = "carla", population = Population.CURRENT, candidate, ...fields } = {}) {
      const head = (await datasetBySlug(world.db, "house"))!;
      const { datasetId } = head;
      const snapshot: SnapshotKey =
        candidate === undefined
          ? { datasetId, activity: head.head, population, candidate: null }
          : { datasetId, activity: head.head, population: Population.RELEASE, candidate };
      const digest = (await scopeDigest(world.db, snapshot)).toString("hex");
      const input = { title: "Quarterly", ...fields };
      return recordAudit(world.db, await scopeOf(by), input, async () => ({
        snapshot,
        question: { families: ["STYLE"], filter: null },
        numbers: numbersOf(digest, tests),
      }));
    },
    async call(person, name, input, selection = "") {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { activity { number kind } replayed userErrors { code path message } ${selection} } }`;
      return (await world.ask(query, { input: { dataset: "house", ...input } }, tokens[person]))[name];
    },
    dataset: async (selection) => (await world.ask(`{ dataset(slug: "house") { ${selection} } }`)).dataset,
    async verified() {
      const { dataset } = await world.ask(`{ dataset(slug: "house") { verifyLog { verified firstBad { message } } } }`);
      if (dataset.verifyLog.firstBad) throw new Error(dataset.verifyLog.firstBad.message);
      return dataset.verifyLog.verified;
    },
  };
}

async function scopeOfPerson({ db }: World, key: string): Promise<Scope> {
  const [principal] = await db.rowsOnce<{ principal: number; uid: string }>(
    `select principal, uid from principals where dataset_id = 0 and key = $1`,
    [key],
  );
  const { datasetId } = (await datasetBySlug(db, "house"))!;
  const { principal: id, uid: principalUid } = principal!;
  const viewer = { principal: id, principalUid, kind: "SCRIPT" as const, key, isAdmin: false, token: null };
  return serverScope({ ...viewer, memberships: new Map() }, datasetId);
}

/** The numbers of an audit with these tests; what is not said of a test is as in a HIGH one. */
export function numbersOf(scopeDigest: string, tests: Partial<AuditTest>[]): AuditNumbers {
  return {
    methodVersion: "planted/1",
    parameters: { families: ["STYLE"] },
    scopeDigest,
    exampleVersionCount: 12,
    erasedCount: 0,
    seed: 4_294_967_295,
    lexicons: [{ key: "hedges", version: 1, checksum: "ab".repeat(32) }],
    tests: tests.map(testOf),
    skipped: [{ family: "POOL", subject: "gender", because: "nobody said" }],
    warnings: [],
  };
}

export function testOf(given: Partial<AuditTest> = {}): AuditTest {
  return {
    key: "STYLE response words by source",
    family: "STYLE",
    subject: "response words",
    dimension: "source",
    unit: "EXAMPLE",
    groups: [
      { name: "web", n: 6, value: 40, low: 30, high: 50 },
      { name: "people", n: 6, value: 20, low: 15, high: 25 },
    ],
    method: "kruskal-wallis@1",
    parameters: {},
    statistic: { name: "H", value: 9.2, degreesOfFreedom: 1 },
    effect: {
      name: "Cliff's delta",
      scale: "DIFFERENCE",
      value: 0.6,
      low: 0.4,
      high: 0.8,
      level: 0.95,
      intervalMethod: "bootstrap",
    },
    p: 0.002,
    q: 0.004,
    minimumEffect: 0.33,
    minimumDetectableEffect: 0.5,
    verdict: "HIGH",
    rule: "LIMIT_EXCEEDS_MINIMUM",
    details: {},
    undefinedBecause: null,
    suppressedBecause: null,
    warnings: [],
    nextStep: "Look at the longest answers of web.",
    evidence: [
      { role: "SUPPORTING", exampleVersion: 1, note: "40 words" },
      { role: "COUNTER", exampleVersion: 2, note: "12 words" },
    ],
    ...given,
  };
}
