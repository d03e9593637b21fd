// Are chi-square distributions, tests and effects those of scipy, R and ClickHouse?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chiSquareUpperTail,
  noncentralChiSquareBelow,
  noncentralityLimits,
} from "../../src/statistics/chiSquareDistribution.js";
import { chiSquareIndependence } from "../../src/statistics/chiSquareIndependence.js";
import { marginsOf } from "../../src/statistics/contingencyTable.js";
import { cramersV } from "../../src/statistics/cramersV.js";
import { drawTable, logFactorials } from "../../src/statistics/drawTable.js";
import { goodnessOfFit } from "../../src/statistics/goodnessOfFit.js";
import { lowerIncompleteGamma, upperIncompleteGamma } from "../../src/statistics/incompleteGamma.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { deepFreeze } from "./sampleRatings.js";

function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

const tables = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
  .chain(([r, c]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
  );

describe("the chi-square distribution", () => {
  // scipy 1.17.1: scipy.stats.chi2.sf(x, df)
  test.each([
    [400, 5, 2.9666446590828377e-84],
    [390, 2, 2.0538845540408403e-85],
    [3.84, 1, 0.05004352124870519],
    [0.5, 10, 0.999993388289439],
    [10, 3, 0.01856613546304325],
    [1200, 1000, 1.2255942330622893e-5],
    [50, 0.5, 3.329834727649937e-13],
    [1e5, 99_000, 0.012503086996302763],
  ])("has above %d with %d degrees of freedom %d", (x, df, p) => {
    expect(chiSquareUpperTail(x, df) / p).toBeCloseTo(1, 11);
  });

  test("is whole at 0, and its parts add up", () => {
    expect([chiSquareUpperTail(0, 3), lowerIncompleteGamma(2, 0), upperIncompleteGamma(2, 0)]).toEqual([1, 0, 1]);
    for (const [a, x] of [
      [0.5, 0.1],
      [3, 3.9],
      [3, 4.1],
      [250, 260],
    ] as const)
      expect(lowerIncompleteGamma(a, x) + upperIncompleteGamma(a, x)).toBeCloseTo(1, 14);
  });

  // scipy 1.17.1: scipy.stats.ncx2.cdf(x, df, λ)
  test.each([
    [5, 2, 1, 0.8107099625707197],
    [10, 3, 8, 0.49735172634520936],
    [30, 4, 20, 0.7582343240189369],
    [1000, 6, 900, 0.9384152237105697],
    [0.5, 1, 10, 0.006986326406965502],
    [120_000, 6, 120_000, 0.4971209030812466],
  ])("has below %d with %d degrees of freedom and noncentrality %d the share %d", (x, df, lambda, share) => {
    expect(noncentralChiSquareBelow(x, df, lambda)).toBeCloseTo(share, 9);
  });

  // scipy 1.17.1: brentq over λ of scipy.stats.ncx2.sf(x, df, λ) = 0.025 and 0.975
  test.each([
    [20, 2, 5.562624427652954, 40.17121944465602],
    [6.5, 2, 0, 18.999061818716015],
    [3, 4, 0, 9.117683675188196],
    [0.3, 6, 0, 0],
    [2500, 8, 2300.9836603377926, 2692.701914052463],
  ])("fits %d with %d degrees of freedom from noncentrality %d to %d", (x, df, low, high) => {
    const found = noncentralityLimits(x, df);
    expect(found.low).toBeCloseTo(low, low > 1000 ? 5 : 8);
    expect(found.high).toBeCloseTo(high, high > 1000 ? 5 : 8);
  });

  test("fits the noncentralities that R confintr's tests have for table(mtcars[c('am', 'vs')])", () => {
    const { statistic } = defined(
      chiSquareIndependence([
        [12, 7],
        [6, 7],
      ]),
    );
    expect(noncentralityLimits(statistic, 1)).toEqual({ low: 0, high: expect.closeTo(8.475743, 3) });
    expect(noncentralityLimits(statistic, 1, 0.9).high).toBeCloseTo(6.735455, 3);
  });

  test.each([
    [-1, 2],
    [1, 0],
    [Number.NaN, 1],
    [Infinity, 1],
  ])("refuses %d with %d", (x, df) => {
    expect(() => chiSquareUpperTail(x, df)).toThrow(RangeError);
    expect(() => noncentralChiSquareBelow(x, df, 1)).toThrow(RangeError);
    expect(() => noncentralityLimits(x, df)).toThrow(RangeError);
  });
});

// Agresti (2007), p. 39, party by gender: the example of R's chisq.test
const party = [
  [762, 327, 468],
  [484, 239, 477],
];
// Agresti (2002), p. 57, job satisfaction by income: the example of R's fisher.test
const jobs = [
  [1, 2, 1, 0],
  [3, 3, 6, 1],
  [10, 10, 14, 9],
  [6, 7, 12, 11],
];

describe("independence", () => {
  test("of party and gender is R's: χ² = 30.07, df = 2, p = 2.954e-07, with its residuals", () => {
    const found = defined(chiSquareIndependence(deepFreeze(party)));
    // scipy 1.17.1: scipy.stats.chi2_contingency(party, correction=False)
    expect(found.statistic).toBeCloseTo(30.070149095754672, 11);
    expect(found.p / 2.9535891832117595e-7).toBeCloseTo(1, 11);
    expect(found).toMatchObject({ df: 2, n: 2757, fewExpected: false, permutationP: null });
    // R's chisq.test(M)$residuals and $stdres, printed in its help
    const pearson = [
      [2.1988558, 0.4113702, -2.8432397],
      [-2.5046695, -0.4685829, 3.2386734],
    ];
    const adjusted = [
      [4.5020535, 0.6994517, -5.3159455],
      [-4.5020535, -0.6994517, 5.3159455],
    ];
    const close = (rows: number[][]) => rows.map((row) => row.map((value) => expect.closeTo(value, 6)));
    expect(found.pearsonResiduals).toEqual(close(pearson));
    expect(found.adjustedResiduals).toEqual(close(adjusted));
  });

  test("of jobs has few expected counts, and the p by permutation of scipy, 0.771", () => {
    const permuting = { seed: 1, permutations: 9999 };
    const found = defined(chiSquareIndependence(jobs, permuting));
    // scipy 1.17.1: scipy.stats.chi2_contingency(jobs, correction=False)
    expect(found.statistic).toBeCloseTo(5.965514588770404, 12);
    expect(found.p).toBeCloseTo(0.7433647250525508, 12);
    expect(found.smallestExpected).toBeCloseTo(0.8333333333333334, 12);
    expect(found.fewExpected).toBe(true);
    // scipy 1.17.1: the same with method=MonteCarloMethod(n_resamples=99999, rng=default_rng(1))
    expect(Math.abs(found.permutationP! - 0.77063)).toBeLessThan(0.015);
    expect(chiSquareIndependence(jobs, permuting)).toEqual(found);
  });

  test("has the p of all permutations, counted out by hypergeometric weights in Python: 0.10303", () => {
    const found = defined(
      chiSquareIndependence(
        [
          [3, 0, 1],
          [1, 4, 2],
        ],
        { seed: 3, permutations: 40_000 },
      ),
    );
    expect(found.statistic).toBeCloseTo(4.877976190476191, 12);
    expect(Math.abs(found.permutationP! - 0.10303030303030303)).toBeLessThan(0.005);
  });

  test("has a permutation p only where it is asked for and some expected count is below 5", () => {
    expect(defined(chiSquareIndependence(party, { seed: 1, permutations: 9 })).permutationP).toBeNull();
    expect(defined(chiSquareIndependence(jobs)).permutationP).toBeNull();
    expect(defined(chiSquareIndependence(jobs, { seed: 1, permutations: 1 })).permutationP).toBeGreaterThanOrEqual(0.5);
    expect(() => chiSquareIndependence(jobs, { seed: 1, permutations: 0 })).toThrow(RangeError);
  });

  test("leaves empty rows and columns out of df, and has no residual there", () => {
    const withEmpty = [...party.map((row) => [...row.slice(0, 1), 0, ...row.slice(1)]), [0, 0, 0, 0]];
    const [plain, found] = [defined(chiSquareIndependence(party)), defined(chiSquareIndependence(withEmpty))];
    expect(found).toMatchObject({ df: 2, n: 2757 });
    expect(found.statistic).toBeCloseTo(plain.statistic, 11);
    expect(found.pearsonResiduals[2]).toEqual([null, null, null, null]);
    expect(found.adjustedResiduals[0]![1]).toBeNull();
    expect(found.expected[2]).toEqual(new Float64Array(4));
  });

  test("has residuals whose squares add up to χ², and is the same turned over", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = chiSquareIndependence(table);
        if (found.kind === "undefined") return;
        const squares = found.pearsonResiduals.flat().reduce<number>((sum, r) => sum + (r ?? 0) ** 2, 0);
        expect(squares).toBeCloseTo(found.statistic, 8);
        const over = defined(chiSquareIndependence(table[0]!.map((_, j) => table.map((row) => row[j]!))));
        expect([over.statistic, over.p]).toEqual([expect.closeTo(found.statistic, 8), expect.closeTo(found.p, 10)]);
      }),
    );
  });

  test("says why there is none", () => {
    expect(chiSquareIndependence([])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(
      chiSquareIndependence([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(
      chiSquareIndependence([
        [1, 2],
        [0, 0],
      ]),
    ).toEqual({ kind: "undefined", because: "ONE_ROW_OR_COLUMN" });
    expect(
      chiSquareIndependence([
        [1, 0],
        [4, 0],
      ]),
    ).toEqual({ kind: "undefined", because: "ONE_ROW_OR_COLUMN" });
    expect(() => chiSquareIndependence([[1, 2], [3]])).toThrow(/row 1 has 1 counts/);
    expect(() =>
      chiSquareIndependence([
        [1, 2],
        [3, 0.5],
      ]),
    ).toThrow(/whole number/);
  });
});

test("drawn tables keep their margins and have the expected counts on average", () => {
  const margins = marginsOf(jobs);
  const random = randomNumbers(5);
  const logs = logFactorials(margins.n);
  const drawn = jobs.map((row) => new Float64Array(row.length));
  const sums = jobs.map((row) => new Float64Array(row.length));
  for (let i = 0; i < 4000; i++) {
    drawTable(random, margins, logs, drawn);
    const found = marginsOf(drawn);
    expect([found.rows, found.columns]).toEqual([margins.rows, margins.columns]);
    drawn.forEach((row, r) => row.forEach((count, c) => (sums[r]![c]! += count / 4000)));
  }
  sums.forEach((row, r) =>
    row.forEach((mean, c) => {
      const expected = (margins.rows[r]! * margins.columns[c]!) / margins.n;
      expect(Math.abs(mean - expected)).toBeLessThan(0.12);
    }),
  );
});

describe("Cramér's V", () => {
  test("corrected is ClickHouse's cramersVBiasCorrected(number % 10, number % 4) of 150 numbers", () => {
    const table = Array.from({ length: 10 }, () => [0, 0, 0, 0]);
    for (let number = 0; number < 150; number++) table[number % 10]![number % 4]!++;
    expect(defined(cramersV(table)).value).toBeCloseTo(0.5305112825189074, 13);
  });

  test("of party and gender is as by Bergsma's formula on scipy's χ², of jobs 0", () => {
    expect(defined(cramersV(party)).value).toBeCloseTo(0.10091998278440886, 12);
    const { value, interval } = defined(cramersV(jobs));
    expect([value, interval.low]).toEqual([0, 0]);
    expect(interval.high).toBeGreaterThan(0.1);
  });

  test("has a lower limit of 0 exactly where independence is not rejected at 0.025, and holds the value", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [found, tested] = [cramersV(table), chiSquareIndependence(table)];
        if (found.kind === "undefined" || tested.kind === "undefined") return;
        expect(found.interval.low > 0).toBe(tested.p < 0.025);
        expect(found.interval.low).toBeLessThanOrEqual(found.value);
        expect(found.value).toBeLessThanOrEqual(found.interval.high + 1e-12);
        expect(found.interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("says why there is none", () => {
    expect(
      cramersV([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual({ kind: "undefined", because: "TOO_FEW_COUNTS" });
    expect(
      cramersV([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(cramersV([[1, 2]])).toEqual({ kind: "undefined", because: "ONE_ROW_OR_COLUMN" });
  });
});

describe("goodness of fit", () => {
  test("is R's chisq.test(c(89, 37, 30, 28, 2), p = c(0.40, 0.20, 0.20, 0.15, 0.05)): χ² = 9.9901, p = 0.04059", () => {
    const found = defined(goodnessOfFit([89, 37, 30, 28, 2], [40, 20, 20, 15, 5]));
    // scipy 1.17.1: scipy.stats.chisquare(counts, 186 · shares); residuals and w by their formulas in numpy
    expect(found.statistic).toBeCloseTo(9.990143369175627, 11);
    expect(found.p).toBeCloseTo(0.040594043344781214, 12);
    expect(found).toMatchObject({ df: 4, n: 186, fewExpected: false, smallestExpected: expect.closeTo(9.3, 12) });
    const residuals = [2.1851978413257607, -0.0366617787, -1.3198240351921802, 0.0205347034, -2.455950352421585];
    expect(found.standardisedResiduals).toEqual(residuals.map((residual) => expect.closeTo(residual, 9)));
    expect(found.w.value).toBeCloseTo(0.23175514713027268, 12);
    expect(found.w.interval.low).toBe(0);
  });

  test("of Mendel's peas to 9:3:3:1 is χ² = 0.47, p = 0.925, and w may lie above its limits", () => {
    const found = defined(goodnessOfFit([315, 101, 108, 32], [9, 3, 3, 1]));
    expect(found.statistic).toBeCloseTo(0.4700239808153477, 12);
    expect(found.p).toBeCloseTo(0.925425895103616, 12);
    const exact = defined(goodnessOfFit([90, 30, 30, 10], [9, 3, 3, 1]));
    expect(exact.w).toMatchObject({ value: 0, interval: { low: 0, high: 0 } });
  });

  test("takes cells without a target as none, and refuses counts there", () => {
    const found = defined(goodnessOfFit([30, 0, 20], [1, 0, 1]));
    expect(found).toMatchObject({ df: 1, statistic: expect.closeTo(2, 12) });
    expect(found.standardisedResiduals[1]).toBeNull();
    expect(goodnessOfFit([30, 1, 20], [1, 0, 1])).toEqual({ kind: "undefined", because: "COUNTS_OFF_TARGET" });
  });

  test("says why there is none", () => {
    expect(goodnessOfFit([0, 0], [1, 1])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(goodnessOfFit([1, 2], [0, 0])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(goodnessOfFit([3, 0], [1, 0])).toEqual({ kind: "undefined", because: "ONE_CELL" });
    expect(() => goodnessOfFit([1], [1, 2])).toThrow(RangeError);
    expect(() => goodnessOfFit([1.5, 2], [1, 2])).toThrow(RangeError);
    expect(() => goodnessOfFit([1, 2], [-1, 2])).toThrow(RangeError);
  });
});
