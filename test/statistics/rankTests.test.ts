// Are rank tests and their effects those of scipy and R, also with ties and at the ends?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cliffsDelta } from "../../src/statistics/cliffsDelta.js";
import { kruskalWallis } from "../../src/statistics/kruskalWallis.js";
import { mannWhitney } from "../../src/statistics/mannWhitney.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { midRanks, valueTallies } from "../../src/statistics/valueTallies.js";
import { deepFreeze } from "./sampleRatings.js";

function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

// R's data set airquality: ozone by month, missing days left out
const ozone = deepFreeze({
  may: [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
  june: [29, 71, 39, 23, 21, 37, 20, 12, 13],
  july: [135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59],
  august: [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85],
  september: [
    96, 78, 73, 91, 47, 32, 20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13, 24, 16, 13, 23, 36, 7, 14, 30, 14, 18, 20,
  ],
});
const ints = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 15 });

test("tallies count values by group, and give tied ones the mean of their ranks", () => {
  const tallies = valueTallies([[3, 1, 3], [2, 3, -0], []]);
  expect([...tallies.values]).toEqual([-0, 1, 2, 3]);
  expect(tallies.counts.map((counts) => [...counts])).toEqual([
    [0, 1, 0, 2],
    [1, 0, 1, 1],
    [0, 0, 0, 0],
  ]);
  expect(midRanks(tallies)).toEqual({ ranks: Float64Array.of(1, 2, 3, 5), ties: 24 });
  expect(() => valueTallies([[1], [Number.NaN]])).toThrow(RangeError);
  expect(() => valueTallies([[1], [Infinity]])).toThrow(RangeError);
});

