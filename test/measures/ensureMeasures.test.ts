// Are measures made once, of what is in a snapshot, and gone with their texts?
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Population, type SnapshotKey } from "../../src/activities/snapshot.js";
import { ensureMeasures } from "../../src/measures/ensureMeasures.js";
import { measuresOf } from "../../src/measures/measuresOf.js";
import { keepMeasures, textsOfVersions, unmeasuredCount } from "../../src/measures/queries.js";
import { addDataset, exampleOf, importInto, startExampleWorld } from "../examples/exampleWorld.js";
import type { World } from "../support/world.js";

let world: World;
let owner: pg.Client;
beforeAll(async () => {
  world = await startExampleWorld();
  const responses = ["- one\n- two", "Plain, perhaps.", "def f():\n    return 1", '{"a": 1}', "Last."];
  await importInto(
    world,
    responses.map((response, i) => exampleOf(`e${i + 1}`, { response })),
  );
  owner = new pg.Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.stop();
});

const at = async (population = Population.CURRENT): Promise<SnapshotKey> => {
  const { dataset } = await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`);
  return { datasetId: 1, activity: dataset.head.activity.number, population, candidate: null };
};
const ensure = async (snapshot: SnapshotKey, steps: Array<[number, string]> = []) =>
  ensureMeasures({ db: world.db, progress: (share, step) => steps.push([share, step]) }, snapshot);
const rows = async (columns = "example_version, format, characters, hedges") =>
  (await owner.query(`select ${columns} from measures order by dataset_id, example_version`)).rows;
const erase = (externalId: string) =>
  world.ask(
    `mutation { eraseExample(input: { dataset: "house", externalId: "${externalId}", reason: "asked for" }) { erasedCount userErrors { code } } }`,
  );

describe("measures", () => {
  it("are made for the texts of a snapshot, with progress, and once", async () => {
    const steps: Array<[number, string]> = [];
    expect(await unmeasuredCount(world.db, await at())).toEqual({ missing: 5, erased: 0 });
    expect(await ensure(await at(), steps)).toEqual({ versions: 5, made: 5, erased: 0 });
    expect(steps.at(-1)).toEqual([1, "measured 5 of 5 texts"]);
    expect(await rows()).toEqual([
      { example_version: 1, format: ["LIST"], characters: 11, hedges: 0 },
      { example_version: 2, format: ["PLAIN"], characters: 15, hedges: 1 },
      { example_version: 3, format: ["CODE"], characters: 21, hedges: 0 },
      { example_version: 4, format: ["JSON"], characters: 8, hedges: 0 },
      { example_version: 5, format: ["PLAIN"], characters: 5, hedges: 0 },
    ]);
    expect(await ensure(await at())).toEqual({ versions: 5, made: 0, erased: 0 });
  });

  it("by other rules are made again", async () => {
    const before = await rows("measures::text as row");
    await owner.query(`update measures set method = 0, characters = 0, band_keys = '{}' where example_version < 3`);
    expect(await ensure(await at())).toEqual({ versions: 5, made: 2, erased: 0 });
    expect(await rows("measures::text as row")).toEqual(before);
  });

  it("of an old version are made where the snapshot holds it", async () => {
    await importInto(world, [exampleOf("e1", { response: "New." })], { onConflict: "NEW_VERSION" });
    expect(await ensure(await at())).toEqual({ versions: 5, made: 1, erased: 0 });
    expect(await ensure(await at(Population.ALL_VERSIONS))).toEqual({ versions: 6, made: 0, erased: 0 });
  });

  it("go with an erasure, and do not come back", async () => {
    await erase("e1");
    expect((await rows()).map((row) => row.example_version)).toEqual([2, 3, 4, 5]);
    expect(await ensure(await at(Population.ALL_VERSIONS))).toEqual({ versions: 6, made: 0, erased: 2 });
    expect(await rows()).toHaveLength(4);
  });

  it("of a text that was read before an erasure and is kept after it are not kept", async () => {
    const texts = await textsOfVersions(world.db, 1, [2, 3]);
    await owner.query(`delete from measures`);
    await erase("e2");
    const made = texts.map(({ exampleVersion, content, text }) => ({
      exampleVersion,
      content,
      ...measuresOf(1, text),
    }));
    await keepMeasures(world.db, 1, made);
    expect((await rows()).map((row) => row.example_version)).toEqual([3]);
  });

  it("of a text whose erasure has not committed yet wait for it, and are not kept", async () => {
    const texts = await textsOfVersions(world.db, 1, [4, 5]);
    await owner.query(`delete from measures`);
    await owner.query(`begin; set local session_replication_role = replica; delete from contents c using example_versions v
      where v.dataset_id = c.dataset_id and v.content = c.commitment and v.example_version = 4`);
    const made = texts.map(({ exampleVersion, content, text }) => ({
      exampleVersion,
      content,
      ...measuresOf(1, text),
    }));
    const keeping = keepMeasures(world.db, 1, made);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await owner.query("commit");
    await keeping;
    expect((await rows()).map((row) => row.example_version)).toEqual([5]);
  });

  it("stay in their dataset", async () => {
    await addDataset(world, "foreign");
    await importInto(world, [exampleOf("far", { response: "Last." })], { dataset: "foreign" });
    const snapshot: SnapshotKey = { datasetId: 2, activity: 5, population: Population.CURRENT, candidate: null };
    expect(await ensure(snapshot)).toEqual({ versions: 1, made: 1, erased: 0 });
    expect(await ensure(await at())).toMatchObject({ made: 1 });
    const keys = (await rows("dataset_id, band_keys")) as Array<{ dataset_id: number; band_keys: string[] }>;
    const far = new Set(keys.filter((row) => row.dataset_id === 2).flatMap((row) => row.band_keys));
    expect(keys.some((row) => row.dataset_id === 1 && row.band_keys.some((key) => far.has(key)))).toBe(false);
  });
});
