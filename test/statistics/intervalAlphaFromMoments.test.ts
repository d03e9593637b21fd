// Is interval alpha from sums what it is from the ratings, also where sums lose digits?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intervalAlphaFromMoments, type Moments } from "../../src/statistics/intervalAlphaFromMoments.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings } from "../../src/statistics/patternsOfRatings.js";
import { deepFreeze, ratingsOfTable, sparseTables, valueOf, valueOrReason, type Table } from "./sampleRatings.js";

const momentsOf = (values: ReadonlyArray<number>): Moments => ({
  n: values.length,
  sum: values.reduce((sum, x) => sum + x, 0),
  sumOfSquares: values.reduce((sum, x) => sum + x * x, 0),
});
const momentsOfTable = (table: Table) => table.map((row) => momentsOf(row.filter((cell) => cell !== null)));
const alphaOf = (units: number[][]) => intervalAlphaFromMoments(units.map(momentsOf), null);

test("it equals interval alpha from the ratings, value, reason and counts", () => {
  fc.assert(
    fc.property(sparseTables, (table) => {
      const ratings = patternsOfRatings(ratingsOfTable(table));
      const [one, other] = [
        krippendorffAlpha(ratings, "INTERVAL"),
        intervalAlphaFromMoments(momentsOfTable(table), ratings.raters),
      ];
      if (one.kind === "undefined") expect(other).toEqual(one);
      else expect(other).toEqual({ ...one, value: expect.closeTo(one.value, 12) });
    }),
    { seed: 42, numRuns: 200 },
  );
});

test("it equals interval alpha on fractions to ten digits", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 4 }), { maxLength: 9 }), (units) => {
      const values = units.map((row) => row.map((x) => x / 7));
      const ratings = values.flatMap((row, unit) => row.map((value, rater) => ({ unit, rater, value })));
      const [one, other] = [krippendorffAlpha(patternsOfRatings(ratings), "INTERVAL"), alphaOf(values)].map(
        valueOrReason,
      );
      if (typeof one === "number" && typeof other === "number") expect(other).toBeCloseTo(one, 8);
      else if (other !== "PRECISION_LOST") expect(other).toBe(one);
    }),
    { seed: 42, numRuns: 300 },
  );
});

describe("large whole numbers", () => {
  test.each([
    ["by units that differ in their mean", 10_000_000, [[1, 2, 4], [3, 3], [9, 7, 8, 8], [5]]],
    [
      "by units whose means are hard to tell apart",
      20_000_000,
      [
        [1, 1, 1],
        [2, 1, 1, 2, 2],
        [1, 1],
      ],
    ],
  ])("beside a small spread lose no digit, %s", (_name, far, units) => {
    const moved = units.map((row) => row.map((x) => x + far));
    expect(valueOf(alphaOf(moved))).toBeCloseTo(valueOf(alphaOf(units)), 14);
  });

  test("that are all equal have no variation", () => {
    expect(
      alphaOf([
        [12345678, 12345678],
        [12345678, 12345678],
      ]),
    ).toMatchObject({ because: "NO_VARIATION" });
  });
});

describe("sums of fractions", () => {
  test("of equal values give no value, since rounding alone would give one: 0.1 + 0.1 + 0.1 is not 0.3", () => {
    expect(
      alphaOf([
        [0.1, 0.1, 0.1],
        [0.1, 0.1],
      ]),
    ).toMatchObject({ because: "PRECISION_LOST", units: 2, pairableValues: 5 });
  });

  test("too coarse for the spread give no value rather than a wrong one", () => {
    const units = [
      [1e6 + 0.001, 1e6 + 0.002],
      [1e6 + 0.009, 1e6 + 0.008],
    ];
    expect(alphaOf(units)).toMatchObject({ because: "PRECISION_LOST" });
  });
});

describe("input", () => {
  test("without ratings or pairs is answered as by the other coefficients", () => {
    expect(alphaOf([])).toEqual({
      kind: "undefined",
      because: "NO_RATINGS",
      units: 0,
      raters: null,
      pairableValues: 0,
    });
    expect(alphaOf([[], [3], [4]])).toMatchObject({ because: "NO_PAIRABLE_UNITS", units: 2 });
  });

  test("is not changed", () => {
    expect(intervalAlphaFromMoments(deepFreeze([momentsOf([1, 2]), momentsOf([4, 5])]), 2).kind).toBe("defined");
  });

  test.each([
    ["a square below the mean's", { n: 2, sum: 10, sumOfSquares: 49 }],
    ["a negative sum of squares", { n: 2, sum: 0, sumOfSquares: -1 }],
    ["half a rating", { n: 1.5, sum: 1, sumOfSquares: 1 }],
    ["NaN", { n: 2, sum: Number.NaN, sumOfSquares: 1 }],
    ["a sum of no ratings", { n: 0, sum: 1, sumOfSquares: 1 }],
    ["an infinite square", { n: 2, sum: 1e200, sumOfSquares: Infinity }],
  ])("with %s is refused with its place", (_name, moments) => {
    expect(() => intervalAlphaFromMoments([momentsOf([1]), momentsOf([]), moments], 2)).toThrow(
      expect.objectContaining({ code: "MOMENTS_NOT_POSSIBLE", index: 2 }),
    );
  });
});
