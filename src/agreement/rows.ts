// What do the asked coefficients say of a group of units? Pure.
import type { NamedCoefficient } from "../statistics/everyCoefficient.js";
import {
  inferCoefficients,
  type InferredCoefficient,
  type InferredInterval,
  type RatingsBothWays,
} from "../statistics/inferCoefficients.js";
import type { Counts } from "../statistics/estimate.js";
import type { Interval } from "../statistics/interval.js";
import { countsOf } from "../statistics/pairableCounts.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";
import { apiName, computed, type AskedCoefficient } from "./coefficientNames.js";
import { intervalAlphaOfScores } from "./intervalAlpha.js";
import type { Question } from "./question.js";
import { warningsOf, type Warning } from "../statistics/intervalWarnings.js";

export interface CountRow {
  unitCount: number;
  raterCount: number;
  pairableValueCount: number;
}

/** A value or why there is none, with its uncertainty. */
export type CoefficientRow = AskedCoefficient &
  CountRow & {
    value: number | null;
    undefinedBecause: string | null;
    standardError: number | null;
    interval: Interval | null;
    intervals: InferredInterval[];
  };

/** Counts with the coefficients beside them: each a value, or a named reason why there is none. */
export interface MeasuredRow extends CountRow {
  coefficients: CoefficientRow[];
  warnings: Warning[];
}

export interface GroupRow extends MeasuredRow {
  key: string | null;
}

type Asked = Pick<Question, "coefficients" | "inference" | "measured">;

/** Ratings need the matrix beside them where a coefficient asks who rated. */
export function measuredRow(ratings: RatingsBothWays, asked: Asked): MeasuredRow {
  return {
    ...countRow(countsOf(ratings.patterns)),
    coefficients: inferCoefficients(namedOf(asked), ratings, asked.inference).map(coefficientRow),
    warnings: warningsOf(ratings.patterns),
  };
}

const NO_PATTERNS: RatingPatterns = { values: [], patterns: [], raters: 0 };

/** Of one coefficient that brings its own ratings, as often as it was asked for. */
export function rowOfCoefficient(coefficient: NamedCoefficient, { coefficients, inference }: Asked): MeasuredRow {
  const [found] = inferCoefficients([coefficient], { patterns: NO_PATTERNS }, inference);
  return { ...countRow(found!), coefficients: coefficients.map(() => coefficientRow(found!)), warnings: [] };
}

/** Interval α on a continuous scale comes from moments, so that it is the same from what is kept. */
function namedOf({ coefficients, measured }: Asked): NamedCoefficient[] {
  return computed(coefficients, measured).map((named) =>
    measured.categories === null && named.coefficient === "krippendorff_alpha" && named.weighting === "interval"
      ? intervalAlphaOfScores
      : named,
  );
}

function coefficientRow(found: InferredCoefficient): CoefficientRow {
  const { units, raters, pairableValues, standardError, interval, intervals } = found;
  const { coefficient, weighting } = apiName(found);
  return {
    coefficient,
    weighting,
    unitCount: units,
    raterCount: raters ?? 0,
    pairableValueCount: pairableValues,
    value: found.kind === "defined" ? found.value : null,
    undefinedBecause: found.kind === "undefined" ? found.because : null,
    standardError,
    interval,
    intervals,
  };
}

function countRow({ units, raters, pairableValues }: Counts): CountRow {
  return { unitCount: units, raterCount: raters ?? 0, pairableValueCount: pairableValues };
}
