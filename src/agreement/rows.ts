// What do the asked coefficients say of a group of units? Pure.
import type { Counts, Estimate, UndefinedReason } from "../statistics/estimate.js";
import { krippendorffAlpha } from "../statistics/krippendorffAlpha.js";
import { countsOf } from "../statistics/pairableCounts.js";
import { percentAgreement } from "../statistics/percentAgreement.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";
import { intervalAlphaOfScores } from "./intervalAlpha.js";
import type { AskedCoefficient } from "./question.js";

export interface CountRow {
  unitCount: number;
  raterCount: number;
  pairableValueCount: number;
}

export type CoefficientRow = AskedCoefficient &
  CountRow & { value: number | null; undefinedBecause: UndefinedReason | null };

/** Counts with the coefficients beside them: each a value, or a named reason why there is none. */
export interface MeasuredRow extends CountRow {
  coefficients: CoefficientRow[];
}

export interface GroupRow extends MeasuredRow {
  key: string | null;
}

export function measuredRow(
  ratings: RatingPatterns,
  asked: readonly AskedCoefficient[],
  continuous: boolean,
): MeasuredRow {
  return rowOfEstimates(countsOf(ratings), asked, (one) => estimate(ratings, one, continuous));
}

export function rowOfEstimates(
  counts: Counts,
  asked: readonly AskedCoefficient[],
  estimateOf: (one: AskedCoefficient) => Estimate,
): MeasuredRow {
  return { ...countRow(counts), coefficients: asked.map((one) => coefficientRow(one, estimateOf(one))) };
}

function estimate(ratings: RatingPatterns, asked: AskedCoefficient, continuous: boolean): Estimate {
  if (asked.coefficient === "PERCENT_AGREEMENT") return percentAgreement(ratings, asked.weighting);
  if (continuous && asked.weighting === "INTERVAL") return intervalAlphaOfScores(ratings);
  return krippendorffAlpha(ratings, asked.weighting);
}

function coefficientRow(asked: AskedCoefficient, found: Estimate): CoefficientRow {
  const outcome =
    found.kind === "defined"
      ? { value: found.value, undefinedBecause: null }
      : { value: null, undefinedBecause: found.because };
  return { ...asked, ...countRow(found), ...outcome };
}

function countRow({ units, raters, pairableValues }: Counts): CountRow {
  return { unitCount: units, raterCount: raters ?? 0, pairableValueCount: pairableValues };
}
