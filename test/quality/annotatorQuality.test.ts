// Do the numbers on annotators say what was planted in their ratings?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { METHOD_VERSION } from "../../src/quality/qualityReport.js";
import { FIELDS } from "./fields.js";
import { PEOPLE, plantedWorld, UNITS, type PlantedWorld } from "./plantedWorld.js";
import * as plain from "./recomputed.js";

let planted: PlantedWorld;
let found: Record<string, any>;
beforeAll(async () => {
  planted = await plantedWorld();
  found = await byKey(BOTH);
});
afterAll(() => planted?.house.world.stop());

const PEOPLES = `criterion: "help"`;
const BOTH = `criterion: "help", annotatorKinds: [HUMAN, MODEL]`;

async function report(args: string, fields: string, at = "head") {
  const query = `{ dataset(slug: "house") { at: ${at} { annotatorQuality(${args}) { ${fields} } } } }`;
  return (await planted.house.world.ask(query)).dataset.at.annotatorQuality;
}

async function byKey(args: string, at = "head"): Promise<Record<string, any>> {
  const { annotators } = await report(args, `annotators(first: 100) { nodes { ${FIELDS} } }`, at);
  return Object.fromEntries(annotators.nodes.map((one: any) => [one.annotator.key, one]));
}

/** Of a mean: value, n and standard error. */
function expectMean(given: any, expected: { value: number; n: number; standardError: number }): void {
  expect(given).toMatchObject({ n: expected.n, undefinedBecause: null });
  expect(given.value).toBeCloseTo(expected.value, 12);
  expect(given.standardError).toBeCloseTo(expected.standardError, 12);
  expect(given.interval.method).toBe("T_OVER_UNITS");
  expect((given.interval.low + given.interval.high) / 2).toBeCloseTo(expected.value, 12);
}

function expectHits(given: any, { hits, n }: { hits: number; n: number }): void {
  expect(given).toMatchObject({ n, interval: { method: "BETA_POSTERIOR", level: 0.95 }, shrunken: null });
  expect(given.value).toBeCloseTo(hits / n, 14);
}

