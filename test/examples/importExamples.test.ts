import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import { addDataset, exampleOf, importInto, latestOf, startExampleWorld, verified } from "./exampleWorld.js";

describe("importing examples", () => {
  let world: World;
  beforeAll(async () => {
    world = await startExampleWorld();
  });
  afterAll(() => world.stop());

  it("keeps what was sent, and verifies", async () => {
    const sent = exampleOf("ext-1", {
      prompt: " Don't \u2028pay 3.14? ",
      response: "No.\r\n",
      system: "Be brief.",
      context: [
        { role: "USER", content: "Hi" },
        { role: "ASSISTANT", content: "Hello" },
      ],
      source: "people",
      batch: "pilot",
      author: "ada",
      language: "pt-br",
      attributes: { z: [1, { b: null, a: "ü" }], a: 0.1 },
      labels: [
        { dimension: "intent", value: "qa", method: "HUMAN", confidence: 0.5 },
        { dimension: "edge case", value: "numbers" },
      ],
    });
    const answer = await importInto(world, [sent], { requestKey: "import-1" });
    expect(answer).toMatchObject({ activity: { kind: "IMPORT" }, acceptedCount: 1, unchangedCount: 0, userErrors: [] });
    expect(answer.examples).toMatchObject([
      { index: 0, externalId: "ext-1", status: "CREATED", exampleVersion: { version: 1 } },
    ]);
    expect(await latestOf(world, "ext-1")).toMatchObject({
      turns: [
        { role: "SYSTEM", content: "Be brief." },
        { role: "USER", content: "Hi" },
        { role: "ASSISTANT", content: "Hello" },
        { role: "USER", content: " Don't \u2028pay 3.14? " },
        { role: "ASSISTANT", content: "No.\r\n" },
      ],
      prompt: " Don't \u2028pay 3.14? ",
      response: "No.\r\n",
      attributes: sent.attributes,
      erased: false,
      language: "pt-br",
      turnCount: 5,
      promptWords: 3,
      responseWords: 1,
      source: { key: "people" },
      author: { key: "ada" },
      batch: { key: "pilot" },
      derivedFrom: [],
      supersededBy: null,
      labels: [
        { dimension: "edge case", value: "numbers", method: "SOURCE", confidence: null },
        { dimension: "intent", value: "qa", method: "HUMAN", confidence: 0.5 },
      ],
    });
    const again = await importInto(world, [sent], { requestKey: "import-1" });
    expect(again).toEqual({ ...answer, replayed: true });
    expect(await verified(world)).toMatchObject({ activityCount: 5 });
  });

  it("takes the same again as no change, and other content only as a new version", async () => {
    await importInto(world, [
      exampleOf("ext-2", {
        labels: [
          { dimension: "intent", value: "qa" },
          { dimension: "topic", value: "birds" },
        ],
      }),
    ]);
    const same = await importInto(world, [exampleOf("ext-2"), exampleOf("ext-2", { batch: "pilot" })]);
    expect(same).toMatchObject({
      activity: null,
      acceptedCount: 0,
      unchangedCount: 2,
      examples: [{ status: "UNCHANGED" }, { status: "UNCHANGED" }],
    });
    const other = exampleOf("ext-2", {
      response: "Another.",
      language: "en",
      labels: [{ dimension: "intent", value: "chat" }],
    });
    const refused = await importInto(world, [other]);
    expect(refused).toMatchObject({
      activity: null,
      examples: [],
      userErrors: [{ code: "CONTENT_CONFLICT", path: ["examples", "0", "externalId"], index: 0 }],
    });
    expect(refused.userErrors[0].message).toContain("other content, language, labels");
    const revised = await importInto(world, [other], { onConflict: "NEW_VERSION" });
    expect(revised).toMatchObject({
      acceptedCount: 1,
      examples: [{ status: "REVISED", exampleVersion: { version: 2 } }],
    });
    const latest = await latestOf(world, "ext-2");
    expect(latest.derivedFrom).toEqual([{ version: 1, example: { externalId: "ext-2" } }]);
    expect(latest.labels.map((l: any) => [l.dimension, l.value])).toEqual([
      ["intent", "chat"],
      ["topic", "birds"],
    ]);
    await verified(world);
  });

  it("takes the same externalId twice in a batch only with the same content", async () => {
    const batch = [exampleOf("ext-3"), exampleOf("ext-3"), exampleOf("ext-3", { response: "Other." })];
    const answer = await importInto(world, batch);
    expect(answer).toMatchObject({
      acceptedCount: 1,
      unchangedCount: 1,
      userErrors: [{ code: "DUPLICATE_IN_BATCH", index: 2 }],
    });
    expect(answer.examples.map((e: any) => [e.index, e.status])).toEqual([
      [0, "CREATED"],
      [1, "UNCHANGED"],
    ]);
  });

  it("records what an example was made from, earlier in the batch or before it", async () => {
    const answer = await importInto(world, [
      exampleOf("ext-4", { derivedFrom: ["ext-3"] }),
      exampleOf("ext-5", { derivedFrom: ["ext-4", "ext-3", "ext-4"] }),
      exampleOf("ext-6", { derivedFrom: ["ext-7"] }),
      exampleOf("ext-7"),
      exampleOf("ext-8", { derivedFrom: ["ext-8"] }),
      exampleOf("ext-9", { derivedFrom: Array.from({ length: 1_001 }, () => "ext-3") }),
      exampleOf("ext-10", { labels: Array.from({ length: 1_001 }, (_, i) => ({ dimension: "d", value: `v${i}` })) }),
    ]);
    expect(answer.userErrors).toMatchObject([
      { code: "UNKNOWN_EXAMPLE", path: ["examples", "2", "derivedFrom", "0"] },
      { code: "INVALID_VALUE", path: ["examples", "4", "derivedFrom"] },
      { code: "INVALID_VALUE", path: ["examples", "5", "derivedFrom"] },
      { code: "INVALID_VALUE", path: ["examples", "6", "labels"] },
    ]);
    expect((await latestOf(world, "ext-5")).derivedFrom.map((v: any) => v.example.externalId)).toEqual([
      "ext-3",
      "ext-4",
    ]);
    expect((await latestOf(world, "ext-3")).derivedInto.map((v: any) => v.example.externalId)).toEqual([
      "ext-4",
      "ext-5",
    ]);
  });

  it("refuses each hostile or senseless item by itself, with its place", async () => {
    const bad: Array<[string, string[], object]> = [
      ["INVALID_TEXT", ["response"], exampleOf("b1", { response: "a\u0000b" })],
      ["INVALID_TEXT", ["turns", "0", "content"], { externalId: "b2", turns: [{ role: "USER", content: "\ud800" }] }],
      ["INVALID_TEXT", ["attributes", "k"], exampleOf("b3", { attributes: { k: "\udc00" } })],
      ["INVALID_TEXT", ["externalId"], exampleOf("b\u00004")],
      ["INVALID_VALUE", ["externalId"], exampleOf("")],
      ["INVALID_VALUE", ["externalId"], exampleOf("a\nb")],
      ["INVALID_VALUE", ["externalId"], exampleOf("x".repeat(257))],
      ["INVALID_VALUE", ["response"], exampleOf("b5", { response: " \u200b\n" })],
      ["INVALID_VALUE", ["response"], { externalId: "b6", prompt: "p" }],
      [
        "INVALID_VALUE",
        ["prompt"],
        exampleOf("b7", {
          turns: [
            { role: "USER", content: "x" },
            { role: "ASSISTANT", content: "y" },
          ],
        }),
      ],
      ["INVALID_VALUE", ["turns"], { externalId: "b8", turns: [{ role: "USER", content: "x" }] }],
      ["INVALID_VALUE", ["turns", "0", "role"], { externalId: "b9", turns: [{ role: "ASSISTANT", content: "x" }] }],
      ["INVALID_VALUE", ["context", "0", "role"], exampleOf("b10", { context: [{ role: "ASSISTANT", content: "x" }] })],
      ["INVALID_VALUE", ["attributes", "n"], exampleOf("b11", { attributes: { n: 12345678901234567890 } })],
      ["INVALID_VALUE", ["language"], exampleOf("b12", { language: "en_US" })],
      [
        "INVALID_VALUE",
        ["labels", "0", "confidence"],
        exampleOf("b13", { labels: [{ dimension: "a", value: "b", confidence: 2 }] }),
      ],
      ["INVALID_VALUE", ["labels", "0", "value"], exampleOf("b14", { labels: [{ dimension: "a", value: " b" }] })],
      [
        "DUPLICATE_IN_BATCH",
        ["labels", "1", "value"],
        exampleOf("b15", {
          labels: [
            { dimension: "a", value: "b" },
            { dimension: "a", value: "b" },
          ],
        }),
      ],
      ["UNKNOWN_SOURCE", ["source"], exampleOf("b16", { source: "nowhere" })],
      ["UNKNOWN_BATCH", ["batch"], exampleOf("b17", { batch: "nowhere" })],
      ["UNKNOWN_ANNOTATOR", ["author"], exampleOf("b18", { author: "nobody" })],
      ["INVALID_VALUE", [], exampleOf("b19", { response: "x".repeat(1024 * 1024) })],
    ];
    const answer = await importInto(world, [...bad.map(([, , item]) => item), exampleOf("good")]);
    expect(answer.userErrors.map((e: any) => [e.code, ...e.path])).toEqual(
      bad.map(([code, field], i) => [code, "examples", String(i), ...field]),
    );
    expect(answer.examples.map((e: any) => e.externalId)).toEqual(["good"]);
    await verified(world);
  });

  it("refuses a clientRef that comes twice, and a batch that is too long", async () => {
    const answer = await importInto(world, [exampleOf("r1", { clientRef: "a" }), exampleOf("r2", { clientRef: "a" })]);
    expect(answer).toMatchObject({
      examples: [{ clientRef: "a" }],
      userErrors: [{ code: "DUPLICATE_CLIENT_REF", index: 1 }],
    });
    const long = await importInto(
      world,
      Array.from({ length: 1001 }, (_, i) => exampleOf(`l${i}`)),
    );
    expect(long).toMatchObject({
      activity: null,
      userErrors: [{ code: "TOO_MANY_ITEMS", path: ["examples"], index: null }],
    });
  });

  it("takes all or nothing where that is asked", async () => {
    const answer = await importInto(world, [exampleOf("n1"), exampleOf("n2", { source: "nowhere" })], {
      mode: "ATOMIC",
    });
    expect(answer).toMatchObject({ activity: null, acceptedCount: 0, examples: [], userErrors: [{ index: 1 }] });
    expect(await latestOf(world, "n1")).toBeNull();
  });

  it("enrols authors where that is asked, each once", async () => {
    const batch = [
      exampleOf("e1", { author: "bob" }),
      exampleOf("e2", { author: "bob" }),
      exampleOf("e3", { author: "b b" }),
    ];
    const answer = await importInto(world, batch, { enrol: true });
    expect(answer).toMatchObject({
      acceptedCount: 2,
      userErrors: [{ code: "INVALID_VALUE", path: ["examples", "2", "author"] }],
    });
    expect((await latestOf(world, "e2")).author).toEqual({ key: "bob" });
    await verified(world);
  });

  it("keeps datasets apart", async () => {
    await addDataset(world, "other");
    const answer = await importInto(world, [exampleOf("ext-1"), exampleOf("o1", { derivedFrom: ["ext-2"] })], {
      dataset: "other",
    });
    expect(answer).toMatchObject({
      acceptedCount: 1,
      examples: [{ status: "CREATED" }],
      userErrors: [{ code: "UNKNOWN_EXAMPLE" }],
    });
    expect(await latestOf(world, "ext-2", "other")).toBeNull();
  });
});
