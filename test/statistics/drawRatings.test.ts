// Are ratings drawn from each unit without replacement, each as likely as any other?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawRatings, unitsWithRatings } from "../../src/statistics/drawRatings.js";
import { countsOf, ratingsIn } from "../../src/statistics/pairableCounts.js";
import { patternsOfRatings } from "../../src/statistics/patternsOfRatings.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { patternsOfHistogram } from "../../src/statistics/ratingPatterns.js";
import { deepFreeze, ratingsOfTable, sparseTables } from "./sampleRatings.js";

test("each unit with enough ratings keeps m of them", () => {
  fc.assert(
    fc.property(sparseTables, fc.integer({ min: 1, max: 4 }), fc.integer(), (table, m, seed) => {
      const ratings = deepFreeze(patternsOfRatings(ratingsOfTable(table)));
      const units = unitsWithRatings(ratings, m);
      const drawn = drawRatings(randomNumbers(seed), ratings, units, m);
      expect(countsOf(drawn)).toMatchObject({ units: units.length, raters: m });
      for (const { counts } of drawn.patterns) expect(ratingsIn(counts)).toBe(m);
      const enough = table.filter((row) => row.filter((value) => value !== null).length >= m);
      expect(units).toHaveLength(enough.length);
    }),
  );
});

test("all ratings of all units are these ratings", () => {
  const rows = [
    { units: 4, counts: [1, 0, 2] },
    { units: 2, counts: [0, 3, 0] },
  ];
  const ratings = deepFreeze(patternsOfHistogram(["a", "b", "c"], rows, 3));
  expect(drawRatings(randomNumbers(1), ratings, unitsWithRatings(ratings, 3), 3)).toEqual(ratings);
});

test("two of a, a, b, b, b are different as often as 3/5, and the same seed draws the same", () => {
  const ratings = patternsOfHistogram(["a", "b"], [{ units: 2_000, counts: [2, 3] }], 5);
  const of = (seed: number) => drawRatings(randomNumbers(seed), ratings, unitsWithRatings(ratings, 2), 2);
  const mixed = of(3).patterns.find(({ counts }) => counts.length === 2)!;
  expect(mixed.units / 2_000).toBeCloseTo(0.6, 1);
  expect(of(3)).toEqual(of(3));
  expect(of(4)).not.toEqual(of(3));
});

describe("of many units", () => {
  test("2,000 are drawn without replacement, in proportion to their patterns", () => {
    const rows = [
      { units: 30_000, counts: [2, 0] },
      { units: 10_000, counts: [0, 2] },
    ];
    const ratings = patternsOfHistogram(["a", "b"], rows, 2);
    const units = unitsWithRatings(ratings, 2);
    const drawn = drawRatings(randomNumbers(9), ratings, units, 2);
    expect(countsOf(drawn).units).toBe(2_000);
    expect(drawn.patterns.find(({ counts }) => counts[0]![0] === 0)!.units / 2_000).toBeCloseTo(0.75, 1);
    expect(units.filter((pattern) => pattern === 0)).toHaveLength(30_000);
  });

  test("as many are drawn as make 100 different patterns", () => {
    const ratings = patternsOfRatings(ratingsOfTable(Array.from({ length: 400 }, (_, i) => [i, i + 0.5])));
    const drawn = drawRatings(randomNumbers(2), ratings, unitsWithRatings(ratings, 2), 2);
    expect(drawn.patterns).toHaveLength(100);
  });
});
