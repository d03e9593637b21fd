// Do the coefficients, their errors and intervals give the numbers of published tables and peer implementations?
import { describe, expect, test } from "vitest";
import { brennanPrediger, brennanPredigerInferred } from "../../src/statistics/brennanPrediger.js";
import { cohenKappa } from "../../src/statistics/cohenKappa.js";
import { congerKappa } from "../../src/statistics/congerKappa.js";
import type { Estimate } from "../../src/statistics/estimate.js";
import type { Level } from "../../src/statistics/difference.js";
import { fleissKappa, fleissKappaInferred } from "../../src/statistics/fleissKappa.js";
import { gwetAc, gwetAcInferred } from "../../src/statistics/gwetAc.js";
import type { Weighting } from "../../src/statistics/gwetWeights.js";
import type { Uncertainty } from "../../src/statistics/interval.js";
import { icc, type IccForm } from "../../src/statistics/icc.js";
import { kendallW } from "../../src/statistics/kendallW.js";
import { meanPairwiseSpearman } from "../../src/statistics/meanPairwiseSpearman.js";
import { lightKappa } from "../../src/statistics/lightKappa.js";
import { krippendorffAlpha, krippendorffAlphaInferred } from "../../src/statistics/krippendorffAlpha.js";
import { pabak, pabakInferred } from "../../src/statistics/pabak.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { percentAgreementInferred } from "../../src/statistics/percentAgreement.js";
import { percentAgreementUnanimous } from "../../src/statistics/percentAgreementUnanimous.js";
import type { RatingPatterns } from "../../src/statistics/ratingPatterns.js";
import { scottPi, scottPiInferred } from "../../src/statistics/scottPi.js";
import { weightOfDisagreements } from "../../src/statistics/weightOfDisagreements.js";
import { weightedAlpha, weightedAlphaInferred } from "../../src/statistics/weightedAlpha.js";
import { matrixOf, patternsOf, vectorsAbsent, vectorsOf, type Vector } from "./sharedVectors.js";

interface Tried {
  /** The value alone, and the value with its uncertainty where there is such a function. */
  value?: (vector: Vector) => Estimate<string>;
  inferred?: (vector: Vector) => Estimate<string> & Uncertainty;
  vectorCount: number;
}

const ofPatterns = (
  vectorCount: number,
  value: (ratings: RatingPatterns, weighting: Weighting) => Estimate<string>,
  inferred: (ratings: RatingPatterns, weighting: Weighting) => Estimate<string> & Uncertainty,
): Tried => ({
  vectorCount,
  value: (vector) => value(patternsOf(vector), weightingOf(vector)),
  inferred: (vector) => inferred(patternsOf(vector), weightingOf(vector)),
});

const weightingOf = ({ metric }: Vector) => metric.weighting.toUpperCase() as Weighting;

/** Alpha's weighting gwet_linear is LINEAR; null for its own levels. */
const gwetsWeights = ({ metric }: Vector) =>
  metric.weighting.startsWith("gwet_") ? (metric.weighting.slice("gwet_".length).toUpperCase() as Weighting) : null;

const coefficients: Record<string, Tried> = {
  percent_agreement: ofPatterns(104, percentAgreement, percentAgreementInferred),
  percent_agreement_unanimous: { value: (v) => percentAgreementUnanimous(patternsOf(v)), vectorCount: 54 },
  fleiss_kappa: ofPatterns(119, fleissKappa, fleissKappaInferred),
  gwet_ac1: ofPatterns(58, gwetAc, gwetAcInferred),
  gwet_ac2: ofPatterns(61, gwetAc, gwetAcInferred),
  brennan_prediger: ofPatterns(119, brennanPrediger, brennanPredigerInferred),
  pabak: ofPatterns(
    5,
    (r) => pabak(r),
    (r) => pabakInferred(r),
  ),
  scott_pi: ofPatterns(35, scottPi, scottPiInferred),
  cohen_kappa: {
    vectorCount: 36,
    inferred: (vector) => {
      const { disagreement_weights: disagreements } = vector;
      return cohenKappa(matrixOf(vector), disagreements ? weightOfDisagreements(disagreements) : weightingOf(vector));
    },
  },
  conger_kappa: { vectorCount: 117, inferred: (vector) => congerKappa(matrixOf(vector), weightingOf(vector)) },
  light_kappa: { vectorCount: 33, value: (vector) => lightKappa(matrixOf(vector), weightingOf(vector)) },
  icc: { vectorCount: 51, inferred: (vector) => icc(matrixOf(vector), vector.metric.weighting as IccForm) },
  kendall_w: {
    vectorCount: 28,
    value: (vector) => kendallW(matrixOf(vector), weightingOf(vector) as "TIES_CORRECTED" | "UNCORRECTED"),
  },
  mean_pairwise_spearman: { vectorCount: 5, value: (vector) => meanPairwiseSpearman(matrixOf(vector)) },
  krippendorff_alpha: {
    vectorCount: 141,
    value: (vector) => {
      const [ratings, gwets] = [patternsOf(vector), gwetsWeights(vector)];
      return gwets ? weightedAlpha(ratings, gwets) : krippendorffAlpha(ratings, weightingOf(vector) as Level);
    },
    inferred: (vector) => {
      const [ratings, gwets] = [patternsOf(vector), gwetsWeights(vector)];
      return gwets
        ? weightedAlphaInferred(ratings, gwets)
        : krippendorffAlphaInferred(ratings, weightingOf(vector) as Level);
    },
  },
};

describe.skipIf(vectorsAbsent)(`reference vectors ${vectorsAbsent ?? ""}`, () => {
  for (const [metric, { value, inferred, vectorCount }] of Object.entries(coefficients)) {
    test(`there are ${vectorCount} vectors of ${metric}`, () => expect(vectorsOf(metric)).toHaveLength(vectorCount));

    test.each(vectorsOf(metric).map((vector) => [vector.id, vector] as const))("%s", (_id, vector) => {
      if (vector.expected.status === "error") return expectError(vector, () => (inferred ?? value)!(vector));
      if (value) expectEstimate(vector, value(vector));
      if (!inferred) return;
      const found = inferred(vector);
      expectEstimate(vector, found);
      expectUncertainty(vector, found);
    });
  }
});

function expectError(vector: Vector, estimate: () => unknown): void {
  const code = vector.expected.reason!.toUpperCase();
  expect(estimate).toThrow(expect.objectContaining({ name: "RatingInputError", code }));
}

function expectEstimate({ expected, tolerance, published = [] }: Vector, estimate: Estimate<string>): void {
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

function expectUncertainty({ expected, tolerance }: Vector, { standardError, interval }: Uncertainty): void {
  if (typeof expected.se === "number" && typeof tolerance?.se === "number")
    expectWithin(standardError, expected.se, tolerance.se);
  if (!expected.ci95 || typeof tolerance?.ci95 !== "number") return;
  expect(interval?.level).toBe(0.95);
  expectWithin(interval!.low, expected.ci95[0], tolerance.ci95);
  expectWithin(interval!.high, expected.ci95[1], tolerance.ci95);
}

function expectWithin(value: number | string | null, expected: number, tolerance: number): void {
  expect(value).toBeTypeOf("number");
  expect(Math.abs((value as number) - expected)).toBeLessThanOrEqual(tolerance);
}
