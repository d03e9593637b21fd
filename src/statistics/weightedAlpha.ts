// How far above chance do raters agree when the weights of partial agreement are fixed beforehand?
import { alphaOfDifferences, alphaOfDifferencesInferred, alphaOfDifferencesSums } from "./alphaOfDifferences.js";
import { meansOverPairs, sumOverPairs } from "./difference.js";
import { undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, type Inferred } from "./interval.js";
import { countsOf, pairableCounts } from "./pairableCounts.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

/**
 * Krippendorff's α with Gwet's weights: δ² = 1 − w. QUADRATIC is interval α, RATIO ratio α and UNWEIGHTED nominal α;
 * ORDINAL is not ordinal α, whose metric depends on the data.
 *
 * Range: at most 1; may be negative. Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO), NO_VARIATION.
 * Time: patterns × squared number of values used in each, plus O(V²); memory O(V).
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), weighted alpha; results as of R irrCAC 1.4.
 */
export function weightedAlpha(ratings: RatingPatterns, weighting: Weighting): Estimate {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, ratings.values);
  if (because) return undefinedBecause(because, counts);
  const w = gwetWeights(weighting, ratings.values);
  const difference = sumOverPairs((k, l) => 1 - w(k, l));
  return alphaOfDifferences(ratings, counts, pairableCounts(ratings), difference);
}

/** Weighted α with Gwet's analytic standard error and t interval. */
export function weightedAlphaInferred(ratings: RatingPatterns, weighting: Weighting, level = 0.95): Inferred {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, ratings.values);
  if (because) return { ...undefinedBecause(because, counts), ...NO_UNCERTAINTY };
  const w = gwetWeights(weighting, ratings.values);
  const n = pairableCounts(ratings);
  const loss = (k: number, l: number) => 1 - w(k, l);
  const differences = { sum: sumOverPairs(loss), means: meansOverPairs(loss, ratings.values.length, n) };
  return alphaOfDifferencesInferred(ratings, counts, n, differences, level);
}

/** Weighted α for resampling, over the pairable units. */
export function weightedAlphaSums(ratings: RatingPatterns, weighting: Weighting): SumStatistic {
  const w = gwetWeights(weighting, ratings.values);
  return alphaOfDifferencesSums(
    ratings,
    sumOverPairs((k, l) => 1 - w(k, l)),
  );
}
