import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRatedWorld, type RatedWorld } from "./ratedWorld.js";

const example = fc.constantFrom("e1", "e2", "e3", "e4");
const value = fc.oneof(
  fc.record({ criterion: fc.constant("good"), value: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ criterion: fc.constant("fit"), value: fc.constantFrom("yes", "no") }),
  fc.record({ criterion: fc.constant("time"), value: fc.constantFrom(0.1, 0.2, 0.3, 1e-9, 333.3) }),
);
const rating = fc
  .tuple(
    value,
    fc.record({
      externalId: example,
      annotator: fc.constantFrom("ada", "ben", "cyd", "robo"),
      stratum: fc.constantFrom("OPEN", "OPEN", "RANDOM", "ADAPTIVE", "GOLD"),
    }),
  )
  .map(([what, who]) => ({ ...what, ...who }));
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ ratings: fc.array(rating, { minLength: 1, maxLength: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ decide: example, verdict: fc.constantFrom("WITHDRAW", "ACCEPT", "REJECT") }) },
  { weight: 2, arbitrary: fc.record({ revise: example, response: fc.integer({ min: 0, max: 1000 }) }) },
  { weight: 1, arbitrary: fc.record({ oldVersion: fc.nat({ max: 30 }), value: fc.integer({ min: 1, max: 5 }) }) },
);

describe("what is kept per unit", () => {
  let world: RatedWorld;
  const versions: string[] = [];
  beforeAll(async () => {
    world = await startRatedWorld();
    versions.push(...(await world.importExamples(["e1", "e2", "e3", "e4"], "First.")));
  });
  afterAll(() => world.stop());

  const take = async (one: any): Promise<void> => {
    if (one.ratings) await world.rate(one.ratings);
    else if (one.decide) await world.decide(one.decide, one.verdict);
    else if (one.revise) versions.push(...(await world.importExamples([one.revise], `Answer ${one.response}.`)));
    else {
      const exampleVersionId = versions[one.oldVersion % versions.length];
      await world.rate([{ exampleVersionId, criterion: "good", annotator: "ada", value: one.value }]);
    }
  };

  it("equals what the facts give, bit for bit, after any history of ratings, repeats, strata, models, revisions and withdrawals", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        for (const one of steps) await take(one);
        const before = await world.kept();
        await world.rebuild();
        expect(await world.kept()).toEqual(before);
      }),
      { numRuns: 30 },
    );
    expect((await world.kept()).length).toBeGreaterThan(10);
    expect(await world.verified()).toBe(true);
  });

  it("counts no model, no stratum but OPEN and RANDOM, and nothing of a version that is not current", async () => {
    await world.importExamples(["fresh"]);
    const good = (annotator: string, stratum: string) => ({
      externalId: "fresh",
      criterion: "good",
      annotator,
      value: 5,
      stratum,
    });
    const counts = async () =>
      (
        await world.db.rowsOnce<{ counts: string }>(
          `select encode(t.counts, 'hex') as counts from tallies t join example_versions v using (dataset_id, example_version)
         join examples x using (dataset_id, example) where x.external_id = 'fresh'`,
        )
      )[0]?.counts;
    await world.rate([good("robo", "OPEN"), good("ben", "GOLD")]);
    expect(await counts()).toBeUndefined();
    await world.rate([good("ada", "OPEN"), good("ben", "RANDOM")]);
    expect(await counts()).toBe("00000000000000000002");
    await world.rate([good("ada", "CALIBRATION"), good("ben", "GOLD")]);
    expect(await counts()).toBeUndefined();
    const before = await world.kept();
    await world.rebuild();
    expect(await world.kept()).toEqual(before);
  });

  it("refuses a count that two bytes do not hold", async () => {
    await world.importExamples(["full"]);
    await world.rate([{ externalId: "full", criterion: "good", annotator: "ada", value: 5 }]);
    await world.db.rowsOnce(`update tallies t set n = 65535, counts = '\\x0000000000000000ffff' from example_versions v
      join examples x using (dataset_id, example) where v.example_version = t.example_version and x.external_id = 'full'`);
    const payload = await world.rate([{ externalId: "full", criterion: "good", annotator: "ben", value: 5 }]);
    expect(payload).toMatchObject({ activity: null, userErrors: [{ code: "TOO_MANY_ITEMS" }] });
    await world.rebuild();
  });
});
