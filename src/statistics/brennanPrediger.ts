// How far above chance do raters agree, when by chance each declared value is as likely as any other?
import { chanceCorrected, chanceCorrectedInferred, chanceCorrectedSums, type ChanceModel } from "./chanceCorrected.js";
import type { Estimate } from "./estimate.js";
import type { Weighting } from "./gwetWeights.js";
import type { Inferred } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

const evenValues: ChanceModel = {
  agreement: (_, { valueCount: q, total }) => total() / q / q,
  byValue: (shares, weights) => new Float64Array(shares.length).fill(evenValues.agreement(shares, weights)),
};

/**
 * Brennan and Prediger's coefficient, also known as S, G and Randolph's κ_free: p_e = T/q², T = Σ_kl w_kl.
 *
 * q is the number of declared values, used or not. Level: any for UNWEIGHTED, else as the weights.
 * Range: at most 1, at least −p_e/(1 − p_e), which is −1/(q − 1) for UNWEIGHTED.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO); NO_VARIATION where one value is declared.
 * Source: Brennan and Prediger, Coefficient kappa: some uses, misuses, and alternatives (1981); Gwet (2014); as R
 * irrCAC 1.4 bp.coeff.raw.
 */
export function brennanPrediger(ratings: RatingPatterns, weighting: Weighting = "UNWEIGHTED"): Estimate {
  return chanceCorrected(ratings, weighting, evenValues);
}

/** Brennan and Prediger's coefficient with Gwet's standard error and t interval. */
export function brennanPredigerInferred(ratings: RatingPatterns, weighting: Weighting, level = 0.95): Inferred {
  return chanceCorrectedInferred(ratings, weighting, evenValues, level);
}

/** Brennan and Prediger's coefficient for resampling, over the units with a rating. */
export function brennanPredigerSums(ratings: RatingPatterns, weighting: Weighting): SumStatistic {
  return chanceCorrectedSums(ratings, weighting, evenValues);
}
