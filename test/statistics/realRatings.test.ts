// Does alpha from published rating files equal the reference values that came with them?
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Level } from "../../src/statistics/difference.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings, type Rating, type Repeats } from "../../src/statistics/patternsOfRatings.js";
import type { Value } from "../../src/statistics/ratingPatterns.js";
import { valueOf } from "./sampleRatings.js";

const folder = resolve(import.meta.dirname, "../../../shared/data/ratings");
const absent = existsSync(folder) ? "" : `skipped, there is no ${folder}`;

describe.skipIf(absent)(`ratings of real data ${absent}`, () => {
  describe("csc: 1,408 responses rated for sarcasm by 4 or 6 of 872 people", () => {
    const ratings = () => rowsOf("csc.ratings.jsonl").map((r) => rating(r.item_id, r.annotator_id, r.value));

    test.each<[Level, number]>([
      ["NOMINAL", 0.118],
      ["ORDINAL", 0.352],
      ["INTERVAL", 0.361],
    ])("%s alpha is %d", (level, reference) => {
      const alpha = krippendorffAlpha(patternsOfRatings(ratings(), { categories: [1, 2, 3, 4, 5, 6] }), level);
      expect(alpha).toMatchObject({ units: 1408, raters: 872, pairableValues: 6410 });
      expect(valueOf(alpha)).toBeCloseTo(reference, 3);
    });
  });

  describe("convabuse: 4,185 items, some rated again by the same rater", () => {
    const ratings = () => rowsOf("convabuse.ratings.jsonl.gz").map((r) => rating(r.item_id, r.annotator_id, r.value));

    test.each<[Level, Repeats, number]>([
      ["NOMINAL", "ALL", 0.4455],
      ["NOMINAL", "FIRST", 0.4374],
      ["NOMINAL", "LATEST", 0.4376],
      ["ORDINAL", "ALL", 0.6657],
      ["ORDINAL", "FIRST", 0.6598],
      ["ORDINAL", "LATEST", 0.6592],
      ["INTERVAL", "ALL", 0.7378],
      ["INTERVAL", "FIRST", 0.7339],
      ["INTERVAL", "LATEST", 0.7344],
    ])("%s alpha under %s is %d", (level, repeats, reference) => {
      const patterns = patternsOfRatings(ratings(), { categories: [-3, -2, -1, 0, 1], repeats });
      expect(valueOf(krippendorffAlpha(patterns, level))).toBeCloseTo(reference, 4);
    });

    test("is refused where nobody says which of a rater's ratings counts", () => {
      expect(() => patternsOfRatings(ratings())).toThrow(expect.objectContaining({ code: "REPEATED_RATING" }));
    });
  });

  describe("tulu1: is a model's answer acceptable?", () => {
    const ratings = () =>
      rowsOf("tulu1_human_eval.jsonl.gz").flatMap((r) => [
        rating(JSON.stringify([r.instance_id, r.model_a]), r.evaluator, r.completion_a_is_acceptable),
        rating(JSON.stringify([r.instance_id, r.model_b]), r.evaluator, r.completion_b_is_acceptable),
      ]);

    test.each<[Repeats, number]>([
      ["ALL", 0.4939],
      ["FIRST", 0.487],
      ["LATEST", 0.4999],
    ])("nominal alpha under %s is %d", (repeats, reference) => {
      const patterns = patternsOfRatings(ratings(), { categories: ["yes", "no"], repeats });
      expect(valueOf(krippendorffAlpha(patterns, "NOMINAL"))).toBeCloseTo(reference, 4);
    });
  });

  describe("india_stereotypes: is this pair a stereotype?", () => {
    test.each([
      ["region", 2556, 0.115],
      ["religion", 1296, 0.11],
    ])("nominal alpha on %s, %d units, is %d", (axis, units, reference) => {
      const ratings = rowsOf("india_stereotypes.jsonl.gz")
        .filter((r) => r.axis === axis)
        .map((r) => {
          const unit = JSON.stringify([r["identity term"], r["attribute token"]]);
          return rating(unit, r["anonymized annotator id"], r.annotation);
        });
      const alpha = krippendorffAlpha(patternsOfRatings(ratings, { repeats: "ALL" }), "NOMINAL");
      expect(alpha).toMatchObject({ units });
      expect(valueOf(alpha)).toBeCloseTo(reference, 3);
    });
  });
});

const read = new Map<string, Record<string, unknown>[]>();

/** The rows of a JSON Lines file, split at line feeds only. */
function rowsOf(name: string): Record<string, unknown>[] {
  const before = read.get(name);
  if (before) return before;
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const rows = text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  read.set(name, rows);
  return rows;
}

function rating(unit: unknown, rater: unknown, value: unknown): Rating {
  return { unit: unit as string, rater: rater as string, value: value as Value };
}
