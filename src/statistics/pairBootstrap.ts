// Between which limits does alpha lie, when the pairs of ratings are drawn anew and chance is held?
import { expectedDisagreement } from "./alphaOfDifferences.js";
import { differenceSum, levelRefuses, type Level } from "./difference.js";
import { multinomial } from "./multinomial.js";
import { pairableCounts, ratingsIn } from "./pairableCounts.js";
import { randomNumbers } from "./randomNumbers.js";
import type { RatingPatterns, ValueCounts } from "./ratingPatterns.js";

/**
 * Krippendorff's own bootstrap of α, ascending: each pair of each unit is drawn anew from all observed pairs of the
 * data, its difference weighted 1/(m_u − 1) of the unit it stands in, D_e held; no replicate is below −1.
 *
 * For comparison with papers that used the KALPHA macro. It takes the pairs of one unit for independent, so its limits
 * are too close where units have many ratings: `unitBootstrap` is the one to offer. Its 95% limits are the replicates
 * at places trunc(0.025 B) and trunc(0.975 B) + 1, counted from 1 (`pairLimits`).
 * Null where α has no value. Time: resamples × kinds of pairs × different numbers of ratings a unit.
 * Source: Hayes and Krippendorff, Answering the call for a standard reliability measure for coding data (2007).
 */
export function pairBootstrap(
  ratings: RatingPatterns,
  level: Level,
  { seed, resamples }: { seed: number; resamples: number },
): Float64Array | null {
  const n = pairableCounts(ratings);
  if (n.length < 2 || levelRefuses(level, ratings.values, n)) return null;
  const sum = differenceSum(level, ratings.values, n);
  const scale = 2 / ratingsIn(n) / expectedDisagreement(n, sum);
  const { pairs, pairsByRatings } = pairsOf(ratings);
  const counts = Float64Array.from(pairs.values());
  const losses = [...pairs.keys()].map((pair) => scale * sum(countsOfPair(pair, ratings.values.length)));
  const random = randomNumbers(seed);
  const drawn = new Float64Array(counts.length);
  const replicates = Float64Array.from({ length: resamples }, () => {
    let alpha = 1;
    for (const [m_u, pairCount] of pairsByRatings) {
      multinomial(random, pairCount, counts, drawn);
      for (let i = 0; i < drawn.length; i++) alpha -= (drawn[i]! * losses[i]!) / (m_u - 1);
    }
    return Math.max(-1, alpha);
  });
  return replicates.sort();
}

/** The limits that Hayes and Krippendorff take of ascending replicates. */
export function pairLimits(replicates: Float64Array, level = 0.95): { low: number; high: number } {
  const B = replicates.length;
  // 0.975 · 20,000 comes out a hair below 19,500.
  const place = (share: number) => Math.trunc(share * B + 1e-9);
  const [low, high] = [Math.max(1, place((1 - level) / 2)), Math.min(B, place((1 + level) / 2) + 1)];
  return { low: replicates[low - 1]!, high: replicates[high - 1]! };
}

/** How often each pair of values (k · V + l, k ≤ l) stands in one unit, and how many pairs units of m_u ratings have. */
function pairsOf({ patterns, values }: RatingPatterns) {
  const pairs = new Map<number, number>();
  const pairsByRatings = new Map<number, number>();
  for (const { units, counts } of patterns) {
    const m_u = ratingsIn(counts);
    if (m_u < 2) continue;
    pairsByRatings.set(m_u, (pairsByRatings.get(m_u) ?? 0) + (units * m_u * (m_u - 1)) / 2);
    counts.forEach(([l, n_l], i) => {
      const add = (k: number, count: number) => {
        if (count > 0) pairs.set(k * values.length + l, (pairs.get(k * values.length + l) ?? 0) + units * count);
      };
      add(l, (n_l * (n_l - 1)) / 2);
      for (const [k, n_k] of counts.slice(0, i)) add(k, n_k * n_l);
    });
  }
  return { pairs, pairsByRatings };
}

function countsOfPair(pair: number, V: number): ValueCounts {
  const [k, l] = [Math.floor(pair / V), pair % V];
  return k === l
    ? [[k, 2]]
    : [
        [k, 1],
        [l, 1],
      ];
}
