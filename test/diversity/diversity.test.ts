// Is diversity what counting by hand and other implementations give?
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Population, type SnapshotKey } from "../../src/activities/snapshot.js";
import { measureDiversity } from "../../src/diversity/measureDiversity.js";
import { diversityQuestion } from "../../src/diversity/question.js";
import { compressionRatio, textMetrics } from "../../src/diversity/textMetrics.js";
import { addDataset, exampleOf, importInto, startExampleWorld } from "../examples/exampleWorld.js";
import { makeFullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import type { World } from "../support/world.js";

let world: World;
let owner: pg.Client;
beforeAll(async () => {
  world = await startExampleWorld();
  owner = new pg.Client({ connectionString: world.ownerUrl });
  await owner.connect();
  await importInto(world, [
    exampleOf("a", {
      response: "The cat sat on the mat today.",
      labels: [{ dimension: "topic", value: "pets" }],
      author: "ada",
    }),
    exampleOf("b", { response: "The cat sat on the rug today.", labels: [{ dimension: "topic", value: "pets" }] }),
    exampleOf("c", { response: "A dog ran away.", source: "people", labels: [{ dimension: "topic", value: "dogs" }] }),
    exampleOf("d", { prompt: "What is A?", response: "The CAT sat on the mat, today!" }),
  ]);
});
afterAll(async () => {
  await owner.end();
  await world.stop();
});

const REPORT = `cache methodVersion parameters exampleVersionCount erasedCount distinctCount nearDuplicateMass
  spreads { by dimension countedCount unassignedCount q0 q1 q2 evenness topShare topKey gini undefinedBecause }
  sample { seed drawnCount erasedCount textCount }
  texts { part metrics { metric value undefinedBecause method textCount tokenCount } }`;
const diversity = async (args = "", at = "head", slug = "house"): Promise<any> =>
  (await world.ask(`{ dataset(slug: "${slug}") { ${at} { diversity${args} { ${REPORT} } } } }`)).dataset[
    at.split("(")[0]!
  ].diversity;
const snapshotOf = async (slug: string): Promise<SnapshotKey> => {
  const { rows } = await owner.query(`select dataset_id, head from datasets where slug = $1`, [slug]);
  return { datasetId: rows[0].dataset_id, activity: rows[0].head, population: Population.CURRENT, candidate: null };
};
const close = (value: number) => expect.closeTo(value, 12);

describe("the spread over kinds", () => {
  it("is that of the counts 3 and 1 for sources, 2 and 1 for labels, 1 for authors; d has no label, and says what a says", async () => {
    const { spreads, distinctCount, nearDuplicateMass, exampleVersionCount } = await diversity(
      `(dimensions: [{ by: SOURCE }, { by: LABEL, dimension: "topic" }, { by: AUTHOR }, { by: ANNOTATOR }, { by: CLUSTER }, { by: SOURCE_KIND }])`,
    );
    const [source, label, author, annotator, cluster, kind] = spreads;
    // exp(−(¾ ln ¾ + ¼ ln ¼)) = 4/27^¼; 1/(9/16 + 1/16); Gini (−1·1 + 1·3)/(2·4)
    const threeAndOne = {
      q0: 2,
      q1: close(4 / 27 ** 0.25),
      q2: close(1.6),
      evenness: close(2 / 27 ** 0.25),
      topShare: 0.75,
      gini: 0.25,
    };
    expect(source).toMatchObject({
      ...threeAndOne,
      countedCount: 4,
      unassignedCount: 0,
      topKey: "web",
      undefinedBecause: null,
    });
    expect(kind).toMatchObject({ ...threeAndOne, topKey: "FILTERED_DATASET" });
    // exp(ln 3 − ⅔ ln 2) = 3/4^⅓; 1/(4/9 + 1/9)
    const twoAndOne = {
      q0: 2,
      q1: close(3 / 4 ** (1 / 3)),
      q2: close(1.8),
      topShare: close(2 / 3),
      gini: close(1 / 6),
    };
    expect(label).toMatchObject({ ...twoAndOne, countedCount: 3, unassignedCount: 1, topKey: "pets" });
    expect(author).toMatchObject({
      q0: 1,
      q1: 1,
      q2: 1,
      evenness: 1,
      topShare: 1,
      gini: 0,
      countedCount: 1,
      unassignedCount: 3,
      topKey: null,
    });
    expect(annotator).toMatchObject({ q0: null, q1: null, countedCount: 0, undefinedBecause: "NO_COUNTS" });
    // {a, d}, {b}, {c}: exp(−(½ ln ½ + 2·¼ ln ¼)) = 2^1.5; 1/(¼ + 2/16); Gini (−2 + 0 + 2·2)/(3·4)
    expect(cluster).toMatchObject({
      q0: 3,
      q1: close(2 ** 1.5),
      q2: close(8 / 3),
      topShare: 0.5,
      gini: close(1 / 6),
      countedCount: 4,
    });
    expect([distinctCount, nearDuplicateMass, exampleVersionCount]).toEqual([3, 0.25, 4]);
  });

  it("of ratings over annotators counts those in force on the snapshot", async () => {
    const full = await makeFullDataset(world, "full");
    const [annotator] = (await diversity("(dimensions: [{ by: ANNOTATOR }])", "head", "full")).spreads;
    const { rows } = await owner.query(
      `select r.annotator, count(*)::int as n from ratings r join datasets d using (dataset_id)
       join example_versions v using (dataset_id, example_version)
       where d.slug = 'full' and r.superseded_by is null and v.superseded_by is null group by 1`,
    );
    expect(rows.length).toBeGreaterThan(1);
    const total = rows.reduce((sum: number, row: { n: number }) => sum + row.n, 0);
    const q2 = 1 / rows.reduce((sum: number, row: { n: number }) => sum + (row.n / total) ** 2, 0);
    expect(annotator).toMatchObject({ q0: rows.length, countedCount: total, q2: close(q2) });
    expect(full.annotators.length).toBeGreaterThanOrEqual(rows.length);
  });
});

describe("measures of texts", () => {
  const of = (report: any, part: string, metric: string) =>
    report.texts.find((one: any) => one.part === part).metrics.find((one: any) => one.metric === metric);

  it("are those of all texts where the sample holds all, by hand", async () => {
    const report = await diversity(`(filter: { externalIds: ["a", "b", "c"] })`);
    expect(report.sample).toEqual({ seed: 1, drawnCount: 3, erasedCount: 0, textCount: 3 });
    // the cat sat on the mat today / the cat sat on the rug today / a dog ran away: 18 words, 11 of them different
    expect(of(report, "RESPONSE", "DISTINCT_1")).toEqual({
      metric: "DISTINCT_1",
      value: close(11 / 18),
      undefinedBecause: null,
      method: "distinct-n/1",
      textCount: 3,
      tokenCount: 18,
    });
    // 6 + 6 + 3 pairs, of which the cat, cat sat, sat on, on the come twice
    expect(of(report, "RESPONSE", "DISTINCT_2").value).toBeCloseTo(11 / 15, 12);
    expect(of(report, "RESPONSE", "DISTINCT_3").value).toBeCloseTo(9 / 12, 12);
    // "the cat sat on the": 2 of 3 texts have four words in common, 2 of 2 with five words five, none six
    expect(of(report, "RESPONSE", "SELF_REPETITION_4").value).toBeCloseTo(2 / 3, 12);
    expect(of(report, "RESPONSE", "SELF_REPETITION_5").value).toBe(1);
    expect(of(report, "RESPONSE", "SELF_REPETITION_6").value).toBe(0);
    expect(of(report, "RESPONSE", "SELF_REPETITION_8")).toMatchObject({ value: null, undefinedBecause: "NO_NGRAMS" });
    // what is a / what is b / what is c
    expect(of(report, "PROMPT", "DISTINCT_1").value).toBeCloseTo(5 / 9, 12);
  });

  it("pack as Python's gzip.compress(text, 9) does: 473 bytes to 114, within two bytes for another zlib", () => {
    const words = ["rain", "snow", "wind", "fire", "earth", "stars", "night", "day"];
    const ratio = compressionRatio(
      words.map((word) => `Write a poem about ${word} in the style of a very old sailor.`),
    );
    expect(ratio).toMatchObject({ kind: "defined", value: expect.any(Number) });
    expect(Math.abs(473 / (ratio as { value: number }).value - 114)).toBeLessThanOrEqual(2);
    expect(compressionRatio([])).toEqual({ kind: "undefined", because: "NO_TEXT" });
  });

  it("take distinct-n of as many tokens as asked, and Self-BLEU of 200 texts at most", () => {
    const texts = Array.from({ length: 300 }, (_, i) => ({
      text: `text ${i}`,
      tokens: ["the", "text", "is", `n${i}`],
    }));
    const metrics = new Map(textMetrics(texts, 500, 1).map((one) => [one.metric, one]));
    expect(metrics.get("DISTINCT_1")).toMatchObject({ tokens: 500, value: expect.closeTo((125 + 3) / 500, 12) });
    expect(metrics.get("SELF_BLEU_4")).toMatchObject({ texts: 200, tokens: 800 });
    expect(metrics.get("COMPRESSION_RATIO")).toMatchObject({ texts: 300, tokens: 1200 });
  });
});

describe("a report", () => {
  it("is kept, is the same when it is computed again, and depends on its seed", async () => {
    await addDataset(world, "many");
    const examples = Array.from({ length: 60 }, (_, i) =>
      exampleOf(`m${i}`, { response: `Number ${"abcdefgh"[i % 8]} is ${i % 7} and ${i}.` }),
    );
    await importInto(world, examples, { dataset: "many" });
    const args = "(sampleSize: 20)";
    const first = await diversity(args, "head", "many");
    expect(first).toMatchObject({ cache: "MISS", sample: { drawnCount: 20, textCount: 20 } });
    expect(first.parameters).toMatchObject({
      sampleSize: 20,
      tokenCount: 20_000,
      seed: 1,
      threshold: 0.8,
      filter: null,
    });
    expect(await diversity(args, "head", "many")).toEqual({ ...first, cache: "HIT" });
    const question = diversityQuestion({ sampleSize: 20 });
    const again = () =>
      snapshotOf("many").then((at) => measureDiversity({ db: world.db, progress: () => {} }, at, question));
    const one = await again();
    await owner.query(`delete from kept_reports; delete from measures`);
    expect(await again()).toEqual(one);
    const other = await diversity("(sampleSize: 20, seed: 2)", "head", "many");
    expect(other.texts).not.toEqual(first.texts);
    expect(other.spreads).toEqual(first.spreads);
  });

  it("says how many texts were erased, which stay out of the sample and leave the rest of it as it was", async () => {
    const head = await snapshotOf("many");
    const at = `snapshot(at: { activity: ${head.activity} })`;
    const before = await diversity("(sampleSize: 60)", at, "many");
    await world.ask(
      `mutation { eraseExample(input: { dataset: "many", externalId: "m7", reason: "asked for" }) { erasedCount } }`,
    );
    expect(await diversity("(sampleSize: 60)", at, "many")).toEqual({ ...before, cache: "HIT" });
    const after = await diversity("(sampleSize: 60)", "head", "many");
    expect(after).toMatchObject({
      erasedCount: 1,
      exampleVersionCount: 60,
      sample: { drawnCount: 60, erasedCount: 1, textCount: 59 },
    });
    expect(after.spreads.find((one: any) => one.by === "CLUSTER")).toMatchObject({
      countedCount: 59,
      unassignedCount: 1,
    });
  });

  it("is of its dataset and its filter alone", async () => {
    const report = await diversity(`(filter: { sources: ["people"] })`);
    expect(report).toMatchObject({ exampleVersionCount: 1, sample: { textCount: 1 }, nearDuplicateMass: 0 });
    const nothing = await diversity(`(filter: { externalIds: ["m1"] })`);
    expect(nothing).toMatchObject({ exampleVersionCount: 0, nearDuplicateMass: null, sample: { drawnCount: 0 } });
    expect(nothing.texts[0].metrics.map((one: any) => one.value)).toEqual(Array(10).fill(null));
  });

  it("refuses what cannot be asked, and who may not read coverage", async () => {
    const refused = async (args: string, token?: string) =>
      (await world.send(`{ dataset(slug: "house") { head { diversity${args} { cache } } } }`, {}, token)).errors?.[0]
        ?.extensions;
    expect(await refused("(sampleSize: 1)")).toMatchObject({ code: "BAD_USER_INPUT", argument: "sampleSize" });
    expect(await refused("(tokenCount: 1)")).toMatchObject({ argument: "tokenCount" });
    expect(await refused("(seed: 0.5)")).toMatchObject({ argument: "seed" });
    expect(await refused("(threshold: 0.3)")).toMatchObject({ argument: "threshold" });
    expect(await refused("(dimensions: [{ by: LABEL }])")).toMatchObject({ argument: "dimensions" });
    expect(await refused(`(dimensions: [{ by: SOURCE, dimension: "x" }])`)).toMatchObject({ argument: "dimensions" });
    const token = await makePrincipal(world, "annotator", { house: "ANNOTATOR" });
    expect(await refused("", token)).toMatchObject({ code: "FORBIDDEN" });
  });

  it("can be computed beforehand as a job", async () => {
    const MUTATION = `mutation ($input: ComputeDiversityInput!) { computeDiversity(input: $input) { job { id } userErrors { code } } }`;
    const { job } = (await world.ask(MUTATION, { input: { dataset: "house", question: { seed: 9 } } }))
      .computeDiversity;
    for (let state = ""; state !== "DONE";) {
      state = (await world.ask(`{ node(id: "${job.id}") { ... on Job { state } } }`)).node.state;
      expect(["QUEUED", "RUNNING", "DONE"]).toContain(state);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await diversity("(seed: 9)")).cache).toBe("HIT");
  });
});
