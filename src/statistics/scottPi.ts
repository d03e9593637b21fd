// How far above chance do two raters agree, when both are taken to use the values alike?
import { undefinedBecause, whyNothingToCompare, type Estimate, type RaterReason } from "./estimate.js";
import { fleissKappa, fleissKappaInferred, fleissKappaSums } from "./fleissKappa.js";
import type { Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import { countsOf, ratingsIn } from "./pairableCounts.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

/**
 * Scott's π of two raters: Fleiss' κ over the units that both rated, other units left out.
 *
 * Level: any for UNWEIGHTED, else as the weights. Range: −1 to 1 for UNWEIGHTED. The counts are those of all ratings.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEEDS_TWO_RATERS (also where a unit has more than two ratings),
 * NO_VARIATION, NEGATIVE_VALUES (RATIO).
 * Source: Scott, Reliability of content analysis: the case of nominal scale coding (1955); as R irrCAC 1.4
 * scott2.table.
 */
export function scottPi(ratings: RatingPatterns, weighting: Weighting = "UNWEIGHTED"): Estimate<RaterReason> {
  return otherThanTwo(ratings) ?? { ...fleissKappa(completePairs(ratings), weighting), ...countsOf(ratings) };
}

/**
 * π with the large-sample standard error over its n complete pairs, Gwet's with variance over n instead of n − 1, and
 * the interval π ± t(n − 1) SE, its upper end cut at 1. One pair has no error.
 */
export function scottPiInferred(
  ratings: RatingPatterns,
  weighting: Weighting = "UNWEIGHTED",
  level = 0.95,
): Inferred<RaterReason> {
  const none = otherThanTwo(ratings);
  if (none) return { ...none, ...NO_UNCERTAINTY };
  const fleiss = fleissKappaInferred(completePairs(ratings), weighting, level);
  const { units: n } = fleiss;
  const counts = countsOf(ratings);
  if (fleiss.kind === "undefined" || fleiss.standardError === null) return { ...fleiss, ...counts };
  const standardError = fleiss.standardError * Math.sqrt((n - 1) / n);
  const { kind, value } = fleiss;
  return withT({ kind, value, ...counts }, standardError, n - 1, level, "GWET_LINEARIZATION_T");
}

/** π for resampling, over the complete pairs. */
export function scottPiSums(ratings: RatingPatterns, weighting: Weighting): SumStatistic {
  return fleissKappaSums(completePairs(ratings), weighting);
}

function otherThanTwo(ratings: RatingPatterns): Estimate<RaterReason> | null {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts);
  if (because) return undefinedBecause(because, counts);
  const two = (ratings.raters ?? 2) === 2 && ratings.patterns.every((pattern) => ratingsIn(pattern.counts) <= 2);
  return two ? null : undefinedBecause("NEEDS_TWO_RATERS", counts);
}

function completePairs(ratings: RatingPatterns): RatingPatterns {
  return { ...ratings, patterns: ratings.patterns.filter(({ counts }) => ratingsIn(counts) === 2) };
}
