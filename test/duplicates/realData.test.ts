// Are the near-duplicates of a real set found?
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Population } from "../../src/activities/snapshot.js";
import { clustersOfSnapshot } from "../../src/duplicates/duplicateReport.js";
import { importInto, startExampleWorld } from "../examples/exampleWorld.js";
import { ABSENT, hasRealData, realData } from "../scripts/assayRealData.js";
import type { World } from "../support/world.js";

interface Row {
  instruction: string;
  input: string;
  response: string;
}

/** As the set's README normalises. */
const norm = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, " ")
    .trim();

describe.skipIf(!hasRealData)(`gpteacher ${hasRealData ? "" : ABSENT}`, () => {
  let world: World;
  let rows: Row[];
  beforeAll(async () => {
    const text = gunzipSync(readFileSync(realData("sft/gpteacher.jsonl.gz"))).toString("utf8");
    rows = text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Row]));
    world = await startExampleWorld();
    const examples = rows.map(({ instruction, input, response }, i) => {
      return { externalId: `g${i}`, prompt: input === "" ? instruction : `${instruction}\n\n${input}`, response };
    });
    for (let from = 0; from < examples.length; from += 1_000)
      await importInto(world, examples.slice(from, from + 1_000));
  });
  afterAll(() => world.stop());

  const clusters = async (threshold: number) => {
    const { head } = (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset;
    const snapshot = { datasetId: 1, activity: head.activity.number, population: Population.CURRENT, candidate: null };
    return clustersOfSnapshot({ db: world.db, progress: () => {} }, snapshot, { threshold });
  };

  it("has 298 clusters at 0.8 and 118 at 1, as comparing all 99.8 million pairs of its texts gave", async () => {
    const at80 = await clusters(0.8);
    expect(at80).toMatchObject({ compared: 14_131, clusterCount: 298, distinctCount: 13_345 });
    expect(at80.nearDuplicateMass).toBeCloseTo(786 / 14_131, 12);
    expect(await clusters(1)).toMatchObject({ compared: 14_131, clusterCount: 118, distinctCount: 13_960 });
  });

  it("has its 77 norm-duplicate pairs in one cluster each", async () => {
    const { representatives } = await clusters(1);
    const first = new Map<string, number>();
    let duplicates = 0;
    rows.forEach(({ instruction, input, response }, i) => {
      const key = JSON.stringify([norm(`${instruction} ${input}`), norm(response)]);
      const before = first.get(key);
      if (before === undefined) return void first.set(key, i + 1);
      duplicates++;
      expect(representatives.get(i + 1)).toBe(representatives.get(before));
    });
    expect(duplicates).toBe(77);
  });
});
