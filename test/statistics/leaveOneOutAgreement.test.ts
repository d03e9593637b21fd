// Is a rater's agreement that of the others with it, pair by pair, and its error that over units?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gwetWeights, type Weighting } from "../../src/statistics/gwetWeights.js";
import { leaveOneOutAgreement } from "../../src/statistics/leaveOneOutAgreement.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreementInferred } from "../../src/statistics/percentAgreement.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { weightOfDisagreements } from "../../src/statistics/weightOfDisagreements.js";
import {
  completeTables,
  deepFreeze,
  ratingsOfTable,
  shuffled,
  sparseTables,
  valueOf,
  type Table,
} from "./sampleRatings.js";

const scale = [1, 2, 3, 4, 5];
const matrixOf = (table: Table) => deepFreeze(raterMatrix(ratingsOfTable(table), { categories: scale }));

/** The same with every pair looked at. */
function pairByPair(ratings: ReadonlyArray<Rating & { value: number }>, weighting: Weighting): Map<unknown, number[]> {
  const w = gwetWeights(weighting, scale);
  const shares = new Map<unknown, number[]>();
  for (const { unit, rater, value } of ratings) {
    const others = ratings.filter((other) => other.unit === unit && other.rater !== rater);
    if (others.length === 0) continue;
    const agreed = others.reduce((sum, other) => sum + w(value - 1, other.value - 1), 0);
    shares.set(rater, [...(shares.get(rater) ?? []), agreed / others.length]);
  }
  return shares;
}

test("a rater's agreement is the mean share of the others' ratings that are the same", () => {
  const found = leaveOneOutAgreement(
    matrixOf([
      [1, 1, 2],
      [3, 3, 3],
      [4, null, 5],
      [2, null, null],
    ]),
  );
  // r0: 1/2, 1, 0 with standard deviation 0.5; t(2) at 0.975 is 4.302652729749464
  const reach = (4.302652729749464 * 0.5) / Math.sqrt(3);
  expect(found).toEqual([
    {
      rater: "r0",
      kind: "defined",
      value: 0.5,
      ratings: 3,
      units: 3,
      standardError: expect.closeTo(0.5 / Math.sqrt(3), 14),
      interval: { low: expect.closeTo(0.5 - reach, 10), high: expect.closeTo(0.5 + reach, 10), level: 0.95 },
    },
    expect.objectContaining({ rater: "r1", value: 0.75, ratings: 2 }),
    expect.objectContaining({ rater: "r2", value: 1 / 3, ratings: 3 }),
  ]);
});

test.each<Weighting>(["UNWEIGHTED", "LINEAR", "QUADRATIC", "ORDINAL"])(
  "%s agreement is that of all pairs",
  (weighting) => {
    fc.assert(
      fc.property(sparseTables, (table) => {
        const expected = pairByPair(ratingsOfTable(table), weighting);
        for (const found of leaveOneOutAgreement(matrixOf(table), weighting)) {
          const shares = expected.get(found.rater);
          if (!shares) expect(found).toMatchObject({ kind: "undefined", because: "NO_PAIRABLE_UNITS", ratings: 0 });
          else if (found.kind === "defined") {
            expect(found.value).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / shares.length, 12);
            expect([found.ratings, found.units]).toEqual([shares.length, shares.length]);
          }
        }
      }),
    );
  },
);

test("two raters have their percent agreement, with its error and interval", () => {
  const table: Table = [
    [1, 1],
    [2, 4],
    [3, 3],
    [5, 4],
    [2, 2],
  ];
  const pair = percentAgreementInferred(patternsOfRatings(ratingsOfTable(table), { categories: scale }), "LINEAR");
  for (const found of leaveOneOutAgreement(matrixOf(table), "LINEAR")) {
    expect(found).toMatchObject({ kind: "defined", value: expect.closeTo(valueOf(pair), 12) });
    expect(found.standardError).toBeCloseTo(pair.standardError!, 12);
    expect(found.interval!.low).toBeCloseTo(pair.interval!.low, 12);
  }
});

