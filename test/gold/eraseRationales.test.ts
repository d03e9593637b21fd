import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGoldWorld, type GoldWorld } from "./goldWorld.js";

describe("erasing an example that has gold values", () => {
  let world: GoldWorld;
  let versions: string[];
  beforeAll(async () => {
    world = await startGoldWorld();
    versions = await world.importExamples(3);
  });
  afterAll(() => world.stop());

  it("takes the rationales with it, of all its versions, replaced and taken back or not, and no others", async () => {
    const set = ["e1", "e2"].map((externalId) => ({
      externalId,
      criterion: "helpfulness",
      value: 4,
      rationale: `Ada of ${externalId} wrote this.`,
    }));
    await world.set(set, { requestKey: "gold-set-1" });
    await world.set([{ ...set[0]!, value: 5, rationale: "Ada of e1 wrote this, too." }]);
    await world.importExamples(1, "Another answer.");
    await world.set([
      { ...set[0]!, value: 3, rationale: "The new one." },
      { externalId: "e1", criterion: "tone", value: "warm" },
    ]);
    await world.retract([{ externalId: "e1", criterion: "helpfulness" }]);
    const { eraseExample } = await world.ask(
      `mutation { eraseExample(input: { dataset: "house", externalId: "e1", reason: "Asked to." }) { erasedCount userErrors { message } } }`,
    );
    // Two versions, three rationales, the digest of the request with a key.
    expect(eraseExample).toEqual({ erasedCount: 6, userErrors: [] });
    const { dataset } = await world.ask(`{ dataset(slug: "house") {
      e1: example(externalId: "e1") { versions(first: 5) { nodes { erased goldValues(all: true) { value rationale } } } }
      e2: example(externalId: "e2") { latest { goldValues { rationale } } } } }`);
    expect(dataset.e1.versions.nodes).toEqual([
      {
        erased: true,
        goldValues: [
          { value: 5, rationale: null },
          { value: 4, rationale: null },
        ],
      },
      {
        erased: true,
        goldValues: [
          { value: "warm", rationale: null },
          { value: 3, rationale: null },
        ],
      },
    ]);
    expect(dataset.e2.latest.goldValues).toEqual([{ rationale: "Ada of e2 wrote this." }]);
    const texts = await world.db.rowsOnce<{ text: string }>(`select text from contents where text like '%Ada of e1%'`);
    expect(texts).toEqual([]);
    expect(await world.verified()).toBe(true);
    expect(await world.set(set, { requestKey: "gold-set-1" })).toMatchObject({ replayed: true, acceptedCount: 2 });
  });

  it("leaves its gold values to be taken back, and takes no more of them", async () => {
    const answer = await world.set([
      { externalId: "e1", criterion: "tone", value: "cold" },
      { exampleVersionId: versions[0], criterion: "tone", value: "cold" },
    ]);
    expect(answer.userErrors).toMatchObject([
      { code: "CONTENT_ERASED", path: ["goldValues", "0", "externalId"] },
      { code: "CONTENT_ERASED", path: ["goldValues", "1", "exampleVersionId"] },
    ]);
    expect(answer.userErrors[0].message).toBe("the text of e1 was erased; nobody rates it any more, so leave it out");
    const back = await world.retract([{ externalId: "e1", criterion: "tone" }]);
    expect(back).toMatchObject({ acceptedCount: 1, goldValues: [{ value: "warm" }] });
    expect(await world.verified()).toBe(true);
  });
});
