import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLD, startGoldWorld, type GoldWorld } from "./goldWorld.js";

let world: GoldWorld;
let versions: string[];
beforeAll(async () => {
  world = await startGoldWorld();
  versions = await world.importExamples(5);
});
afterAll(() => world.stop());

const four = {
  externalId: "e1",
  criterion: "helpfulness",
  value: 4,
  tolerance: 1,
  rationale: "It answers the question.",
};
const warm = { exampleVersionId: "", criterion: "tone", value: "warm" };

const VERSION_GOLD = `query ($at: Int!) { dataset(slug: "house") { snapshot(at: { activity: $at }) {
  examples(first: 1, filter: { externalIds: ["e1"] }) { nodes {
    inForce: goldValues { value } all: goldValues(all: true) { value }
    helpfulness: goldValues(criterion: "helpfulness") { value } second: goldValues(criterion: "helpfulness@2") { value } } } } } }`;
const goldAt = async (at: number) => {
  const { dataset } = await world.ask(VERSION_GOLD, { at });
  const [lists] = dataset.snapshot.examples.nodes;
  return Object.fromEntries(Object.entries<any[]>(lists).map(([name, list]) => [name, list.map((one) => one.value)]));
};

describe("gold values", () => {
  it("are set with tolerance and rationale by whoever sets them, once for a request key", async () => {
    const given = [four, { ...warm, exampleVersionId: versions[1] }];
    const answer = await world.set(given, { requestKey: "gold-set-1" });
    expect(answer).toMatchObject({
      activity: { number: 5, kind: "GOLD" },
      replayed: false,
      acceptedCount: 2,
      unchangedCount: 0,
      userErrors: [],
      goldValues: [
        {
          value: 4,
          tolerance: 1,
          rationale: "It answers the question.",
          criterionVersion: { key: "helpfulness", version: 1 },
          exampleVersion: { version: 1, example: { externalId: "e1" } },
          author: { label: "admin" },
          activity: { number: 5 },
          supersededBy: null,
        },
        { value: "warm", tolerance: 0, rationale: null, exampleVersion: { example: { externalId: "e2" } } },
      ],
    });
    const again = await world.set(given, { requestKey: "gold-set-1" });
    expect(again).toEqual({ ...answer, replayed: true });
    const other = await world.set([four], { requestKey: "gold-set-1" });
    expect(other).toMatchObject({ activity: null, userErrors: [{ code: "REQUEST_KEY_REUSED", path: ["requestKey"] }] });
  });

  it("are unchanged by the same again, and superseded by another value, tolerance or rationale", async () => {
    const same = await world.set([
      { ...four, clientRef: "row 1" },
      { ...warm, exampleVersionId: versions[1] },
    ]);
    expect(same).toMatchObject({ activity: null, acceptedCount: 0, unchangedCount: 2, userErrors: [], goldValues: [] });
    const others = [
      { ...four, value: 5 },
      { ...four, value: 5, tolerance: 0 },
      { ...four, value: 5, tolerance: 0 },
    ];
    Object.assign(others[2]!, { rationale: null });
    for (const [i, other] of others.entries())
      expect(await world.set([other, { ...warm, externalId: "e2", exampleVersionId: null }])).toMatchObject({
        activity: { number: 6 + i },
        acceptedCount: 1,
        unchangedCount: 1,
      });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { example(externalId: "e1") { latest { goldValues(all: true) { ${GOLD} } } } } }`,
    );
    expect(dataset.example.latest.goldValues).toMatchObject([
      { value: 5, tolerance: 0, rationale: null, supersededBy: null },
      { value: 5, tolerance: 0, rationale: four.rationale, supersededBy: { number: 8 } },
      { value: 5, tolerance: 1, supersededBy: { number: 7 } },
      { value: 4, tolerance: 1, activity: { number: 5 }, supersededBy: { number: 6 } },
    ]);
    expect(await world.verified()).toBe(true);
  });

  it("are taken back without another in their place, and can be set again", async () => {
    const unit = { externalId: "e1", criterion: "helpfulness" };
    const answer = await world.retract([unit, { externalId: "e3", criterion: "tone" }], { requestKey: "gold-back-1" });
    expect(answer).toMatchObject({
      activity: { number: 9, kind: "GOLD" },
      acceptedCount: 1,
      userErrors: [{ code: "UNKNOWN_GOLD", path: ["items", "1", "criterion"], index: 1 }],
      goldValues: [{ value: 5, supersededBy: { number: 9 } }],
    });
    expect(answer.userErrors[0].message).toBe(
      "the latest version of e3 has no gold value in force on tone@1; name an earlier version by exampleVersionId",
    );
    expect(await world.inForce()).toEqual([["e2", "tone@1", "warm"]]);
    const replay = await world.retract([unit, { externalId: "e3", criterion: "tone" }], { requestKey: "gold-back-1" });
    expect(replay).toEqual({ ...answer, replayed: true });
    expect(await world.retract([unit])).toMatchObject({ activity: null, userErrors: [{ code: "UNKNOWN_GOLD" }] });
    expect(await world.set([{ ...four, value: 3 }])).toMatchObject({ activity: { number: 10 }, acceptedCount: 1 });
    expect(await world.verified()).toBe(true);
  });

  it("are shown as of the snapshot that their example was reached through", async () => {
    expect(await goldAt(4)).toEqual({ inForce: [], all: [], helpfulness: [], second: [] });
    expect(await goldAt(5)).toEqual({ inForce: [4], all: [4], helpfulness: [4], second: [] });
    expect(await goldAt(6)).toMatchObject({ inForce: [5], all: [5, 4] });
    expect(await goldAt(9)).toMatchObject({ inForce: [], all: [5, 5, 5, 4] });
    expect(await goldAt(10)).toMatchObject({ inForce: [3], all: [3, 5, 5, 5, 4] });
  });

  it("belong to a version of the criterion: the latest by its key, another by key@version", async () => {
    await world.ask(`mutation { publishCriteria(input: { dataset: "house", onConflict: NEW_VERSION, criteria: [
      { key: "helpfulness", question: "Does it help?", level: ORDINAL, categories: ["no", "partly", "yes"] }] }) { acceptedCount } }`);
    expect((await world.set([four])).userErrors).toMatchObject([{ code: "VALUE_OUTSIDE_SCALE" }]);
    const both = [
      { externalId: "e1", criterion: "helpfulness", value: "partly" },
      { externalId: "e1", criterion: "helpfulness@1", value: 2 },
    ];
    expect(await world.set(both)).toMatchObject({ activity: { number: 12 }, acceptedCount: 2 });
    expect(await goldAt(12)).toMatchObject({ inForce: [2, "partly"], helpfulness: [2, "partly"], second: ["partly"] });
    const list = async (criterion: string) => {
      const query = `query ($criterion: String) { dataset(slug: "house") { goldValues(first: 10, criterion: $criterion) {
        nodes { value } totalCount { value } } } }`;
      const { goldValues } = (await world.ask(query, { criterion })).dataset;
      expect(goldValues.totalCount.value).toBe(goldValues.nodes.length);
      return goldValues.nodes.map((one: any) => one.value);
    };
    expect(await list("helpfulness")).toEqual(["partly", 2]);
    expect(await list("helpfulness@1")).toEqual([2]);
    expect(await list("helpfulness@3")).toEqual([]);
    expect(await list("nothing")).toEqual([]);
  });

  it("stay with the version they were set on, and an external id means the latest", async () => {
    await world.importExamples(1, "Another answer.");
    const unit = { externalId: "e1", criterion: "helpfulness" };
    expect(await world.retract([unit])).toMatchObject({ userErrors: [{ code: "UNKNOWN_GOLD" }] });
    expect(await world.set([{ ...unit, value: "yes" }])).toMatchObject({ acceptedCount: 1 });
    expect(await world.inForce()).toEqual([
      ["e2", "tone@1", "warm"],
      ["e1", "helpfulness@2", "partly"],
      ["e1", "helpfulness@1", 2],
      ["e1", "helpfulness@2", "yes"],
    ]);
    const old = { exampleVersionId: versions[0], criterion: "helpfulness" };
    expect(await world.retract([old])).toMatchObject({ acceptedCount: 1, goldValues: [{ value: "partly" }] });
    expect(await world.verified()).toBe(true);
  });

  it("take numbers on a continuous scale, with a tolerance in its units", async () => {
    const timed = { externalId: "e4", criterion: "minutes", value: 2.5, tolerance: 0.25 };
    expect(await world.set([timed])).toMatchObject({ goldValues: [{ value: 2.5, tolerance: 0.25 }] });
    expect(await world.set([timed])).toMatchObject({ unchangedCount: 1, activity: null });
    expect(await world.verified()).toBe(true);
  });
});
