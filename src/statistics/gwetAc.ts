// How far above chance do raters agree, when chance is only in ratings that were hard to give?
import { chanceCorrected, chanceCorrectedInferred, chanceCorrectedSums, type ChanceModel } from "./chanceCorrected.js";
import type { Estimate } from "./estimate.js";
import type { Weighting } from "./gwetWeights.js";
import type { Inferred } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

const hardRatings: ChanceModel = {
  agreement(shares, { valueCount: q, total }) {
    if (q < 2) return 1;
    const scale = total() / q / (q - 1);
    let agreement = 0;
    for (let k = 0; k < q; k++) agreement += shares[k]! * (scale * (1 - shares[k]!));
    return agreement;
  },
  byValue(shares, { valueCount: q, total }) {
    const scale = total() / q / (q - 1);
    return shares.map((share) => scale * (1 - share));
  },
};

/**
 * Gwet's AC1 (UNWEIGHTED) and AC2 (weights): p_e = T/(q(q − 1)) Σ_k π_k (1 − π_k), T = Σ_kl w_kl.
 *
 * q is the number of declared values, used or not, so `values` must be the whole scale. Defined, and 1, where all
 * ratings have one value. Level: any for UNWEIGHTED, else as the weights. Range: at most 1; may be negative.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO); NO_VARIATION where one value is declared.
 * Source: Gwet, Computing inter-rater reliability and its variance in the presence of high agreement (2008); Handbook
 * (2014); as R irrCAC 1.4 gwet.ac1.raw.
 */
export function gwetAc(ratings: RatingPatterns, weighting: Weighting = "UNWEIGHTED"): Estimate {
  return chanceCorrected(ratings, weighting, hardRatings);
}

/** AC1 or AC2 with Gwet's standard error and t interval. */
export function gwetAcInferred(ratings: RatingPatterns, weighting: Weighting, level = 0.95): Inferred {
  return chanceCorrectedInferred(ratings, weighting, hardRatings, level);
}

/** AC1 or AC2 for resampling, over the units with a rating. */
export function gwetAcSums(ratings: RatingPatterns, weighting: Weighting): SumStatistic {
  return chanceCorrectedSums(ratings, weighting, hardRatings);
}
