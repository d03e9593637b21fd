// In what share of the units that every rater rated did all raters give one value?
import { defined, undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { countsOf, ratingsIn } from "./pairableCounts.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

/**
 * The share of unanimous units among the units rated by every rater; all other units are left out.
 *
 * A unit is fully rated when it has as many ratings as there are raters, `ratings.raters`, which therefore must count
 * the raters that were asked, each with at most one rating a unit. Level: any. Range: 0 to 1.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, RATERS_UNKNOWN, NO_FULLY_RATED_UNITS.
 * Source: R irr 0.84.1, agree().
 */
export function percentAgreementUnanimous(ratings: RatingPatterns): Estimate {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts) ?? (ratings.raters === null ? "RATERS_UNKNOWN" : null);
  if (because) return undefinedBecause(because, counts);

  let fullyRated = 0;
  let unanimous = 0;
  for (const pattern of ratings.patterns) {
    if (ratingsIn(pattern.counts) !== ratings.raters) continue;
    fullyRated += pattern.units;
    if (pattern.counts.length === 1) unanimous += pattern.units;
  }
  return fullyRated === 0 ? undefinedBecause("NO_FULLY_RATED_UNITS", counts) : defined(unanimous / fullyRated, counts);
}

/** The same for resampling, over the fully rated units. */
export function percentAgreementUnanimousSums(ratings: RatingPatterns): SumStatistic<Float64Array> {
  const patterns = ratings.patterns.filter(({ counts }) => ratingsIn(counts) === ratings.raters);
  return {
    over: {
      units: patterns.map(({ units }) => units),
      size: 2,
      add(sums, i, times) {
        sums[0]! += times;
        if (patterns[i]!.counts.length === 1) sums[1]! += times;
      },
      meansOf: (sums) => sums,
    },
    valueOf: ([units, unanimous]) => (units! > 0 ? unanimous! / units! : undefined),
  };
}
