// What is a statistic that depends on ratings only through sums over their units?
import type { RatingPatterns } from "./ratingPatterns.js";

/**
 * Sums over units, and what one unit of each pattern adds to them. A unit is left out by one subtraction and drawn again
 * by one addition, so that jackknife and bootstrap need not look at all other units.
 */
export interface UnitSums<Means> {
  /** By pattern: how many units have it. */
  units: ArrayLike<number>;
  /** How many sums there are. */
  size: number;
  /** Adds `times` units of a pattern to the sums; below 0 it takes them away. */
  add(sums: Float64Array, pattern: number, times: number): void;
  /** What statistics over these sums share. It holds until the next call. */
  meansOf(sums: Float64Array): Means;
}

/** A statistic as a function of sums. Statistics that share their sums (the same object) are resampled together. */
export interface SumStatistic<Means = unknown> {
  over: UnitSums<Means>;
  /** Undefined where it has no value. */
  valueOf(means: Means): number | undefined;
}

/** The sums over `units` of each pattern: those that they are about, or others. */
export function sumsOf(over: UnitSums<unknown>, units = over.units, sums = new Float64Array(over.size)): Float64Array {
  sums.fill(0);
  for (let pattern = 0; pattern < units.length; pattern++)
    if (units[pattern] !== 0) over.add(sums, pattern, units[pattern]!);
  return sums;
}

/** n: how many units there are in all. */
export function unitCount({ units }: UnitSums<unknown>): number {
  let n = 0;
  for (let pattern = 0; pattern < units.length; pattern++) n += units[pattern]!;
  return n;
}

/** The statistics by the sums that they share, with their places in the list. */
export function bySums(statistics: ReadonlyArray<SumStatistic>): Map<UnitSums<unknown>, number[]> {
  const places = new Map<UnitSums<unknown>, number[]>();
  statistics.forEach(({ over }, i) => places.set(over, [...(places.get(over) ?? []), i]));
  return places;
}

/** A statistic of ratings as a number; undefined where it has none. */
export type Statistic = (ratings: RatingPatterns) => number | undefined;

/** Any statistic, its sums being the units of each pattern themselves: computed anew from all patterns each time. */
export function sumsOfUnits(ratings: RatingPatterns, statistic: Statistic): SumStatistic<Float64Array> {
  return {
    over: {
      units: ratings.patterns.map(({ units }) => units),
      size: ratings.patterns.length,
      add(sums, pattern, times) {
        sums[pattern]! += times;
      },
      meansOf: (sums) => sums,
    },
    valueOf(units) {
      const some = ratings.patterns.flatMap(({ counts }, i) => (units[i]! > 0 ? [{ units: units[i]!, counts }] : []));
      return statistic({ ...ratings, patterns: some });
    },
  };
}
