import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRatedWorld, type RatedWorld } from "./ratedWorld.js";

describe("submitting ratings", () => {
  let world: RatedWorld;
  beforeAll(async () => {
    world = await startRatedWorld();
  });
  afterAll(() => world.stop());
  const good = (externalId: string, annotator: string, value: unknown, more: object = {}) => ({
    externalId,
    criterion: "good",
    annotator,
    value,
    ...more,
  });

  it("takes a value for the latest version of an example, on the criterion version in force", async () => {
    const item = good("e1", "ada", 4, { seconds: 12.5, rationale: "Clear.", batch: "pilot", stratum: "RANDOM" });
    const payload = await world.rate([item]);
    expect(payload).toMatchObject({ activity: { kind: "RATING" }, replayed: false, acceptedCount: 1, userErrors: [] });
    expect(payload.ratings).toEqual([
      {
        number: 1,
        value: 4,
        repeat: 0,
        stratum: "RANDOM",
        seconds: 12.5,
        rationale: "Clear.",
        criterionVersion: { key: "good", version: 1 },
        annotator: { key: "ada" },
        guidelineVersion: { name: "style@1.0" },
        batch: { key: "pilot" },
        exampleVersion: { version: 1 },
        supersededBy: null,
      },
    ]);
  });

  it("supersedes the rating in force by a later one, and takes the same value again as a rating again", async () => {
    const first = await world.rate([good("e2", "ada", 3)]);
    const second = await world.rate([good("e2", "ada", 3)]);
    expect(second.ratings[0]).toMatchObject({ value: 3, repeat: 1, supersededBy: null });
    const { dataset } = await world.ask(
      `query ($first: Int!) { dataset(slug: "house") { rating(number: $first) { supersededBy { number } }
        example(externalId: "e2") { latest { ratings(first: 5) { nodes { repeat } totalCount { value } } all: ratings(first: 5, all: true, criterion: "good") { nodes { repeat } } } } } }`,
      { first: first.ratings[0].number },
    );
    expect(dataset.rating.supersededBy.number).toBe(second.activity.number);
    expect(dataset.example.latest.ratings).toEqual({ nodes: [{ repeat: 1 }], totalCount: { value: 1 } });
    expect(dataset.example.latest.all.nodes).toEqual([{ repeat: 0 }, { repeat: 1 }]);
  });

  it("lets the same unit in one batch supersede in order", async () => {
    const payload = await world.rate([
      good("e3", "ada", 1),
      good("e3", "ben", 5),
      good("e3", "ada", 2),
      good("e3", "ada", 3),
    ]);
    const { number } = payload.activity;
    expect(payload.ratings.map((r: any) => [r.value, r.repeat, r.supersededBy?.number ?? null])).toEqual([
      [1, 0, number],
      [5, 0, null],
      [2, 1, number],
      [3, 2, null],
    ]);
    const later = await world.rate([good("e3", "ada", 4), good("e3", "ada", 5)]);
    expect(later.ratings.map((r: any) => r.repeat)).toEqual([3, 4]);
    expect(await world.verified()).toBe(true);
  });

  it("takes text exactly, numbers as numbers, and values within bounds", async () => {
    const fit = (value: unknown) => ({ externalId: "e4", criterion: "fit", annotator: "ada", value });
    const time = (value: unknown) => ({ externalId: "e4", criterion: "time", annotator: "ada", value });
    const payload = await world.rate([
      fit("yes"),
      fit("Yes"),
      time(0),
      time(600),
      time(600.5),
      time("12"),
      good("e4", "ada", 1.0),
      good("e4", "ada", "1"),
      good("e4", "ada", 7),
    ]);
    expect(payload.acceptedCount).toBe(4);
    expect(payload.ratings.map((rating: any) => rating?.value ?? null)).toEqual([
      "yes",
      null,
      0,
      600,
      null,
      null,
      1,
      null,
      null,
    ]);
    expect(payload.userErrors.map((error: any) => [error.index, error.code, error.path])).toEqual(
      [1, 4, 5, 7, 8].map((index) => [index, "VALUE_OUTSIDE_SCALE", ["ratings", String(index), "value"]]),
    );
    expect(payload.userErrors.map((error: any) => error.message)).toEqual([
      `value "Yes" is outside the scale of fit; use "yes", "no" or "unsure"`,
      "value 600.5 is outside the scale 0–600 of time; use a number from 0 to 600",
      `value "12" is outside the scale 0–600 of time; use a number from 0 to 600`,
      `value "1" is outside the scale 1–5 of good; use 1, 2, 3, 4 or 5`,
      "value 7 is outside the scale 1–5 of good; use 1, 2, 3, 4 or 5",
    ]);
  });

  it("says of each item what is wrong with it, and takes the others, or none where all was asked for", async () => {
    const wrong: Array<[object, string, string]> = [
      [good("e9", "ada", 1), "UNKNOWN_EXAMPLE", "externalId"],
      [{ ...good("e1", "ada", 1), criterion: "cost" }, "CRITERION_NOT_IN_FORCE", "criterion"],
      [
        { externalId: "e1", criterion: "time", annotator: "ada", value: 3, guidelineVersion: "style@2.0" },
        "CRITERION_NOT_IN_FORCE",
        "criterion",
      ],
      [good("e1", "nobody", 1), "UNKNOWN_ANNOTATOR", "annotator"],
      [good("e1", "zoe", 1), "ANNOTATOR_NOT_ACTIVE", "annotator"],
      [good("e1", "ada", 1, { guidelineVersion: "style@9.0" }), "UNKNOWN_GUIDELINE_VERSION", "guidelineVersion"],
      [good("e1", "ada", 1, { guidelineVersion: "style" }), "UNKNOWN_GUIDELINE_VERSION", "guidelineVersion"],
      [good("e1", "ada", 1, { guidelineVersion: "strict@1.0" }), "NOT_QUALIFIED", "annotator"],
      [good("e1", "ada", 1, { batch: "later" }), "UNKNOWN_BATCH", "batch"],
      [good("e1", "ada", 1, { seconds: -1 }), "INVALID_VALUE", "seconds"],
      [good("e1", "ada", 1, { occurredAt: "0000-01-01T00:00:00Z" }), "INVALID_VALUE", "occurredAt"],
      [good("e1", "ada", 1, { rationale: "a\0b" }), "INVALID_TEXT", "rationale"],
      [good("e1", "ada", 1, { rationale: "x".repeat(50_001) }), "INVALID_VALUE", "rationale"],
      [good("e1\ud800", "ada", 1), "INVALID_TEXT", "externalId"],
      [good("e1", "ada\0", 1), "INVALID_TEXT", "annotator"],
      [{ criterion: "good", annotator: "ada", value: 1 }, "INVALID_VALUE", "externalId"],
      [{ criterion: "good", annotator: "ada", value: 1, exampleVersionId: "x" }, "UNKNOWN_EXAMPLE", "exampleVersionId"],
    ];
    const items = [
      ...wrong.map(([item]) => item),
      good("e5", "ada", 2),
      good("e5", "cyd", 2, { guidelineVersion: "strict@1.0" }),
    ];
    const all = await world.rate(items, { mode: "ATOMIC" });
    expect(all).toMatchObject({ activity: null, acceptedCount: 0, ratings: [] });
    const some = await world.rate(items);
    expect(some.acceptedCount).toBe(2);
    for (const payload of [all, some])
      expect(payload.userErrors.map((error: any) => [error.index, error.code, error.path])).toEqual(
        wrong.map(([, code, field], index) => [index, code, ["ratings", String(index), field]]),
      );
  });

  it("refuses a clientRef the second time, and more than 5,000 ratings", async () => {
    const twice = await world.rate([
      good("e5", "ada", 1, { clientRef: "r1" }),
      good("e5", "ben", 1, { clientRef: "r1" }),
    ]);
    expect(twice).toMatchObject({
      acceptedCount: 1,
      userErrors: [{ code: "DUPLICATE_CLIENT_REF", path: ["ratings", "1", "clientRef"], index: 1 }],
    });
    const many = await world.rate(Array.from({ length: 5001 }, () => good("e5", "ada", 1)));
    expect(many).toMatchObject({
      activity: null,
      userErrors: [{ code: "TOO_MANY_ITEMS", path: ["ratings"], index: null }],
    });
    expect(await world.rate([])).toMatchObject({ activity: null, acceptedCount: 0, userErrors: [] });
  });

  it("enrols unknown annotators where asked, once, in the same activity", async () => {
    const items = [
      good("e6", "new-1", 1),
      good("e6", "new-2", 2),
      good("e5", "new-1", 3),
      good("e5", "no good key", 3),
    ];
    const payload = await world.rate(items, { enrol: true });
    expect(payload).toMatchObject({
      acceptedCount: 3,
      userErrors: [{ code: "INVALID_VALUE", path: ["ratings", "3", "annotator"] }],
    });
    expect(payload.ratings.map((rating: any) => rating?.annotator.key ?? null)).toEqual([
      "new-1",
      "new-2",
      "new-1",
      null,
    ]);
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { annotator(key: "new-1") { kind status activity { number } } } }`,
    );
    expect(dataset.annotator).toEqual({
      kind: "HUMAN",
      status: "ACTIVE",
      activity: { number: payload.activity.number },
    });
    expect(await world.verified()).toBe(true);
  });

  it("rates a superseded version by its id without counting it, and no withdrawn or erased one", async () => {
    const [first] = await world.importExamples(["v1"]);
    await world.importExamples(["v1"], "No.");
    const old = await world.rate([{ exampleVersionId: first, criterion: "good", annotator: "ada", value: 2 }]);
    expect(old).toMatchObject({ acceptedCount: 1, ratings: [{ exampleVersion: { version: 1 } }] });
    const before = await world.kept();
    await world.rebuild();
    expect(await world.kept()).toEqual(before);
    await world.decide("v1", "WITHDRAW");
    expect(await world.rate([good("v1", "ada", 2)])).toMatchObject({
      userErrors: [{ code: "EXAMPLE_WITHDRAWN", path: ["ratings", "0", "externalId"] }],
    });
    await world.decide("v1", "NEEDS_WORK");
    expect(await world.rate([good("v1", "ada", 2, { rationale: "Private." })])).toMatchObject({ acceptedCount: 1 });
    await world.ask(
      `mutation { eraseExample(input: { dataset: "house", externalId: "v1", reason: "Asked for." }) { erasedCount userErrors { message } } }`,
    );
    expect(await world.rate([good("v1", "ada", 2)])).toMatchObject({ userErrors: [{ code: "CONTENT_ERASED" }] });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { example(externalId: "v1") { latest { ratings(first: 1) { nodes { value rationale } } } } } }`,
    );
    expect(dataset.example.latest.ratings.nodes).toEqual([{ value: 2, rationale: null }]);
    expect(await world.verified()).toBe(true);
  });
});
