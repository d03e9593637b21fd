// Are fits kept for a while, and computed again where they are gone?
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Population, type SnapshotKey } from "../../src/activities/snapshot.js";
import { snapshotCount } from "../../src/examples/snapshotQueries.js";
import { whileThere, withPreparedFilter } from "../../src/platform/filters.js";
import { inlineTasks } from "../../src/platform/tasks.js";
import { consensusWorld, type ConsensusWorld } from "./consensusWorld.js";

let house: ConsensusWorld;
let head: number;
let owner: pg.Client;
beforeAll(async () => {
  house = await consensusWorld(23, 18);
  for (let i = 0; i < 22; i++) await house.happen();
  head = await house.head();
  owner = new pg.Client({ connectionString: house.world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await house.world.stop();
});

const UNITS = `nodes { value certainty ratingCount values { value count } exampleVersion { number } }`;

const runs = async () =>
  (await owner.query(`select run, encode(key, 'hex') as key, as_of from consensus_runs order by run`)).rows as Array<{
    run: number;
    key: string;
    as_of: number;
  }>;
const dropRuns = () => owner.query(`delete from consensus_runs`);

describe("kept fits", () => {
  const answersAt = async (activity: number) => {
    const at = `snapshot(at: { activity: ${activity} })`;
    const { nodes } = await house.consensus(`criterion: "tone", rule: DAWID_SKENE, first: 100`, UNITS, at);
    const query = `{ dataset(slug: "house") { ${at} { examples(first: 100, filter: { consensus: [{ criterion: "tone", rule: DAWID_SKENE, certaintyAtLeast: 0.7 }] }) { nodes { number } } } } }`;
    return { nodes, left: (await house.world.ask(query)).dataset.snapshot.examples.nodes };
  };

  it("are the newest five of a criterion version; an older one is computed again to the same numbers", async () => {
    await dropRuns();
    const activities = Array.from({ length: 8 }, (_, i) => head - 7 + i);
    const answers = [];
    for (const activity of activities) answers.push(await answersAt(activity));
    expect((await runs()).map((run) => run.as_of)).toEqual(activities.slice(-5));
    for (const [i, activity] of activities.entries()) expect(await answersAt(activity)).toEqual(answers[i]);
    expect(await runs()).toHaveLength(5);
    expect(answers.some(({ left }) => left.length > 0)).toBe(true);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBeGreaterThan(3);
  });

  it("that push each other out are answered all the same", async () => {
    const activities = Array.from({ length: 12 }, (_, i) => head - i);
    const before = [];
    for (const activity of activities) before.push(await answersAt(activity));
    await dropRuns();
    expect(await Promise.all(activities.map(answersAt))).toEqual(before);
    expect(await runs()).toHaveLength(5);
  });

  it("of other criteria stay, and one fit is kept once", async () => {
    await dropRuns();
    for (let i = 0; i < 2; i++)
      for (const criterion of ["stars", "tone", "grade"])
        await house.consensus(`criterion: "${criterion}", rule: DAWID_SKENE, first: 1`, "rule");
    expect(await runs()).toHaveLength(3);
  });

  it("are what a filter by the usual question looks at, so that it is fitted once for both", async () => {
    await dropRuns();
    await answersAt(head);
    expect(await runs()).toHaveLength(1);
  });

  it("that were dropped are computed once for all who ask meanwhile", async () => {
    const before = await answersAt(head);
    await dropRuns();
    const all = await Promise.all(Array.from({ length: 6 }, () => answersAt(head)));
    expect(all).toEqual(all.map(() => before));
    expect(await runs()).toHaveLength(1);
  });

  it("that go between a filter's preparation and its statement are computed again", async () => {
    const { db } = house.world;
    const at: SnapshotKey = { datasetId: 1, activity: head, population: Population.CURRENT, candidate: null };
    const filter = { consensus: [{ criterion: "tone", rule: "DAWID_SKENE" as const, certaintyAtLeast: 0.7 }] };
    const expected = (await answersAt(head)).left.length;
    expect(expected).toBeGreaterThan(0);
    let tries = 0;
    const count = await withPreparedFilter({ db, tasks: inlineTasks(db) }, filter, at, async (prepared) => {
      if (++tries === 1) await dropRuns();
      return snapshotCount(db, at, prepared);
    });
    expect([count, tries]).toEqual([expected, 2]);
  });

  it("that go while they are read are looked for again, and at last said to be away", async () => {
    let tries = 0;
    const prepare = async () => ({ value: ++tries, isThere: async () => tries === 3 });
    expect([await whileThere(prepare, async (value) => `read ${value}`), tries]).toEqual(["read 3", 3]);
    const never = async () => ({ value: 0, isThere: async () => false });
    await expect(whileThere(never, async () => "read")).rejects.toMatchObject({ extensions: { code: "UNAVAILABLE" } });
  });
});
