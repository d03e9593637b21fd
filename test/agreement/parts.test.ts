// Pairs, confusions, disagreements, trends and plans: are they what the pure functions give of the same ratings?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cohenKappa } from "../../src/statistics/cohenKappa.js";
import { planRatings, jackknifeError } from "../../src/statistics/planRatings.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { randomNumbers } from "../statistics/sampleRatings.js";
import { agreementWorld, type AgreementWorld } from "./agreementWorld.js";

const CATEGORIES = [1, 2, 3, 4, 5];
const PEOPLE = ["ann", "bob", "cyd"];
const random = randomNumbers(11);
const UNITS = 90;
/** People around a truth, cyd by guessing now and then; a model that is one too kind; dan rates nothing with others. */
const RATINGS: Rating[] = Array.from({ length: UNITS }, (_, i) => {
  const truth = 1 + Math.floor(random() * 5);
  const near = (by: number) => Math.min(5, Math.max(1, truth + by));
  const rated = PEOPLE.filter(() => random() < 0.8).map((rater) => ({
    unit: `x${i}`,
    rater,
    value: rater === "cyd" && random() < 0.5 ? 1 + Math.floor(random() * 5) : near(Math.floor(random() * 3) - 1),
  }));
  return [...rated, { unit: `x${i}`, rater: "robot", value: near(1) }];
}).flat();
const HUMAN = RATINGS.filter(({ rater }) => rater !== "robot");
const patterns = (ratings: Rating[]) => patternsOfRatings(ratings, { categories: CATEGORIES });

let house: AgreementWorld;
beforeAll(async () => {
  house = await agreementWorld();
  await house.registerSources(["people"]);
  await house.publish("1.0", [{ key: "help", level: "ORDINAL", categories: CATEGORIES }]);
  const annotators = [...PEOPLE, "robot"].map((key) => ({ key, kind: key === "robot" ? "MODEL" : "HUMAN" }));
  await house.call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators });
  const units = Array.from({ length: UNITS }, (_, i) => ({ externalId: `x${i}` }));
  await house.importExamples(units, "people");
  const rows = RATINGS.map(({ unit, rater, value }) => ({ externalId: `${unit}`, annotator: `${rater}`, value }));
  await house.rate("help", rows.slice(0, 150));
  await house.rate("help", rows.slice(150));
});
afterAll(() => house?.world.stop());

