// Is a rater's bias its mean distance from the others, and do spread and correlation see what they should?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { severity } from "../../src/statistics/severity.js";
import { deepFreeze, ratingsOfTable, shuffled, sparseTables, type Table } from "./sampleRatings.js";

const matrixOf = (table: Table) => deepFreeze(raterMatrix(ratingsOfTable(table)));

type Figure = { kind: "defined"; value: number } | { kind: "undefined"; because: string };
const valueOrReason = (found: Figure) => (found.kind === "defined" ? found.value : found.because);

const six: Table = [
  [1, 2, 2],
  [4, 4, 2],
  [5, 3, 4],
  [2, 1, 1],
  [3, 5, 4],
  [4, 3, 5],
];

// scipy 1.17: ttest_1samp of the residuals with its confidence interval, and pearsonr; standard deviations of numpy
test("bias, spread and correlation are those of a t test on the residuals, and of Pearson", () => {
  const expected = [
    [
      0.16666666666666666, 0.4944132324730442, -1.1042630080267752, 1.4375963413601087, 1.0573759240954284,
      0.6252601268626873,
    ],
    [
      -0.08333333333333333, 0.5230784942158406, -1.4279494091765679, 1.2612827425099014, 1.0158939276200933,
      0.5731551162907967,
    ],
    [
      -0.08333333333333333, 0.47287536530370367, -1.2988981579029204, 1.1322314912362539, 1.1128560403800913,
      0.6758378183830475,
    ],
  ];
  severity(matrixOf(six), "INTERVAL").forEach((found, r) => {
    const [bias, error, low, high, spread, correlation] = expected[r]!;
    expect(found).toMatchObject({ kind: "defined", rater: `r${r}`, ratings: 6, units: 6 });
    expect(valueOrReason(found)).toBeCloseTo(bias!, 12);
    expect(found.standardError).toBeCloseTo(error!, 12);
    expect(found.interval!.low).toBeCloseTo(low!, 10);
    expect(found.interval!.high).toBeCloseTo(high!, 10);
    expect(valueOrReason(found.spreadRatio)).toBeCloseTo(spread!, 12);
    expect(valueOrReason(found.correlation)).toBeCloseTo(correlation!, 12);
  });
});

describe("raters who differ by a constant", () => {
  const effects = [0.5, 0, -0.5, 1];
  const found = severity(matrixOf([3, 5, 2, 8, 5].map((unit) => effects.map((effect) => unit + effect))), "INTERVAL");

  test("have that constant as their bias, without an error", () => {
    found.forEach((rater, r) => {
      const others = (1 - effects[r]!) / 3;
      expect(valueOrReason(rater)).toBeCloseTo(effects[r]! - others, 12);
      expect(rater.standardError).toBeCloseTo(0, 12);
    });
  });

  test("follow each other up and down", () => {
    for (const { correlation } of found) expect(valueOrReason(correlation)).toBeCloseTo(1, 12);
  });
});

test("a rater who uses half the scale has half the spread of the others", () => {
  const units = [-4, -2, 0, 2, 4];
  const table = units.map((unit) => [unit / 2, unit, unit]);
  const [half] = severity(matrixOf(table), "INTERVAL");
  // its squares are 10, those of all 10 + 40 + 40 with 14 degrees of freedom
  expect(valueOrReason(half!.spreadRatio)).toBeCloseTo(Math.sqrt(10 / 4 / (90 / 14)), 12);
  expect(valueOrReason(half!.correlation)).toBeCloseTo(1, 12);
});

test("bias is the mean residual over every pair of ratings, whatever is missing", () => {
  fc.assert(
    fc.property(sparseTables, (table) => {
      const ratings = ratingsOfTable(table);
      for (const found of severity(matrixOf(table), "INTERVAL")) {
        const residuals = ratings.flatMap(({ unit, rater, value }) => {
          const others = ratings.filter((other) => other.unit === unit && other.rater !== rater);
          if (rater !== found.rater || others.length === 0) return [];
          return [value - others.reduce((sum, other) => sum + other.value, 0) / others.length];
        });
        expect(found.ratings).toBe(residuals.length);
        const mean = residuals.reduce((sum, residual) => sum + residual, 0) / residuals.length;
        if (residuals.length > 0) expect(valueOrReason(found)).toBeCloseTo(mean, 12);
        else expect(valueOrReason(found)).toBe("NO_PAIRABLE_UNITS");
      }
    }),
  );
});

test("two raters have opposite biases, and the same correlation", () => {
  const [a, b] = severity(matrixOf(six.map(([first, second]) => [first!, second!])), "RATIO");
  expect(valueOrReason(a!)).toBeCloseTo(-valueOrReason(b!), 12);
  expect(valueOrReason(a!.correlation)).toBeCloseTo(valueOrReason(b!.correlation) as number, 12);
});

test("nothing changes with the order of the ratings", () => {
  fc.assert(
    fc.property(sparseTables, fc.integer(), (table, seed) => {
      const again = raterMatrix(shuffled(ratingsOfTable(table), seed));
      expect(severity(again, "INTERVAL")).toEqual(severity(matrixOf(table), "INTERVAL"));
    }),
  );
});

