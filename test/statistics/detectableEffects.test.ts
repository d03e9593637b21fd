// Are the effects on ranks and tables that samples can find those of independent power calculations?
import { expect, test } from "vitest";
import { detectableCliffsDelta, detectableNoncentrality } from "../../src/statistics/detectableEffects.js";

// scipy 1.17.1: brentq over λ of ncx2.sf(chi2.ppf(0.95, df), df, λ) = 0.8; Cohen's tables have 7.85 for 1 and 10.90 for 3
test.each([
  [1, 7.848860509326197],
  [3, 10.902563290133264],
  [7, 14.350526605463271],
])("with %i degrees of freedom the noncentrality is %d", (df, lambda) => {
  expect(detectableNoncentrality(df)).toBeCloseTo(lambda, 8);
});

test("Cliff's delta of 50 and 40 is the normal quantiles' multiple of the error without a difference, by scipy", () => {
  expect(detectableCliffsDelta(50, 40)).toEqual({ kind: "defined", value: expect.closeTo(0.345023684169113, 10) });
  expect(detectableCliffsDelta(0, 40)).toEqual({ kind: "undefined", because: "TOO_FEW" });
  expect(detectableCliffsDelta(3, 3)).toEqual({ kind: "undefined", because: "NONE_DETECTABLE" });
});

test("refuse what is no alpha or power", () => {
  expect(() => detectableCliffsDelta(9, 9, { alpha: 1 })).toThrow(RangeError);
  expect(() => detectableNoncentrality(1, { power: 0.5 })).toThrow(RangeError);
});
