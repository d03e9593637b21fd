import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { namedInSubmissions, unitsInForce } from "../../src/ratings/factQueries.js";
import { movePopulation, moveContinuous } from "../../src/ratings/projectionQueries.js";
import type { Tx } from "../../src/platform/db.js";
import { startRatedWorld, type RatedWorld } from "./ratedWorld.js";

/** The statements that some work sends, each with its name; nothing is run. */
async function statementsOf(work: (tx: Tx) => Promise<unknown>): Promise<Array<{ text: string; count: number }>> {
  const sent: Array<{ text: string; count: number }> = [];
  const rows = async (text: string, values: readonly unknown[] = []) => {
    sent.push({ text, count: values.length });
    return [{}] as never;
  };
  await work({ rows, rowsOnce: rows, inTransaction: true, scan: () => Promise.reject(new Error("not scanned")) });
  return sent;
}

describe("statements of a submission, on a dataset that no statistics know yet", () => {
  let world: RatedWorld;
  let client: pg.Client;
  beforeAll(async () => {
    world = await startRatedWorld();
    client = new pg.Client({ connectionString: world.ownerUrl });
    await client.connect();
    await client.query("set plan_cache_mode = force_generic_plan");
  });
  afterAll(async () => {
    await client.end();
    await world.stop();
  });

  const names = { guidelineVersions: [], annotators: [], batches: [], externalIds: [], versionIds: [] };
  const works: Array<[string, (tx: Tx) => Promise<unknown>]> = [
    ["names", (tx) => namedInSubmissions(tx, 1, names)],
    ["units", (tx) => unitsInForce(tx, 1, { criterionVersions: [], exampleVersions: [], raters: [] })],
    ["sums", (tx) => moveContinuous(tx, 1, [])],
    ["versions that come and go", (tx) => movePopulation(tx, 1, new Map())],
  ];

  it.each(works)("reads %s by index, with a plan made for any values", async (_, work) => {
    for (const { text, count } of await statementsOf(work)) {
      await client.query(`prepare asked as ${text}`);
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `explain execute asked(${Array(count).fill("null").join(", ")})`,
      );
      await client.query("deallocate asked");
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).not.toMatch(/Seq Scan on (ratings|tallies|example_versions|examples|annotators|decisions)\b/);
    }
  });
});
