// Of two ratings drawn from a unit, how often do they agree, averaged over the units?
import { chanceCorrected, chanceCorrectedInferred, chanceCorrectedSums, type ChanceModel } from "./chanceCorrected.js";
import type { Estimate } from "./estimate.js";
import type { Weighting } from "./gwetWeights.js";
import type { Inferred } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

const noChance: ChanceModel = { agreement: () => 0, byValue: (shares) => new Float64Array(shares.length) };

/**
 * Percent agreement as the mean over units of the pairwise share (neither pooled pairs nor the share of unanimous units):
 * pa = (1/n') Σ_i Σ_k r_ik (r*_ik − 1) / (r_i (r_i − 1)), r*_ik = Σ_l w_kl r_il, over the n' units with r_i ≥ 2. It is the
 * chance-corrected coefficient whose p_e is 0.
 *
 * Level: any for UNWEIGHTED; the weights give the level otherwise. Range: 0 to 1.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS; NEGATIVE_VALUES with RATIO weights.
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), percent agreement; as R irrCAC 1.4 pa.coeff.raw.
 */
export function percentAgreement(ratings: RatingPatterns, weighting: Weighting = "UNWEIGHTED"): Estimate {
  return chanceCorrected(ratings, weighting, noChance);
}

/** Percent agreement with Gwet's standard error over units and t interval. */
export function percentAgreementInferred(ratings: RatingPatterns, weighting: Weighting, level = 0.95): Inferred {
  return chanceCorrectedInferred(ratings, weighting, noChance, level);
}

/** Percent agreement for resampling, over the units with a rating. */
export function percentAgreementSums(ratings: RatingPatterns, weighting: Weighting): SumStatistic {
  return chanceCorrectedSums(ratings, weighting, noChance);
}
