// Do random draws follow their generator's published numbers and their distributions?
import { describe, expect, test } from "vitest";
import { binomial, multinomial } from "../../src/statistics/multinomial.js";
import { drawn, randomNumbers } from "../../src/statistics/randomNumbers.js";

test("xoshiro128** gives its authors' numbers from the state 1, 2, 3, 4", () => {
  const state = Uint32Array.of(1, 2, 3, 4);
  const found = Array.from({ length: 8 }, () => drawn(state));
  expect(found).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849]);
});

test("numbers lie from 0 to 1, are the same for the same seed and others for another", () => {
  const from = (seed: number) => {
    const random = randomNumbers(seed);
    return Array.from({ length: 20_000 }, () => random.next());
  };
  const numbers = from(7);
  expect(from(7)).toEqual(numbers);
  expect(from(8)[0]).not.toBe(numbers[0]);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((sum, x) => sum + x) / numbers.length).toBeCloseTo(0.5, 1);
});

describe("a binomial draw", () => {
  test.each([
    ["by inversion", 5, 0.3],
    ["by inversion of many", 1_000_000, 3e-6],
    ["by rejection", 60, 0.4],
    ["by rejection of the failures", 60, 0.7],
    ["by rejection of millions", 10_000_000, 0.2],
  ])("%s has each count's share, its mean and variance: %d at %d", (_name, n, p) => {
    const random = randomNumbers(11);
    const draws = 40_000;
    const found = Array.from({ length: draws }, () => binomial(random, n, p));
    const mean = found.reduce((sum, k) => sum + k, 0) / draws;
    const variance = found.reduce((sum, k) => sum + (k - mean) ** 2, 0) / draws;
    const spread = Math.sqrt(n * p * (1 - p));
    expect(Math.abs(mean - n * p)).toBeLessThan((4 * spread) / Math.sqrt(draws));
    expect(variance / spread ** 2).toBeGreaterThan(0.96);
    expect(variance / spread ** 2).toBeLessThan(1.04);
    expect(found.every((k) => Number.isInteger(k) && k >= 0 && k <= n)).toBe(true);
    if (n <= 60) expect(chiSquare(found, n, p)).toBeLessThan(1);
  });

  test("is sure where nothing is left to chance", () => {
    const random = randomNumbers(1);
    expect([binomial(random, 9, 0), binomial(random, 9, 1), binomial(random, 0, 0.5)]).toEqual([0, 9, 0]);
  });
});

test("a multinomial draw adds up, leaves out what has no weight, and has each thing's share", () => {
  const random = randomNumbers(3);
  const sums = new Float64Array(4);
  const drawn = new Float64Array(4);
  for (let i = 0; i < 5_000; i++) {
    multinomial(random, 40, [1, 0, 6, 3], drawn);
    expect(drawn.reduce((sum, k) => sum + k)).toBe(40);
    drawn.forEach((k, thing) => (sums[thing]! += k));
  }
  expect(sums[1]).toBe(0);
  expect(sums[2]! / 200_000).toBeCloseTo(0.6, 2);
  expect(sums[3]! / 200_000).toBeCloseTo(0.3, 2);
});

/** Pearson's statistic over counts expected at least ten times, divided by what one draw in a million exceeds. */
function chiSquare(found: number[], n: number, p: number): number {
  let chance = (1 - p) ** n;
  let [sum, cells] = [0, 0];
  for (let k = 0; k <= n; k++) {
    const expected = chance * found.length;
    if (expected >= 10) {
      sum += (found.filter((count) => count === k).length - expected) ** 2 / expected;
      cells++;
    }
    chance *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return sum / (cells + 5 * Math.sqrt(2 * cells) + 12);
}
