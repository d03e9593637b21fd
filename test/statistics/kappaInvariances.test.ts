// Which changes of the ratings must not change kappas, correlations and concordance, and where must they coincide?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brennanPrediger } from "../../src/statistics/brennanPrediger.js";
import { cohenKappa } from "../../src/statistics/cohenKappa.js";
import { congerKappa } from "../../src/statistics/congerKappa.js";
import type { Estimate } from "../../src/statistics/estimate.js";
import { everyCoefficient } from "../../src/statistics/everyCoefficient.js";
import { fleissKappa } from "../../src/statistics/fleissKappa.js";
import type { Weighting } from "../../src/statistics/gwetWeights.js";
import { inferCoefficients, type RatingsBothWays } from "../../src/statistics/inferCoefficients.js";
import { kendallW } from "../../src/statistics/kendallW.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { meanPairwiseSpearman } from "../../src/statistics/meanPairwiseSpearman.js";
import { pabak } from "../../src/statistics/pabak.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import type { Value } from "../../src/statistics/ratingPatterns.js";
import { scottPi } from "../../src/statistics/scottPi.js";
import { completeTables, ratingsOfTable, shuffled, sparseTables, type Table } from "./sampleRatings.js";

const scale = [1, 2, 3, 4, 5];
const read = (ratings: Rating[], categories: Value[] = scale) => ({
  patterns: patternsOfRatings(ratings, { categories }),
  matrix: raterMatrix(ratings, { categories }),
});
const plainly = { usual: "ANALYTIC" as const, kinds: [], seed: 1, resamples: 0 };
const every = everyCoefficient("ORDINAL", true).map((each) => ({
  name: `${each.coefficient}/${each.weighting}`,
  of: (ratings: RatingsBothWays, level = 0.95) => inferCoefficients([each], ratings, { ...plainly, level })[0]!,
}));
const named = (pattern: RegExp) => every.filter(({ name }) => pattern.test(name));

function forAll(tables: fc.Arbitrary<Table>, check: (table: Table, seed: number) => void): void {
  fc.assert(fc.property(tables, fc.nat(), check), { seed: 42, numRuns: 60 });
}

/** Values, reasons, errors and limits of both are the same but for rounding. */
function expectSame(coefficients: typeof every, one: RatingsBothWays, other: RatingsBothWays, errorsToo = true): void {
  for (const { name, of } of coefficients) {
    const [a, b] = [of(one), of(other)];
    if (a.kind === "undefined" || b.kind === "undefined") expect([name, b]).toMatchObject([name, { kind: a.kind }]);
    else expect(Math.abs(a.value - b.value), name).toBeLessThan(1e-9);
    if (errorsToo && a.standardError !== null) expect(b.standardError, name).toBeCloseTo(a.standardError, 6);
    if (errorsToo && a.interval !== null) expect(b.interval!.low, name).toBeCloseTo(a.interval.low, 6);
  }
}

