import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDecidedWorld, type DecidedWorld } from "./decidedWorld.js";

describe("deciding in bulk", () => {
  let world: DecidedWorld;
  beforeAll(async () => {
    world = await startDecidedWorld();
    await world.importExamples(1000);
  });
  afterAll(() => world.stop());
  const DECIDE = `mutation ($input: DecideExamplesInput!) { decideExamples(input: $input) { acceptedCount unchangedCount userErrors { message } } }`;
  const statements = async (decisions: object[]): Promise<number> => {
    const before = world.db.statementCount;
    const { decideExamples } = await world.ask(DECIDE, { input: { dataset: "house", decisions } });
    expect(decideExamples).toMatchObject({ acceptedCount: decisions.length, userErrors: [] });
    return world.db.statementCount - before;
  };
  const decisions = (count: number, reason: string) =>
    Array.from({ length: count }, (_, i) => ({
      externalId: `e${(i % 1000) + 1}`,
      verdict: i % 2 < 1 ? "ACCEPT" : "WITHDRAW",
      reason: `${reason}, item ${i}`,
      clauses: ["style@1#1", "style@1#2.1"],
      clientRef: `row ${i}`,
    }));

  it("takes 5,000 in one call, in as many statements as one", async () => {
    const many = await statements(decisions(5000, "First pass"));
    const one = await statements(decisions(1, "Second thought"));
    expect(many).toBeLessThanOrEqual(one + 2); // signing in is remembered, but not for ever
    expect(await world.members("ACCEPTED")).toHaveLength(100);
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { head { exampleCount } verifyLog { verified rowCount } } }`,
    );
    expect(dataset).toMatchObject({ head: { exampleCount: 500 }, verifyLog: { verified: true } });
    expect(dataset.verifyLog.rowCount).toBeGreaterThan(15_000);
  });
});
