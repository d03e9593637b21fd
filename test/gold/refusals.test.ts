import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGoldWorld, type GoldWorld } from "./goldWorld.js";

let world: GoldWorld;
let versions: string[];
let house: string;
beforeAll(async () => {
  world = await startGoldWorld();
  versions = await world.importExamples(5);
  house = (await world.ask(`{ dataset(slug: "house") { id } }`)).dataset.id;
});
afterAll(() => world.stop());

const gold = (fields: object) => ({ externalId: "e1", criterion: "helpfulness", value: 3, ...fields });
const places = (answer: any) => answer.userErrors.map((one: any) => [one.index, one.code, one.path]);

describe("a submission of gold values", () => {
  it("says of each item why it cannot be taken, where, and takes the others", async () => {
    const items = [
      gold({ externalId: "nobody" }),
      gold({ externalId: null }),
      gold({ exampleVersionId: versions[0] }),
      gold({ externalId: null, exampleVersionId: "not an id" }),
      gold({ externalId: null, exampleVersionId: house }),
      gold({ criterion: "kindness" }),
      gold({ criterion: "helpfulness@2" }),
      gold({ value: 7 }),
      gold({ externalId: "e2", value: "3" }),
      gold({ externalId: "e3", tolerance: -1 }),
      gold({ criterion: "tone", value: "warm", tolerance: 1 }),
      gold({ externalId: "e4", rationale: " " }),
      gold({ externalId: "e4", criterion: "tone", value: "warm", rationale: "x".repeat(50_001) }),
      gold({ externalId: "e5", rationale: "nul\0" }),
      gold({ externalId: "\ud800" }),
      gold({ externalId: "e5", criterion: "nul\0" }),
      gold({ externalId: "e5", clientRef: "a" }),
      gold({ externalId: "e5", criterion: "tone", value: "cold", clientRef: "a" }),
      gold({ externalId: null, exampleVersionId: versions[4], value: 4 }),
      gold({ externalId: "e5", criterion: "minutes", value: -1 }),
      gold({ externalId: "e5", criterion: "tone", value: "cold", clientRef: "" }),
    ];
    const answer = await world.set(items);
    const at = (index: number, code: string, field: string) => [index, code, ["goldValues", String(index), field]];
    expect(places(answer)).toEqual([
      at(0, "UNKNOWN_EXAMPLE", "externalId"),
      at(1, "INVALID_VALUE", "externalId"),
      at(2, "INVALID_VALUE", "externalId"),
      at(3, "INVALID_VALUE", "exampleVersionId"),
      at(4, "INVALID_VALUE", "exampleVersionId"),
      at(5, "UNKNOWN_CRITERION", "criterion"),
      at(6, "UNKNOWN_CRITERION", "criterion"),
      at(7, "VALUE_OUTSIDE_SCALE", "value"),
      at(8, "VALUE_OUTSIDE_SCALE", "value"),
      at(9, "INVALID_VALUE", "tolerance"),
      at(10, "INVALID_VALUE", "tolerance"),
      at(11, "INVALID_VALUE", "rationale"),
      at(12, "INVALID_VALUE", "rationale"),
      at(13, "INVALID_TEXT", "rationale"),
      at(14, "INVALID_TEXT", "externalId"),
      at(15, "INVALID_TEXT", "criterion"),
      at(17, "DUPLICATE_CLIENT_REF", "clientRef"),
      at(18, "DUPLICATE_IN_BATCH", "criterion"),
      at(19, "VALUE_OUTSIDE_SCALE", "value"),
      at(20, "INVALID_VALUE", "clientRef"),
    ]);
    expect(answer).toMatchObject({ acceptedCount: 1, goldValues: [{ value: 3 }] });
    const messages = answer.userErrors.map((one: any) => one.message);
    expect(messages[7]).toBe("value 7 is outside the scale 1–5 of helpfulness; use 1, 2, 3, 4 or 5");
    expect(messages[9]).toBe(
      "tolerance -1 is below 0; give how far a rating may lie from the value and be right, or 0 for that value only",
    );
    expect(messages[10]).toBe(
      "tolerance 1 is given on tone@1, which is NOMINAL: none of its values is nearer; use 0, or leave it out",
    );
    expect(messages[17]).toBe(
      "item 16 names this example version on this criterion version already; give each unit once",
    );
  });

  it("goes in whole or not at all where that is asked for, and has a largest size", async () => {
    const head = async () => (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset;
    const before = await head();
    const half = [gold({ externalId: "e2" }), gold({ externalId: "e3", value: 9 })];
    expect(await world.set(half, { mode: "ATOMIC" })).toMatchObject({
      activity: null,
      acceptedCount: 0,
      goldValues: [],
    });
    const many = await world.set(Array.from({ length: 5_001 }, () => ({ ...half[0] })));
    expect(many).toMatchObject({ activity: null, userErrors: [{ code: "TOO_MANY_ITEMS", path: ["goldValues"] }] });
    expect(await head()).toEqual(before);
  });

  it("reaches nothing of another dataset", async () => {
    await world.ask(`mutation { createDataset(input: { slug: "other", title: "Other" }) { replayed } }`);
    const named = [gold({}), gold({ externalId: null, exampleVersionId: versions[0] })];
    const answer = await world.set(named, { dataset: "other" });
    expect(answer).toMatchObject({
      activity: null,
      userErrors: [{ code: "UNKNOWN_EXAMPLE" }, { code: "UNKNOWN_EXAMPLE" }],
    });
  });
});

describe("taking gold values back", () => {
  it("says of each item why it cannot be taken, and where", async () => {
    await world.set([gold({}), gold({ externalId: "e2" })]);
    const unit = (fields: object) => ({ externalId: "e1", criterion: "helpfulness", ...fields });
    const answer = await world.retract([
      unit({ externalId: "nobody" }),
      unit({ criterion: "kindness" }),
      unit({ externalId: null }),
      unit({ externalId: "e3" }),
      unit({ clientRef: "a" }),
      unit({ externalId: null, exampleVersionId: versions[0] }),
      unit({ externalId: "e2", clientRef: "a" }),
      unit({ externalId: "e2\0" }),
    ]);
    expect(places(answer)).toEqual([
      [0, "UNKNOWN_EXAMPLE", ["items", "0", "externalId"]],
      [1, "UNKNOWN_CRITERION", ["items", "1", "criterion"]],
      [2, "INVALID_VALUE", ["items", "2", "externalId"]],
      [3, "UNKNOWN_GOLD", ["items", "3", "criterion"]],
      [5, "DUPLICATE_IN_BATCH", ["items", "5", "criterion"]],
      [6, "DUPLICATE_CLIENT_REF", ["items", "6", "clientRef"]],
      [7, "INVALID_TEXT", ["items", "7", "externalId"]],
    ]);
    expect(answer).toMatchObject({
      acceptedCount: 1,
      goldValues: [{ exampleVersion: { example: { externalId: "e1" } } }],
    });
    const half = [unit({ externalId: "e2" }), unit({ externalId: "e3" })];
    expect(await world.retract(half, { mode: "ATOMIC" })).toMatchObject({ activity: null, acceptedCount: 0 });
    const many = await world.retract(Array.from({ length: 5_001 }, () => ({ ...half[0] })));
    expect(many.userErrors).toMatchObject([{ code: "TOO_MANY_ITEMS", path: ["items"] }]);
    expect(await world.verified()).toBe(true);
  });
});
