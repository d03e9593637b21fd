// How uncertain is percent agreement?
import { chanceCorrectedInferred, type ChanceModel } from "./chanceCorrected.js";
import type { Weighting } from "./gwetWeights.js";
import type { Inferred } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";

const noChance: ChanceModel = (shares) => ({ agreement: 0, byValue: new Float64Array(shares.length) });

/**
 * `percentAgreement` with Gwet's standard error over units and t interval: it is the coefficient whose p_e is 0.
 * Source: Gwet, Handbook (2014); as R irrCAC 1.4 pa.coeff.raw.
 */
export function percentAgreementInferred(ratings: RatingPatterns, weighting: Weighting, level = 0.95): Inferred {
  return chanceCorrectedInferred(ratings, weighting, noChance, level);
}
