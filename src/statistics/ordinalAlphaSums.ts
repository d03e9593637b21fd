// What is ordinal alpha on other units of the same patterns, when the distances between ranks move with them?
import { pairableUnits } from "./pairableCounts.js";
import { patternColumns } from "./patternColumns.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

/**
 * Krippendorff's α at level ORDINAL from sums over pairable units: n_c by value, then for each pair of values c < k
 * P_ck = Σ_u n_uc n_uk/(m_u − 1). With R_c = Σ_{g<c} n_g + n_c/2, the mid-ranks of these sums and not of all ratings,
 * α = 1 − (n − 1) Σ_{c<k} P_ck (R_c − R_k)² / (n Σ_c n_c (R_c − R̄)²): the metric is estimated anew each time.
 *
 * Undefined: fewer than two values. Size and time: O(V²) of V values, so for scales, not for measurements.
 */
export function ordinalAlphaSums(ratings: RatingPatterns): SumStatistic<Float64Array> {
  const { units, ratings: m, start, value, count } = patternColumns(pairableUnits(ratings));
  const V = ratings.values.length;
  const R = new Float64Array(V);
  return {
    over: {
      units,
      size: V + (V * (V - 1)) / 2,
      add(sums, i, times) {
        for (let b = start[i]!; b < start[i + 1]!; b++) {
          sums[value[b]!]! += times * count[b]!;
          for (let a = start[i]!; a < b; a++)
            sums[V + pairAt(value[a]!, value[b]!)]! += (times * count[a]! * count[b]!) / (m[i]! - 1);
        }
      },
      meansOf: (sums) => sums,
    },
    valueOf(sums) {
      const { n, spread } = rank(sums, R);
      if (!(spread > 0)) return undefined;
      let apart = 0;
      for (let k = 1; k < V; k++)
        for (let c = 0; c < k; c++) apart += sums[V + pairAt(c, k)]! * (R[c]! - R[k]!) * (R[c]! - R[k]!);
      return 1 - ((n - 1) / n) * (apart / spread);
    },
  };
}

/** The place of the pair c < k in a triangle. */
function pairAt(c: number, k: number): number {
  return (k * (k - 1)) / 2 + c;
}

/** Writes mid-ranks, and answers n and Σ n_c (R_c − R̄)², 0 where one value has all ratings; R̄ is n/2. */
function rank(sums: Float64Array, R: Float64Array): { n: number; spread: number } {
  let n = 0;
  let used = 0;
  for (let c = 0; c < R.length; c++) {
    R[c] = n + sums[c]! / 2;
    n += sums[c]!;
    if (sums[c]! > 0) used++;
  }
  let spread = 0;
  for (let c = 0; c < R.length; c++) spread += sums[c]! * (R[c]! - n / 2) * (R[c]! - n / 2);
  return { n, spread: used < 2 ? 0 : spread };
}