test("everything but the unit stays when values are moved and stretched", () => {
  const far = raterMatrix(ratingsOfTable(six).map((rating) => ({ ...rating, value: 1e9 + 3 * rating.value })));
  const here = severity(matrixOf(six), "INTERVAL");
  severity(far, "INTERVAL").forEach((found, r) => {
    expect(valueOrReason(found)).toBeCloseTo(3 * (valueOrReason(here[r]!) as number), 6);
    expect(valueOrReason(found.spreadRatio)).toBeCloseTo(valueOrReason(here[r]!.spreadRatio) as number, 6);
    expect(valueOrReason(found.correlation)).toBeCloseTo(valueOrReason(here[r]!.correlation) as number, 6);
  });
});

describe("the level of measurement", () => {
  const labels = ratingsOfTable(six).map((rating) => ({ ...rating, value: `l${rating.value}` }));
  const categories = ["l1", "l2", "l3", "l4", "l5"];

  test("takes ordinal labels as their ranks, and numbers as they are", () => {
    expect(severity(raterMatrix(labels, { categories }), "ORDINAL")).toEqual(severity(matrixOf(six), "ORDINAL"));
    expect(severity(matrixOf(six), "ORDINAL")).toEqual(severity(matrixOf(six), "INTERVAL"));
    const [a] = severity(matrixOf([[10, 1]]), "ORDINAL");
    expect(valueOrReason(a!)).toBe(9);
  });

  test("has no mean of names, nor of labels as numbers", () => {
    for (const [matrix, level] of [
      [raterMatrix(labels, { categories }), "NOMINAL"],
      [raterMatrix(labels, { categories }), "INTERVAL"],
      [raterMatrix(labels, { categories }), "RATIO"],
      [matrixOf(six), "NOMINAL"],
    ] as const)
      for (const found of severity(matrix, level)) {
        expect(found).toMatchObject({ because: "VALUES_NOT_NUMERIC", standardError: null, interval: null });
        expect(found.spreadRatio).toEqual({ kind: "undefined", because: "VALUES_NOT_NUMERIC" });
        expect(found.correlation).toEqual({ kind: "undefined", because: "VALUES_NOT_NUMERIC" });
      }
  });

  test("takes numbers though a label is declared, when nobody used it", () => {
    const matrix = raterMatrix(ratingsOfTable([[2, 5]]), { categories: ["none", 2, 5] });
    expect(severity(matrix, "INTERVAL").map(valueOrReason)).toEqual([-3, 3]);
    expect(severity(matrix, "ORDINAL").map(valueOrReason)).toEqual([-1, 1]);
  });
});

describe("what does not vary", () => {
  test("has no spread or correlation, and says so", () => {
    const found = severity(
      matrixOf([
        [4, 4, null],
        [4, 4, null],
        [4, 4, null],
        [1, null, 2],
        [null, null, 2],
      ]),
      "INTERVAL",
    );
    expect(found.map(({ spreadRatio }) => valueOrReason(spreadRatio))).toEqual([
      expect.closeTo(Math.sqrt(6.75 / 3 / (9.875 / 7)), 12),
      "NO_VARIATION",
      "TOO_FEW_RATINGS",
    ]);
    expect(found.map(({ correlation }) => valueOrReason(correlation))).toEqual([1, "NO_VARIATION", "TOO_FEW_RATINGS"]);
  });

  test("is seen through sums that round: the others' means of equal fractions", () => {
    const tenths = [1, 2, 3, 4].map((unit) => [unit / 7, ...Array<number>(1 + unit).fill(0.1)]);
    const [first, second] = severity(matrixOf(tenths.map((row) => [...row, null, null, null].slice(0, 6))), "INTERVAL");
    expect(valueOrReason(first!.correlation)).toBe("NO_VARIATION");
    expect(valueOrReason(second!.correlation)).toBe("NO_VARIATION");
    expect(valueOrReason(second!.spreadRatio)).toBeCloseTo(0, 12);
  });

  test("gives a rater who always clicks 4 a spread of 0", () => {
    const [always] = severity(matrixOf([1, 2, 3, 5].map((value) => [4, value])), "INTERVAL");
    expect(valueOrReason(always!.spreadRatio)).toBe(0);
    expect(valueOrReason(always!.correlation)).toBe("NO_VARIATION");
  });
});

test("a rater's repeats are no others", () => {
  const ratings = [
    { unit: 1, rater: "a", value: 1 },
    { unit: 1, rater: "a", value: 3 },
    { unit: 1, rater: "b", value: 4 },
    { unit: 2, rater: "a", value: 2 },
    { unit: 2, rater: "b", value: 2 },
  ];
  const [a, b] = severity(raterMatrix(ratings, { repeats: "ALL" }), "INTERVAL");
  expect(a).toMatchObject({ value: expect.closeTo(-4 / 3, 14), ratings: 3, units: 2 });
  expect(b).toMatchObject({ value: 1, ratings: 2, units: 2 });
});

test("no ratings have no raters", () => expect(severity(matrixOf([]), "INTERVAL")).toEqual([]));