describe("the test of Mann and Whitney", () => {
  test("is R's wilcox.test(Ozone ~ Month, subset = Month %in% c(5, 8)): W = 127.5, p-value = 0.0001208", () => {
    const found = defined(mannWhitney(ozone.may, ozone.august));
    // scipy 1.17.1: scipy.stats.mannwhitneyu(may, august, method="asymptotic")
    expect(found.u).toBe(127.5);
    expect(found.p / 0.00012080783076877434).toBeCloseTo(1, 9);
    expect(found.z).toBeLessThan(0);
    expect(found.superiority).toBeCloseTo(127.5 / 676, 14);
  });

  // scipy 1.17.1: scipy.stats.mannwhitneyu(x, y, method="asymptotic")
  test.each([
    [
      [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
      [1.15, 0.88, 0.9, 0.74, 1.21],
      35,
      0.24462360512698333,
    ],
    [[1, 2, 3], [2, 2, 2], 4.5, 1],
  ])("of %o and %o has U = %d and p = %d", (x, y, u, p) => {
    const found = defined(mannWhitney(x, y));
    expect([found.u, found.p]).toEqual([u, expect.closeTo(p, 12)]);
  });

  test("keeps small p: 200 numbers all above 200 others have 4.83e-67", () => {
    const numbers = (from: number) => Array.from({ length: 200 }, (_, i) => from + i);
    // scipy 1.17.1: scipy.stats.mannwhitneyu(range(200, 400), range(200), method="asymptotic"); kruskal of the same
    expect(defined(mannWhitney(numbers(200), numbers(0))).p / 4.830856390397399e-67).toBeCloseTo(1, 9);
    expect(defined(kruskalWallis([numbers(200), numbers(0)])).p / 4.794731539891123e-67).toBeCloseTo(1, 9);
  });

  test("is mirrored when the groups change places", () => {
    fc.assert(
      fc.property(ints, ints, (x, y) => {
        const [one, other] = [mannWhitney(x, y), mannWhitney(y, x)];
        if (one.kind === "undefined" || other.kind === "undefined") return;
        expect(one.u + other.u).toBe(x.length * y.length);
        expect(one.p).toBe(other.p);
        const delta = defined(cliffsDelta(x, y)).value;
        expect(delta).toBeCloseTo(2 * one.superiority - 1, 12);
      }),
    );
  });

  test("says why there is none", () => {
    expect(mannWhitney([], [1])).toEqual({ kind: "undefined", because: "EMPTY_GROUP" });
    expect(mannWhitney([2, 2], [2])).toEqual({ kind: "undefined", because: "NO_VARIATION" });
  });
});

// Hogarty and Kromrey (1999), the example of R effsize
const treatment = deepFreeze([10, 10, 20, 20, 20, 30, 30, 30, 40, 50]);
const control = deepFreeze([10, 20, 30, 40, 40, 50]);

describe("Cliff's δ", () => {
  test("has the three parts of its variance that effsize names: 0.2669753, 0.447, 1.0055556", () => {
    const { value, standardError } = defined(cliffsDelta(treatment, control));
    expect(value).toBeCloseTo(-0.25, 14);
    const variance = (5 * 0.26697530864 + 9 * 0.447 + 1.00555555556) / 60;
    expect(standardError).toBeCloseTo(Math.sqrt(variance), 10);
  });

  test("has effsize's limits, −0.7125351 to 0.3639999, where t is as far out as its z", () => {
    // effsize cliff.delta(use.unbiased = FALSE, use.normal = TRUE), tests/testCliff.Rout.save; t(14) reaches 1.959964
    // at the level below: 1 - 2 * scipy.stats.t.sf(1.959963984540054, 14)
    const { interval } = defined(cliffsDelta(treatment, control, 0.9297851476876946));
    expect(interval).toMatchObject({ low: expect.closeTo(-0.7125351, 6), high: expect.closeTo(0.3639999, 6) });
  });

  test("of ozone in May and August is that of the whole dominance matrix in numpy", () => {
    const found = defined(cliffsDelta(ozone.may, ozone.august));
    expect(found.value).toBeCloseTo(-0.6227810650887574, 13);
    expect(found.standardError).toBeCloseTo(0.12390980529310505, 12);
    expect(found.interval!.low).toBeCloseTo(-0.8095304887613893, 11);
    expect(found.interval!.high).toBeCloseTo(-0.32157756556841216, 11);
  });

  test("is the mean of all comparisons, within its limits, mirrored, and the same after any rising change", () => {
    fc.assert(
      fc.property(ints, ints, (x, y) => {
        const found = defined(cliffsDelta(x, y));
        const all = x.flatMap((xi) => y.map((yj) => Math.sign(xi - yj)));
        expect(found.value).toBeCloseTo(all.reduce((sum, d) => sum + d, 0) / all.length, 12);
        expect(found.interval!.low).toBeGreaterThanOrEqual(-1);
        expect(found.interval!.high).toBeLessThanOrEqual(1);
        expect(found.interval!.low).toBeLessThanOrEqual(found.value + 1e-12);
        expect(found.interval!.high).toBeGreaterThanOrEqual(found.value - 1e-12);
        const turned = defined(cliffsDelta(y, x));
        expect(turned.interval!.low).toBeCloseTo(-found.interval!.high, 12);
        const changed = (list: number[]) => list.map((value) => Math.exp(value));
        expect(cliffsDelta(changed(x), changed(y))).toEqual(found);
      }),
    );
  });

  test("of groups that do not overlap has Wilson's limit for the smaller one", () => {
    // (m − t²)/(m + t²), m = 4, scipy 1.17.1: t = scipy.stats.t.ppf(0.975, 8)
    const { value, interval } = defined(cliffsDelta([5, 6, 7, 8], [0, 1, 1, 2, 3, 4]));
    expect([value, interval]).toEqual([1, { low: expect.closeTo(-0.14141487975852485, 11), high: 1, level: 0.95 }]);
    expect(defined(cliffsDelta([1, 2, 3], [4, 5, 6])).interval!.low).toBe(-1);
  });

  test("of equal numbers is 0, and has no limits with one number in a group", () => {
    expect(defined(cliffsDelta([2, 2], [2, 2]))).toMatchObject({
      value: 0,
      standardError: 0,
      interval: { low: 0, high: 0 },
    });
    expect(cliffsDelta([1], [2, 3])).toEqual({ kind: "defined", value: -1, standardError: null, interval: null });
    expect(cliffsDelta([], [2, 3])).toEqual({ kind: "undefined", because: "EMPTY_GROUP" });
    expect(() => cliffsDelta([1], [2], 1)).toThrow(/level/);
  });

  test("misses its δ about as rarely as it says: 5 % at level 0.95, 20 numbers of five values a group", () => {
    const random = randomNumbers(11);
    const draw = (shares: number[]) => {
      let u = random.next();
      return shares.findIndex((share) => (u -= share) < 0);
    };
    const [p, q] = [
      [0.05, 0.1, 0.25, 0.35, 0.25],
      [0.1, 0.2, 0.3, 0.25, 0.15],
    ];
    const delta = p!.flatMap((pi, i) => q!.map((qj, j) => pi * qj * Math.sign(i - j))).reduce((sum, d) => sum + d, 0);
    let missed = 0;
    for (let i = 0; i < 2000; i++) {
      const group = (shares: number[]) => Array.from({ length: 20 }, () => draw(shares));
      const { interval } = defined(cliffsDelta(group(p!), group(q!)));
      if (interval!.low > delta || interval!.high < delta) missed++;
    }
    expect(missed / 2000).toBeGreaterThan(0.03);
    expect(missed / 2000).toBeLessThan(0.065);
  });
});

describe("the test of Kruskal and Wallis", () => {
  const months = [ozone.may, ozone.june, ozone.july, ozone.august, ozone.september];

  test("is R's kruskal.test(Ozone ~ Month, data = airquality): 29.267, df = 4, p-value = 6.901e-06", () => {
    const found = defined(kruskalWallis(months));
    // scipy 1.17.1: scipy.stats.kruskal; limits: brentq over λ of ncx2.sf(H, 4, λ) = 0.025 and 0.975, over 115
    expect(found.statistic).toBeCloseTo(29.26657630611694, 11);
    expect(found.df).toBe(4);
    expect(found.p / 6.900714118546782e-6).toBeCloseTo(1, 11);
    expect(found.epsilonSquared.value).toBeCloseTo(0.25449196787927775, 13);
    expect(found.epsilonSquared.interval.low).toBeCloseTo(0.08274157605413755, 9);
    expect(found.epsilonSquared.interval.high).toBeCloseTo(0.44179749952290354, 9);
  });

  test("has ε² = 0.581 for Pooh, Piglet and Tigger, as R rcompanion epsilonSquared", () => {
    const pooh = [3, 5, 4, 4, 4, 4, 4, 4, 5, 5];
    const piglet = [2, 4, 2, 2, 1, 2, 3, 2, 2, 3];
    const tigger = [4, 4, 4, 4, 5, 3, 5, 4, 4, 3];
    const found = defined(kruskalWallis([pooh, piglet, tigger]));
    expect(found.statistic).toBeCloseTo(16.84230769230768, 11);
    expect(found.p / 0.00022016047490004256).toBeCloseTo(1, 11);
    expect(found.epsilonSquared.value).toBeCloseTo(0.581, 3);
  });

  test("of two groups is Mann and Whitney's without continuity correction", () => {
    // scipy 1.17.1: mannwhitneyu(may, august, method="asymptotic", use_continuity=False)
    expect(defined(kruskalWallis([ozone.may, ozone.august])).p / 0.00011637726004353342).toBeCloseTo(1, 10);
  });

  test("does not hang on the order of the groups, nor on empty ones", () => {
    const found = defined(kruskalWallis(months));
    expect(defined(kruskalWallis([...months].reverse())).statistic).toBeCloseTo(found.statistic, 11);
    expect(kruskalWallis([...months, []])).toEqual(found);
  });

  test("says why there is none", () => {
    expect(kruskalWallis([[1, 2], []])).toEqual({ kind: "undefined", because: "FEWER_THAN_TWO_GROUPS" });
    expect(kruskalWallis([[2], [2, 2]])).toEqual({ kind: "undefined", because: "NO_VARIATION" });
  });
});
