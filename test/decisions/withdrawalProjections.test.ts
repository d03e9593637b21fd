import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rebuildProjections } from "../../src/ratings/rebuildProjections.js";
import { startDecidedWorld, type DecidedWorld } from "./decidedWorld.js";

/** Numbers from 0 to below n, the same for every run. */
function picker(seed: number): (n: number) => number {
  let state = seed;
  return (n) => ((state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) >>> 8) % n;
}

describe("what is kept per unit, as examples are withdrawn and brought back", () => {
  let world: DecidedWorld;
  beforeAll(async () => {
    world = await startDecidedWorld();
    await world.importExamples(4);
    await world.ask(`mutation {
      publishCriteria(input: { dataset: "house", criteria: [
        { key: "good", question: "Good?", level: ORDINAL, categories: [1, 2, 3] }, { key: "time", question: "Seconds?", level: RATIO }] }) { userErrors { message } }
      publishGuideline(input: { dataset: "house", key: "rating", version: "1", title: "Rating", criteria: ["good", "time"], clauses: [] }) { userErrors { message } }
      enrolAnnotators(input: { dataset: "house", annotators: [{ key: "wren" }, { key: "lark" }] }) { userErrors { message } }
    }`);
  });
  afterAll(() => world.stop());

  const kept = () =>
    world.db.rowsOnce(
      `select 'tally' as kept, criterion_version as c, example_version as id, encode(counts, 'hex') as counts, n, sum from tallies where dataset_id = 1
       union all select 'histogram', criterion_version, null, encode(counts, 'hex'), units, null from histogram where dataset_id = 1
       union all select 'rater', criterion_version, annotator, null, ratings, null from rater_tallies where dataset_id = 1
       order by 1, 2, 3, 4`,
    );
  const rate = (ratings: object[]) =>
    world.ask(
      `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount userErrors { code message } } }`,
      { input: { dataset: "house", guidelineVersion: "rating@1", ratings } },
    );

  it("is what the facts alone would give", async () => {
    const pick = picker(20261122);
    const one = <T>(list: readonly T[]): T => list[pick(list.length)]!;
    const example = () => `e${1 + pick(4)}`;
    const verdict = () => one(["ACCEPT", "WITHDRAW", "WITHDRAW", "NEEDS_WORK"]);
    for (let round = 0; round < 60; round++) {
      const kind = pick(8);
      if (kind < 4) {
        const criterion = one(["good", "time"]);
        await rate([{ externalId: example(), criterion, annotator: one(["wren", "lark"]), value: 1 + pick(3) }]);
      } else if (kind < 7)
        await world.decide([
          { externalId: example(), verdict: verdict() },
          { externalId: example(), verdict: verdict() },
        ]);
      else await world.importExamples(1 + pick(4), `Answer ${round}.`);
      if (round % 10 === 9) {
        const before = await kept();
        await world.db.inTransaction((tx) => rebuildProjections(tx, 1));
        expect(await kept()).toEqual(before);
      }
    }
    expect((await kept()).length).toBeGreaterThan(5);
  });
});
