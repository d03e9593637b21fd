// Are distances of distributions those of scipy, and what do they say of empty cells?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divergenceFromTarget } from "../../src/statistics/divergenceFromTarget.js";
import { jensenShannon } from "../../src/statistics/jensenShannon.js";
import { multinomial } from "../../src/statistics/multinomial.js";
import { populationStability } from "../../src/statistics/populationStability.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { sharesOf } from "../../src/statistics/shares.js";
import { totalVariation } from "../../src/statistics/totalVariation.js";
import { deepFreeze } from "./sampleRatings.js";

function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

const a = deepFreeze([10, 20, 30, 40, 0]);
const b = deepFreeze([25, 25, 25, 20, 5]);
const someCounts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 });

describe("total variation and Jensen-Shannon distance", () => {
  test("are a sum by hand and scipy 1.17.1 scipy.spatial.distance.jensenshannon(a, b, base=2)", () => {
    expect(defined(totalVariation(a, b)).value).toBeCloseTo(0.25, 14);
    expect(defined(jensenShannon(a, b)).value).toBeCloseTo(0.2776953882669456, 13);
  });

  test("are 0 for the same shares of other totals, 1 for nothing in common, symmetric, and within 0 and 1", () => {
    for (const distance of [totalVariation, jensenShannon]) {
      expect(defined(distance([1, 2, 3], [10, 20, 30])).value).toBeCloseTo(0, 7);
      expect(distance([1, 0, 2], [0, 5, 0])).toEqual({ kind: "defined", value: 1 });
      fc.assert(
        fc.property(someCounts, someCounts, (one, other) => {
          const [found, turned] = [distance(one, other), distance(other, one)];
          if (found.kind === "undefined" || turned.kind === "undefined") return;
          expect(found.value).toBeCloseTo(turned.value, 12);
          expect(found.value).toBeGreaterThanOrEqual(0);
          expect(found.value).toBeLessThanOrEqual(1);
        }),
      );
    }
  });

  test("obey the triangle inequality", () => {
    fc.assert(
      fc.property(someCounts, someCounts, someCounts, (x, y, z) => {
        for (const distance of [totalVariation, jensenShannon]) {
          const [xy, yz, xz] = [distance(x, y), distance(y, z), distance(x, z)];
          if (xy.kind === "undefined" || yz.kind === "undefined" || xz.kind === "undefined") return;
          expect(xz.value).toBeLessThanOrEqual(xy.value + yz.value + 1e-12);
        }
      }),
    );
  });

  test("have no value without counts, and refuse what is no distribution", () => {
    for (const distance of [totalVariation, jensenShannon]) {
      expect(distance([0, 0], [1, 1])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
      expect(distance([], [])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
      expect(() => distance([1], [1, 2])).toThrow(/1 and 2 weights/);
      expect(() => distance([1, -1], [1, 2])).toThrow(RangeError);
      expect(() => distance([1, Number.NaN], [1, 2])).toThrow(RangeError);
    }
  });
});

describe("the divergence from a target", () => {
  test("is scipy 1.17.1 scipy.stats.entropy(a, b, base=2) where the target has all cells", () => {
    const found = defined(divergenceFromTarget(a, b));
    expect(found.offTargetMass).toBe(0);
    expect(defined(found.divergence).value).toBeCloseTo(0.2823318932839294, 13);
  });

  test("is that of the rest, entropy(a[:4], b[:4], base=2), where 7 of 107 are off target", () => {
    const found = defined(divergenceFromTarget([10, 20, 30, 40, 7], [25, 25, 25, 25, 0]));
    expect(found.offTargetMass).toBeCloseTo(7 / 107, 14);
    expect(defined(found.divergence).value).toBeCloseTo(0.1535606553289845, 13);
  });

  test("has no value where all is off target", () => {
    expect(divergenceFromTarget([0, 3], [1, 0])).toEqual({
      kind: "defined",
      offTargetMass: 1,
      divergence: { kind: "undefined", because: "ALL_OFF_TARGET" },
    });
    expect(divergenceFromTarget([0, 0], [1, 0])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
  });
});

describe("the population stability index", () => {
  test("is Σ (p − q) ln(p/q), added up in Python, and symmetric", () => {
    const [before, after] = [
      [100, 100, 100, 100],
      [120, 80, 100, 200],
    ];
    const found = defined(populationStability(before, after));
    expect(found.value).toBeCloseTo(0.12223178113433114, 13);
    expect(found).toMatchObject({ smoothed: false, byChance: expect.closeTo(3 * (1 / 400 + 1 / 500), 14) });
    expect(defined(populationStability(after, before)).value).toBeCloseTo(found.value, 14);
    expect(found.contributions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(found.value, 14);
    expect(Math.min(...found.contributions)).toBeGreaterThanOrEqual(0);
  });

  test("adds ½ to every count where a cell is empty on one side, and leaves out cells empty on both", () => {
    const found = defined(populationStability([10, 0, 0, 30], [20, 0, 5, 15]));
    const plain = defined(populationStability([21, 1, 61], [41, 11, 31]));
    expect(found).toMatchObject({ smoothed: true, value: expect.closeTo(plain.value, 12) });
    const without = defined(populationStability([10, 30], [20, 15]));
    expect(populationStability([10, 0, 30], [20, 0, 15])).toEqual({
      ...without,
      contributions: [without.contributions[0], 0, without.contributions[1]],
    });
  });

  test("is on average what it says of chance, when nothing has changed", () => {
    const random = randomNumbers(8);
    const [before, after] = [new Float64Array(6), new Float64Array(6)];
    let [sum, byChance] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      multinomial(random, 400, [30, 25, 20, 10, 10, 5], before);
      multinomial(random, 300, [30, 25, 20, 10, 10, 5], after);
      const found = defined(populationStability(before, after));
      sum += found.value / 2000;
      byChance += found.byChance / 2000;
    }
    expect(Math.abs(sum / byChance - 1)).toBeLessThan(0.08);
  });

  test("has no value without counts on a side", () => {
    expect(populationStability([0, 0], [1, 2])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(() => populationStability([1, 2], [0.2, 0.8])).toThrow(/whole number/);
    expect(() => populationStability([1, 2], [1])).toThrow(RangeError);
  });
});

test("shares add up to 1, and are none of nothing", () => {
  expect(sharesOf([1, 3])).toEqual(Float64Array.of(0.25, 0.75));
  expect(sharesOf([0, 0])).toBeNull();
});
