// Are the planted near-duplicates found, all of them and nothing else?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Population } from "../../src/activities/snapshot.js";
import { clustersOfSnapshot } from "../../src/duplicates/duplicateReport.js";
import { addDataset, importInto, startExampleWorld } from "../examples/exampleWorld.js";
import { makePrincipal } from "../support/people.js";
import type { World } from "../support/world.js";
import { clustersByAllPairs, ourSimilarity, plantedTexts, similarity, type Text } from "./planted.js";

const texts = plantedTexts(60);
let world: World;
beforeAll(async () => {
  world = await startExampleWorld();
  await importInto(world, texts);
});
afterAll(() => world.stop());

const REPORT = `cache exampleVersionCount erasedCount comparedCount clusterCount distinctCount nearDuplicateMass parameters methodVersion
  findingProbabilities { similarity probability }
  clusters(first: 100) { nodes { size representative { number } members(first: 20) { nodes { similarity exampleVersion { number } } }
    pairs { similarity first { number } second { number } } } totalCount { value } }`;
const duplicates = async (args = "", at = "head", slug = "house"): Promise<any> =>
  (await world.ask(`{ dataset(slug: "${slug}") { ${at} { duplicates${args} { ${REPORT} } } } }`)).dataset[
    at.split("(")[0]!
  ].duplicates;
const LOOK_UP = `methodVersion threshold candidateCount comparedCount
  matches(first: 100) { nodes { similarity exampleVersion { number example { externalId } } } totalCount { value } }`;
const lookUp = async (args: string, at = "head", slug = "house"): Promise<any> =>
  (await world.ask(`{ dataset(slug: "${slug}") { ${at} { nearDuplicatesOf(${args}) { ${LOOK_UP} } } } }`)).dataset[
    at.split("(")[0]!
  ].nearDuplicatesOf;
const numberOf = async (externalId: string): Promise<string> =>
  (await world.ask(`{ dataset(slug: "house") { example(externalId: "${externalId}") { latest { id } } } }`)).dataset
    .example.latest.id;
const membersOf = (report: any) =>
  report.clusters.nodes.map(({ members }: any) => members.nodes.map((one: any) => one.exampleVersion.number - 1));

