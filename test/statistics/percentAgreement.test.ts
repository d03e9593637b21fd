// Are weights what Gwet prints, and is agreement averaged over units, not over pairs?
import { describe, expect, test } from "vitest";
import { defined } from "../../src/statistics/estimate.js";
import { gwetWeights, type Weighting } from "../../src/statistics/gwetWeights.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { patternsOfHistogram } from "../../src/statistics/ratingPatterns.js";
import { deepFreeze, valueOf } from "./sampleRatings.js";

test("percent agreement is the mean of the units' shares, whatever their number of pairs", () => {
  const rows = [
    { units: 1, counts: [5, 0] },
    { units: 1, counts: [1, 1] },
    { units: 7, counts: [1, 0] },
  ];
  expect(percentAgreement(deepFreeze(patternsOfHistogram(["a", "b"], rows, 5)))).toEqual({
    kind: "defined",
    value: 0.5,
    units: 9,
    raters: 5,
    pairableValues: 7,
  });
});

test("percent agreement with ratio weights has no value where a declared value is negative", () => {
  const patterns = patternsOfHistogram([-1, 1], [{ units: 1, counts: [1, 1] }], 2);
  expect(percentAgreement(patterns, "RATIO")).toMatchObject({ because: "NEGATIVE_VALUES" });
});

describe("the weight of neighbours on 1..4", () => {
  test.each<[Weighting, number]>([
    ["UNWEIGHTED", 0],
    ["LINEAR", 2 / 3],
    ["QUADRATIC", 8 / 9],
    ["RADICAL", 1 - Math.sqrt(1 / 3)],
    ["RATIO", 1 - (1 / 3) ** 2 / (3 / 5) ** 2],
    ["ORDINAL", 5 / 6],
    ["BIPOLAR", 0.8],
  ])("%s is %d", (weighting, weight) => {
    const w = gwetWeights(weighting, [1, 2, 3, 4]);
    expect([w(0, 0), w(0, 1), w(1, 0)]).toEqual([1, expect.closeTo(weight, 12), expect.closeTo(weight, 12)]);
    expect(w(3, 0)).toBeCloseTo(0, 12);
  });

  test("comes from the numbers, not their places, except for ordinal weights", () => {
    expect(gwetWeights("LINEAR", [1, 2, 11])(0, 1)).toBeCloseTo(0.9, 12);
    expect(gwetWeights("ORDINAL", [1, 2, 11])(0, 1)).toBeCloseTo(2 / 3, 12);
    expect(gwetWeights("LINEAR", [11, 2, 1])(1, 2)).toBeCloseTo(0.9, 12);
  });

  test("comes from places when values are labels", () => {
    expect(gwetWeights("LINEAR", ["low", "mid", "high"])(0, 1)).toBeCloseTo(0.5, 12);
  });
});

test("agreement on labels at their places is agreement on the numbers 1..q", () => {
  const rows = [
    { units: 3, counts: [1, 2, 0] },
    { units: 2, counts: [0, 1, 1] },
  ];
  const of = (values: (string | number)[]) =>
    valueOf(percentAgreement(patternsOfHistogram(values, rows, 3), "QUADRATIC"));
  expect(of(["low", "mid", "high"])).toBe(of([1, 2, 3]));
});

test("a formula that comes out as NaN is a fault and no estimate", () => {
  expect(() => defined(Number.NaN, { units: 1, raters: 1, pairableValues: 2 })).toThrow(RangeError);
});