describe("nothing changes", () => {
  test("by a renaming and reordering of raters, units and rows (rater-permutation, unit-permutation)", () =>
    forAll(sparseTables, (table, seed) => {
      const ratings = ratingsOfTable(table);
      const [units, raters] = [shuffled(["a", "b", "c"], seed), shuffled(["v", "w", "x", "y", "z"], seed)];
      const renamed = ratings.map((rating) => ({
        ...rating,
        unit: `${units[Number(`${rating.unit}`.slice(1)) % 3]}${rating.unit}`,
        rater: raters[Number(`${rating.rater}`.slice(1))]!,
      }));
      expectSame(every, read(ratings), read(shuffled(renamed, seed)));
    }));

  test("in a single bit by the order of rows", () =>
    forAll(sparseTables, (table, seed) => {
      const ratings = ratingsOfTable(table);
      expect(read(shuffled(ratings, seed))).toEqual(read(ratings));
    }));

  test("in coefficients of labels by a renaming of the values (relabel-invariance)", () =>
    forAll(sparseTables, (table, seed) => {
      const names = shuffled(["red", "green", "blue", "grey", "white"], seed);
      const renamed = ratingsOfTable(table).map((rating) => ({ ...rating, value: names[rating.value - 1]! }));
      const colours = ["blue", "green", "grey", "red", "white"];
      expectSame(named(/\/(unweighted|nominal)$/), read(ratingsOfTable(table)), read(renamed, colours));
    }));

  test("by exchanging ratings within a unit, where raters do not matter (within-unit-shuffle)", () =>
    forAll(sparseTables, (table, seed) => {
      const exchanged = table.map((row, unit) => shuffled(row, seed + unit));
      const blind = named(/^(percent_agreement|krippendorff|fleiss|gwet|brennan|pabak|icc\/ICC\(1)(?!_unanimous)/);
      const complete = table.every((row) => row.every((cell) => cell !== null));
      const tried = complete ? blind : blind.filter(({ name }) => !name.startsWith("icc"));
      expectSame(tried, read(ratingsOfTable(table)), read(ratingsOfTable(exchanged)));
    }));

  test("in kappas of labels by declared values that nobody used (unused-categories)", () =>
    forAll(sparseTables, (table) => {
      const ratings = ratingsOfTable(table);
      expectSame(
        named(/^(fleiss|conger|cohen|scott|light).*unweighted/),
        read(ratings),
        read(ratings, [0, ...scale, 6]),
      );
    }));

  test("in linear and quadratic kappas by unused values beyond the ends (unused-extremes-weighted)", () =>
    forAll(sparseTables, (table) => {
      const ratings = ratingsOfTable(table);
      const kappas = named(/^(fleiss|conger|cohen|scott|light).*(linear|quadratic)/);
      expectSame(kappas, read(ratings), read(ratings, [-3, ...scale, 9]));
    }));

  test("in ICC and in linear and quadratic kappas by x → 3.5 x − 7 (interval-affine)", () =>
    forAll(completeTables, (table) => {
      const ratings = ratingsOfTable(table);
      const moved = ratings.map((rating) => ({ ...rating, value: 3.5 * rating.value - 7 }));
      const categories = scale.map((x) => 3.5 * x - 7);
      expectSame(named(/^(icc|.*kappa\/(linear|quadratic)$)/), read(ratings), read(moved, categories));
    }));

  test("but the errors by repeating every unit 3 times (duplicate-units)", () =>
    forAll(completeTables, (table) => {
      const three = read(ratingsOfTable([...table, ...table, ...table]));
      const tried = named(/^(percent|fleiss|conger|cohen|scott|light|gwet|brennan|pabak)/);
      expectSame(tried, read(ratingsOfTable(table)), three, false);
    }));
});

const weightings: Weighting[] = ["UNWEIGHTED", "LINEAR", "QUADRATIC", "ORDINAL"];
const pairs = fc.array(fc.tuple(...[1, 2].map(() => fc.integer({ min: 1, max: 5 }))), { minLength: 2, maxLength: 12 });

function expectEqual(a: Estimate<string>, b: Estimate<string>): void {
  if (a.kind === "undefined" || b.kind === "undefined") expect(b.kind).toBe(a.kind);
  else expect(b.value).toBeCloseTo(a.value, 9);
}

describe("for two raters and complete pairs", () => {
  test("Conger is Cohen and Fleiss is Scott, and Cohen is not below Scott (conger-cohen, kappa-ge-pi)", () =>
    forAll(pairs, (table) => {
      const { patterns, matrix } = read(ratingsOfTable(table));
      for (const weighting of weightings) {
        expectEqual(congerKappa(matrix, weighting), cohenKappa(matrix, weighting));
        expectEqual(fleissKappa(patterns, weighting), scottPi(patterns, weighting));
      }
      const [kappa, pi] = [cohenKappa(matrix), scottPi(patterns)];
      if (kappa.kind === "defined" && pi.kind === "defined")
        expect(kappa.value).toBeGreaterThanOrEqual(pi.value - 1e-12);
    }));

  test("Cohen is the same with the raters exchanged (cohen-symmetric)", () =>
    forAll(pairs, (table) => {
      const exchanged = table.map((row) => [...row].reverse());
      expectSame(named(/^cohen/), read(ratingsOfTable(table)), read(ratingsOfTable(exchanged)));
    }));
});

test("Brennan-Prediger is (p_o − 1/q)/(1 − 1/q), PABAK 2 p_o − 1 (bp-closed-form)", () =>
  forAll(sparseTables, (table) => {
    const five = patternsOfRatings(ratingsOfTable(table), { categories: scale });
    const [po, found] = [percentAgreement(five), brennanPrediger(five)];
    if (po.kind === "defined") expectEqual(found, { ...po, value: (po.value - 1 / 5) / (1 - 1 / 5) });
    const two = ratingsOfTable(table).map((rating) => ({ ...rating, value: rating.value > 2 ? "high" : "low" }));
    const binary = patternsOfRatings(two, { categories: ["low", "high"] });
    const agreement = percentAgreement(binary);
    if (agreement.kind === "defined") expectEqual(pabak(binary), { ...agreement, value: 2 * agreement.value - 1 });
  }));

test("1 − alpha = (1 − Fleiss)(nm − 1)/(nm) on complete tables (alpha-fleiss-complete)", () =>
  forAll(completeTables, (table) => {
    const { patterns } = read(ratingsOfTable(table));
    const [alpha, fleiss] = [krippendorffAlpha(patterns, "INTERVAL"), fleissKappa(patterns, "QUADRATIC")];
    const nm = table.length * table[0]!.length;
    if (fleiss.kind === "defined") expectEqual(alpha, { ...fleiss, value: 1 - ((1 - fleiss.value) * (nm - 1)) / nm });
  }));

test("no coefficient exceeds 1, concordance lies from 0 to 1, and an interval holds its value (bounds, ci-sanity)", () =>
  forAll(fc.oneof(sparseTables, completeTables), (table) => {
    const ratings = read(ratingsOfTable(table));
    for (const { name, of } of every) {
      const found = of(ratings);
      if (found.kind === "undefined") expect([name, found.interval, found.standardError]).toEqual([name, null, null]);
      else expect(found.value, name).toBeLessThanOrEqual(1 + 1e-12);
      if (found.kind === "undefined" || found.interval === null) continue;
      expect(found.interval.low, name).toBeLessThanOrEqual(found.value);
      expect(found.interval.high, name).toBeGreaterThanOrEqual(Math.min(1, found.value) - 1e-12);
    }
    const w = kendallW(ratings.matrix);
    if (w.kind === "defined") expect(w.value).toBeGreaterThanOrEqual(-1e-12);
  }));

test("a higher confidence level gives a wider interval (ci-sanity)", () =>
  forAll(completeTables, (table) => {
    const ratings = read(ratingsOfTable(table));
    for (const { of } of every) {
      const [wide, narrow] = [of(ratings, 0.99).interval, of(ratings, 0.8).interval];
      if (wide && narrow) expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-12);
    }
  }));

test("the mean of Spearman's correlations is (k W − 1)/(k − 1) without ties", () => {
  const orders = [
    [1, 2, 3, 4, 5],
    [2, 1, 3, 5, 4],
    [5, 2, 3, 1, 4],
  ];
  const table = scale.map((_, unit) => orders.map((order) => order[unit]!));
  const { matrix } = read(ratingsOfTable(table));
  const w = kendallW(matrix);
  expectEqual(meanPairwiseSpearman(matrix), { ...w, value: (3 * (w as { value: number }).value - 1) / 2 } as Estimate);
});
