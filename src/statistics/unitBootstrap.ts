// What would a statistic be on other units of the same kind, and between which limits does it mostly lie?
import type { Interval } from "./interval.js";
import { multinomial } from "./multinomial.js";
import { randomNumbers } from "./randomNumbers.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { sumsOf, sumsOfUnits, unitCount, type Statistic, type SumStatistic } from "./sumStatistic.js";

export interface Bootstrap {
  /** The statistic on each resample that has one, ascending. */
  replicates: Float64Array;
  /** Resamples on which the statistic has no value; left out of everything else. */
  undefinedResamples: number;
  /** The standard deviation of the replicates; null with fewer than two. */
  standardError: number | null;
}

export interface Resampling {
  seed: number;
  resamples: number;
}

/**
 * The unit bootstrap with everything recomputed: as many units as there are, drawn with replacement, `resamples` times.
 *
 * A resample is one multinomial draw over the patterns, so its cost does not grow with the number of units. The same
 * ratings, in whatever order they were read, and the same seed give the same replicates. Units that do not touch the
 * statistic are drawn as well: give alpha its pairable units (`pairableUnits`).
 * Source: Efron and Tibshirani, An introduction to the bootstrap (1993), chapter 6.
 */
export function unitBootstrap(ratings: RatingPatterns, statistic: Statistic, resampling: Resampling): Bootstrap {
  return unitBootstrapOfSums([sumsOfUnits(ratings, statistic)], resampling)[0]!;
}

/**
 * The same for several statistics over the same units, from sums: each resample is drawn once for all of them, and each
 * statistic gets the replicates that it would get alone. All must have the same `units`.
 */
export function unitBootstrapOfSums(
  statistics: ReadonlyArray<SumStatistic>,
  { seed, resamples }: Resampling,
): Bootstrap[] {
  if (statistics.length === 0) return [];
  const random = randomNumbers(seed);
  const units = statistics[0]!.units;
  const n = unitCount(statistics[0]!);
  const drawn = new Float64Array(units.length);
  const found = statistics.map((): number[] => []);
  for (let i = 0; i < resamples; i++) {
    multinomial(random, n, units, drawn);
    statistics.forEach((statistic, k) => {
      const value = statistic.valueOf(sumsOf(statistic, drawn));
      if (value !== undefined) found[k]!.push(value);
    });
  }
  return found.map((values) => {
    const replicates = Float64Array.from(values).sort();
    return { replicates, undefinedResamples: resamples - values.length, standardError: deviationOf(replicates) };
  });
}

/** The limits between which the middle share `level` of the replicates lies; null without any. */
export function percentileInterval({ replicates }: Bootstrap, level = 0.95): Interval | null {
  if (replicates.length === 0) return null;
  const [low, high] = [quantile(replicates, (1 - level) / 2), quantile(replicates, (1 + level) / 2)];
  return { low, high, level, method: "UNIT_BOOTSTRAP_PERCENTILE" };
}

/** The value below which a share p of ascending values lies, between neighbours in proportion (R's type 7). */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  const at = p * (ascending.length - 1);
  const below = ascending[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (ascending[Math.ceil(at)]! - below);
}

function deviationOf(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
