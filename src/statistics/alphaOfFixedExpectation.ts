// What is alpha on other units, when the disagreement expected by chance is held as it is in these ratings?
import { expectedDisagreement, observedDisagreement } from "./alphaOfDifferences.js";
import { differenceSum, levelRefuses, type Level } from "./difference.js";
import type { Statistic } from "./sumStatistic.js";
import { countsOf, pairableCounts } from "./pairableCounts.js";
import type { RatingPatterns } from "./ratingPatterns.js";

/**
 * For `unitBootstrap`: α of a resample with D_e, and the difference function, of `ratings`; only D_o is recomputed.
 *
 * For comparison with papers; it takes chance as known, which it is not. Undefined on a resample without pairable
 * units; null where `ratings` themselves have no α.
 * Source: Hughes, krippendorffsalpha: An R package for measuring agreement using Krippendorff's alpha (2021).
 */
export function alphaOfFixedExpectation(ratings: RatingPatterns, level: Level): Statistic | null {
  const n = pairableCounts(ratings);
  if (n.length < 2 || levelRefuses(level, ratings.values, n)) return null;
  const sum = differenceSum(level, ratings.values, n);
  const D_e = expectedDisagreement(n, sum);
  return (resample) => {
    const { pairableValues } = countsOf(resample);
    return pairableValues === 0 ? undefined : 1 - observedDisagreement(resample.patterns, pairableValues, sum) / D_e;
  };
}
