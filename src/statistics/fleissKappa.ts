// How far above chance do raters agree, when chance draws both ratings from the values that all raters gave?
import { chanceCorrected, chanceCorrectedInferred, chanceCorrectedSums, type ChanceModel } from "./chanceCorrected.js";
import type { Estimate } from "./estimate.js";
import type { Weighting } from "./gwetWeights.js";
import type { Inferred } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

const sharesTwice: ChanceModel = {
  agreement: (shares, weights) => weights.meanOf(shares),
  byValue: (shares, weights) => weights.meanTo(shares),
};

/**
 * Fleiss' κ, generalised by Gwet to weights and to any number of ratings a unit: p_e = Σ_kl w_kl π_k π_l.
 *
 * Units with one rating count in p_e only. Level: any for UNWEIGHTED, else as the weights. Range: at most 1; from
 * −1/(m − 1) with m ratings a unit, below −1 possible where ratings are missing; not clipped.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NO_VARIATION, NEGATIVE_VALUES (RATIO).
 * Source: Fleiss, Measuring nominal scale agreement among many raters (1971); Gwet (2014); as R irrCAC 1.4
 * fleiss.kappa.raw.
 */
export function fleissKappa(ratings: RatingPatterns, weighting: Weighting = "UNWEIGHTED"): Estimate {
  return chanceCorrected(ratings, weighting, sharesTwice);
}

/** Fleiss' κ with Gwet's standard error and t interval. */
export function fleissKappaInferred(ratings: RatingPatterns, weighting: Weighting, level = 0.95): Inferred {
  return chanceCorrectedInferred(ratings, weighting, sharesTwice, level);
}

/** Fleiss' κ for resampling, over the units with a rating. */
export function fleissKappaSums(ratings: RatingPatterns, weighting: Weighting): SumStatistic {
  return chanceCorrectedSums(ratings, weighting, sharesTwice);
}
