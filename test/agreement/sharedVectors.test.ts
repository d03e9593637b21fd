// Do the reference vectors come out of the API as they should?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ratingsOf, vectorsAbsent, vectorsOf, type Vector } from "../statistics/sharedVectors.js";
import { agreementWorld, byWeighting, EVERY_COEFFICIENT, type AgreementWorld, type Scale } from "./agreementWorld.js";

const WEIGHTINGS = ["unweighted", "nominal", "ordinal", "interval", "ratio"];
const all = ["percent_agreement", "krippendorff_alpha"].flatMap((metric) => vectorsOf(metric));
const askable = all.filter(({ metric, dataset }) => isOurs(metric) && dataset !== "xl-200k");
const sets = new Map(askable.map((vector) => [vector.dataset, vector]));

function isOurs({ name, weighting }: Vector["metric"]): boolean {
  return WEIGHTINGS.includes(weighting) && (name === "percent_agreement") === (weighting === "unweighted");
}

/** Categories with one that nobody used, so that also a scale of one value is a scale: unused ones change nothing. */
function scaleOf({ dataset, categories }: Vector): Scale {
  if (categories === null) return { key: dataset, level: "INTERVAL" };
  const unused = typeof categories[0] === "number" ? 1_000_000 : "unused";
  return { key: dataset, level: "NOMINAL", categories: [...categories, unused] };
}

describe.skipIf(vectorsAbsent)(`reference vectors over HTTP ${vectorsAbsent ?? ""}`, () => {
  let house: AgreementWorld;
  const found = new Map<string, { row: any; values: Record<string, number | string> }>();

  beforeAll(async () => {
    house = await agreementWorld();
    await house.registerSources(["papers"]);
    await house.publish("1.0", [...sets.values()].map(scaleOf));
    for (const vector of sets.values()) await send(house, vector);
  });
  afterAll(() => house?.world.stop());

  async function read(dataset: string) {
    if (!found.has(dataset)) {
      const { overall } = await house.agreement(`criterion: "${dataset}", ${EVERY_COEFFICIENT}`);
      found.set(dataset, { row: overall, values: byWeighting(overall) });
    }
    return found.get(dataset)!;
  }

  it("cover both coefficients at all levels, and the edge cases", () => {
    expect(sets.size).toBeGreaterThan(50);
    expect(askable.length).toBeGreaterThan(180);
    expect(askable.filter((vector) => vector.edge_case).length).toBeGreaterThan(30);
  });

  it.each(askable.filter(({ expected }) => expected.status !== "error").map((vector) => [vector.id, vector] as const))(
    "%s",
    async (_id, vector) => {
      const { row, values } = await read(vector.dataset);
      const value = values[vector.metric.weighting.toUpperCase()];
      const { expected, tolerance } = vector;
      if (expected.n)
        expect(row).toMatchObject({ unitCount: expected.n.units, pairableValueCount: expected.n.pairable_values });
      if (expected.status === "undefined") expect(value).toBe(expected.reason!.toUpperCase());
      else {
        expect(value).toBeTypeOf("number");
        expect(Math.abs((value as number) - expected.value!)).toBeLessThanOrEqual(tolerance!.value!);
      }
    },
  );
});

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