test("the mean over the raters of a complete table is percent agreement", () => {
  fc.assert(
    fc.property(completeTables, (table) => {
      const whole = percentAgreementInferred(
        patternsOfRatings(ratingsOfTable(table), { categories: scale }),
        "QUADRATIC",
      );
      const found = leaveOneOutAgreement(matrixOf(table), "QUADRATIC").map(valueOf as (some: object) => number);
      expect(found.reduce((sum, value) => sum + value, 0) / found.length).toBeCloseTo(valueOf(whole), 12);
    }),
  );
});

test("nothing changes with the order of the ratings, or with declared values that nobody used", () => {
  fc.assert(
    fc.property(sparseTables, fc.integer(), (table, seed) => {
      const ratings = ratingsOfTable(table);
      const found = leaveOneOutAgreement(matrixOf(table));
      const again = raterMatrix(shuffled(ratings, seed), { categories: [...scale, 6] });
      expect(leaveOneOutAgreement(again)).toEqual(found);
    }),
  );
});

describe("a rater's repeats", () => {
  const ratings = [
    { unit: 1, rater: "a", value: 1 },
    { unit: 1, rater: "a", value: 2 },
    { unit: 1, rater: "b", value: 1 },
    { unit: 2, rater: "a", value: 3 },
    { unit: 2, rater: "b", value: 3 },
    { unit: 3, rater: "a", value: 4 },
    { unit: 3, rater: "a", value: 4 },
  ];
  const found = leaveOneOutAgreement(raterMatrix(ratings, { categories: scale, repeats: "ALL" }));

  test("are no others' ratings, and are of one unit", () => {
    expect(found).toMatchObject([
      { rater: "a", value: expect.closeTo(2 / 3, 14), ratings: 3, units: 2 },
      { rater: "b", value: 0.75, ratings: 2, units: 2 },
    ]);
  });

  test("make one cluster of the error: 2/1 · ((1 − 2 · 2/3)² + (1 − 2/3)²)/3²", () => {
    expect(found[0]!.standardError).toBeCloseTo(Math.sqrt(2 * (1 / 9 + 1 / 9)) / 3, 14);
  });
});

test("weights may be a table of disagreements", () => {
  const disagreements = scale.map((a) => scale.map((b) => Math.abs(a - b)));
  const matrix = matrixOf([
    [1, 2, 5],
    [3, 3, 4],
  ]);
  const values = (weighting: Parameters<typeof leaveOneOutAgreement>[1]) =>
    leaveOneOutAgreement(matrix, weighting).map(valueOf as (some: object) => number);
  const linear = values("LINEAR");
  values(weightOfDisagreements(disagreements)).forEach((value, i) => expect(value).toBeCloseTo(linear[i]!, 14));
});

test("one shared unit gives a value and no error; none gives none", () => {
  const [a, b, c] = leaveOneOutAgreement(
    matrixOf([
      [1, 1, null],
      [null, null, 3],
    ]),
  );
  expect(a).toMatchObject({ kind: "defined", value: 1, units: 1, standardError: null, interval: null });
  expect(b).toMatchObject({ value: 1 });
  expect(c).toEqual({
    kind: "undefined",
    because: "NO_PAIRABLE_UNITS",
    rater: "r2",
    ratings: 0,
    units: 0,
    standardError: null,
    interval: null,
  });
  expect(leaveOneOutAgreement(matrixOf([]))).toEqual([]);
});

test("ratio weights refuse a declared value below 0, for every rater", () => {
  const matrix = raterMatrix(ratingsOfTable([[1, 2]]), { categories: [-1, 1, 2] });
  const found = leaveOneOutAgreement(matrix, "RATIO");
  expect(found).toMatchObject([{ rater: "r0", because: "NEGATIVE_VALUES" }, { because: "NEGATIVE_VALUES" }]);
});
