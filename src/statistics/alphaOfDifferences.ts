// What share of the disagreement expected by chance is observed, and hence what is alpha?
import type { DifferenceSum } from "./difference.js";
import { defined, undefinedBecause, type Counts, type Estimate } from "./estimate.js";
import { ratingsIn } from "./pairableCounts.js";
import type { Pattern, RatingPatterns, ValueCounts } from "./ratingPatterns.js";

/**
 * α = 1 − D_o / D_e from pairable counts `n` (n_c, at least one) and a sum of differences over pairs.
 * Undefined: NO_VARIATION, when D_e is 0.
 */
export function alphaOfDifferences(
  { patterns }: RatingPatterns,
  counts: Counts,
  n: ValueCounts,
  differenceSum: DifferenceSum,
): Estimate {
  const D_e = expectedDisagreement(n, differenceSum);
  if (D_e === 0) return undefinedBecause("NO_VARIATION", counts);
  const D_o = observedDisagreement(patterns, counts.pairableValues, differenceSum);
  return defined(1 - D_o / D_e, counts);
}

/** D_o = (1/n) Σ_u (2/(m_u − 1)) Σ_{c<k} n_uc n_uk δ²: the coincidences, summed without writing the matrix down. */
function observedDisagreement(patterns: ReadonlyArray<Pattern>, n: number, differenceSum: DifferenceSum): number {
  let sum = 0;
  for (const { units, counts } of patterns) {
    const m_u = ratingsIn(counts);
    if (m_u >= 2) sum += (units * differenceSum(counts)) / (m_u - 1);
  }
  return (2 * sum) / n;
}

/** D_e = 2/(n (n − 1)) Σ_{c<k} n_c n_k δ². */
function expectedDisagreement(n_c: ValueCounts, differenceSum: DifferenceSum): number {
  const n = ratingsIn(n_c);
  return (2 * differenceSum(n_c)) / n / (n - 1);
}
