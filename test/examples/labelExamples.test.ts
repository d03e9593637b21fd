import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import { exampleOf, importInto, latestOf, startExampleWorld, verified } from "./exampleWorld.js";

const LABEL = /* GraphQL */ `
  mutation ($input: LabelExamplesInput!) {
    labelExamples(input: $input) {
      activity {
        number
        kind
      }
      acceptedCount
      unchangedCount
      userErrors {
        code
        path
      }
    }
  }
`;

describe("labelling examples", () => {
  let world: World;
  const label = async (labels: object[], more = {}): Promise<any> =>
    (await world.ask(LABEL, { input: { dataset: "house", labels, ...more } })).labelExamples;
  const labelsOf = async (externalId: string): Promise<string[]> =>
    (await latestOf(world, externalId)).labels.map((l: any) => `${l.dimension}=${l.value} ${l.method} ${l.confidence}`);
  beforeAll(async () => {
    world = await startExampleWorld();
    await importInto(world, [
      exampleOf("a", {
        labels: [
          { dimension: "intent", value: "qa" },
          { dimension: "topic", value: "birds" },
          { dimension: "topic", value: "art" },
        ],
      }),
      exampleOf("b"),
    ]);
  });
  afterAll(() => world.stop());

  it("replaces the labels of a dimension, and only those, without a new version", async () => {
    const answer = await label([
      { externalId: "a", dimension: "topic", values: ["birds", "cars"], method: "MODEL", confidence: 0.25 },
      { externalId: "b", dimension: "intent", values: ["chat"] },
    ]);
    expect(answer).toMatchObject({ activity: { kind: "LABELLING" }, acceptedCount: 2, userErrors: [] });
    expect(await labelsOf("a")).toEqual(["intent=qa SOURCE null", "topic=birds MODEL 0.25", "topic=cars MODEL 0.25"]);
    expect(await labelsOf("b")).toEqual(["intent=chat HUMAN null"]);
    expect((await latestOf(world, "a")).version).toBe(1);
    expect(await label([{ externalId: "b", dimension: "intent", values: ["chat"] }])).toMatchObject({
      activity: null,
      unchangedCount: 1,
    });
    await verified(world);
  });

  it("refuses more values than can be compared with each other", async () => {
    const values = Array.from({ length: 1_001 }, (_, i) => `v${i}`);
    const answer = await label([{ externalId: "b", dimension: "many", values }]);
    expect(answer.userErrors).toEqual([{ code: "INVALID_VALUE", path: ["labels", "0", "values"] }]);
  });

  it("takes labels away, and shows old snapshots the old ones", async () => {
    const before = await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`);
    await label([{ externalId: "a", dimension: "topic", values: [] }]);
    expect(await labelsOf("a")).toEqual(["intent=qa SOURCE null"]);
    const { dataset } = await world.ask(
      `query ($then: Int!) { dataset(slug: "house") { snapshot(at: { activity: $then }) {
        with: examples(first: 5, filter: { labels: [{ dimension: "topic", values: ["cars"] }] }) { nodes { example { externalId } labels { value } } }
        without: examples(first: 5, filter: { unlabelled: "topic" }) { nodes { example { externalId } } } } } }`,
      { then: before.dataset.head.activity.number },
    );
    expect(dataset.snapshot.with.nodes).toEqual([
      { example: { externalId: "a" }, labels: [{ value: "qa" }, { value: "birds" }, { value: "cars" }] },
    ]);
    expect(dataset.snapshot.without.nodes).toEqual([{ example: { externalId: "b" } }]);
  });

  it("names what is wrong with an item", async () => {
    const answer = await label([
      { externalId: "nobody", dimension: "intent", values: ["x"] },
      { externalId: "a", dimension: "intent", values: ["x", "x"] },
      { externalId: "a", dimension: "", values: ["x"] },
      { externalId: "a", dimension: "intent", values: ["a\u0000"] },
      { externalId: "a", dimension: "intent", values: ["x", "y\n"] },
      { externalId: "a", dimension: "intent", values: ["x"], confidence: -1 },
      { externalId: "a", dimension: "intent", values: ["x"] },
      { externalId: "a", dimension: "intent", values: ["y"] },
    ]);
    expect(answer.userErrors.map((e: any) => [e.code, e.path.slice(1).join(".")])).toEqual([
      ["UNKNOWN_EXAMPLE", "0.externalId"],
      ["DUPLICATE_IN_BATCH", "1.values.1"],
      ["INVALID_VALUE", "2.dimension"],
      ["INVALID_TEXT", "3.values.0"],
      ["INVALID_VALUE", "4.values.1"],
      ["INVALID_VALUE", "5.confidence"],
      ["DUPLICATE_IN_BATCH", "7.dimension"],
    ]);
    expect(
      await label(
        [
          { externalId: "a", dimension: "intent", values: ["z"] },
          { externalId: "x", dimension: "i", values: [] },
        ],
        { mode: "ATOMIC" },
      ),
    ).toMatchObject({ activity: null });
    expect(await labelsOf("a")).toEqual(["intent=x HUMAN null"]);
  });

  it("refuses more labels than a page can show of each example, and takes those that make fewer", async () => {
    const values = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`);
    const many = { externalId: "many", dimension: "x", values: values(990) };
    await importInto(world, [exampleOf("many")]);
    const answer = await label([
      many,
      { externalId: "many", dimension: "y", values: values(11) },
      { externalId: "many", dimension: "z", values: values(10) },
    ]);
    expect(answer).toMatchObject({
      acceptedCount: 2,
      userErrors: [{ code: "INVALID_VALUE", path: ["labels", "1", "values"] }],
    });
    expect(await label([{ ...many, values: [] }])).toMatchObject({ acceptedCount: 1, userErrors: [] });
    expect(await labelsOf("many")).toHaveLength(10);
  });
});
