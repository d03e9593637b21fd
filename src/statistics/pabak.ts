// How far above an even chance do raters agree on one of two values?
import { brennanPrediger, brennanPredigerInferred } from "./brennanPrediger.js";
import { countsOf } from "./pairableCounts.js";
import { undefinedBecause, whyNothingToCompare, type Estimate, type UndefinedReason } from "./estimate.js";
import { NO_UNCERTAINTY, type Inferred } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";

/** `NEEDS_TWO_CATEGORIES`: other than two values are declared. */
export type PabakReason = UndefinedReason | "NEEDS_TWO_CATEGORIES";

/**
 * Prevalence- and bias-adjusted κ: 2 p_a − 1, which is Brennan and Prediger's coefficient at two declared values.
 *
 * Level: any, two values. Range: −1 to 1. Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEEDS_TWO_CATEGORIES.
 * Source: Byrt, Bishop and Carlin, Bias, prevalence and kappa (1993).
 */
export function pabak(ratings: RatingPatterns): Estimate<PabakReason> {
  return otherThanTwo(ratings) ?? brennanPrediger(ratings);
}

/** PABAK with Gwet's standard error and t interval. */
export function pabakInferred(ratings: RatingPatterns, level = 0.95): Inferred<PabakReason> {
  const none = otherThanTwo(ratings);
  return none ? { ...none, ...NO_UNCERTAINTY } : brennanPredigerInferred(ratings, "UNWEIGHTED", level);
}

function otherThanTwo(ratings: RatingPatterns): Estimate<PabakReason> | null {
  const counts = countsOf(ratings);
  if (ratings.values.length === 2 || whyNothingToCompare(counts)) return null;
  return undefinedBecause("NEEDS_TWO_CATEGORIES", counts);
}
