// How much does a statistic move when one unit is left out, and hence how uncertain is it?
import type { Interval } from "./interval.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { bySums, sumsOf, sumsOfUnits, unitCount, type Statistic, type SumStatistic } from "./sumStatistic.js";
import { tQuantile } from "./tQuantile.js";

export interface Jackknife {
  /** Null with fewer than two units, without a value, or when the statistic has no value without some unit. */
  standardError: number | null;
  interval: Interval | null;
  /** By pattern: the statistic without one unit of it, undefined where it has no value; and how many units have it. */
  leftOut: { values: ReadonlyArray<number | undefined>; units: ArrayLike<number> };
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
  return jackknivesOfSums([sumsOfUnits(ratings, statistic)], level)[0]!;
}

/** The same for several statistics from sums: leaving a unit out is one subtraction, so the time is linear in patterns. */
export function jackknivesOfSums(statistics: ReadonlyArray<SumStatistic>, level = 0.95): Jackknife[] {
  const found = new Array<Jackknife>(statistics.length);
  for (const [over, places] of bySums(statistics)) {
    const all = sumsOf(over);
    const sums = new Float64Array(all.length);
    const values = places.map((): Array<number | undefined> => new Array(over.units.length));
    for (let pattern = 0; pattern < over.units.length; pattern++) {
      sums.set(all);
      over.add(sums, pattern, -1);
      const means = over.meansOf(sums);
      for (let k = 0; k < places.length; k++) values[k]![pattern] = statistics[places[k]!]!.valueOf(means);
    }
    const means = over.meansOf(all);
    const [n, { units }] = [unitCount(over), over];
    places.forEach((place, k) => {
      found[place] = jackknifeOf(statistics[place]!.valueOf(means), { values: values[k]!, units }, n, level);
    });
  }
  return found;
}

function jackknifeOf(value: number | undefined, leftOut: Jackknife["leftOut"], n: number, level: number): Jackknife {
  const { values, units } = leftOut;
  if (n < 2 || value === undefined || values.includes(undefined))
    return { standardError: null, interval: null, leftOut };
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (units[i]! / n) * values[i]!;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += units[i]! * (values[i]! - mean) * (values[i]! - mean);
  const standardError = Math.sqrt(((n - 1) / n) * squares);
  const reach = tQuantile((1 + level) / 2, n - 1) * standardError;
  const interval: Interval = { low: value - reach, high: Math.min(1, value + reach), level, method: "JACKKNIFE_T" };
  return { standardError, interval, leftOut };
}
