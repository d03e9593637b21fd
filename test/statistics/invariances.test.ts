// Which changes of the ratings must not change percent agreement and alpha, or must change them by a known factor?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Level } from "../../src/statistics/difference.js";
import type { Estimate } from "../../src/statistics/estimate.js";
import type { Weighting } from "../../src/statistics/gwetWeights.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { percentAgreementUnanimous } from "../../src/statistics/percentAgreementUnanimous.js";
import { patternsOfHistogram, type RatingPatterns, type Value } from "../../src/statistics/ratingPatterns.js";
import { weightedAlpha } from "../../src/statistics/weightedAlpha.js";
import {
  binaryTables,
  completeTables,
  ratingsOfTable,
  shuffled,
  sparseTables,
  valueOf,
  valueOrReason,
  type Table,
} from "./sampleRatings.js";

const levels: Level[] = ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"];
const weightings: Weighting[] = ["UNWEIGHTED", "LINEAR", "QUADRATIC", "RADICAL", "RATIO", "ORDINAL", "BIPOLAR"];
const scale = [1, 2, 3, 4, 5];

type Coefficient = (ratings: RatingPatterns) => Estimate;
const alphas: Coefficient[] = levels.map((level) => (r) => krippendorffAlpha(r, level));
const weighted: Coefficient[] = weightings.flatMap((w) => [
  (r: RatingPatterns) => weightedAlpha(r, w),
  (r: RatingPatterns) => percentAgreement(r, w),
]);
const all: Coefficient[] = [...alphas, ...weighted, percentAgreementUnanimous];

const read = (ratings: Rating[], categories: Value[] = scale) => patternsOfRatings(ratings, { categories });

function expectSame(coefficients: Coefficient[], one: RatingPatterns, other: RatingPatterns): void {
  for (const coefficient of coefficients) {
    const [a, b] = [valueOrReason(coefficient(one)), valueOrReason(coefficient(other))];
    if (typeof a === "string" || typeof b === "string") expect(b).toBe(a);
    else expect(Math.abs(a - b)).toBeLessThan(1e-12);
  }
}

function forAll(tables: fc.Arbitrary<Table>, check: (table: Table, seed: number) => void): void {
  fc.assert(fc.property(tables, fc.nat(), check), { seed: 42, numRuns: 200 });
}

describe("nothing changes", () => {
  test("nominal coefficients by a renaming of the values (relabel-invariance)", () =>
    forAll(sparseTables, (table, seed) => {
      const names = shuffled(["red", "green", "blue", "grey", "white"], seed);
      const renamed = ratingsOfTable(table).map((rating) => ({ ...rating, value: names[rating.value - 1]! }));
      const nominal: Coefficient[] = [alphas[0]!, (r) => percentAgreement(r), percentAgreementUnanimous];
      expectSame(nominal, read(ratingsOfTable(table)), read(renamed, ["blue", "green", "grey", "red", "white"]));
    }));

  test("by a renaming and reordering of raters (rater-permutation)", () =>
    forAll(sparseTables, (table, seed) => {
      const names = shuffled(["z", "y", "x", "w", "v"], seed);
      const renamed = ratingsOfTable(table).map((rating) => ({
        ...rating,
        rater: names[Number(`${rating.rater}`[1])]!,
      }));
      expect(read(shuffled(renamed, seed))).toEqual(read(ratingsOfTable(table)));
    }));

  test("by a renaming and reordering of units and rows (unit-permutation)", () =>
    forAll(sparseTables, (table, seed) => {
      const renamed = ratingsOfTable(shuffled(table, seed));
      expect(read(shuffled(renamed, seed + 1))).toEqual(read(ratingsOfTable(table)));
    }));

  test("by exchanging ratings among the raters of a unit (within-unit-shuffle)", () =>
    forAll(sparseTables, (table, seed) => {
      const exchanged = table.map((row, unit) => shuffled(row, seed + unit));
      expectSame([...alphas, ...weighted], read(ratingsOfTable(table)), read(ratingsOfTable(exchanged)));
    }));

  test("in alpha and percent agreement by units with one rating (singles-alpha, singles-others)", () =>
    forAll(sparseTables, (table) => {
      const without = read(ratingsOfTable(table));
      const single = { unit: "single", rater: "r0", value: 5 };
      if (without.patterns.length > 0)
        expectSame([...alphas, ...weighted], without, read([...ratingsOfTable(table), single]));
    }));

  test("in alpha at any level by declared values that nobody used (unused-categories)", () =>
    forAll(sparseTables, (table) => {
      const ratings = ratingsOfTable(table);
      expectSame(alphas, read(ratings), read(ratings, [-7, 0, 1, 1.5, 2, 3, 4, 4.5, 5, 99]));
    }));

  test("in interval alpha by x → 3.5 x − 7 and x → −x (interval-affine)", () =>
    forAll(sparseTables, (table) => {
      for (const [a, b] of [
        [3.5, -7],
        [-1, 0],
      ] as const)
        expectSame(
          [alphas[2]!],
          read(ratingsOfTable(table)),
          moved(table, (x) => a * x + b),
        );
    }));

  test("in ratio alpha by x → 4 x (ratio-scale)", () =>
    forAll(sparseTables, (table) =>
      expectSame(
        [alphas[3]!],
        read(ratingsOfTable(table)),
        moved(table, (x) => 4 * x),
      ),
    ));

  test("in ordinal alpha by any map that keeps or reverses the order (ordinal-monotone)", () =>
    forAll(sparseTables, (table) => {
      expectSame([alphas[1]!], read(ratingsOfTable(table)), moved(table, Math.exp));
      expectSame(
        [alphas[1]!],
        read(ratingsOfTable(table)),
        moved(table, (x) => -x),
      );
    }));

  test("between patterns from a list of ratings and from a histogram of count vectors", () =>
    forAll(sparseTables, (table) => {
      const vectors = table.map((row) => scale.map((value) => row.filter((cell) => cell === value).length));
      const list = read(ratingsOfTable(table));
      const rows = vectors.map((counts) => ({ units: 1, counts }));
      expect(patternsOfHistogram(scale, rows, list.raters)).toEqual(list);
    }));
});

