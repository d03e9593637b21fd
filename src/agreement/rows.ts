// What do the asked coefficients say of a group of units? Pure.
import type { Counts, Estimate, UndefinedReason } from "../statistics/estimate.js";
import { krippendorffAlpha } from "../statistics/krippendorffAlpha.js";
import { countsOf } from "../statistics/pairableCounts.js";
import { percentAgreement } from "../statistics/percentAgreement.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";
import { intervalAlphaOfScores } from "./intervalAlpha.js";
import { NO_UNCERTAINTY, type Interval, type Uncertainty } from "../statistics/interval.js";
import type { AskedCoefficient } from "./question.js";
import { uncertaintyOf } from "./uncertainty.js";

export interface CountRow {
  unitCount: number;
  raterCount: number;
  pairableValueCount: number;
}

/** A value or why there is none. Its uncertainty is computed when it is first read. */
export type CoefficientRow = AskedCoefficient &
  CountRow & { value: number | null; undefinedBecause: UndefinedReason | null } & {
    readonly standardError: number | null;
    readonly interval: Interval | null;
  };

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
  return {
    ...countRow(countsOf(ratings)),
    coefficients: asked.map((one) => {
      const estimateOf = (some: RatingPatterns) => estimate(some, one, continuous);
      return coefficientRow(one, estimateOf(ratings), () => uncertaintyOf(ratings, one, estimateOf));
    }),
  };
}

/** One estimate for all that was asked, where the patterns behind it are not at hand. */
export function rowOfEstimate(found: Estimate, asked: readonly AskedCoefficient[]): MeasuredRow {
  return { ...countRow(found), coefficients: asked.map((one) => coefficientRow(one, found, () => NO_UNCERTAINTY)) };
}

function estimate(ratings: RatingPatterns, asked: AskedCoefficient, continuous: boolean): Estimate {
  if (asked.coefficient === "PERCENT_AGREEMENT") return percentAgreement(ratings, asked.weighting);
  if (continuous && asked.weighting === "INTERVAL") return intervalAlphaOfScores(ratings);
  return krippendorffAlpha(ratings, asked.weighting);
}

function coefficientRow(asked: AskedCoefficient, found: Estimate, uncertainty: () => Uncertainty): CoefficientRow {
  const outcome =
    found.kind === "defined"
      ? { value: found.value, undefinedBecause: null }
      : { value: null, undefinedBecause: found.because };
  let known: Uncertainty | undefined;
  const once = () => (known ??= found.kind === "defined" ? uncertainty() : NO_UNCERTAINTY);
  return {
    ...asked,
    ...countRow(found),
    ...outcome,
    get standardError() {
      return once().standardError;
    },
    get interval() {
      return once().interval;
    },
  };
}

function countRow({ units, raters, pairableValues }: Counts): CountRow {
  return { unitCount: units, raterCount: raters ?? 0, pairableValueCount: pairableValues };
}
