// Do the reference vectors come out of the API as they should: values, standard errors, intervals and reasons?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiName } from "../../src/agreement/coefficientNames.js";
import { everyCoefficient } from "../../src/statistics/everyCoefficient.js";
import { ratingsOf, vectorsAbsent, vectorsOf, type Vector } from "../statistics/sharedVectors.js";
import { agreementWorld, type AgreementWorld, type Scale } from "./agreementWorld.js";

const METRICS = [...new Set(everyCoefficient("ORDINAL", true).map(({ coefficient }) => coefficient))];
const COEFFICIENTS = everyCoefficient("ORDINAL", true).map(apiName);
/** These depend on how many categories are declared, and the API takes scales from two up. */
const BY_CATEGORIES = ["gwet_ac1", "gwet_ac2", "brennan_prediger", "pabak"];

const all = METRICS.flatMap(vectorsOf).filter(({ dataset }) => dataset !== "xl-200k");
const askable = all.filter((vector) => isAsked(vector) && vector.expected.status !== "error");
const sets = new Map(all.map((vector) => [vector.dataset, vector]));

function isAsked({ metric, categories, disagreement_weights: disagreements }: Vector): boolean {
  if (disagreements) return false; // asked apart, below
  // Raters without a rating are not in the database, so that who rated everything is another question there.
  if (metric.name === "percent_agreement_unanimous") return false;
  return !(categories?.length === 1 && (BY_CATEGORIES.includes(metric.name) || metric.weighting !== "unweighted"));
}

/** One that nobody used beside a single category, so that it is a scale. */
function scaleOf({ dataset, categories }: Vector): Scale {
  if (categories === null) return { key: dataset, level: "INTERVAL" };
  const unused = typeof categories[0] === "number" ? 1_000_000 : "unused";
  return { key: dataset, level: "NOMINAL", categories: categories.length > 1 ? categories : [...categories, unused] };
}

const QUERY = `query ($slug: String!, $criterion: String!, $coefficients: [AgreementCoefficientInput!]!) {
  dataset(slug: $slug) { head { agreement(criterion: $criterion, coefficients: $coefficients, inference: { kinds: [ANALYTIC] }) {
    overall { unitCount raterCount pairableValueCount coefficients {
      coefficient weighting value undefinedBecause intervals { kind low high level standardError } } } } } } }`;

describe.skipIf(vectorsAbsent)(`reference vectors over HTTP ${vectorsAbsent ?? ""}`, () => {
  let house: AgreementWorld;
  const found = new Map<string, { row: any; byName: Map<string, any> }>();

  beforeAll(async () => {
    house = await agreementWorld();
    await house.registerSources(["papers"]);
    await house.publish("1.0", [...sets.values()].map(scaleOf));
    for (const vector of sets.values()) await send(house, vector);
  });
  afterAll(() => house?.world.stop());

  async function ask(criterion: string, coefficients: unknown[]) {
    const variables = { slug: house.dataset, criterion, coefficients };
    return (await house.world.ask(QUERY, variables)).dataset.head.agreement.overall;
  }

  async function read(dataset: string) {
    if (!found.has(dataset)) {
      const row = await ask(dataset, COEFFICIENTS);
      found.set(dataset, { row, byName: new Map(row.coefficients.map((one: any) => [nameOf(one), one])) });
    }
    return found.get(dataset)!;
  }

  it("cover every coefficient, and the edge cases", () => {
    expect(sets.size).toBeGreaterThan(50);
    expect(askable.length).toBeGreaterThan(800);
    expect(askable.filter((vector) => vector.edge_case).length).toBeGreaterThan(150);
    expect(new Set(askable.map(({ metric }) => metric.name)).size).toBe(METRICS.length - 1);
  });

  it.each(askable.map((vector) => [vector.id, vector] as const))("%s", async (_id, vector) => {
    const { row, byName } = await read(vector.dataset);
    const one = byName.get(nameOf(apiName({ coefficient: vector.metric.name, weighting: vector.metric.weighting })));
    const { expected } = vector;
    if (expected.n)
      expect(row).toMatchObject({ unitCount: expected.n.units, pairableValueCount: expected.n.pairable_values });
    if (expected.status === "undefined") {
      expect(one.undefinedBecause).toBe(reasonOver(vector));
      return;
    }
    expectValues(one, vector);
  });

  it("take a table of disagreements for Cohen's kappa", async () => {
    const custom = all.filter((vector) => vector.disagreement_weights);
    expect(custom).toHaveLength(1);
    const disagreements = custom[0]!.disagreement_weights;
    const asked = [{ coefficient: "COHEN_KAPPA", weighting: "CUSTOM", disagreements }];
    expectValues((await ask(custom[0]!.dataset, asked)).coefficients[0], custom[0]!);
  });
});

function expectValues(one: any, { expected, tolerance }: Vector): void {
  expectWithin(one.value, expected.value!, tolerance!.value!);
  const [interval] = one.intervals;
  if (typeof expected.se === "number" && typeof tolerance?.se === "number")
    expectWithin(interval.standardError, expected.se, tolerance.se);
  if (!expected.ci95 || typeof tolerance?.ci95 !== "number") return;
  expect(interval.level).toBe(0.95);
  expectWithin(interval.low, expected.ci95[0], tolerance.ci95);
  expectWithin(interval.high, expected.ci95[1], tolerance.ci95);
}

function expectWithin(value: unknown, expected: number, tolerance: number): void {
  expect(value).toBeTypeOf("number");
  expect(Math.abs((value as number) - expected)).toBeLessThanOrEqual(tolerance);
}

function nameOf({ coefficient, weighting }: { coefficient: string; weighting: string }): string {
  return `${coefficient} ${weighting}`;
}

/** On a continuous scale what needs declared categories says so first. */
function reasonOver({ expected, categories, metric }: Vector): string {
  const needs = BY_CATEGORIES.includes(metric.name);
  return categories === null && needs ? "CATEGORIES_NOT_DECLARED" : expected.reason!.toUpperCase();
}

async function send(house: AgreementWorld, vector: Vector): Promise<void> {
  const { dataset } = vector;
  const ratings = ratingsOf(vector).filter(({ value }) => !vector.categories || vector.categories.includes(value));
  const units = [...new Set(ratings.map(({ unit }) => unit))];
  await house.importExamples(
    [...units, "with no rating"].map((unit) => ({ externalId: `${dataset}/${unit}` })),
    "papers",
  );
  const rows = ratings.map(({ unit, rater, value }) => ({
    externalId: `${dataset}/${unit}`,
    annotator: `${dataset}/${rater}`,
    value,
  }));
  if (rows.length > 0) await house.rate(dataset, rows);
}
