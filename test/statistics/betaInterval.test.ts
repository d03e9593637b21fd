// Is the accuracy behind hits and misses the beta posterior, also in the tails and with nothing but hits?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accuracyAbove, accuracyPosterior, betaLimits, betaQuantile } from "../../src/statistics/betaInterval.js";

/** Both numbers agree in this many digits. */
function expectDigits(found: number, known: number, digits: number): void {
  expect(Math.abs(found / known - 1)).toBeLessThan(10 ** -digits);
}

describe("the quantile of the beta distribution", () => {
  // mpmath 1.3, 40 digits: the inverse of its regularised incomplete beta function
  test.each([
    [0.025, 9, 3, 0.482244147639827291, 12],
    [0.975, 9, 3, 0.939782265827093362, 12],
    [0.5, 31, 2.5, 0.933745782416237623, 12],
    [1e-10, 4, 7, 0.000831531385243843472, 12],
    [1e-100, 4, 7, 2.62690989442415824e-26, 12],
    [0.025, 2, 50, 0.00478499269470729135, 12],
    [0.975, 2, 50, 0.104474896395517161, 12],
    [0.025, 851, 151, 0.826512926595776845, 12],
    [0.975, 851, 151, 0.870769428712395636, 12],
    [0.025, 9001, 1001, 0.893963668047493881, 11],
    [0.025, 90001, 10001, 0.898125015470546637, 10],
    [0.025, 1, 51, 0.000496304407737770976, 14],
    [0.975, 1, 51, 0.0697770307495386628, 14],
    [0.025, 51, 1, 0.930222969250461337, 14],
  ])("of %d with %d and %d is %d", (p, a, b, x, digits) => expectDigits(betaQuantile(p, a, b), x, digits));

  test("is where the distribution reaches the share, from either end", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1 - 1e-3, noNaN: true }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        (p, hits, misses) => {
          const x = betaQuantile(p, 1 + hits, 1 + misses);
          expect(accuracyAbove(x, hits, misses)).toBeCloseTo(1 - p, 10);
          expect(1 - betaQuantile(1 - p, 1 + misses, 1 + hits)).toBeCloseTo(x, 11);
        },
      ),
    );
  });

  test("ends at 0 and 1, and refuses what is no beta distribution", () => {
    expect([betaQuantile(0, 3, 4), betaQuantile(1, 3, 4)]).toEqual([0, 1]);
    for (const [p, a, b] of [
      [0.5, 0, 1],
      [0.5, 1, -1],
      [1.5, 1, 1],
      [Number.NaN, 1, 1],
    ] as const)
      expect(() => betaQuantile(p, a, b)).toThrow(RangeError);
    expect(() => betaLimits(2, 2, 1)).toThrow(RangeError);
  });
});

describe("the accuracy", () => {
  test("without an answer is anything from 0 to 1", () => {
    expect(accuracyPosterior(0, 0)).toEqual({
      mean: 0.5,
      interval: { low: expect.closeTo(0.025, 14), high: expect.closeTo(0.975, 14), level: 0.95 },
    });
  });

  test("with nothing but hits is the (n + 1)-th root of the share, and with nothing but misses its mirror", () => {
    const { mean, interval } = accuracyPosterior(10, 0);
    expect(mean).toBeCloseTo(11 / 12, 15);
    expect(interval.low).toBeCloseTo(0.025 ** (1 / 11), 14);
    expect(interval.high).toBeCloseTo(0.975 ** (1 / 11), 14);
    const mirrored = accuracyPosterior(0, 10).interval;
    expect([1 - mirrored.high, 1 - mirrored.low]).toEqual([
      expect.closeTo(interval.low, 14),
      expect.closeTo(interval.high, 14),
    ]);
  });

  test("lies outside its interval with half of the rest on either side", () => {
    const { interval } = accuracyPosterior(25, 3, 0.9);
    expect(accuracyAbove(interval.low, 25, 3)).toBeCloseTo(0.95, 12);
    expect(accuracyAbove(interval.high, 25, 3)).toBeCloseTo(0.05, 12);
  });

  // mpmath 1.3, 40 digits
  test.each([
    [0.75, 10, 10, 0.00642271048400289146, 12],
    [0.9, 500, 20, 0.999999887241906728, 13],
    [0.5, 0, 30, 4.65661287307739258e-10, 12],
  ])("is above %d after %d hits and %d misses with probability %d", (x, hits, misses, probability, digits) =>
    expectDigits(accuracyAbove(x, hits, misses), probability, digits),
  );

  test("is above x as often as a binomial of one answer more has no more hits than there were", () => {
    // P(Beta(1 + 3, 1 + 2) > 0.6) = P(Bin(6, 0.6) ≤ 3)
    const chances = [0, 1, 2, 3].map((k) => [1, 6, 15, 20][k]! * 0.6 ** k * 0.4 ** (6 - k));
    expect(accuracyAbove(0.6, 3, 2)).toBeCloseTo(
      chances.reduce((sum, chance) => sum + chance),
      14,
    );
  });

  test("is surely above what is below 0, and never above 1", () => {
    expect([-0.1, 0, 1, 1.1].map((x) => accuracyAbove(x, 4, 1))).toEqual([1, 1, 0, 0]);
  });

  test("is refused for counts below 0, and for NaN", () => {
    expect(() => accuracyPosterior(-1, 2)).toThrow("-1 hits and 2 misses");
    expect(() => accuracyPosterior(1, Number.NaN)).toThrow(RangeError);
    expect(() => accuracyAbove(0.5, 1, Infinity)).toThrow(RangeError);
    expect(() => accuracyAbove(Number.NaN, 1, 1)).toThrow(RangeError);
  });
});
