import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDecidedWorld, type DecidedWorld } from "./decidedWorld.js";

describe("erasing an example that was decided on", () => {
  let world: DecidedWorld;
  beforeAll(async () => {
    world = await startDecidedWorld();
    await world.importExamples(2);
  });
  afterAll(() => world.stop());

  it("takes the reasons with it, of all its versions and decisions, and no others", async () => {
    const reasons = ["e1", "e2"].map((externalId) => ({
      externalId,
      verdict: "REJECT",
      reason: `Ada of ${externalId} wrote this.`,
    }));
    await world.decide(reasons, { requestKey: "decide-1" });
    await world.importExamples(1, "Another version.");
    await world.decide([{ externalId: "e1", verdict: "ACCEPT", reason: "Better." }]);
    await world.decide([{ externalId: "e1", verdict: "ACCEPT" }]);
    const { eraseExample } = await world.ask(
      `mutation { eraseExample(input: { dataset: "house", externalId: "e1", reason: "Asked to." }) { erasedCount userErrors { message } } }`,
    );
    expect(eraseExample).toEqual({ erasedCount: 5, userErrors: [] });
    const { dataset } = await world.ask(`{ dataset(slug: "house") { verifyLog { verified }
      e1: example(externalId: "e1") { versions(first: 5) { nodes { erased decisions { verdict reason } } } }
      e2: example(externalId: "e2") { latest { decision { reason } } } } }`);
    expect(dataset.verifyLog.verified).toBe(true);
    expect(dataset.e1.versions.nodes).toEqual([
      { erased: true, decisions: [{ verdict: "REJECT", reason: null }] },
      {
        erased: true,
        decisions: [
          { verdict: "ACCEPT", reason: null },
          { verdict: "ACCEPT", reason: null },
        ],
      },
    ]);
    expect(dataset.e2.latest.decision.reason).toBe("Ada of e2 wrote this.");
    expect(await world.decide(reasons, { requestKey: "decide-1" })).toMatchObject({ replayed: true, acceptedCount: 2 });
  });
});