describe("numbers on annotators", () => {
  it("are on everybody who rated, people and models apart", async () => {
    expect(Object.keys(found)).toEqual([...PEOPLE, "bot"].sort());
    const people = await byKey(PEOPLES);
    expect(Object.keys(people)).toEqual(PEOPLE);
    const { bot, ...others } = found;
    expect(bot.annotator.kind).toBe("MODEL");
    expect(people).toEqual(others);
  });

  it.each(["ann", "bob", "cat", "cop", "dri", "rnd", "sev", "few", "bot"])(
    "of %s are what a plain recomputation gives",
    (key) => {
      const { ratings } = planted;
      const own = found[key];
      const current = plain.inForce(ratings).filter((one) => one.annotator === key);
      const times = current.map((one) => one.occurredAt).sort();
      expect(own.volume).toEqual({
        ratings: current.length,
        units: current.length,
        sharedUnits: plain.shared(ratings, key).length,
        firstAt: times[0],
        lastAt: times.at(-1),
      });
      expectMean(own.agreementWithOthers, plain.agreementWithOthers(ratings, key));
      expectMean(own.severity, plain.severity(ratings, key));
      expect(own.correlation.value).toBeCloseTo(plain.correlation(ratings, key), 10);
      expect(own.spreadRatio.value).toBeCloseTo(plain.spreadRatio(ratings, key), 10);
      expectHits(own.agreementWithMajority, plain.majority(ratings, key));
      expectHits(own.agreementWithWeightedMajority, plain.weightedMajority(ratings, key));
      expect(own.goldAccuracy).toMatchObject(plain.gold(ratings, key));
    },
  );

  it("show who is severe, who clicks at random and who copies", () => {
    expect(found.sev.severity.interval.high).toBeLessThan(-0.8);
    const { rnd, ...others } = found;
    for (const [key, other] of Object.entries<any>(others))
      if (key !== "gld" && key !== "few")
        expect(other.agreementWithOthers.interval.low).toBeGreaterThan(rnd.agreementWithOthers.interval.high);
    expect(rnd.correlation.interval.high).toBeLessThan(others.ann!.correlation.interval.low);
    for (const number of ["agreementWithOthers", "severity", "agreementWithMajority", "correlation", "spreadRatio"])
      expect(found.cop[number]).toEqual(found.cat[number]);
    expect(found.cop.dawidSkene).toEqual(found.cat.dawidSkene);
  });

  it("judge who rated little partly by the others, and models not at all", () => {
    const { few, ann, bot } = found;
    const { value, shrunken } = few.agreementWithOthers;
    expect(shrunken.ownWeight).toBeLessThan(0.8);
    expect(shrunken.ownWeight).toBeLessThan(ann.agreementWithOthers.shrunken.ownWeight);
    const pool = (shrunken.value - shrunken.ownWeight * value) / (1 - shrunken.ownWeight);
    expect(pool).toBeGreaterThan(0.8);
    expect(pool).toBeLessThan(1);
    expect(few.severity.shrunken.interval.method).toBe("EMPIRICAL_BAYES");
    expect(ann.goldAccuracy.accuracy.shrunken.interval.method).toBe("BETA_BY_MOMENTS");
    for (const one of [bot.agreementWithOthers, bot.severity, bot.goldAccuracy.accuracy])
      expect(one.shrunken).toBeNull();
  });

  it("count gold within its tolerance, of any stratum, and give the posterior", () => {
    const { goldAccuracy, agreementWithOthers, volume } = found.gld;
    expect(goldAccuracy).toMatchObject({ hits: 6, misses: 2, mean: 0.7, accuracy: { value: 0.75, n: 8 } });
    expect(goldAccuracy.probabilityAbove75).toBeCloseTo(0.3993, 4); // R: pbeta(0.75, 7, 3, lower.tail = FALSE)
    expect(goldAccuracy.accuracy.interval.low).toBeCloseTo(0.39991, 4); // R: qbeta(0.025, 7, 3)
    expect(goldAccuracy.accuracy.interval.high).toBeCloseTo(0.92515, 4);
    expect(volume).toMatchObject({ ratings: 0, sharedUnits: 0, firstAt: null });
    expect(agreementWithOthers).toMatchObject({ value: null, undefinedBecause: "NO_RATINGS", n: 0 });
    expect(found.few.goldAccuracy).toMatchObject({ hits: 2, misses: 1 });
  });

  it("take an annotator's repeats of a unit as that unit's ratings, whichever of them count", async () => {
    expect(found.bob.intraRater).toMatchObject({ pairs: 10, contradictedPairs: 3 });
    expect(found.bob.intraRater.percentAgreement).toMatchObject({ value: 0.7, n: 10 });
    expect(found.bob.intraRater.alpha.value).toBeGreaterThan(0.7);
    expect(found.ann.intraRater).toMatchObject({ pairs: 0, percentAgreement: { undefinedBecause: "NO_REPEATS" } });
    for (const repeats of ["FIRST", "ALL"]) {
      const { bob, ann } = await byKey(`${PEOPLES}, repeats: ${repeats}`);
      expect(bob.intraRater).toEqual(found.bob.intraRater);
      expect(bob.volume).toMatchObject({ ratings: repeats === "ALL" ? 122 : 112, units: 112 });
      expect(ann.agreementWithOthers).not.toEqual(found.ann.agreementWithOthers);
    }
  });

  it("see drift in the residuals in order of time, and say where it cannot be seen", () => {
    const { dri, few, ann } = found;
    const residuals = plain.residuals(planted.ratings, "dri");
    expect(residuals).toHaveLength(UNITS);
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    const [before, recent] = [mean(residuals.slice(0, -50)), mean(residuals.slice(-50))];
    expect(dri.drift).toMatchObject({ of: "RESIDUALS", ratings: UNITS, recentCount: 50, beforeCount: UNITS - 50 });
    expect(dri.drift.recentMean).toBeCloseTo(recent, 12);
    expect(dri.drift.beforeMean).toBeCloseTo(before, 12);
    expect(dri.drift.difference.value).toBeCloseTo(recent - before, 12);
    expect(dri.drift.difference.interval).toMatchObject({ method: "WELCH_T" });
    expect(dri.drift.difference.interval.low).toBeGreaterThan(1);
    expect(dri.drift.ewmaOutsideCount).toBeGreaterThan(30);
    expect(Math.abs(ann.drift.difference.value)).toBeLessThan(0.5);
    expect(few.drift).toMatchObject({
      ratings: 3,
      recentCount: null,
      difference: { value: null, undefinedBecause: "TOO_FEW_NUMBERS", n: 3 },
      ewmaOutsideCount: null,
      ewmaUndefinedBecause: "TOO_FEW_NUMBERS",
    });
  });

  it("fit Dawid and Skene's model as a plain EM does, and a model's confusions to people's true values", async () => {
    const { model } = await report(
      PEOPLES,
      `model { undefinedBecause units classPriors { value prior } logLikelihood steps mostSteps tolerance converged }`,
    );
    expect(model).toMatchObject({
      undefinedBecause: null,
      units: UNITS,
      converged: true,
      mostSteps: 5000,
      tolerance: 1e-12,
    });
    const { priors, confusion, posteriors } = plain.dawidSkene(planted.ratings, model.steps);
    model.classPriors.forEach((one: any, k: number) => expect(one.prior).toBeCloseTo(priors[k]!, 8));
    for (const key of ["ann", "rnd", "sev", "few"]) {
      const rows = found[key].dawidSkene.confusion;
      expect(rows.map((row: any) => row.value)).toEqual([1, 2, 3, 4, 5]);
      rows.forEach((row: any, k: number) =>
        row.probabilities?.forEach((p: number, v: number) => expect(p).toBeCloseTo(confusion.get(key)![k]![v]!, 7)),
      );
      const known = rows.map((row: any, k: number) => ({ row, k })).filter(({ row }: any) => row.probabilities);
      const all = known.reduce((sum: number, { k }: any) => sum + priors[k]!, 0);
      const accuracy = known.reduce((sum: number, { row, k }: any) => sum + priors[k]! * row.probabilities[k], 0) / all;
      expect(found[key].dawidSkene.accuracy.value).toBeCloseTo(accuracy, 8);
    }
    const own = plain.inForce(planted.ratings).filter((one) => one.annotator === "bot");
    const expected = own.reduce((sum, one) => sum + (posteriors.get(one.externalId)?.[2] ?? 0), 0);
    const right = own
      .filter((one) => one.value === 3)
      .reduce((sum, one) => sum + (posteriors.get(one.externalId)?.[2] ?? 0), 0);
    const row = found.bot.dawidSkene.confusion[2];
    expect(row.expectedRatings).toBeCloseTo(expected, 6);
    expect(row.probabilities[2]).toBeCloseTo(right / expected, 6);
  });

  it("compare times among people, and leave out what was not measured", async () => {
    const { tooFastBelowSeconds } = await report(PEOPLES, "tooFastBelowSeconds");
    expect(tooFastBelowSeconds).toBeGreaterThan(3);
    expect(found.rnd.speed).toMatchObject({
      ratings: 112,
      medianSeconds: { value: 2 },
      tooFastShare: { value: 1, n: 112 },
    });
    expect(found.rnd.speed.robustZ.value).toBeLessThan(-3);
    const took = plain
      .inForce(planted.ratings)
      .filter((one) => one.annotator === "ann")
      .map((one) => one.seconds!);
    took.sort((a, b) => a - b);
    expect(found.ann.speed.medianSeconds.value).toBe((took[55]! + took[56]!) / 2);
    expect(found.ann.speed.medianSeconds.interval).toEqual({
      low: took[45], // 46th of 112: P(Binomial(112, 1/2) < 46) = 0.0236
      high: took[66],
      level: 0.95,
      method: "ORDER_STATISTICS",
    });
    for (const key of ["cop", "few", "bot"])
      expect(found[key].speed).toMatchObject({ ratings: 0, medianSeconds: { undefinedBecause: "NO_TIMES" } });
  });
});

