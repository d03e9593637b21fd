// Is the coincidence matrix the one that Krippendorff prints, and are confusions its cells off the diagonal?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coincidences } from "../../src/statistics/coincidences.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings } from "../../src/statistics/patternsOfRatings.js";
import { patternsOfHistogram, type RatingPatterns } from "../../src/statistics/ratingPatterns.js";
import { deepFreeze, ratingsOfTable, shuffled, sparseTables, valueOrReason, type Table } from "./sampleRatings.js";

/** The matrix; fails where there is none. */
function matrixOf(ratings: RatingPatterns) {
  const found = coincidences(deepFreeze(ratings));
  if (found.kind === "undefined") throw new Error(`expected coincidences, found ${found.because}`);
  return found;
}

// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units
const observers: Table = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const table = observers[0]!.map((_, unit) => observers.map((observer) => observer[unit]!));
const categories = [1, 2, 3, 4, 5];
const published = patternsOfRatings(ratingsOfTable(table), { categories });

describe("Krippendorff's four observers", () => {
  const found = matrixOf(published);

  test("coincide as printed, with 9, 13, 10, 5 and 3 of 40 values", () => {
    const printed = [
      [7, 4 / 3, 1 / 3, 1 / 3, 0],
      [4 / 3, 10, 4 / 3, 1 / 3, 0],
      [1 / 3, 4 / 3, 8, 1 / 3, 0],
      [1 / 3, 1 / 3, 1 / 3, 4, 0],
      [0, 0, 0, 0, 3],
    ];
    printed.flat().forEach((cell, i) => expect(found.observed[i]).toBeCloseTo(cell, 12));
    expect([...found.totals]).toEqual([9, 13, 10, 5, 3]);
    expect(found).toMatchObject({ pairableValues: 40, units: 12, raters: 4 });
  });

  test("would by chance as n_c n_k/(n − 1)", () => {
    expect(found.expected[1]).toBeCloseTo((9 * 13) / 39, 12);
    expect(found.expected[0]).toBeCloseTo((9 * 8) / 39, 12);
    expect(found.expected.reduce((sum, cell) => sum + cell)).toBeCloseTo(40, 10);
  });

  test("take 1 for 2 and 2 for 3 most often", () => {
    const [first, second, third] = found.confusions;
    expect(first).toMatchObject({ values: [0, 1], observed: expect.closeTo(4 / 3, 12), expected: 3 });
    expect(first!.ratio).toBeCloseTo(4 / 9, 12);
    expect(first!.share).toBeCloseTo(1 / 3, 12);
    expect(second).toMatchObject({ values: [1, 2] });
    expect(third).toMatchObject({ values: [0, 2], share: expect.closeTo(1 / 12, 12) });
    expect(found.confusions).toHaveLength(6);
  });

  test("have .743 as their alpha: 1 less observed over expected disagreement", () => {
    const off = (cells: Float64Array) => cells.reduce((sum, cell, i) => sum + (i % 6 === 0 ? 0 : cell), 0);
    expect(1 - off(found.observed) / off(found.expected)).toBeCloseTo(0.743, 3);
  });
});

test("matrices are symmetric, add up to the pairable values, and give nominal alpha", () => {
  fc.assert(
    fc.property(sparseTables, (some) => {
      const ratings = patternsOfRatings(ratingsOfTable(some), { categories });
      const found = coincidences(ratings);
      const alpha = valueOrReason(krippendorffAlpha(ratings, "NOMINAL"));
      if (found.kind === "undefined") {
        expect(alpha).toBe(found.because);
        return;
      }
      let [disagreed, expected] = [0, 0];
      for (let c = 0; c < 5; c++) {
        const row = found.observed.subarray(5 * c, 5 * c + 5);
        expect(row.reduce((sum, cell) => sum + cell)).toBeCloseTo(found.totals[c]!, 10);
        for (let k = 0; k < 5; k++) {
          expect(found.observed[5 * k + c]).toBeCloseTo(found.observed[5 * c + k]!, 12);
          disagreed += c === k ? 0 : found.observed[5 * c + k]!;
          expected += c === k ? 0 : found.expected[5 * c + k]!;
        }
      }
      if (alpha === "NO_VARIATION") expect(expected).toBe(0);
      else expect(1 - disagreed / expected).toBeCloseTo(alpha as number, 10);
      const shares = found.confusions.reduce((sum, { share }) => sum + share, 0);
      if (found.confusions.length > 0) expect(shares).toBeCloseTo(1, 12);
    }),
  );
});

test("with two raters an off-diagonal cell is the number of units in which they said the two", () => {
  const rows = [
    { units: 7, counts: [1, 1, 0] },
    { units: 2, counts: [0, 1, 1] },
    { units: 5, counts: [2, 0, 0] },
  ];
  const { observed, confusions } = matrixOf(patternsOfHistogram(["a", "b", "c"], rows, 2));
  expect([...observed]).toEqual([10, 7, 0, 7, 0, 2, 0, 2, 0]);
  expect(confusions.map(({ values, observed: o }) => [values, o])).toEqual([
    [[0, 1], 7],
    [[1, 2], 2],
  ]);
});

test("equal confusions stand in the order of the values, whatever the order of the ratings", () => {
  const rows = [
    { units: 1, counts: [0, 1, 1] },
    { units: 1, counts: [1, 0, 1] },
    { units: 1, counts: [1, 1, 0] },
  ];
  const { confusions } = matrixOf(patternsOfHistogram(["a", "b", "c"], rows, 2));
  expect(confusions.map(({ values }) => values)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  expect(matrixOf(patternsOfRatings(shuffled(ratingsOfTable(table), 2), { categories }))).toEqual(matrixOf(published));
});

test("a value that nobody used has empty cells, and one rating of a value never coincides with itself", () => {
  const { expected, observed } = matrixOf(patternsOfHistogram(["a", "b", "c"], [{ units: 1, counts: [1, 1, 0] }], 2));
  expect([...expected]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0]);
  expect([...observed]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0]);
});

test("there are none without ratings, without pairs, and of a continuous scale", () => {
  expect(coincidences(patternsOfHistogram(["a"], [], 2))).toMatchObject({ because: "NO_RATINGS", units: 0 });
  const single = patternsOfHistogram(["a", "b"], [{ units: 3, counts: [1, 0] }], 2);
  expect(coincidences(single)).toEqual({
    kind: "undefined",
    because: "NO_PAIRABLE_UNITS",
    units: 3,
    raters: 2,
    pairableValues: 0,
  });
  const scores = Array.from({ length: 1_001 }, (_, i) => [i, i + 1]);
  expect(coincidences(patternsOfRatings(ratingsOfTable(scores)))).toMatchObject({ because: "TOO_MANY_VALUES" });
});
