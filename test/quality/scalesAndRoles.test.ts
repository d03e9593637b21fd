// What is said of annotators on scales without numbers or categories, who may see it, and can it be computed as a job?
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { agreementWorld, type AgreementWorld, type GivenRating } from "../agreement/agreementWorld.js";
import { makePrincipal } from "../support/people.js";
import { FIELDS } from "./fields.js";

let house: AgreementWorld;
beforeAll(async () => {
  house = await agreementWorld();
  await house.registerSources(["people"]);
  const places = Array.from({ length: 90 }, (_, i) => i);
  await house.publish("1.0", [
    { key: "tone", level: "NOMINAL", categories: ["warm", "cold", "neither"] },
    { key: "grade", level: "ORDINAL", categories: ["poor", "fair", "good"] },
    { key: "score", level: "INTERVAL", categories: null },
    { key: "wide", level: "ORDINAL", categories: Array.from({ length: 200 }, (_, i) => i) },
    { key: "empty", level: "NOMINAL", categories: ["yes", "no"] },
  ]);
  await house.importExamples(
    places.map((i) => ({ externalId: `x${i}` })),
    "people",
  );
  await house.call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators: [{ key: "bot", kind: "MODEL" }] });
  const say = (annotator: string, i: number, value: string | number): GivenRating => ({
    externalId: `x${i}`,
    annotator,
    value,
  });
  await house.rate(
    "tone",
    places.flatMap((i) => [
      say("ann", i, "warm"),
      say("bob", i, i < 45 ? "warm" : "cold"),
      say("cat", i, i % 3 === 0 ? "neither" : "warm"),
    ]),
  );
  await house.rate("grade", [
    say("ann", 0, "poor"),
    say("bob", 0, "good"),
    say("ann", 1, "fair"),
    say("bob", 1, "good"),
  ]);
  await house.rate(
    "score",
    places.flatMap((i) => [
      say("ann", i, i / 10),
      say("bob", i, i / 10 + 0.5),
      ...(i < 4 ? [say("cat", i, i / 10)] : []),
      ...(i < 3 ? [say("bot", i, i / 10 + 3)] : []),
    ]),
  );
  const many = Array.from({ length: 30 }, (_, a) => say(`m${a}`, a % 4, (a * 7) % 200));
  await house.rate("wide", many);
});
afterAll(() => house?.world.stop());

async function byKey(args: string): Promise<Record<string, any>> {
  const { dataset } = await house.world.ask(
    `{ dataset(slug: "house") { head { annotatorQuality(${args}) { model { undefinedBecause } tooFastBelowSeconds annotators(first: 50) { nodes { ${FIELDS} } } } } } }`,
  );
  const { annotators, ...rest } = dataset.head.annotatorQuality;
  return { ...rest, ...Object.fromEntries(annotators.nodes.map((one: any) => [one.annotator.key, one])) };
}

