// Do coefficients that know their raters say why they have no value, and what do they take and leave out?
import { describe, expect, test } from "vitest";
import { cohenKappa } from "../../src/statistics/cohenKappa.js";
import { congerKappa } from "../../src/statistics/congerKappa.js";
import { icc } from "../../src/statistics/icc.js";
import { kendallW } from "../../src/statistics/kendallW.js";
import { lightKappa } from "../../src/statistics/lightKappa.js";
import { meanPairwiseSpearman } from "../../src/statistics/meanPairwiseSpearman.js";
import { pabak } from "../../src/statistics/pabak.js";
import { patternsOfRatings, type RatingsRead } from "../../src/statistics/patternsOfRatings.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { scottPi } from "../../src/statistics/scottPi.js";
import { weightOfDisagreements } from "../../src/statistics/weightOfDisagreements.js";
import { deepFreeze, ratingsOfTable, valueOrReason, type Table } from "./sampleRatings.js";

const scale = [1, 2, 3, 4, 5];
const matrixOf = (table: Table, read: RatingsRead = { categories: scale }) =>
  deepFreeze(raterMatrix(ratingsOfTable(table), read));
const patternsOf = (table: Table) => deepFreeze(patternsOfRatings(ratingsOfTable(table), { categories: scale }));
const three: Table = [
  [1, 2, 1],
  [3, 3, 3],
  [5, 4, 5],
];

describe("a coefficient of two raters", () => {
  test("has no value with three", () => {
    expect(valueOrReason(cohenKappa(matrixOf(three)))).toBe("NEEDS_TWO_RATERS");
    expect(valueOrReason(scottPi(patternsOf(three)))).toBe("NEEDS_TWO_RATERS");
  });

  test("is over the units that both rated", () => {
    const both: Table = [
      [1, 1],
      [2, 1],
      [2, 2],
    ];
    const more: Table = [...both, [3, null], [null, 4]];
    expect(valueOrReason(cohenKappa(matrixOf(more)))).toBe(valueOrReason(cohenKappa(matrixOf(both))));
    expect(scottPi(patternsOf(more))).toMatchObject({ ...scottPi(patternsOf(both)), units: 5 });
  });

  test("leaves out raters without a rating", () => {
    const read = { categories: scale, raters: 7 };
    const found = cohenKappa(
      matrixOf(
        [
          [1, 1],
          [2, 2],
        ],
        read,
      ),
    );
    expect(found).toMatchObject({ kind: "defined", value: 1, raters: 7 });
  });

  test("has a value and no error on one unit", () => {
    expect(cohenKappa(matrixOf([[1, 2]]))).toMatchObject({ value: 0, standardError: null, interval: null });
    expect(congerKappa(matrixOf([[1, 2, 3]]))).toMatchObject({ value: 0, standardError: null, interval: null });
  });
});

test("Light's kappa leaves out pairs whose kappa has no value, and has none where no pair has one", () => {
  const first: Table = [
    [1, 1, null],
    [2, 2, 5],
    [1, 2, 5],
    [2, 2, null],
  ];
  // r0 and r1 have 0.5, r0 and r2 and r1 and r2 are 0 above chance: 2 and 1 against 5 and 5
  expect(valueOrReason(lightKappa(matrixOf(first)))).toBeCloseTo(0.5 / 3, 12);
  expect(
    valueOrReason(
      lightKappa(
        matrixOf([
          [1, 1],
          [1, 1],
        ]),
      ),
    ),
  ).toBe("NO_VARIATION");
});

test("PABAK needs two declared values", () => {
  expect(valueOrReason(pabak(patternsOf(three)))).toBe("NEEDS_TWO_CATEGORIES");
  expect(valueOrReason(pabak(patternsOf([])))).toBe("NO_RATINGS");
});

describe("a coefficient of complete tables", () => {
  const coefficients = [
    (table: Table) => icc(matrixOf(table), "ICC(2,1)"),
    (table: Table) => kendallW(matrixOf(table)),
    (table: Table) => meanPairwiseSpearman(matrixOf(table)),
  ];
  test.each([
    ["NO_RATINGS", []],
    ["NEEDS_TWO_UNITS_AND_TWO_RATERS", [[1, 2]]],
    ["NEEDS_TWO_UNITS_AND_TWO_RATERS", [[1], [2]]],
    [
      "INCOMPLETE_RATINGS",
      [
        [1, 2],
        [3, null],
        [4, 4],
      ],
    ],
    [
      "NO_VARIATION",
      [
        [4, 4],
        [4, 4],
      ],
    ],
  ] as const)("is %s on %j", (reason, table) => {
    for (const coefficient of coefficients) expect(valueOrReason(coefficient(table))).toBe(reason);
  });

  test("is NO_VARIATION on equal fractions, whose sums round", () => {
    const tenths = [1, 2, 3].flatMap((unit) => ["a", "b", "c"].map((rater) => ({ unit, rater, value: 0.1 })));
    expect(valueOrReason(icc(raterMatrix(tenths), "ICC(1,1)"))).toBe("NO_VARIATION");
  });

  test("of variance needs numbers, of ranks an order", () => {
    const labels = ratingsOfTable(three).map((rating) => ({ ...rating, value: `l${rating.value}` }));
    const matrix = raterMatrix(labels, { categories: ["l1", "l2", "l3", "l4", "l5"] });
    expect(valueOrReason(icc(matrix, "ICC(3,k)"))).toBe("VALUES_NOT_NUMERIC");
    expect(kendallW(matrix)).toEqual(kendallW(matrixOf(three)));
  });

  test("of variance is the same far from 0", () => {
    const far = ratingsOfTable(three).map((rating) => ({ ...rating, value: rating.value + 1e9 }));
    const [here, there] = [icc(matrixOf(three), "ICC(2,1)"), icc(raterMatrix(far), "ICC(2,1)")].map(valueOrReason);
    expect(there).toBeCloseTo(here as number, 12);
  });
});

describe("weights from a table of disagreements", () => {
  test("are shares of the worst", () => {
    const w = weightOfDisagreements([
      [0, 1],
      [4, 0],
    ]);
    expect([w(0, 0), w(0, 1), w(1, 0)]).toEqual([1, 0.75, 0]);
  });

  test.each([
    ["a row too short", [[0, 1], [1]]],
    [
      "a diagonal above 0",
      [
        [1, 1],
        [1, 0],
      ],
    ],
    [
      "a negative",
      [
        [0, -1],
        [1, 0],
      ],
    ],
    [
      "NaN",
      [
        [0, Number.NaN],
        [1, 0],
      ],
    ],
    [
      "no disagreement at all",
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])("refuse %s", (_name, table) => expect(() => weightOfDisagreements(table)).toThrow(RangeError));
});
