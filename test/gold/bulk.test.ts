import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLD, startGoldWorld, type GoldWorld } from "./goldWorld.js";

describe("gold values in bulk", () => {
  let world: GoldWorld;
  beforeAll(async () => {
    world = await startGoldWorld();
    await world.importExamples(1_000);
  });
  afterAll(() => world.stop());

  /** How many statements a document sends. */
  const statements = async (query: string, variables: object): Promise<number> => {
    const before = world.db.statementCount;
    await world.ask(query, variables as Record<string, unknown>);
    return world.db.statementCount - before;
  };
  const SET = `mutation ($input: SetGoldValuesInput!) { setGoldValues(input: $input) { acceptedCount userErrors { message } } }`;
  const RETRACT = `mutation ($input: RetractGoldValuesInput!) { retractGoldValues(input: $input) { acceptedCount userErrors { message } } }`;
  const input = (count: number, value: number) => {
    const goldValues = Array.from({ length: count }, (_, i) => ({
      externalId: `e${(i % 1_000) + 1}`,
      criterion: ["helpfulness", "minutes"][Math.floor(i / 1_000)],
      value,
      rationale: `Reason ${i} for ${value}.`,
    }));
    return { input: { dataset: "house", goldValues } };
  };

  it("are set and taken back in as many statements as one", async () => {
    const one = await statements(SET, input(1, 1));
    expect(await statements(SET, input(2_000, 3))).toBeLessThanOrEqual(one + 2); // signing in is remembered, not for ever
    expect(await statements(SET, input(2_000, 4))).toBeLessThanOrEqual(one + 3); // and one that supersedes
    const back = input(2_000, 4).input.goldValues.map(({ externalId, criterion }) => ({ externalId, criterion }));
    expect(await statements(RETRACT, { input: { dataset: "house", items: back.slice(1_000) } })).toBeLessThanOrEqual(
      one + 3,
    );
    expect(await world.verified()).toBe(true);
  });

  it("are read in as many statements for a page as for one, page after page", async () => {
    const LIST = `query ($first: Int!, $after: String) { dataset(slug: "house") { goldValues(first: $first, after: $after) {
      nodes { ${GOLD} } pageInfo { hasNextPage endCursor } totalCount { value } } } }`;
    expect(await statements(LIST, { first: 100 })).toBeLessThanOrEqual((await statements(LIST, { first: 1 })) + 2);
    const OF_VERSIONS = `query ($first: Int!) { dataset(slug: "house") { head { examples(first: $first) { nodes { goldValues { ${GOLD} } old: goldValues(all: true) { value } } } } } }`;
    expect(await statements(OF_VERSIONS, { first: 50 })).toBeLessThanOrEqual(
      (await statements(OF_VERSIONS, { first: 1 })) + 2,
    );
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const { goldValues }: any = (await world.ask(LIST, { first: 100, after })).dataset;
      expect(goldValues.totalCount.value).toBe(1_000);
      found.push(...goldValues.nodes.map((one: any) => one.exampleVersion.example.externalId));
      if (!goldValues.pageInfo.hasNextPage) break;
      after = goldValues.pageInfo.endCursor;
    }
    expect(found).toEqual(Array.from({ length: 1_000 }, (_, i) => `e${i + 1}`));
    const backwards = await world.ask(
      `{ dataset(slug: "house") { goldValues(last: 1) { nodes { exampleVersion { example { externalId } } } } } }`,
    );
    expect(backwards.dataset.goldValues.nodes).toEqual([{ exampleVersion: { example: { externalId: "e1000" } } }]);
  });
});
