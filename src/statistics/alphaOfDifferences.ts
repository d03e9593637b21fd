// What share of the disagreement expected by chance is observed, and hence what is alpha?
import type { DifferenceSum } from "./difference.js";
import { defined, undefinedBecause, type Counts, type Estimate } from "./estimate.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import { pairableUnits, ratingsIn } from "./pairableCounts.js";
import { patternColumns } from "./patternColumns.js";
import type { Pattern, RatingPatterns, ValueCounts } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";

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

/**
 * The same α with Gwet's standard error and the interval α ± t(units − 1) SE, its upper end cut at 1.
 *
 * The error is that of α' = 1 − D_o/D', D' = D_e (n − 1)/n, linearised over the N pairable units with r_u ratings, r̄ on
 * average: with d_u = 2/(r̄ (r_u − 1)) Σ_{c<k} n_uc n_uk δ² and e_u = (1/r̄) Σ_c n_uc Σ_k (n_k/n) δ²,
 * SE² = Σ_u (d_u + D_o r_u/r̄ − 2 D_o e_u/D')² / (D'² N (N − 1)). `meanDifferences` are the inner sums of e_u.
 * One pairable unit has no error.
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), variance of alpha, as R irrCAC 1.4
 * krippen.alpha.raw, written in differences instead of weights.
 */
export function alphaOfDifferencesInferred(
  ratings: RatingPatterns,
  counts: Counts,
  n: ValueCounts,
  differences: { sum: DifferenceSum; means: ArrayLike<number> },
  level: number,
): Inferred {
  const estimate = alphaOfDifferences(ratings, counts, n, differences.sum);
  const patterns = ratings.patterns.filter((pattern) => ratingsIn(pattern.counts) >= 2);
  const N = patterns.reduce((sum, { units }) => sum + units, 0);
  if (estimate.kind === "undefined" || N < 2) return { ...estimate, ...NO_UNCERTAINTY };
  const D_o = observedDisagreement(patterns, counts.pairableValues, differences.sum);
  const D = (expectedDisagreement(n, differences.sum) * (counts.pairableValues - 1)) / counts.pairableValues;
  let squares = 0;
  for (const { units, counts: n_u } of patterns) {
    const r_u = ratingsIn(n_u);
    const d_u = (2 * differences.sum(n_u)) / (r_u - 1);
    let e_u = 0;
    for (let i = 0; i < n_u.length; i++) e_u += n_u[i]![1] * differences.means[n_u[i]![0]]!;
    squares += units * (d_u + D_o * r_u - 2 * D_o * (e_u / D)) ** 2;
  }
  const perRating = counts.pairableValues / N;
  const standardError = Math.sqrt(squares / N / (N - 1)) / (D * perRating);
  return withT(estimate, standardError, counts.units - 1, level, "GWET_LINEARIZATION_T");
}

/**
 * α for resampling over the pairable units: by value n_c, then Σ_u Σ_{c<k} n_uc n_uk δ² / (m_u − 1). For differences that
 * are the same whatever units are drawn.
 */
export function alphaOfDifferencesSums(
  ratings: RatingPatterns,
  differenceSum: DifferenceSum,
): SumStatistic<Float64Array> {
  const { patterns } = pairableUnits(ratings);
  const { units, start, value, count } = patternColumns({ patterns });
  const within = patterns.map(({ counts }) => differenceSum(counts) / (ratingsIn(counts) - 1));
  const V = ratings.values.length;
  const counts = ratings.values.map((_, c): [number, number] => [c, 0]); // written anew each time, so that none are made
  const n_c: Array<readonly [number, number]> = [];
  return {
    over: {
      units,
      size: V + 1,
      add(sums, i, times) {
        for (let cell = start[i]!; cell < start[i + 1]!; cell++) sums[value[cell]!]! += times * count[cell]!;
        sums[V]! += times * within[i]!;
      },
      meansOf: (sums) => sums,
    },
    valueOf(sums) {
      n_c.length = 0;
      for (let c = 0; c < V; c++) {
        if (!(sums[c]! > 0)) continue;
        counts[c]![1] = sums[c]!;
        n_c.push(counts[c]!);
      }
      if (n_c.length < 2) return undefined;
      const D_e = expectedDisagreement(n_c, differenceSum);
      return D_e === 0 ? undefined : 1 - (2 * sums[V]!) / ratingsIn(n_c) / D_e;
    },
  };
}

/** D_o = (1/n) Σ_u (2/(m_u − 1)) Σ_{c<k} n_uc n_uk δ²: the coincidences, summed without writing the matrix down. */
export function observedDisagreement(
  patterns: ReadonlyArray<Pattern>,
  n: number,
  differenceSum: DifferenceSum,
): number {
  let sum = 0;
  for (const { units, counts } of patterns) {
    const m_u = ratingsIn(counts);
    if (m_u >= 2) sum += (units * differenceSum(counts)) / (m_u - 1);
  }
  return (2 * sum) / n;
}

/** D_e = 2/(n (n − 1)) Σ_{c<k} n_c n_k δ². */
export function expectedDisagreement(n_c: ValueCounts, differenceSum: DifferenceSum): number {
  const n = ratingsIn(n_c);
  return (2 * differenceSum(n_c)) / n / (n - 1);
}
