// Do percent agreement and alpha give the numbers of published tables and peer implementations?
import { describe, expect, test } from "vitest";
import type { Estimate } from "../../src/statistics/estimate.js";
import type { Level } from "../../src/statistics/difference.js";
import type { Weighting } from "../../src/statistics/gwetWeights.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { percentAgreementUnanimous } from "../../src/statistics/percentAgreementUnanimous.js";
import type { RatingPatterns } from "../../src/statistics/ratingPatterns.js";
import { weightedAlpha } from "../../src/statistics/weightedAlpha.js";
import { patternsOf, vectorsAbsent, vectorsOf, type Vector } from "./sharedVectors.js";

type Coefficient = (ratings: RatingPatterns, weighting: string) => Estimate;

const coefficients: Record<string, { compute: Coefficient; vectorCount: number }> = {
  percent_agreement: { compute: (r, weighting) => percentAgreement(r, weighting as Weighting), vectorCount: 104 },
  percent_agreement_unanimous: { compute: (r) => percentAgreementUnanimous(r), vectorCount: 54 },
  krippendorff_alpha: {
    compute: (r, weighting) =>
      weighting.startsWith("GWET_")
        ? weightedAlpha(r, weighting.slice("GWET_".length) as Weighting)
        : krippendorffAlpha(r, weighting as Level),
    vectorCount: 141,
  },
};

describe.skipIf(vectorsAbsent)(`reference vectors ${vectorsAbsent ?? ""}`, () => {
  for (const [metric, { compute, vectorCount }] of Object.entries(coefficients)) {
    test(`there are ${vectorCount} vectors of ${metric}`, () => expect(vectorsOf(metric)).toHaveLength(vectorCount));

    test.each(vectorsOf(metric).map((vector) => [vector.id, vector] as const))("%s", (_id, vector) => {
      const estimate = () => compute(patternsOf(vector), vector.metric.weighting.toUpperCase());
      if (vector.expected.status === "error") expectError(vector, estimate);
      else expectEstimate(vector, estimate());
    });
  }
});

function expectError(vector: Vector, estimate: () => Estimate): void {
  const code = vector.expected.reason!.toUpperCase();
  expect(estimate).toThrow(expect.objectContaining({ name: "RatingInputError", code }));
}

function expectEstimate({ expected, tolerance, published = [] }: Vector, estimate: Estimate): void {
  if (expected.n) {
    const { units, raters, pairable_values: pairableValues } = expected.n;
    expect(estimate).toMatchObject({ units, raters, pairableValues });
  }
  if (expected.status === "undefined") {
    expect(estimate).toMatchObject({ kind: "undefined", because: expected.reason!.toUpperCase() });
    return;
  }
  const value = estimate.kind === "defined" ? estimate.value : estimate.because;
  expectWithin(value, expected.value!, tolerance!.value!);
  for (const printed of published) expectWithin(value, printed.value, printed.tolerance);
}

function expectWithin(value: number | string, expected: number, tolerance: number): void {
  expect(value).toBeTypeOf("number");
  expect(Math.abs((value as number) - expected)).toBeLessThanOrEqual(tolerance);
}
