// How far above chance do raters agree, at a level of measurement, with any number of raters and missing ratings?
import { alphaOfDifferences, alphaOfDifferencesInferred, alphaOfDifferencesSums } from "./alphaOfDifferences.js";
import { differenceSum, levelRefuses, meanDifferences, type Level } from "./difference.js";
import { undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { NO_UNCERTAINTY, type Inferred } from "./interval.js";
import { ordinalAlphaSums } from "./ordinalAlphaSums.js";
import { countsOf, pairableCounts, pairableUnits } from "./pairableCounts.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { sumsOfUnits, type SumStatistic } from "./sumStatistic.js";

/**
 * Krippendorff's α = 1 − D_o / D_e.
 *
 * Only units with two or more ratings count, their pairs weighted by 1/(m_u − 1). Declared values that nobody used
 * change nothing. Level: NOMINAL; ORDINAL (the order of `values` counts, not the numbers); INTERVAL; RATIO.
 * Range: at most 1, which is perfect agreement; 0 is what chance gives; may be negative, and is not clipped.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NO_VARIATION; VALUES_NOT_NUMERIC (INTERVAL, RATIO), NEGATIVE_VALUES (RATIO).
 * Time: patterns × values used in each, plus O(V), or O(V²) for RATIO, for V distinct values; memory O(V).
 * Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): any metric, any number of observers, missing
 * data.
 */
export function krippendorffAlpha(ratings: RatingPatterns, level: Level): Estimate {
  const counts = countsOf(ratings);
  const n = pairableCounts(ratings);
  const because = whyNothingToCompare(counts) ?? levelRefuses(level, ratings.values, n);
  if (because) return undefinedBecause(because, counts);
  return alphaOfDifferences(ratings, counts, n, differenceSum(level, ratings.values, n));
}

/**
 * α with Gwet's analytic standard error (`alphaOfDifferencesInferred`) and t interval at a confidence level.
 *
 * For ORDINAL the difference function is taken as fixed, though it is made of the ratings: the error may be a quarter
 * too small there; the unit bootstrap and the jackknife have no such gap.
 */
export function krippendorffAlphaInferred(ratings: RatingPatterns, level: Level, confidence = 0.95): Inferred {
  const counts = countsOf(ratings);
  const n = pairableCounts(ratings);
  const because = whyNothingToCompare(counts) ?? levelRefuses(level, ratings.values, n);
  if (because) return { ...undefinedBecause(because, counts), ...NO_UNCERTAINTY };
  const sum = differenceSum(level, ratings.values, n);
  const differences = { sum, means: meanDifferences(level, ratings.values, n) };
  return alphaOfDifferencesInferred(ratings, counts, n, differences, confidence);
}

/** More values than this make more pairs of values than are worth writing down. */
const MOST_PAIRED = 64;

/**
 * α for resampling, over the pairable units of ratings that have an α. At level ORDINAL the metric is estimated anew
 * for each resample; above 64 values from all patterns each time.
 */
export function krippendorffAlphaSums(ratings: RatingPatterns, level: Level): SumStatistic {
  if (level !== "ORDINAL")
    return alphaOfDifferencesSums(ratings, differenceSum(level, ratings.values, pairableCounts(ratings)));
  if (ratings.values.length <= MOST_PAIRED) return ordinalAlphaSums(ratings);
  return sumsOfUnits(pairableUnits(ratings), (some) => {
    const alpha = krippendorffAlpha(some, level);
    return alpha.kind === "defined" ? alpha.value : undefined;
  });
}
