// How uncertain is a coefficient on a group of units? Pure.
import type { Estimate } from "../statistics/estimate.js";
import { NO_UNCERTAINTY, type Uncertainty } from "../statistics/interval.js";
import { jackknife } from "../statistics/jackknife.js";
import { pairableUnits } from "../statistics/pairableCounts.js";
import { percentAgreementInferred } from "../statistics/percentAgreement.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";
import type { AskedCoefficient } from "./question.js";

/** With more different count vectors than this (a continuous scale has), leaving out each takes too long to wait for. */
const MOST_PATTERNS = 1_000;

/** Gwet's analytic interval for percent agreement, the delete-one-unit jackknife for alpha; nothing where there is no value. */
export function uncertaintyOf(
  ratings: RatingPatterns,
  asked: AskedCoefficient,
  estimate: (ratings: RatingPatterns) => Estimate,
): Uncertainty {
  if (ratings.patterns.length > MOST_PATTERNS) return NO_UNCERTAINTY;
  if (asked.coefficient === "PERCENT_AGREEMENT") return percentAgreementInferred(ratings, asked.weighting);
  return jackknife(pairableUnits(ratings), (some) => {
    const found = estimate(some);
    return found.kind === "defined" ? found.value : undefined;
  });
}