describe("a report on annotators", () => {
  it("carries all that is needed to cite it, and is kept", async () => {
    const fields = `activity { number } population methodVersion parameters cache criterionVersion { version scale { level } }`;
    const args = `${PEOPLES}, level: 0.9, weighting: LINEAR, annotators: ["cat", "ann"]`;
    const first = await report(args, fields);
    expect(first).toMatchObject({ population: "CURRENT", methodVersion: METHOD_VERSION, cache: "MISS" });
    expect(first.criterionVersion).toEqual({ version: 1, scale: { level: "ORDINAL" } });
    expect(first.parameters).toEqual({
      criterion: "help",
      criterionVersion: 1,
      repeats: "LATEST",
      strata: ["OPEN", "RANDOM"],
      annotatorKinds: ["HUMAN"],
      annotators: ["ann", "cat"],
      filter: null,
      weighting: "LINEAR",
      level: 0.9,
    });
    const again = await report(args.replace(`["cat", "ann"]`, `["rnd"]`), fields);
    expect(again).toMatchObject({ cache: "HIT", parameters: { annotators: ["rnd"] } });
  });

  it("shows those who are asked for, in the order asked, page by page", async () => {
    const keysOf = async (args: string, page: string) => {
      const { annotators } = await report(
        args,
        `annotators(${page}) { nodes { annotator { key } } totalCount { value } pageInfo { endCursor } }`,
      );
      return { keys: annotators.nodes.map((one: any) => one.annotator.key), ...annotators };
    };
    expect((await keysOf(PEOPLES, "first: 3, order: LEAST_AGREEMENT")).keys[0]).toBe("rnd");
    expect((await keysOf(PEOPLES, "last: 1, order: LEAST_AGREEMENT")).keys).toEqual(["gld"]);
    expect((await keysOf(PEOPLES, "first: 2, order: MOST_RATINGS")).keys).toEqual(["dri", "ann"]);
    const some = `${PEOPLES}, annotators: ["sev", "ann", "bot", "nobody"]`;
    expect(await keysOf(some, "first: 9")).toMatchObject({ keys: ["ann", "sev"], totalCount: { value: 2 } });
    const page = await keysOf(PEOPLES, "first: 4");
    expect(page.keys).toEqual(PEOPLE.slice(0, 4));
    const { endCursor } = page.pageInfo;
    expect((await keysOf(PEOPLES, `first: 2, after: "${endCursor}"`)).keys).toEqual(PEOPLE.slice(4, 6));
    const elsewhere = await planted.house.world.send(
      `{ dataset(slug: "house") { head { annotatorQuality(${some}) { annotators(first: 2, after: "${endCursor}") { nodes { key: annotator { key } } } } } } }`,
    );
    expect(elsewhere.errors![0]!.message).toMatch(/cursor of another list/);
    const one = `a: annotator(key: "ann") { volume { ratings } } b: annotator(key: "bot") { volume { ratings } }`;
    expect(await report(PEOPLES, one)).toEqual({ a: { volume: { ratings: 112 } }, b: null });
  });

  it("is as of its snapshot: before repeats and gold there are none", async () => {
    const { annotatorQuality } = (
      await planted.house.world.ask(
        `{ dataset(slug: "house") { snapshot(at: { activity: 7 }) { annotatorQuality(${PEOPLES}) { activity { kind } annotator(key: "bob") { ${FIELDS} } } } } }`,
      )
    ).dataset.snapshot;
    expect(annotatorQuality.activity.kind).toBe("RATING");
    const { annotator: bob } = annotatorQuality;
    expect(bob.intraRater.pairs).toBe(0);
    expect(bob.goldAccuracy).toMatchObject({
      hits: 0,
      misses: 0,
      mean: null,
      accuracy: { undefinedBecause: "NO_GOLD" },
    });
    expect(bob.volume.ratings).toBe(112);
  });

  it("refuses what cannot be asked", async () => {
    const refusal = async (args: string) => {
      const { errors } = await planted.house.world.send(
        `{ dataset(slug: "house") { head { annotatorQuality(${args}) { cache } } } }`,
      );
      expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
      return errors![0]!.message;
    };
    expect(await refusal(`criterion: "hlep"`)).toMatch(/"hlep" does not exist/);
    expect(await refusal(`${PEOPLES}, level: 1`)).toMatch(/level 1 is not taken; use 0.5 to 0.999/);
    expect(await refusal(`${PEOPLES}, annotators: []`)).toMatch(/annotators is empty/);
  });

  it("stays as it was when gold is taken back, which only later snapshots know", async () => {
    const { activity } = await report(PEOPLES, "activity { number }");
    const items = [{ externalId: "x000", criterion: "help" }];
    await planted.house.call("retractGoldValues", "RetractGoldValuesInput", { mode: "ATOMIC", items });
    const now = await byKey(BOTH);
    expect(now.gld.goldAccuracy).toMatchObject({ hits: 5, misses: 2 });
    const { gld, ...others } = await byKey(BOTH, `snapshot(at: { activity: ${activity.number} })`);
    expect({ gld, ...others }).toEqual(found);
  });
});
