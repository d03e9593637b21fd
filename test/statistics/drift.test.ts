// Are the change of the last ratings and the running mean those of R and of the NIST handbook?
import { describe, expect, test } from "vitest";
import { ewmaChart, recentChange } from "../../src/statistics/drift.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { deepFreeze } from "./sampleRatings.js";

// R's data set sleep (Student, 1908): extra hours of sleep with two drugs
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe("the change of the last numbers", () => {
  test("is R's Welch test, t.test(extra ~ group, data = sleep), whose help prints its interval", () => {
    const found = recentChange(deepFreeze([...first, ...second]), { recent: 10 });
    expect(found).toEqual({
      kind: "defined",
      difference: expect.closeTo(1.58, 12),
      recent: { n: 10, mean: expect.closeTo(2.33, 12) },
      before: { n: 10, mean: expect.closeTo(0.75, 12) },
      standardError: expect.closeTo(1.58 / 1.8608, 4),
      interval: { low: expect.closeTo(-0.2054832, 7), high: expect.closeTo(3.3654832, 7), level: 0.95 },
    });
  });

  test("is its mirror when time runs backward, and the same far from 0", () => {
    const forward = recentChange([...first, ...second], { recent: 10 });
    const backward = recentChange([...second, ...first], { recent: 10 });
    const far = recentChange(
      [...first, ...second].map((x) => x + 1e8),
      { recent: 10 },
    );
    if (forward.kind === "undefined" || backward.kind === "undefined" || far.kind === "undefined") throw new Error();
    expect(backward.difference).toBeCloseTo(-forward.difference, 12);
    expect(backward.interval!.low).toBeCloseTo(-forward.interval!.high, 12);
    expect(far.difference).toBeCloseTo(forward.difference, 6);
    expect(far.standardError).toBeCloseTo(forward.standardError!, 6);
  });

  test("compares the last 50 unless told", () => {
    const hits = [...Array<number>(60).fill(1), ...Array<number>(50).fill(0)];
    hits[0] = 0;
    expect(recentChange(hits)).toMatchObject({ recent: { n: 50, mean: 0 }, before: { n: 60, mean: 59 / 60 } });
  });

  test("has a value and no error where nothing varies on either side", () => {
    const hits = [...Array<number>(60).fill(1), ...Array<number>(50).fill(0)];
    expect(recentChange(hits)).toMatchObject({ difference: -1, standardError: null, interval: null });
    const tenths = Array<number>(110).fill(0.1);
    expect(recentChange(tenths)).toMatchObject({ difference: 0, standardError: null });
  });

  test.each([
    [51, 50],
    [0, 50],
    [10, 1],
    [3, 2],
  ])("has no value with %d numbers of which %d are recent", (n, recent) => {
    expect(recentChange(first.slice(0, n).concat(Array<number>(Math.max(0, n - 10)).fill(1)), { recent })).toEqual({
      kind: "undefined",
      because: "TOO_FEW_NUMBERS",
    });
  });
});

test.each([[[1, Number.NaN, 2, 3], 2] as const, [[1, 2, 3, 4], 1.5] as const, [[1, 2, 3, 4], -1] as const])(
  "%j with %d recent ones are refused",
  (numbers, recent) => {
    expect(() => recentChange(numbers, { recent })).toThrow(RangeError);
    expect(() => ewmaChart(numbers, { recent })).toThrow(RangeError);
  },
);

describe("the running mean", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4; λ = 0.3, EWMA_0 = 50, s = 2.0539
  const numbers = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
    52.1,
  ];
  const printed = [
    50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92,
    50.73, 51.23, 51.94, 51.99,
  ];

  test("is the one that NIST prints, with its limits 52.5884 and 47.4115 in the end", () => {
    const found = ewmaChart(deepFreeze(numbers), { lambda: 0.3, target: { centre: 50, sigma: 2.0539 } });
    if (found.kind === "undefined") throw new Error(found.because);
    printed.forEach((z, i) => expect(Math.abs(found.values[i]! - z)).toBeLessThanOrEqual(0.00501));
    expect(Math.abs(50 + found.reach[19]! - 52.5884)).toBeLessThan(3e-4);
    expect(found.outside).toEqual([]);
  });

  test("has narrower limits at first: 3 σ λ after one number", () => {
    const found = ewmaChart([1, 2], { target: { centre: 0, sigma: 2 } });
    expect(found).toMatchObject({ centre: 0, sigma: 2 });
    if (found.kind === "undefined") throw new Error(found.because);
    expect(found.reach[0]).toBeCloseTo(3 * 2 * 0.2, 12);
    expect(found.reach[1]).toBeCloseTo(3 * 2 * 0.2 * Math.sqrt(1 + 0.64), 12);
    expect([...found.values]).toEqual([0.2, expect.closeTo(0.56, 12)]);
  });

  test("leaves its limits after a shift, and not before", () => {
    const random = randomNumbers(4);
    const steady = Array.from({ length: 120 }, () => random.next() - 0.5);
    const shifted = steady.map((x, i) => (i < 80 ? x : x + 0.6));
    const found = ewmaChart(shifted, { recent: 40 });
    if (found.kind === "undefined") throw new Error(found.because);
    expect(found.outside[0]).toBeGreaterThanOrEqual(80);
    expect(found.outside[0]).toBeLessThan(95);
    expect(found.outside.length).toBeGreaterThan(20);
    expect(ewmaChart(steady, { recent: 40 })).toMatchObject({ outside: [] });
  });

  test("takes centre and sigma from the numbers before the recent ones", () => {
    const found = ewmaChart([...first, ...second, ...numbers], { recent: 20 });
    expect(found).toMatchObject({ centre: expect.closeTo(1.54, 12), sigma: expect.closeTo(2.0179, 4) });
  });

  test("has no value with too few numbers before, or where those are all equal", () => {
    expect(ewmaChart(numbers)).toEqual({ kind: "undefined", because: "TOO_FEW_NUMBERS" });
    expect(ewmaChart([], { target: { centre: 0, sigma: 1 } })).toMatchObject({ because: "TOO_FEW_NUMBERS" });
    expect(ewmaChart(Array<number>(80).fill(0.1))).toEqual({ kind: "undefined", because: "NO_VARIATION" });
    expect(ewmaChart(numbers, { target: { centre: 0, sigma: 0 } })).toMatchObject({ because: "NO_VARIATION" });
  });

  test.each([0, -0.1, 1.1, Number.NaN])("refuses a λ of %d", (lambda) =>
    expect(() => ewmaChart(numbers, { lambda })).toThrow(RangeError),
  );
});
