// Does each interval get the verdict of the rule?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectVerdict } from "../../src/statistics/effectVerdict.js";

const difference = { scale: "DIFFERENCE", minimum: 0.05 } as const;
const ratio = { scale: "RATIO", minimum: 1.25 } as const;
const measured = (value: number, low: number, high: number, q: number | null) => ({
  value,
  interval: { low, high },
  q,
});

describe("of a difference with minimum effect 0.05", () => {
  test.each([
    [0.1, 0.06, 0.14, 0.001, "HIGH", "LIMIT_EXCEEDS_MINIMUM"],
    [-0.1, -0.14, -0.06, 0.001, "HIGH", "LIMIT_EXCEEDS_MINIMUM"],
    [0.1, 0.06, 0.14, 0.2, "HIGH", "LIMIT_EXCEEDS_MINIMUM"],
    [0.1, 0.02, 0.18, 0.02, "MEDIUM", "ESTIMATE_EXCEEDS_MINIMUM"],
    [-0.1, -0.18, -0.02, 0.02, "MEDIUM", "ESTIMATE_EXCEEDS_MINIMUM"],
    [0.04, 0.01, 0.07, 0.02, "LOW", "ESTIMATE_BELOW_MINIMUM"],
    [0.05, 0.01, 0.09, 0.02, "LOW", "ESTIMATE_BELOW_MINIMUM"],
    [0.02, 0.01, 0.03, 0.001, "LOW", "BELOW_MINIMUM_THROUGHOUT"],
    [0.04, -0.02, 0.1, 0.3, "INCONCLUSIVE", "CONTAINS_NONE_AND_MINIMUM"],
    [0, -0.2, 0.2, 1, "INCONCLUSIVE", "CONTAINS_NONE_AND_MINIMUM"],
    [0, -0.05, 0.01, 1, "INCONCLUSIVE", "CONTAINS_NONE_AND_MINIMUM"],
    [0.06, 0.01, 0.11, 0.08, "INCONCLUSIVE", "NOT_SIGNIFICANT"],
    [0.06, 0.01, 0.11, null, "INCONCLUSIVE", "NOT_SIGNIFICANT"],
    [0.01, -0.02, 0.04, 0.6, "PASS", "WITHIN_MINIMUM"],
    [0.02, 0.01, 0.03, 0.08, "PASS", "WITHIN_MINIMUM"],
    [0, 0, 0.04, 0.6, "PASS", "WITHIN_MINIMUM"],
  ])("%d from %d to %d with q %d is %s, %s", (value, low, high, q, verdict, rule) => {
    expect(effectVerdict(measured(value, low, high, q), difference)).toEqual({ verdict, rule });
  });

  test("is inconclusive where nothing was measured, never a pass", () => {
    const rule = { verdict: "INCONCLUSIVE", rule: "NOT_MEASURED" };
    expect(effectVerdict({ value: null, interval: null, q: null }, difference)).toEqual(rule);
    expect(effectVerdict({ value: 0.3, interval: null, q: 0.001 }, difference)).toEqual(rule);
  });

  test("takes another alpha", () => {
    const effect = measured(0.04, 0.01, 0.07, 0.02);
    expect(effectVerdict(effect, { ...difference, alpha: 0.01 }).verdict).toBe("INCONCLUSIVE");
  });
});

describe("of a ratio with minimum effect 1.25", () => {
  test.each([
    [1.5, 1.3, 1.7, 0.001, "HIGH"],
    [0.6, 0.5, 0.79, 0.001, "HIGH"],
    [0, 0, 0.7, 0.001, "HIGH"],
    [1.3, 1.1, 1.5, 0.01, "MEDIUM"],
    [0.75, 0.6, 0.9, 0.01, "MEDIUM"],
    [1.2, 1.1, 1.3, 0.01, "LOW"],
    [1.1, 0.9, 1.4, 0.3, "INCONCLUSIVE"],
    [0.5, 0, 1.4, 0.3, "INCONCLUSIVE"],
    [1, 0.81, 1.24, 0.9, "PASS"],
    [1, 0.79, 1.24, 0.9, "INCONCLUSIVE"],
  ])("%d from %d to %d with q %d is %s", (value, low, high, q, verdict) => {
    expect(effectVerdict(measured(value, low, high, q), ratio).verdict).toBe(verdict);
    expect(effectVerdict(measured(value, low, high, q), { ...ratio, minimum: 0.8 }).verdict).toBe(verdict);
  });
});

test("one rule holds for every interval, the same either way round, and HIGH only where none is left out", () => {
  const number = fc.double({ min: -0.3, max: 0.3, noNaN: true });
  const someQ = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(number, number, number, someQ, (a, b, c, q) => {
      const [low, value, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      const found = effectVerdict(measured(value, low, high, q), difference);
      expect(effectVerdict(measured(-value, -high, -low, q), difference)).toEqual(found);
      const isWithin = low > -0.05 && high < 0.05;
      expect(found.verdict === "HIGH").toBe(low > 0.05 || high < -0.05);
      if (found.verdict === "PASS") expect(isWithin).toBe(true);
      if (low <= 0 && high >= 0.05 && !(q !== null && q < 0.05)) expect(found.verdict).toBe("INCONCLUSIVE");
      const asRatio = measured(Math.exp(value), Math.exp(low), Math.exp(high), q);
      expect(effectVerdict(asRatio, { scale: "RATIO", minimum: Math.exp(0.05) }).verdict).toBe(found.verdict);
    }),
  );
});

test("wrong input is refused", () => {
  expect(() => effectVerdict(measured(0, 1, -1, 0.5), difference)).toThrow(/lower one first/);
  expect(() => effectVerdict(measured(Number.NaN, -1, 1, 0.5), difference)).toThrow(RangeError);
  expect(() => effectVerdict(measured(-1, -1, 1, 0.5), ratio)).toThrow(RangeError);
  expect(() => effectVerdict(measured(0, -1, 1, 2), difference)).toThrow(/q is 2/);
  for (const minimum of [0, -0.1, Infinity, Number.NaN])
    expect(() => effectVerdict(measured(0, -1, 1, 1), { scale: "DIFFERENCE", minimum })).toThrow(/minimum effect/);
  expect(() => effectVerdict(measured(1, 0.5, 2, 1), { scale: "RATIO", minimum: 1 })).toThrow(/minimum effect/);
});
