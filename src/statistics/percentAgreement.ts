// Of two ratings drawn from a unit, how often do they agree, averaged over the units?
import { defined, undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "./gwetWeights.js";
import { countsOf, ratingsIn } from "./pairableCounts.js";
import type { RatingPatterns, ValueCounts } from "./ratingPatterns.js";

/**
 * Percent agreement as the mean over units of the pairwise share (neither pooled pairs nor the share of unanimous units):
 * pa = (1/n') Σ_i Σ_k r_ik (r*_ik − 1) / (r_i (r_i − 1)), r*_ik = Σ_l w_kl r_il, over the n' units with r_i ≥ 2.
 *
 * Level: any for UNWEIGHTED; the weights give the level otherwise. Range: 0 to 1.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS; NEGATIVE_VALUES with RATIO weights.
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), percent agreement; results as of R irrCAC 1.4.
 */
export function percentAgreement(ratings: RatingPatterns, weighting: Weighting = "UNWEIGHTED"): Estimate {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, ratings.values);
  if (because) return undefinedBecause(because, counts);

  const w = gwetWeights(weighting, ratings.values);
  let pairableUnits = 0;
  let agreement = 0;
  for (const { units, counts: r } of ratings.patterns) {
    if (ratingsIn(r) < 2) continue;
    pairableUnits += units;
    agreement += units * pairwiseShare(r, w);
  }
  return defined(agreement / pairableUnits, counts);
}

/** pa_i: the weighted share of agreeing pairs in one unit with two or more ratings. O(values used ²). */
export function pairwiseShare(r: ValueCounts, w: Weight): number {
  let agreeing = 0;
  for (let a = 0; a < r.length; a++) {
    const k = r[a]![0];
    const r_k = r[a]![1];
    agreeing += r_k * (r_k - 1);
    for (let b = 0; b < a; b++) agreeing += 2 * w(k, r[b]![0]) * r_k * r[b]![1];
  }
  const r_i = ratingsIn(r);
  return agreeing / (r_i * (r_i - 1));
}