describe("pairs of annotators", () => {
  const ask = async (args: string, fields: string, weighting = "") =>
    (await house.agreement(args, `pairs${weighting} { weighting ${fields} }`)).pairs;

  it("have Cohen's kappa with its error over the units that both rated", async () => {
    const { list, weighting } = await ask(
      `criterion: "help"`,
      `list(first: 10) { nodes { firstAnnotator secondAnnotator unitCount percentAgreement kappa standardError interval { low high method } } }`,
    );
    expect(weighting).toBe("QUADRATIC");
    expect(list.nodes).toHaveLength(3);
    for (const pair of list.nodes) {
      const two = [pair.firstAnnotator, pair.secondAnnotator];
      const matrix = raterMatrix(
        HUMAN.filter(({ rater }) => two.includes(rater)),
        { categories: CATEGORIES },
      );
      const found = cohenKappa(matrix, "QUADRATIC");
      const both = HUMAN.filter(
        ({ rater, unit }) => rater === two[0] && HUMAN.some((o) => o.rater === two[1] && o.unit === unit),
      );
      expect(pair.unitCount).toBe(both.length);
      expect(pair.kappa).toBeCloseTo((found as { value: number }).value, 12);
      expect(pair.standardError).toBeCloseTo(found.standardError!, 12);
      expect(pair.interval).toMatchObject({ method: "FLEISS_COHEN_EVERITT_NORMAL" });
    }
    const kappas = list.nodes.map(({ kappa }: any) => kappa);
    expect(kappas).toEqual([...kappas].sort((a, b) => a - b));
  });

  it("stand in a square, symmetric, with nothing on the diagonal", async () => {
    const { matrix, weighting } = await ask(
      `criterion: "help"`,
      `matrix { annotators kappa unitCounts }`,
      "(weighting: UNWEIGHTED)",
    );
    expect(weighting).toBe("UNWEIGHTED");
    expect(matrix.annotators).toEqual(PEOPLE);
    matrix.kappa.forEach((row: number[], i: number) =>
      row.forEach((kappa, j) => expect(kappa).toBe(i === j ? null : matrix.kappa[j][i])),
    );
    expect(matrix.unitCounts[0][0]).toBe(0);
  });

  it("hold models against people", async () => {
    const both = `criterion: "help", annotatorKinds: [HUMAN, MODEL]`;
    const { summaries, list } = await ask(
      both,
      `summaries { between pairCount unitCount meanKappa meanPercentAgreement }
       list(first: 10, between: HUMAN_MODEL, leastUnits: 2) { nodes { firstAnnotator secondAnnotator between unitCount kappa } totalCount { value } }`,
    );
    expect(summaries.map(({ between, pairCount }: any) => [between, pairCount])).toEqual([
      ["HUMAN_HUMAN", 3],
      ["HUMAN_MODEL", 3],
    ]);
    expect(list.totalCount.value).toBe(3);
    expect(list.nodes.every(({ secondAnnotator }: any) => secondAnnotator === "robot")).toBe(true);
    const units = list.nodes.reduce((sum: number, pair: any) => sum + pair.unitCount, 0);
    const mean = list.nodes.reduce((sum: number, pair: any) => sum + (pair.unitCount / units) * pair.kappa, 0);
    expect(summaries[1]).toMatchObject({ unitCount: units, meanKappa: expect.closeTo(mean, 12) });
  });

  it("are listed page by page, and a cursor of another list is refused", async () => {
    const page = (more: string) =>
      ask(
        `criterion: "help"`,
        `list(${more}) { edges { cursor node { kappa } } pageInfo { hasNextPage hasPreviousPage } }`,
      );
    const first = (await page("first: 2")).list;
    const rest = (await page(`first: 2, after: "${first.edges[1].cursor}"`)).list;
    expect([first.edges.length, rest.edges.length]).toEqual([2, 1]);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
    const last = (await page("last: 1")).list;
    expect(last.edges).toEqual(rest.edges);
    await expect(page(`first: 2, leastUnits: 5, after: "${first.edges[1].cursor}"`)).rejects.toThrow(/another list/);
  });
});

describe("confusions", () => {
  it("are Krippendorff's coincidences, from what is kept and from the facts alike", async () => {
    const fields = `coincidences { undefinedBecause unitCount pairableValueCount values observed expected confusions { first second observed expected ratio share } }`;
    const kept = (await house.agreement(`criterion: "help"`, fields)).coincidences;
    const facts = (await house.agreement(`criterion: "help", repeats: FIRST`, fields)).coincidences;
    expect(facts).toEqual(kept);
    expect(kept.values).toEqual(CATEGORIES);
    const sum = (rows: number[][]) => rows.flat().reduce((a, b) => a + b, 0);
    expect(sum(kept.observed)).toBeCloseTo(kept.pairableValueCount, 9);
    expect(sum(kept.expected)).toBeCloseTo(kept.pairableValueCount, 9);
    const shares = kept.confusions.map(({ share }: any) => share);
    expect(shares.reduce((a: number, b: number) => a + b, 0)).toBeCloseTo(1, 12);
    const [most] = kept.confusions;
    expect(most.observed).toBe(kept.observed[most.first - 1][most.second - 1]);
  });
});

