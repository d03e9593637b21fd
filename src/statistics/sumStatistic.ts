// What is a statistic that depends on ratings only through sums over their units?
import type { RatingPatterns } from "./ratingPatterns.js";

/**
 * A statistic as a function of sums, and what one unit of each pattern adds to them. A unit is left out by one
 * subtraction and drawn again by one addition, so that jackknife and bootstrap need not look at all other units.
 */
export interface SumStatistic {
  /** By pattern: how many units have it. */
  units: ArrayLike<number>;
  /** How many sums there are. */
  size: number;
  /** Adds `times` units of a pattern to the sums; below 0 it takes them away. */
  add: (sums: Float64Array, pattern: number, times: number) => void;
  /** The statistic; undefined where it has no value. */
  valueOf: (sums: Float64Array) => number | undefined;
}

/** The sums over `units` of each pattern: those that the statistic is about, or others. */
export function sumsOf(statistic: SumStatistic, units: ArrayLike<number> = statistic.units): Float64Array {
  const sums = new Float64Array(statistic.size);
  for (let pattern = 0; pattern < units.length; pattern++)
    if (units[pattern] !== 0) statistic.add(sums, pattern, units[pattern]!);
  return sums;
}

/** n: how many units there are in all. */
export function unitCount({ units }: SumStatistic): number {
  let n = 0;
  for (let pattern = 0; pattern < units.length; pattern++) n += units[pattern]!;
  return n;
}

/** A statistic of ratings as a number; undefined where it has none. */
export type Statistic = (ratings: RatingPatterns) => number | undefined;

/** Any statistic, its sums being the units of each pattern themselves: computed anew from all patterns each time. */
export function sumsOfUnits(ratings: RatingPatterns, statistic: Statistic): SumStatistic {
  return {
    units: ratings.patterns.map(({ units }) => units),
    size: ratings.patterns.length,
    add(sums, pattern, times) {
      sums[pattern]! += times;
    },
    valueOf(sums) {
      const patterns = ratings.patterns.flatMap(({ counts }, i) => (sums[i]! > 0 ? [{ units: sums[i]!, counts }] : []));
      return statistic({ ...ratings, patterns });
    },
  };
}
