// Are the differences that samples can find those of R's power calculations?
import { describe, expect, test } from "vitest";
import { detectableMeanDifference, detectableShareDifference } from "../../src/statistics/minimumDetectableEffect.js";

function valueOf(found: { kind: "defined"; value: number } | { kind: "undefined"; because: string }): number {
  if (found.kind === "undefined") throw new Error(`expected a value, found ${found.because}`);
  return found.value;
}

describe("of shares", () => {
  test("is that of R's power.prop.test(n = 50, p1 = .5, power = .90), whose help has p2 = 0.8026", () => {
    const { above, below } = detectableShareDifference({ share: 0.5, n1: 50, n2: 50 }, { power: 0.9 });
    expect(0.5 + valueOf(above)).toBeCloseTo(0.8026, 4);
    expect(valueOf(below)).toBeCloseTo(-valueOf(above), 12);
  });

  // scipy 1.17.1: brentq over p2 of the same power by scipy.stats.norm, p̄ weighted by n
  test.each([
    [0.1, 300, 150, 0.09744143000300483, -0.07069753738839316],
    [0.02, 2000, 2000, 0.014407977192864041, -0.010650104600547794],
  ])("from %d with %i and %i is %d and %d", (share, n1, n2, above, below) => {
    const found = detectableShareDifference({ share, n1, n2 });
    expect(valueOf(found.above)).toBeCloseTo(above, 11);
    expect(valueOf(found.below)).toBeCloseTo(below, 11);
  });

  test("is none where not even all or nothing would be found", () => {
    const { above, below } = detectableShareDifference({ share: 0.02, n1: 100, n2: 100 });
    expect(below).toEqual({ kind: "undefined", because: "NONE_DETECTABLE" });
    expect(above.kind).toBe("defined");
    const ends = detectableShareDifference({ share: 1, n1: 100, n2: 100 });
    expect(ends.above).toEqual({ kind: "undefined", because: "NONE_DETECTABLE" });
    expect(valueOf(ends.below)).toBeLessThan(0);
    const few = { kind: "undefined", because: "TOO_FEW" };
    expect(detectableShareDifference({ share: 0.5, n1: 0, n2: 9 })).toEqual({ above: few, below: few });
  });

  test("refuses what is no share, alpha or power", () => {
    expect(() => detectableShareDifference({ share: 1.1, n1: 9, n2: 9 })).toThrow(RangeError);
    expect(() => detectableShareDifference({ share: 0.1, n1: 9, n2: 9 }, { alpha: 0 })).toThrow(RangeError);
    expect(() => detectableShareDifference({ share: 0.1, n1: 9, n2: 9 }, { power: 0.3 })).toThrow(RangeError);
  });
});

describe("of means", () => {
  // The exact ones by the noncentral t, scipy 1.17.1: brentq over δ of nct.sf(t.ppf(0.975, 2n − 2), 2n − 2, δ √(n/2)) +
  // nct.cdf(−t…) = 0.8, as R's power.t.test(n = n, power = .8)
  test.each([
    [5, 2.0244393393845423, 0.003],
    [10, 1.3249473925793018, 0.001],
    [20, 0.9091290326820796, 0.001],
  ])("is that of power.t.test for %i in each group, %d, but for a share of %d", (n, exact, off) => {
    const group = { n, standardDeviation: 1 };
    expect(Math.abs(valueOf(detectableMeanDifference(group, group)) / exact - 1)).toBeLessThan(off);
  });

  test("of groups of two sizes and spreads is Bloom's multiple of the error, by scipy.stats.t.ppf at Welch's 15.95", () => {
    const found = detectableMeanDifference({ n: 8, standardDeviation: 0.4 }, { n: 32, standardDeviation: 0.6 });
    expect(valueOf(found)).toBeCloseTo(0.5277108721750825, 11);
  });

  test("says why there is none", () => {
    const one = { n: 1, standardDeviation: 1 };
    const some = { n: 9, standardDeviation: 0 };
    expect(detectableMeanDifference(one, some)).toEqual({ kind: "undefined", because: "TOO_FEW" });
    expect(detectableMeanDifference(some, some)).toEqual({ kind: "undefined", because: "NO_VARIATION" });
    expect(() => detectableMeanDifference(some, { n: 9, standardDeviation: -1 })).toThrow(RangeError);
  });
});