describe("coefficients coincide", () => {
  test("nominal, ordinal and interval alpha on two values (binary-levels)", () =>
    forAll(binaryTables, (table) => {
      const patterns = read(ratingsOfTable(table));
      for (const alpha of alphas.slice(1)) expectSame([() => alpha(patterns)], patterns, patterns);
      const [nominal, ordinal, interval] = alphas.map((alpha) => valueOrReason(alpha(patterns)));
      for (const other of [ordinal, interval])
        if (typeof nominal === "number") expect(other).toBeCloseTo(nominal, 12);
        else expect(other).toBe(nominal);
    }));

  test("alpha with quadratic, ratio and no weights is interval, ratio and nominal alpha (alpha-quadratic)", () =>
    forAll(sparseTables, (table) => {
      const patterns = read(ratingsOfTable(table));
      for (const [weighting, level] of [
        ["QUADRATIC", "INTERVAL"],
        ["RATIO", "RATIO"],
        ["UNWEIGHTED", "NOMINAL"],
      ] as const) {
        const [a, b] = [weightedAlpha(patterns, weighting), krippendorffAlpha(patterns, level)].map(valueOrReason);
        if (typeof a === "number") expect(b).toBeCloseTo(a, 12);
        else expect(b).toBe(a);
      }
    }));

  test("1 − alpha = (1 − Fleiss)(nm − 1)/(nm) on complete tables, nominal and quadratic (alpha-fleiss-complete)", () =>
    forAll(completeTables, (table) => {
      const patterns = read(ratingsOfTable(table));
      const nm = table.length * table[0]!.length;
      for (const [level, weighting] of [
        ["NOMINAL", "UNWEIGHTED"],
        ["INTERVAL", "QUADRATIC"],
      ] as const) {
        const alpha = krippendorffAlpha(patterns, level);
        if (alpha.kind === "undefined") continue;
        const lossOfFleiss = (1 - valueOf(percentAgreement(patterns, weighting))) / chanceLoss(table, level);
        expect(1 - alpha.value).toBeCloseTo((lossOfFleiss * (nm - 1)) / nm, 12);
      }
    }));

  test("repeating every unit 3 times moves alpha only by (knm − 1)/(knm), percent agreement not at all (duplicate-units)", () =>
    forAll(completeTables, (table) => {
      const [one, three] = [read(ratingsOfTable(table)), read(ratingsOfTable([...table, ...table, ...table]))];
      expectSame(
        [
          ...weightings.map(
            (w): Coefficient =>
              (r) =>
                percentAgreement(r, w),
          ),
          percentAgreementUnanimous,
        ],
        one,
        three,
      );
      const nm = table.length * table[0]!.length;
      for (const alpha of alphas.filter((_, i) => levels[i] !== "ORDINAL")) {
        const [a, b] = [valueOrReason(alpha(one)), valueOrReason(alpha(three))];
        if (typeof a === "string") expect(b).toBe(a);
        else expect(1 - (b as number)).toBeCloseTo(((1 - a) * nm * (3 * nm - 1)) / (3 * nm * (nm - 1)), 12);
      }
    }));
});

test("no coefficient exceeds 1, and it is 1 exactly when all pairable ratings agree (bounds)", () =>
  forAll(sparseTables, (table) => {
    const patterns = read(ratingsOfTable(table));
    const perfect = patterns.patterns.every(({ counts }) => counts.length === 1);
    for (const coefficient of [...alphas, ...weighted]) {
      const value = valueOrReason(coefficient(patterns));
      if (typeof value === "number") expect(value === 1).toBe(perfect);
      if (typeof value === "number") expect(value).toBeLessThanOrEqual(1);
    }
    for (const coefficient of all) expect(valueOrReason(coefficient(patterns))).not.toBeNaN();
  }));

/** Alpha's input after a map of its values, declared ascending. */
function moved(table: Table, map: (x: number) => number): RatingPatterns {
  return patternsOfRatings(ratingsOfTable(table).map((rating) => ({ ...rating, value: map(rating.value) })));
}

/** 1 − pe of Fleiss' kappa: the expected loss when two ratings are drawn with replacement. */
function chanceLoss(table: Table, level: "NOMINAL" | "INTERVAL"): number {
  const cells = table.flat() as number[];
  const loss = (a: number, b: number) => (level === "NOMINAL" ? Number(a !== b) : ((a - b) / 4) ** 2);
  return cells.flatMap((a) => cells.map((b) => loss(a, b))).reduce((x, y) => x + y) / cells.length ** 2;
}
