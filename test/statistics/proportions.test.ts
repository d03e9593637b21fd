// Are limits of shares, their differences and their ratios those of the papers and of scipy and R?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newcombeInterval } from "../../src/statistics/newcombeInterval.js";
import { twoSidedP, zOfLevel } from "../../src/statistics/normalTest.js";
import { riskRatio } from "../../src/statistics/riskRatio.js";
import { twoProportionTest } from "../../src/statistics/twoProportionTest.js";
import { wilsonInterval, type Hits } from "../../src/statistics/wilsonInterval.js";

/** What was found, for tests of what must be there. */
function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

const of = (hits: number, trials: number): Hits => ({ hits, trials });
const someHits = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => of(Math.round(share * trials), trials));

describe("Wilson's limits of a share", () => {
  // Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("are Newcombe's for %i of %i", (hits, trials, low, high) => {
    const { value, interval } = defined(wilsonInterval(of(hits, trials)));
    expect(value).toBe(hits / trials);
    expect([interval.low, interval.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)]);
  });

  // scipy 1.17.1: scipy.stats.binomtest(hits, trials).proportion_ci(level, "wilson")
  test.each([
    [81, 263, 0.95, 0.2552885198782742, 0.36620957698280004],
    [29, 29, 0.95, 0.8830302015002592, 1],
    [3, 100_000, 0.95, 1.0202758544517341e-5, 8.82080492517673e-5],
    [15, 148, 0.9, 0.06744326224687144, 0.14957293174640027],
  ])("are scipy's for %i of %i at level %d", (hits, trials, level, low, high) => {
    const { interval } = defined(wilsonInterval(of(hits, trials), level));
    expect(interval.low / low).toBeCloseTo(1, 11);
    expect(interval.high / high).toBeCloseTo(1, 13);
  });

  test("are mirrored with hits and misses, hold the share, and stay within 0 and 1", () => {
    fc.assert(
      fc.property(someHits, ({ hits, trials }) => {
        const one = defined(wilsonInterval(of(hits, trials)));
        const other = defined(wilsonInterval(of(trials - hits, trials)));
        expect(one.interval.low).toBeCloseTo(1 - other.interval.high, 12);
        expect(one.interval.low).toBeLessThanOrEqual(one.value);
        expect(one.interval.high).toBeGreaterThanOrEqual(one.value);
        expect(one.interval.low).toBeGreaterThanOrEqual(0);
        expect(one.interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("are not there without a trial", () => {
    expect(wilsonInterval(of(0, 0))).toEqual({ kind: "undefined", because: "NO_TRIALS" });
  });

  test.each([of(-1, 3), of(4, 3), of(Number.NaN, 3), of(1, Number.NaN), of(Infinity, Infinity)])("refuse %o", (hits) =>
    expect(() => wilsonInterval(hits)).toThrow(RangeError),
  );

  test.each([0, 1, 1.5, Number.NaN])("refuse a level of %d", (level) => {
    expect(() => wilsonInterval(of(1, 2), level)).toThrow(/level/);
  });
});

describe("Newcombe's limits of a difference", () => {
  // Newcombe (1998), Interval estimation for the difference between independent proportions, table II, method 10
  test.each([
    [of(56, 70), of(48, 80), 0.0524, 0.3339],
    [of(9, 10), of(3, 10), 0.1705, 0.809],
    [of(6, 7), of(2, 7), 0.0582, 0.8062],
    [of(5, 56), of(0, 29), -0.0381, 0.1926],
    [of(0, 10), of(0, 20), -0.1611, 0.2775],
    [of(0, 10), of(0, 10), -0.2775, 0.2775],
    [of(10, 10), of(0, 20), 0.6791, 1],
    [of(10, 10), of(0, 10), 0.6075, 1],
  ])("of %o and %o are his", (first, second, low, high) => {
    const { value, interval } = defined(newcombeInterval(first, second));
    expect(value).toBe(first.hits / first.trials - second.hits / second.trials);
    expect([interval.low, interval.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)]);
  });

  test("are mirrored when the samples change places, and stay within −1 and 1", () => {
    fc.assert(
      fc.property(someHits, someHits, (first, second) => {
        const one = defined(newcombeInterval(first, second));
        const other = defined(newcombeInterval(second, first));
        expect(one.interval.low).toBeCloseTo(-other.interval.high, 12);
        expect(one.interval.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(one.interval.high).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test("need a trial in each sample", () => {
    expect(newcombeInterval(of(0, 0), of(1, 2))).toEqual({ kind: "undefined", because: "NO_TRIALS" });
    expect(newcombeInterval(of(1, 2), of(0, 0))).toEqual({ kind: "undefined", because: "NO_TRIALS" });
  });
});

describe("the ratio of two shares", () => {
  test("of 7/34 and 1/34 has the limits of R contingencytables, Koopman_asymptotic_score_CI_2x2(perondi_2004)", () => {
    const { value, interval } = defined(riskRatio(of(7, 34), of(1, 34)));
    expect(value).toBeCloseTo(7, 12);
    expect([interval.low, interval.high]).toEqual([expect.closeTo(1.2209, 4), expect.closeTo(42.5757, 4)]);
  });

  // Koopman's (1984) own example is the first; digits by maximising the likelihood under the ratio with scipy.optimize
  test.each([
    [of(36, 40), of(16, 80), 2.9395691921, 7.1522234372],
    [of(7, 34), of(1, 34), 1.2208528611, 42.5757175307],
    [of(56, 70), of(48, 80), 1.0798215064, 1.6708055782],
    [of(0, 20), of(5, 20), 0, 0.6882700195],
    [of(20, 20), of(10, 20), 1.427140218, 3.3411515346],
  ])("of %o and %o has the limits of the restricted likelihood", (first, second, low, high) => {
    const { interval } = defined(riskRatio(first, second));
    expect([interval.low, interval.high]).toEqual([expect.closeTo(low, 7), expect.closeTo(high, 6)]);
  });

  test("leaves out 1 exactly where the score test rejects", () => {
    const withHits = someHits.filter(({ hits }) => hits > 0);
    fc.assert(
      fc.property(withHits, withHits, (first, second) => {
        const { interval, value } = defined(riskRatio(first, second));
        const tested = twoProportionTest(first, second);
        const rejects = tested.kind === "defined" && tested.p < 0.05;
        expect(interval.low > 1 || interval.high < 1).toBe(rejects);
        expect(interval.low).toBeLessThanOrEqual(value);
        expect(interval.high).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  test("turned round is the inverse", () => {
    const [one, other] = [defined(riskRatio(of(7, 34), of(3, 40))), defined(riskRatio(of(3, 40), of(7, 34)))];
    expect(one.interval.low * other.interval.high).toBeCloseTo(1, 10);
    expect(one.interval.high * other.interval.low).toBeCloseTo(1, 10);
  });

  test("of two full shares is 1, between limits", () => {
    const { value, interval } = defined(riskRatio(of(10, 10), of(12, 12)));
    expect(value).toBe(1);
    expect(interval.low).toBeLessThan(1);
    expect(interval.high).toBeGreaterThan(1);
  });

  test("says what is missing", () => {
    expect(riskRatio(of(3, 10), of(0, 10))).toEqual({ kind: "undefined", because: "NO_HITS_IN_SECOND" });
    expect(riskRatio(of(0, 10), of(0, 10))).toEqual({ kind: "undefined", because: "NO_HITS_IN_SECOND" });
    expect(riskRatio(of(3, 10), of(0, 0))).toEqual({ kind: "undefined", because: "NO_TRIALS" });
    expect(() => riskRatio(of(3, 2), of(1, 2))).toThrow(RangeError);
  });
});

describe("the test of two shares", () => {
  // scipy 1.17.1: scipy.stats.chi2_contingency([[x1, n1 − x1], [x2, n2 − x2]], correction=False), its root and p
  test.each([
    [of(56, 70), of(48, 80), 2.650171951258532, 0.008045081368196585],
    [of(7, 34), of(1, 34), 2.258317958127243, 0.02392584348062659],
    [of(500, 1000), of(700, 1000), -9.128709291752768, 6.932079668133659e-20],
  ])("of %o and %o is scipy's chi-square", (first, second, z, p) => {
    const found = defined(twoProportionTest(first, second));
    expect(found.z).toBeCloseTo(z, 12);
    expect(found.p / p).toBeCloseTo(1, 8);
  });

  test("says why there is none", () => {
    expect(twoProportionTest(of(0, 0), of(1, 2))).toEqual({ kind: "undefined", because: "NO_TRIALS" });
    expect(twoProportionTest(of(0, 5), of(0, 2))).toEqual({ kind: "undefined", because: "NO_VARIATION" });
    expect(twoProportionTest(of(5, 5), of(2, 2))).toEqual({ kind: "undefined", because: "NO_VARIATION" });
  });
});

test("the two sides of z are 1 at 0 and 0.05 at 1.96", () => {
  expect(twoSidedP(0)).toBe(1);
  expect(twoSidedP(zOfLevel(0.95))).toBeCloseTo(0.05, 13);
  expect(twoSidedP(-zOfLevel(0.99))).toBeCloseTo(0.01, 13);
});