describe("on other scales", () => {
  it("labels without order have no severity; drift is looked for in the shares of others that agree", async () => {
    const { ann, bob } = await byKey(`criterion: "tone"`);
    for (const number of ["severity", "spreadRatio", "correlation"])
      expect(ann[number]).toMatchObject({ value: null, undefinedBecause: "VALUES_NOT_NUMERIC", interval: null });
    expect(ann.agreementWithOthers.value).toBeCloseTo((0.5 + 2 / 3) / 2, 12);
    expect(ann.agreementWithMajority.value).toBe(1);
    expect(bob.drift).toMatchObject({ of: "SHARES_OF_OTHERS", ratings: 90, recentCount: 50 });
    expect(bob.drift.recentMean).toBeCloseTo(4.5 / 50, 12);
    expect(bob.drift.beforeMean).toBeCloseTo((1 + 2 / 3) / 2, 1);
    expect(bob.drift.difference.interval.high).toBeLessThan(0);
  });

  it("ordered labels count as their places", async () => {
    const { ann, bob } = await byKey(`criterion: "grade"`);
    expect([ann.severity.value, bob.severity.value]).toEqual([-1.5, 1.5]);
    expect(ann.agreementWithOthers.value).toBeCloseTo((0 + 0.75) / 2, 12);
    const unweighted = await byKey(`criterion: "grade", weighting: UNWEIGHTED`);
    expect(unweighted.ann.agreementWithOthers.value).toBe(0);
  });

  it("numbers without categories have no votes and confusions; a model is weighed on the same scale as people", async () => {
    const { ann, bot, model } = await byKey(`criterion: "score", annotatorKinds: [HUMAN, MODEL]`);
    expect(ann.severity.value).toBeCloseTo(-0.5 + (4 / 90) * 0.25, 12);
    expect(ann.correlation.value).toBeGreaterThan(0.99);
    expect(bot.severity.value).toBeCloseTo(3 - 0.5 / 3, 12);
    // The scale is what was said by people and the model: 0 to 9.4. Of x0 the people said 0, 0.5 and 0.
    const share = (i: number) => [0, 0.5, 0].map((more) => 1 - ((i / 10 + 3 - i / 10 - more) / 9.4) ** 2);
    const mean = share(0).reduce((sum, one) => sum + one, 0) / 3;
    expect(bot.agreementWithOthers.value).toBeCloseTo(mean, 12);
    for (const one of [ann.agreementWithMajority, bot.agreementWithWeightedMajority, ann.dawidSkene.accuracy])
      expect(one).toMatchObject({ value: null, undefinedBecause: "CATEGORIES_NOT_DECLARED" });
    expect(model.undefinedBecause).toBe("CATEGORIES_NOT_DECLARED");
    expect(ann.dawidSkene.confusion).toEqual([]);
  });

  it("so many categories that nobody can read the confusions have none", async () => {
    const { m0, model } = await byKey(`criterion: "wide"`);
    expect(model.undefinedBecause).toBe("TOO_MANY_VALUES");
    expect(m0.dawidSkene.accuracy.undefinedBecause).toBe("TOO_MANY_VALUES");
    expect(m0.agreementWithOthers.value).not.toBeNull();
  });

  it("without ratings there is nobody", async () => {
    expect(await byKey(`criterion: "empty"`)).toEqual({
      model: { undefinedBecause: "NO_RATINGS" },
      tooFastBelowSeconds: null,
    });
  });
});

const QUALITY = `{ dataset(slug: "house") { head { annotatorQuality(criterion: "tone") { cache } } } }`;

describe("who may see it", () => {
  it("is those with quality:read: no viewer, and no annotator, not even their own", async () => {
    const codes: Record<string, string | null> = {};
    for (const role of ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"] as const) {
      const token = await makePrincipal(house.world, `a-${role}`, { house: role });
      const { errors } = await house.world.send(QUALITY, {}, token);
      codes[role] = errors?.[0]?.extensions.code ?? null;
    }
    expect(codes).toMatchObject({ VIEWER: "FORBIDDEN", ANNOTATOR: "FORBIDDEN", REVIEWER: null, OWNER: null });
  });
});

describe("as a job", () => {
  it("is computed apart from the request, and then answers at once", async () => {
    const question = `{ criterion: "score", repeats: ALL }`;
    const { computeAnnotatorQuality: started } = await house.world.ask(
      `mutation { computeAnnotatorQuality(input: { dataset: "house", question: ${question} }) { job { id number kind } userErrors { code } } }`,
    );
    expect(started).toMatchObject({ userErrors: [], job: { kind: "ANNOTATOR_QUALITY" } });
    await vi.waitFor(
      async () => {
        const { node } = await house.world.ask(`{ node(id: "${started.job.id}") { ... on Job { state } } }`);
        expect(node.state).toBe("DONE");
      },
      { timeout: 20_000, interval: 100 },
    );
    const { dataset } = await house.world.ask(
      `{ dataset(slug: "house") { head { annotatorQuality(criterion: "score", repeats: ALL) { cache } } } }`,
    );
    expect(dataset.head.annotatorQuality.cache).toBe("HIT");
    const viewer = await makePrincipal(house.world, "starter", { house: "VIEWER" });
    const refused = await house.world.send(
      `mutation { computeAnnotatorQuality(input: { dataset: "house", question: ${question} }) { job { id } } }`,
      {},
      viewer,
    );
    expect(refused.errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});
