// Does alpha of real ratings, sent through the API, equal the reference values that came with them?
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  agreementWorld,
  byWeighting,
  EVERY_COEFFICIENT,
  type AgreementWorld,
  type GivenRating,
} from "./agreementWorld.js";

const folder = resolve(import.meta.dirname, "../../../shared/data/ratings");
const absent = existsSync(folder) ? "" : `skipped, there is no ${folder}`;

describe.skipIf(absent)(`agreement on real ratings over HTTP ${absent}`, () => {
  let house: AgreementWorld;
  beforeAll(async () => {
    house = await agreementWorld();
    await house.registerSources(["corpus"], "FILTERED_DATASET");
    await house.publish("1.0", [
      { key: "sarcasm", level: "ORDINAL", categories: [1, 2, 3, 4, 5, 6] },
      { key: "abuse", level: "ORDINAL", categories: [-3, -2, -1, 0, 1] },
      { key: "acceptable", level: "NOMINAL", categories: ["yes", "no"] },
      { key: "stereotype", level: "NOMINAL", categories: ["Stereotypical", "Non_Stereotypical", "Not sure"] },
    ]);
  });
  afterAll(() => house.world.stop());

  const alphas = async (criterion: string, more = "") =>
    byWeighting((await house.agreement(`criterion: "${criterion}", ${EVERY_COEFFICIENT} ${more}`)).overall);

  it("csc: 1,408 responses rated for sarcasm by 872 people", async () => {
    const items = rowsOf("csc.items.jsonl");
    await house.importExamples(
      items.map((r) => ({ externalId: `csc/${r.item_id}`, prompt: r.context, response: r.response })),
      "corpus",
    );
    await house.rate(
      "sarcasm",
      rowsOf("csc.ratings.jsonl").map((r) => rating(`csc/${r.item_id}`, `csc/${r.annotator_id}`, r.value)),
    );
    const { overall } = await house.agreement(`criterion: "sarcasm", ${EVERY_COEFFICIENT}`);
    expect(overall).toMatchObject({ unitCount: 1408, raterCount: 872, pairableValueCount: 6410 });
    const found = byWeighting(overall);
    expect(found.NOMINAL).toBeCloseTo(0.118, 3);
    expect(found.ORDINAL).toBeCloseTo(0.352, 3);
    expect(found.INTERVAL).toBeCloseTo(0.361, 3);
  });

  it("convabuse: 4,185 items, some rated again by the same rater, under all three rules", async () => {
    const items = rowsOf("convabuse.items.jsonl");
    const texts = items.map((r) => ({
      externalId: `abuse/${r.item_id}`,
      prompt: r.prev_user || "…",
      response: r.agent || "…",
    }));
    await house.importExamples(texts, "corpus");
    const ratings = rowsOf("convabuse.ratings.jsonl.gz").map((r) =>
      rating(`abuse/${r.item_id}`, `abuse/${r.annotator_id}`, r.value),
    );
    await house.rate("abuse", ratings);
    const table = {
      ALL: { NOMINAL: 0.4455, ORDINAL: 0.6657, INTERVAL: 0.7378 },
      FIRST: { NOMINAL: 0.4374, ORDINAL: 0.6598, INTERVAL: 0.7339 },
      LATEST: { NOMINAL: 0.4376, ORDINAL: 0.6592, INTERVAL: 0.7344 },
    };
    for (const [repeats, references] of Object.entries(table)) {
      const found = await alphas("abuse", `repeats: ${repeats}`);
      for (const [weighting, reference] of Object.entries(references))
        expect(found[weighting]).toBeCloseTo(reference, 4);
      expect(found.RATIO).toBe("NEGATIVE_VALUES");
    }
    const { overall } = await house.agreement(`criterion: "abuse", repeats: ALL`);
    expect(overall).toMatchObject({ raterCount: 8, unitCount: 4185 });
  });

  it("tulu1: is a model's answer acceptable, under all three rules", async () => {
    const ratings = rowsOf("tulu1_human_eval.jsonl.gz").flatMap((r) => [
      rating(`tulu/${r.instance_id}/${r.model_a}`, `tulu/${r.evaluator}`, r.completion_a_is_acceptable),
      rating(`tulu/${r.instance_id}/${r.model_b}`, `tulu/${r.evaluator}`, r.completion_b_is_acceptable),
    ]);
    expect(ratings).toHaveLength(2300);
    await house.importExamples(
      [...new Set(ratings.map((r) => r.externalId))].map((externalId) => ({ externalId })),
      "corpus",
    );
    await house.rate("acceptable", ratings);
    for (const [repeats, reference] of [
      ["ALL", 0.4939],
      ["FIRST", 0.487],
      ["LATEST", 0.4999],
    ] as const) {
      const found = await alphas("acceptable", `repeats: ${repeats}`);
      expect(found.NOMINAL).toBeCloseTo(reference, 4);
      expect(found.INTERVAL).toBe("VALUES_NOT_NUMERIC");
    }
  });

  it("india_stereotypes: region and religion, as two groups of one question", async () => {
    const units = new Map<string, { externalId: string; axis: string }>();
    const ratings = rowsOf("india_stereotypes.jsonl.gz").map((r) => {
      const key = JSON.stringify([r.axis, r["identity term"], r["attribute token"]]);
      if (!units.has(key)) units.set(key, { externalId: `india/${units.size}`, axis: r.axis });
      return rating(units.get(key)!.externalId, `india/${r["anonymized annotator id"]}`, r.annotation);
    });
    const examples = [...units.values()].map(({ externalId, axis }) => ({
      externalId,
      labels: [{ dimension: "axis", value: axis }],
    }));
    await house.importExamples(examples, "corpus");
    await house.rate("stereotype", ratings);
    const args = `criterion: "stereotype", repeats: ALL, groupBy: [{ by: LABEL, dimension: "axis" }]`;
    const report = await house.agreement(args, "groupings { by dimension groups { key ...Row } }");
    expect(report.groupings).toMatchObject([{ by: "LABEL", dimension: "axis" }]);
    const [region, religion] = report.groupings[0].groups;
    expect([region.key, region.unitCount, religion.key, religion.unitCount]).toEqual([
      "region",
      2556,
      "religion",
      1296,
    ]);
    expect(byWeighting(region).NOMINAL).toBeCloseTo(0.115, 3);
    expect(byWeighting(religion).NOMINAL).toBeCloseTo(0.11, 3);
  });
});

/** The rows of a JSON Lines file, split at line feeds only. */
function rowsOf(name: string): Array<Record<string, any>> {
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
}

function rating(externalId: string, annotator: string, value: string | number): GivenRating {
  return { externalId, annotator, value };
}