describe("disagreements", () => {
  /** 1 − pa_i with quadratic weights over 1 to 5, by hand. */
  const disagreementOf = (values: number[]) => {
    let apart = 0;
    values.forEach((a, i) => values.slice(0, i).forEach((b) => (apart += ((a - b) / 4) ** 2)));
    return (2 * apart) / (values.length * (values.length - 1));
  };
  const expected = [...new Set(HUMAN.map(({ unit }) => unit))]
    .map((unit) => ({ unit, values: HUMAN.filter((one) => one.unit === unit).map(({ value }) => value as number) }))
    .filter(({ values }) => values.length > 1 && new Set(values).size > 1)
    .map(({ unit, values }) => ({
      unit: `${unit}`,
      disagreement: disagreementOf(values),
      values: values.sort((a, b) => a - b),
    }))
    .sort((a, b) => b.disagreement - a.disagreement || Number(a.unit.slice(1)) - Number(b.unit.slice(1)));

  it.each([
    ["from what is kept", ""],
    ["from the facts", ", repeats: FIRST"],
  ])("come most first, %s", async (_, more) => {
    const nodes = `nodes { disagreement ratingCount values { value count } exampleVersion { example { externalId } } }`;
    const { disagreements } = await house.agreement(
      `criterion: "help"${more}`,
      `disagreements(first: 100) { ${nodes} totalCount { value } }`,
    );
    expect(disagreements.totalCount.value).toBe(expected.length);
    disagreements.nodes.forEach((node: any, i: number) => {
      expect(node.disagreement).toBeCloseTo(expected[i]!.disagreement, 12);
      expect(node.values.flatMap(({ value, count }: any) => Array(count).fill(value))).toEqual(expected[i]!.values);
      expect(node.exampleVersion.example.externalId).toBe(expected[i]!.unit);
    });
  });
});

describe("a trend", () => {
  it("begins with the first rating and ends with the snapshot, each point what the snapshot of its activity says", async () => {
    const { trend, overall } = await house.agreement(
      `criterion: "help"`,
      `overall { ...Row } trend(points: 2) { activity { number } overall { ...Row } }`,
    );
    expect(trend).toHaveLength(2);
    expect(trend[1].overall).toEqual(overall);
    const first = await house.agreement(
      `criterion: "help"`,
      "overall { ...Row }",
      `snapshot(at: { activity: ${trend[0].activity.number} })`,
    );
    expect(trend[0].overall).toEqual(first.overall);
    expect(trend[0].overall.unitCount).toBeLessThan(overall.unitCount);
  });

  it("has from 2 to 50 points", async () => {
    await expect(house.agreement(`criterion: "help"`, `trend(points: 51) { overall { unitCount } }`)).rejects.toThrow(
      /51 points are not taken; use 2 to 50/,
    );
  });
});

describe("a plan", () => {
  const plan = async (args: string) => {
    const fields = `undefinedBecause rows { raters units ratings perUnitVariance extrapolated fewestRatings }`;
    const query = `{ dataset(slug: "house") { head { agreementPlan(criterion: "help", ${args}) { ${fields} } } } }`;
    return (await house.world.ask(query)).dataset.head.agreementPlan;
  };

  it("says how many units and raters a half-width takes", async () => {
    const found = await plan("halfWidth: 0.05, mostRaters: 5, seed: 2");
    const statistic = (ratings: ReturnType<typeof patterns>) => {
      const alpha = krippendorffAlpha(ratings, "ORDINAL");
      return alpha.kind === "defined" ? alpha.value : undefined;
    };
    const expected = planRatings(patterns(HUMAN), jackknifeError(statistic), {
      halfWidth: 0.05,
      mostRaters: 5,
      seed: 2,
    });
    if (expected.kind === "undefined") throw new Error(expected.because);
    expect(found.rows.map(({ raters, units }: any) => [raters, units])).toEqual(
      expected.rows.map(({ raters, units }) => [raters, units]),
    );
    expect(found.rows.filter(({ fewestRatings }: any) => fewestRatings)).toHaveLength(1);
    const narrower = await plan("halfWidth: 0.025, mostRaters: 2, seed: 2");
    expect(narrower.rows[0].units).toBeGreaterThan(3 * found.rows[0].units);
  });

  it("is refused for what cannot be planned", async () => {
    await expect(plan("halfWidth: 0")).rejects.toThrow(/halfWidth 0 is not taken; use 0.01 to 0.5/);
    await expect(plan("halfWidth: 0.1, coefficient: COHEN_KAPPA")).rejects.toThrow(/depends on who rates/);
    await expect(plan("halfWidth: 0.1, mostRaters: 1")).rejects.toThrow(/use 2 to 50/);
  });
});
