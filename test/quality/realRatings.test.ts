// Do real ratings give numbers on their annotators that can be counted in the files?
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementWorld, type AgreementWorld, type GivenRating } from "../agreement/agreementWorld.js";
import { FIELDS } from "./fields.js";

const folder = resolve(import.meta.dirname, "../../../shared/data/ratings");
const absent = existsSync(folder) ? "" : `skipped, there is no ${folder}`;

interface Row {
  item_id: string;
  annotator_id: string;
  value: number;
}

describe.skipIf(absent)(`annotator quality on real ratings over HTTP ${absent}`, () => {
  let house: AgreementWorld;
  beforeAll(async () => {
    house = await agreementWorld();
    await house.registerSources(["corpus"], "FILTERED_DATASET");
    await house.publish("1.0", [
      { key: "sarcasm", level: "ORDINAL", categories: [1, 2, 3, 4, 5, 6] },
      { key: "abuse", level: "ORDINAL", categories: [-3, -2, -1, 0, 1] },
    ]);
  });
  afterAll(() => house?.world.stop());

  async function fill(criterion: string, rows: readonly Row[]): Promise<void> {
    const given = rows.map((row): GivenRating => ({
      externalId: `${criterion}/${row.item_id}`,
      annotator: `${criterion}/${row.annotator_id}`,
      value: row.value,
    }));
    const externalIds = [...new Set(given.map((one) => one.externalId))];
    await house.importExamples(
      externalIds.map((externalId) => ({ externalId })),
      "corpus",
    );
    await house.rate(criterion, given);
  }

  async function everybody(criterion: string, more = ""): Promise<{ model: any; nodes: any[] }> {
    const nodes: any[] = [];
    for (let after = ""; ;) {
      const { dataset } = await house.world.ask(
        `{ dataset(slug: "house") { head { annotatorQuality(criterion: "${criterion}"${more}) { model { steps converged units }
          annotators(first: 100${after}) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } } } } }`,
      );
      const { annotators, model } = dataset.head.annotatorQuality;
      nodes.push(...annotators.nodes);
      if (!annotators.pageInfo.hasNextPage) return { model, nodes };
      after = `, after: "${annotators.pageInfo.endCursor}"`;
    }
  }

  it("convabuse: 345 pairs of a rater and an item that they rated again, 28 of them contradict", async () => {
    const rows = rowsOf("convabuse.ratings.jsonl.gz");
    await fill("abuse", rows);
    const { nodes, model } = await everybody("abuse");
    expect(nodes).toHaveLength(8);
    expect(model).toMatchObject({ units: 4185 });
    const sum = (pick: (one: any) => number) => nodes.reduce((total, one) => total + pick(one), 0);
    expect(sum((one) => one.intraRater.pairs)).toBe(345);
    expect(sum((one) => one.intraRater.contradictedPairs)).toBe(28);
    expect(sum((one) => one.volume.ratings)).toBe(12_768 - 357);
    for (const one of nodes) {
      const { pairs, percentAgreement } = one.intraRater;
      const said = pairsOf(rows, one.annotator.key.slice("abuse/".length));
      expect(pairs).toBe(said.length);
      if (said.length === 0) continue;
      const mean = said.reduce((total, values) => total + shareOfEqualPairs(values), 0) / said.length;
      expect(percentAgreement.value).toBeCloseTo(mean, 12);
    }
    const all = (await everybody("abuse", ", repeats: ALL")).nodes;
    expect(all.map((one) => one.intraRater)).toEqual(nodes.map((one) => one.intraRater));
    expect(all.reduce((total, one) => total + one.volume.ratings, 0)).toBe(12_768);
  });

  it("csc: 872 raters with 2 to 13 ratings each, judged the more by the others the fewer they gave", async () => {
    const rows = rowsOf("csc.ratings.jsonl");
    await fill("sarcasm", rows);
    const { nodes } = await everybody("sarcasm");
    expect(nodes).toHaveLength(872);
    const counts = new Map<string, number>();
    for (const { annotator_id: who } of rows) counts.set(`sarcasm/${who}`, (counts.get(`sarcasm/${who}`) ?? 0) + 1);
    for (const one of nodes) expect(one.volume.ratings).toBe(counts.get(one.annotator.key));
    const weights = nodes.map(({ agreementWithOthers: { n, shrunken } }) => [n, shrunken.ownWeight] as const);
    weights.sort(([a], [b]) => a - b);
    for (const [i, [n, weight]] of weights.entries())
      if (i > 0 && n > weights[i - 1]![0]) expect(weight).toBeGreaterThan(weights[i - 1]![1]);
    expect(weights.at(-1)![1]).toBeLessThan(1);
    const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
    const raw = spread(nodes.map((one) => one.severity.value));
    const shrunken = spread(nodes.map((one) => one.severity.shrunken.value));
    expect(shrunken).toBeLessThan(0.7 * raw);
    for (const { drift } of nodes) expect(drift.difference.undefinedBecause).toBe("TOO_FEW_NUMBERS");
  });
});

/** The rows of a JSON Lines file, split at line feeds only. */
function rowsOf(name: string): Row[] {
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
}

/** What a rater said of each item that they rated more than once. */
function pairsOf(rows: readonly Row[], annotator: string): number[][] {
  const said = new Map<string, number[]>();
  for (const row of rows)
    if (row.annotator_id === annotator) said.set(row.item_id, [...(said.get(row.item_id) ?? []), row.value]);
  return [...said.values()].filter((values) => values.length > 1);
}

function shareOfEqualPairs(values: readonly number[]): number {
  let [equal, pairs] = [0, 0];
  for (let i = 0; i < values.length; i++)
    for (let j = 0; j < i; j++) {
      pairs++;
      if (values[i] === values[j]) equal++;
    }
  return equal / pairs;
}
