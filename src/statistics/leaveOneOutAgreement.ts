// How often do the other raters of a unit agree with this one?
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "./gwetWeights.js";
import { noRaterMeans, raterMeans, sharedRatings, type RaterMean, type SharedRatings } from "./raterMeans.js";
import type { RaterMatrix } from "./raterMatrix.js";

/**
 * Per rater the mean over its ratings, in units that others rated as well, of the weighted share of the others' ratings
 * that agree with it: Σ_l w_kl r_l / Σ_l r_l for a rating of k and the others' counts r_l. With its standard error over
 * units and t interval (`raterMeans`), neither end cut. A rater's own repeats are no others' ratings.
 *
 * One for each rater with a rating, in the order of the matrix. Level: any for UNWEIGHTED; the weights, by name or as a
 * function, give it otherwise. Range: 0 to 1. With two raters both have the same value, their percent agreement.
 * Undefined: NO_PAIRABLE_UNITS, for a rater that shares no unit; NEGATIVE_VALUES, for all, with RATIO weights.
 * Time: ratings × values used in their unit; ratings for UNWEIGHTED.
 * Source: the pairwise share of Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), percent agreement, taken
 * over the pairs of one rater.
 */
export function leaveOneOutAgreement(
  matrix: RaterMatrix,
  weighting: Weighting | Weight = "UNWEIGHTED",
  level = 0.95,
): RaterMean<"NO_PAIRABLE_UNITS" | "NEGATIVE_VALUES">[] {
  const because = typeof weighting === "string" ? weightingRefuses(weighting, matrix.values) : null;
  if (because) return noRaterMeans(matrix, because);
  const w = typeof weighting === "string" ? gwetWeights(weighting, matrix.values) : weighting;
  const shared = sharedRatings(matrix);
  const agreeing = weighting === "UNWEIGHTED" ? null : w;
  return raterMeans(shared, sharesOfOthers(matrix, shared, agreeing), level);
}

/** The unweighted shares behind the agreement, one for each entry, added up over the entry's ratings. O(ratings). */
export function leaveOneOutShares(matrix: RaterMatrix): { shared: SharedRatings; sums: Float64Array } {
  const shared = sharedRatings(matrix);
  return { shared, sums: sharesOfOthers(matrix, shared, null) };
}

/** Of each entry the sum over its ratings of the share of the others' that agree; `w` null counts equal ones. */
function sharesOfOthers(matrix: RaterMatrix, shared: SharedRatings, w: Weight | null): Float64Array {
  const { start, value } = matrix;
  const { unit, from, to } = shared;
  const sums = new Float64Array(unit.length);
  const agreeing = unitAgreement(matrix, w);
  for (let i = 0; i < unit.length; i++) {
    const u = unit[i]!;
    if (i === 0 || u !== unit[i - 1]) agreeing.take(u);
    const others = start[u + 1]! - start[u]! - (to[i]! - from[i]!);
    let agreed = 0;
    for (let cell = from[i]!; cell < to[i]!; cell++) {
      const k = value[cell]!;
      agreed += agreeing.byValue[k]!;
      for (let own = from[i]!; own < to[i]!; own++) agreed -= value[own] === k ? 1 : w ? w(k, value[own]!) : 0;
    }
    sums[i] = agreed / others;
  }
  return sums;
}

/** r*_k = Σ_l w_kl r_l of one unit at a time, for the values k that the unit has; equal values have weight 1. */
function unitAgreement({ values, start, value }: RaterMatrix, w: Weight | null) {
  const count = new Int32Array(values.length);
  const byValue = new Float64Array(values.length);
  const used: number[] = [];
  const take = (u: number): void => {
    for (const k of used) count[k] = 0;
    used.length = 0;
    for (let cell = start[u]!; cell < start[u + 1]!; cell++) if (count[value[cell]!]!++ === 0) used.push(value[cell]!);
    for (const k of used) {
      byValue[k] = count[k]!;
      if (w) for (const l of used) if (l !== k) byValue[k]! += w(k, l) * count[l]!;
    }
  };
  return { take, byValue };
}