describe("the clusters of a snapshot", () => {
  it("are those that comparing all pairs gives, at every threshold that keys find surely", async () => {
    for (const threshold of [0.95, 0.8, 0.7]) {
      const expected = clustersByAllPairs(texts, threshold);
      const report = await duplicates(`(threshold: ${threshold})`);
      expect(membersOf(report)).toEqual(expected);
      const distinct = texts.length - expected.flat().length + expected.length;
      expect(report).toMatchObject({
        cache: "MISS",
        exampleVersionCount: texts.length,
        comparedCount: texts.length,
        erasedCount: 0,
        clusterCount: expected.length,
        distinctCount: distinct,
        nearDuplicateMass: (texts.length - distinct) / texts.length,
      });
      expect(expected.length).toBeGreaterThan(30);
    }
  });

  it("tell each member's similarity to the representative, and all pairs that reach the threshold", async () => {
    const { clusters } = await duplicates();
    for (const { size, representative, members, pairs } of clusters.nodes) {
      const places = members.nodes.map((one: any) => one.exampleVersion.number - 1);
      expect([size, representative.number - 1]).toEqual([places.length, places[0]]);
      members.nodes.forEach((one: any, i: number) =>
        expect(one.similarity).toBeCloseTo(similarity(texts[places[0]]!, texts[places[i]]!), 12),
      );
      const reaching = places.flatMap((a: number, i: number) =>
        places
          .slice(i + 1)
          .filter((b: number) => similarity(texts[a]!, texts[b]!) >= 0.8)
          .map((b: number) => [a, b]),
      );
      expect(pairs.map((pair: any) => [pair.first.number - 1, pair.second.number - 1])).toEqual(reaching);
    }
  });

  it("are kept, and the same under a filter that leaves all; a filter compares only what it leaves", async () => {
    const again = await duplicates();
    expect(again.cache).toBe("HIT");
    const filtered = await duplicates(`(filter: { sources: ["web"] })`);
    expect(filtered.cache).toBe("MISS");
    expect(membersOf(filtered)).toEqual(membersOf(again));
    const some = texts.slice(0, 80);
    const ids = JSON.stringify(some.map(({ externalId }) => externalId));
    expect(membersOf(await duplicates(`(filter: { externalIds: ${ids} })`))).toEqual(clustersByAllPairs(some, 0.8));
  });

  it("say how probably pairs are found, and refuse a threshold that they cannot find by", async () => {
    const { findingProbabilities, parameters } = await duplicates(`(threshold: 0.95)`);
    expect(parameters).toEqual({ threshold: 0.95, filter: null });
    expect(findingProbabilities.map((one: any) => [one.similarity, Number(one.probability.toFixed(4))])).toEqual(
      [0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map((J) => [J, Number((1 - (1 - J ** 5) ** 25).toFixed(4))]),
    );
    const query = `{ dataset(slug: "house") { head { duplicates(threshold: 0.4) { cache } } } }`;
    expect((await world.send(query)).errors![0]).toMatchObject({
      message: expect.stringContaining("use 0.5 to 1"),
      extensions: { code: "BAD_USER_INPUT", argument: "threshold" },
    });
  });

  it("are for other features a representative of each member", async () => {
    const snapshot = { datasetId: 1, activity: 6, population: Population.CURRENT, candidate: null };
    const { head } = (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset;
    const found = await clustersOfSnapshot(
      { db: world.db, progress: () => {} },
      { ...snapshot, activity: head.activity.number },
    );
    const expected = clustersByAllPairs(texts, 0.8);
    expect([...found.representatives].sort((a, b) => a[0] - b[0])).toEqual(
      expected.flatMap((members) => members.map((one) => [one + 1, members[0]! + 1])).sort((a, b) => a[0]! - b[0]!),
    );
    expect(found).toMatchObject({ clusterCount: expected.length, compared: texts.length, erased: 0, threshold: 0.8 });
  });

  it("can be computed beforehand as a job", async () => {
    const MUTATION = `mutation ($input: ComputeDuplicatesInput!) { computeDuplicates(input: $input) { job { id } userErrors { code } } }`;
    const input = { dataset: "house", question: { threshold: 0.9 } };
    const { job } = (await world.ask(MUTATION, { input })).computeDuplicates;
    for (let state = ""; state !== "DONE";) {
      state = (await world.ask(`{ node(id: "${job.id}") { ... on Job { state } } }`)).node.state;
      expect(["QUEUED", "RUNNING", "DONE"]).toContain(state);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await duplicates("(threshold: 0.9)")).cache).toBe("HIT");
  });
});

describe("a template filled in many times", () => {
  it("is one cluster, at the cost of its size and not of its pairs", async () => {
    await addDataset(world, "templates");
    const words = plantedTexts(1, 7)[0]!.response;
    const filled = Array.from({ length: 1_100 }, (_, i) => {
      const name = [...String(i)].map((digit) => "abcdefghij"[Number(digit)]).join("");
      return { externalId: `f${i}`, prompt: "Tell it again", response: `${words} ${words.toUpperCase()} by ${name}` };
    });
    for (const part of [filled.slice(0, 550), filled.slice(550)])
      await importInto(world, part, { dataset: "templates" });
    const query = `{ dataset(slug: "templates") { head { duplicates { clusterCount distinctCount comparisonCount
      clusters(first: 1) { nodes { size pairs { similarity } members(first: 100) { nodes { similarity } } } } } } } }`;
    const { duplicates: report } = (await world.ask(query)).dataset.head;
    expect(report).toMatchObject({ clusterCount: 1, distinctCount: 1 });
    expect(report.comparisonCount).toBeLessThan(2_200);
    const [{ members, ...cluster }] = report.clusters.nodes;
    expect(cluster).toEqual({ size: 1_100, pairs: null });
    members.nodes.forEach((one: any, i: number) =>
      expect(one.similarity).toBeCloseTo(similarity(filled[0] as never, filled[i] as never), 12),
    );
  });
});

describe("a look-up", () => {
  const nearest = (text: Text, among: readonly Text[], threshold: number) =>
    among
      .flatMap((other, i) => (other === text ? [] : [{ number: i + 1, similarity: ourSimilarity(text, other) }]))
      .filter((one) => one.similarity >= threshold)
      .sort((a, b) => b.similarity - a.similarity || a.number - b.number);

  it("finds the near-duplicates of a text that is no example, and of one that is", async () => {
    for (const text of texts.slice(0, 25)) {
      const args = `prompt: ${JSON.stringify(text.prompt.toLowerCase())}, response: ${JSON.stringify(text.response)}, threshold: 0.7`;
      const asNew = await lookUp(args);
      const expected = nearest({ ...text }, texts, 0.7);
      expect(asNew.matches.nodes.map((one: any) => one.exampleVersion.number)).toEqual(
        expected.map((one) => one.number),
      );
      asNew.matches.nodes.forEach((one: any, i: number) => expect(one.similarity).toBe(expected[i]!.similarity));
      const asExample = await lookUp(`exampleVersionId: "${await numberOf(text.externalId)}", threshold: 0.7`);
      expect(asExample.matches.nodes.map((one: any) => one.exampleVersion.number)).toEqual(
        nearest(text, texts, 0.7).map((one) => one.number),
      );
    }
  });

  it("measures what came since, and looks only into its snapshot", async () => {
    const { head } = (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset;
    await importInto(world, [{ ...texts[0]!, externalId: "new" }]);
    const args = `prompt: ${JSON.stringify(texts[0]!.prompt)}, response: ${JSON.stringify(texts[0]!.response)}`;
    const found = await lookUp(args);
    expect(found.matches.nodes.map((one: any) => one.exampleVersion.example.externalId)).toContain("new");
    const before = await lookUp(args, `snapshot(at: { activity: ${head.activity.number} })`);
    expect(before.matches.totalCount.value).toBe(found.matches.totalCount.value - 1);
    const none = await lookUp(`${args}, filter: { externalIds: ["t0002"] }, threshold: 1`);
    expect(none.matches.nodes).toEqual([]);
  });

  it("asks for one text, of this dataset", async () => {
    await addDataset(world, "foreign");
    await importInto(world, [{ ...texts[0]!, externalId: "far" }], { dataset: "foreign" });
    const far = await world.ask(`{ dataset(slug: "foreign") { example(externalId: "far") { latest { id } } } }`);
    const code = async (args: string) =>
      (await world.send(`{ dataset(slug: "house") { head { nearDuplicatesOf(${args}) { threshold } } } }`)).errors?.[0]
        ?.extensions.code;
    expect(await code(`prompt: "a"`)).toBe("BAD_USER_INPUT");
    expect(await code(`prompt: "a", response: "b", exampleVersionId: "x"`)).toBe("BAD_USER_INPUT");
    expect(await code(`exampleVersionId: "${far.dataset.example.latest.id}"`)).toBe("NOT_FOUND");
    const args = `prompt: ${JSON.stringify(texts[0]!.prompt)}, response: ${JSON.stringify(texts[0]!.response)}`;
    const found = await lookUp(args, "head", "foreign");
    expect(found.matches.nodes.map((one: any) => one.exampleVersion.example.externalId)).toEqual(["far"]);
    expect((await duplicates("", "head", "foreign")).clusterCount).toBe(0);
  });

  it("is refused to who may not read coverage", async () => {
    const token = await makePrincipal(world, "annotator", { house: "ANNOTATOR" });
    for (const field of [`nearDuplicatesOf(prompt: "a", response: "b") { threshold }`, `duplicates { cache }`]) {
      const answer = await world.send(`{ dataset(slug: "house") { head { ${field} } } }`, {}, token);
      expect(answer.errors![0]!.extensions.code).toBe("FORBIDDEN");
    }
  });
});

describe("after an erasure", () => {
  it("what was found stays on its snapshot, what is found now leaves the text out and says so", async () => {
    const { head } = (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset;
    const at = `snapshot(at: { activity: ${head.activity.number} })`;
    const before = await duplicates("", at);
    const [cluster] = membersOf(before);
    const erased = texts[cluster[0]]!;
    const id = await numberOf(erased.externalId);
    await world.ask(
      `mutation { eraseExample(input: { dataset: "house", externalId: "${erased.externalId}", reason: "asked for" }) { erasedCount } }`,
    );
    expect(await duplicates("", at)).toMatchObject({ cache: "HIT", clusterCount: before.clusterCount, erasedCount: 0 });
    const now = await duplicates();
    expect([now.erasedCount, now.exampleVersionCount - now.comparedCount]).toEqual([1, 1]);
    expect(membersOf(now).flat()).not.toContain(cluster[0]);
    const found = await lookUp(
      `prompt: ${JSON.stringify(erased.prompt)}, response: ${JSON.stringify(erased.response)}`,
    );
    expect(found.matches.nodes.map((one: any) => one.exampleVersion.example.externalId)).not.toContain(
      erased.externalId,
    );
    const query = `{ dataset(slug: "house") { head { nearDuplicatesOf(exampleVersionId: "${id}") { threshold } } } }`;
    expect((await world.send(query)).errors![0]!.extensions.code).toBe("CONTENT_ERASED");
  });
});
