import "reflect-metadata";
import { describe, expect, it } from "vitest";
import { checkImport, type ImportFacts, type ImportRules } from "../../src/examples/checkImport.js";
import { contentOf, type Content } from "../../src/examples/exampleContent.js";
import type { KnownVersion } from "../../src/examples/importFacts.js";
import { prepareImport, type ImportItem } from "../../src/examples/prepareImport.js";

const item = (externalId: string, more: Partial<ImportItem> = {}): ImportItem => ({
  externalId,
  source: "web",
  prompt: "p",
  response: "r",
  ...more,
});
const known = (externalId: string, more: Partial<KnownVersion> = {}): KnownVersion => ({
  externalId,
  example: 1,
  exampleVersion: 10,
  version: 2,
  source: 7,
  author: null,
  batch: null,
  language: null,
  labels: [],
  hash: (contentOf({ prompt: "p", response: "r" }) as Content).hash.toString("hex"),
  ...more,
});
const facts = (...latest: KnownVersion[]): ImportFacts => ({
  sources: new Map([
    ["web", 7],
    ["book", 8],
  ]),
  batches: new Map([["pilot", 3]]),
  annotators: new Map([["ada", 5]]),
  latest: new Map(latest.map((version) => [version.externalId, version])),
});
const check = async (items: ImportItem[], given: ImportFacts, rules: Partial<ImportRules> = {}) =>
  checkImport(await prepareImport(items, {}), given, { onConflict: "REFUSE", enrol: false, ...rules });

describe("checking an import", () => {
  it("takes what is new, and leaves what is the same", async () => {
    const { taken, unchanged, problems } = await check([item("new"), item("old")], facts(known("old")));
    expect([taken.map((one) => one.item.externalId), unchanged, problems]).toEqual([["new"], 1, []]);
  });

  it("says in what an example differs, and adds a version only where that is asked", async () => {
    const differing: Array<[string, Partial<ImportItem>]> = [
      ["content", { response: "other" }],
      ["content", { attributes: { a: 1 } }],
      ["source", { source: "book" }],
      ["author", { author: "ada" }],
      ["language", { language: "en" }],
      ["labels", { labels: [{ dimension: "d", value: "v", method: "SOURCE" }] }],
    ];
    for (const [what, more] of differing) {
      const { problems } = await check([item("old", more)], facts(known("old")));
      expect(problems).toMatchObject([{ code: "CONTENT_CONFLICT", path: ["examples", "0", "externalId"] }]);
      expect(problems[0]!.message).toContain(`other ${what};`);
      const { taken } = await check([item("old", more)], facts(known("old")), { onConflict: "NEW_VERSION" });
      expect(taken[0]!.known!.exampleVersion).toBe(10);
    }
  });

  it("does not take another batch, or labels of other dimensions, for another content", async () => {
    const standing = known("old", {
      labels: [{ label: 1, dimension: "e", value: "w", method: "HUMAN", confidence: null }],
    });
    expect(await check([item("old", { batch: "pilot" })], facts(standing))).toMatchObject({
      unchanged: 1,
      problems: [],
    });
  });

  it("derives from earlier items of the batch first, then from what is known", async () => {
    const items = [item("old", { response: "new" }), item("child", { derivedFrom: ["old", "other"] })];
    const { taken } = await check(items, facts(known("old"), known("other", { exampleVersion: 20 })), {
      onConflict: "NEW_VERSION",
    });
    expect(taken[1]!.parents).toEqual([taken[0], 20]);
    const unchanged = await check([item("old"), item("child", { derivedFrom: ["old"] })], facts(known("old")));
    expect(unchanged.taken[0]!.parents).toEqual([10]);
  });

  it("does not derive from an item that was refused", async () => {
    const { taken, problems } = await check(
      [item("a", { source: "nowhere" }), item("b", { derivedFrom: ["a"] })],
      facts(),
    );
    expect([taken.length, problems.map((problem) => problem.code)]).toEqual([0, ["UNKNOWN_SOURCE", "UNKNOWN_EXAMPLE"]]);
  });

  it("refuses erased examples under both rules", async () => {
    for (const onConflict of ["REFUSE", "NEW_VERSION"] as const) {
      const { problems } = await check([item("old")], facts(known("old", { hash: null })), { onConflict });
      expect(problems[0]!.code).toBe("CONTENT_ERASED");
    }
  });

  it("fills in the defaults where an item does not say", async () => {
    const [prepared] = await prepareImport([{ externalId: "x", prompt: "p", response: "r", language: "de" }], {
      source: "web",
      language: "en",
      author: "ada",
    });
    expect(prepared).toMatchObject({ source: "web", language: "de", author: "ada", batch: null });
  });
});
