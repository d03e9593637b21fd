// Is alpha what Krippendorff printed, and does it refuse where it has no value?
import { describe, expect, test } from "vitest";
import type { Level } from "../../src/statistics/difference.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings } from "../../src/statistics/patternsOfRatings.js";
import { patternsOfHistogram, type RatingPatterns } from "../../src/statistics/ratingPatterns.js";
import { weightedAlpha } from "../../src/statistics/weightedAlpha.js";
import { deepFreeze, randomNumbers, valueOf } from "./sampleRatings.js";

// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C; rows are raters, 0 is a missing rating.
const published = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
  [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];
const publishedRatings = published.flatMap((row, rater) =>
  row.flatMap((value, unit) => (value === 0 ? [] : [{ unit, rater, value }])),
);

describe("Krippendorff's published 4 raters and 12 units", () => {
  test.each<[Level, number]>([
    ["NOMINAL", 0.743],
    ["ORDINAL", 0.815],
    ["INTERVAL", 0.849],
    ["RATIO", 0.797],
  ])("give %s alpha %d", (level, printed) => {
    expect(valueOf(krippendorffAlpha(patternsOfRatings(publishedRatings), level))).toBeCloseTo(printed, 3);
  });

  test("count 12 units, 4 raters and 40 pairable values, the single rating of unit 12 being none", () => {
    const alpha = krippendorffAlpha(patternsOfRatings(publishedRatings), "NOMINAL");
    expect(alpha).toMatchObject({ kind: "defined", units: 12, raters: 4, pairableValues: 40 });
  });

  test("give bit-identical alphas whatever the order of the rows", () => {
    const one = patternsOfRatings(publishedRatings, { categories: [1, 2, 3, 4, 5] });
    const other = patternsOfRatings(publishedRatings.toReversed(), { categories: [1, 2, 3, 4, 5] });
    for (const level of levels) expect(krippendorffAlpha(other, level)).toEqual(krippendorffAlpha(one, level));
  });

  test("are not changed by computing", () => {
    const patterns = deepFreeze(patternsOfRatings(deepFreeze(publishedRatings)));
    for (const level of levels) expect(krippendorffAlpha(patterns, level).kind).toBe("defined");
    expect(weightedAlpha(patterns, "LINEAR").kind).toBe("defined");
  });
});

describe("alpha has no value", () => {
  const twoUnits = (...values: (string | number)[]): RatingPatterns =>
    patternsOfHistogram(values, [{ units: 2, counts: values.map(() => 1) }], 2);

  test("of labels at a level that needs numbers", () => {
    for (const level of ["INTERVAL", "RATIO"] as const)
      expect(krippendorffAlpha(twoUnits("good", "bad"), level)).toMatchObject({ because: "VALUES_NOT_NUMERIC" });
  });

  test("of negative values as ratios, whose sum may be 0", () => {
    expect(krippendorffAlpha(twoUnits(-1, 1), "RATIO")).toMatchObject({ because: "NEGATIVE_VALUES" });
    expect(weightedAlpha(twoUnits(-1, 1), "RATIO")).toMatchObject({ because: "NEGATIVE_VALUES" });
  });

  test("on a negative or labelled category only where somebody used it", () => {
    const used = patternsOfHistogram([-1, 1, 2, "n/a"], [{ units: 3, counts: [0, 1, 1, 0] }], 2);
    expect(krippendorffAlpha(used, "RATIO").kind).toBe("defined");
  });

  test("when the only variation is in units with one rating", () => {
    const rows = [
      { units: 5, counts: [2, 0] },
      { units: 1, counts: [0, 1] },
    ];
    for (const level of levels)
      expect(krippendorffAlpha(patternsOfHistogram([1, 2], rows, 2), level)).toMatchObject({
        because: "NO_VARIATION",
        units: 6,
        pairableValues: 10,
      });
  });
});

describe("alpha stays a number", () => {
  const eightRatings = (a: number, b: number, c: number) =>
    patternsOfRatings([a, b, b, b, c, c, c, a].map((value, i) => ({ unit: i >> 1, rater: i % 2, value })));

  test.each<[string, Level, number[], number[]]>([
    ["whose range overflows", "INTERVAL", [1.7e308, -1.7e308, 0], [1, -1, 0]],
    ["whose squares overflow", "INTERVAL", [1.7e308, 1.6e308, 1.5e308], [17, 16, 15]],
    ["whose squares vanish", "INTERVAL", [1e-200, 2e-200, 3e-200], [1, 2, 3]],
    ["far from 0 beside their spread", "INTERVAL", [1e15, 1e15 + 1, 1e15 + 2], [0, 1, 2]],
    ["whose sums overflow", "RATIO", [1.7e308, 1.6e308, 1.5e308], [17, 16, 15]],
    ["of which one is 0", "RATIO", [0, 1e-300, 3e-300], [0, 1, 3]],
  ])("on values %s at level %s", (_name, level, values, plain) => {
    const alphaOf = ([a, b, c]: number[]) => valueOf(krippendorffAlpha(eightRatings(a!, b!, c!), level));
    expect(alphaOf(values)).toBeCloseTo(alphaOf(plain), 12);
  });

  test("on 20,000 distinct values, at every level, without a matrix of their pairs", () => {
    const random = randomNumbers(7);
    const ratings = Array.from({ length: 20_000 }, (_, i) => ({ unit: i >> 1, rater: i & 1, value: random() }));
    const patterns = patternsOfRatings(ratings);
    for (const level of levels) expect(Math.abs(valueOf(krippendorffAlpha(patterns, level)))).toBeLessThan(0.05);
  });
});

const levels = ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"] as const;
