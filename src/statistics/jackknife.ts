// How much does a statistic move when one unit is left out, and hence how uncertain is it?
import type { Interval } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { sumsOf, sumsOfUnits, unitCount, type Statistic, type SumStatistic } from "./sumStatistic.js";
import { tQuantile } from "./tQuantile.js";

export interface Jackknife {
  /** Null with fewer than two units, without a value, or when the statistic has no value without some unit. */
  standardError: number | null;
  interval: Interval | null;
  /** The statistic without one unit of each pattern, as many times as the pattern has units; undefined where none. */
  leftOut: ReadonlyArray<{ units: number; value: number | undefined }>;
}

/**
 * The delete-one-unit jackknife over the n units of all patterns: SE² = (n − 1)/n Σ_i (θ_(i) − θ̄)², and the interval
 * θ ± t(n − 1) SE, its upper end cut at 1.
 *
 * Units of one pattern give one value, so the statistic is computed once a pattern. Units that do not touch the
 * statistic count as units all the same: give alpha its pairable units (`pairableUnits`).
 * Source: Efron, The jackknife, the bootstrap and other resampling plans (1982), chapter 3.
 */
export function jackknife(ratings: RatingPatterns, statistic: Statistic, level = 0.95): Jackknife {
  return jackknifeOfSums(sumsOfUnits(ratings, statistic), level);
}

/** The same from sums: leaving a unit out is one subtraction, so that the time is linear in the patterns. */
export function jackknifeOfSums(statistic: SumStatistic, level = 0.95): Jackknife {
  const all = sumsOf(statistic);
  const value = statistic.valueOf(all);
  const leftOut = withoutOne(statistic, all);
  const n = unitCount(statistic);
  if (n < 2 || value === undefined || leftOut.some((replicate) => replicate.value === undefined))
    return { standardError: null, interval: null, leftOut };
  const mean = leftOut.reduce((sum, replicate) => sum + (replicate.units / n) * replicate.value!, 0);
  const squares = leftOut.reduce((sum, replicate) => sum + replicate.units * (replicate.value! - mean) ** 2, 0);
  const standardError = Math.sqrt(((n - 1) / n) * squares);
  const reach = tQuantile((1 + level) / 2, n - 1) * standardError;
  const interval: Interval = { low: value - reach, high: Math.min(1, value + reach), level, method: "JACKKNIFE_T" };
  return { standardError, interval, leftOut };
}

function withoutOne(statistic: SumStatistic, all: Float64Array): Jackknife["leftOut"] {
  const sums = new Float64Array(all.length);
  return Array.from(statistic.units, (units, pattern) => {
    sums.set(all);
    statistic.add(sums, pattern, -1);
    return { units, value: statistic.valueOf(sums) };
  });
}
