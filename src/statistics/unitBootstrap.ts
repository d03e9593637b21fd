// What would a statistic be on other units of the same kind, and between which limits does it mostly lie?
import type { Interval } from "./interval.js";
import { multinomial } from "./multinomial.js";
import { randomNumbers, type RandomNumbers } from "./randomNumbers.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import {
  bySums,
  sumsOf,
  sumsOfUnits,
  unitCount,
  type Statistic,
  type SumStatistic,
  type UnitSums,
} from "./sumStatistic.js";

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

/** The same for several statistics from sums. Those over the same units share their resamples, as if each had its own. */
export function unitBootstrapOfSums(statistics: ReadonlyArray<SumStatistic>, resampling: Resampling): Bootstrap[] {
  const draws = new Map<UnitSums<unknown>["units"], Draws>();
  const groups = [...bySums(statistics)].map(([over, places]) => {
    let drawing = draws.get(over.units);
    if (!drawing) draws.set(over.units, (drawing = drawsOf(over, resampling.seed)));
    return { over, places, drawing, sums: new Float64Array(over.size) };
  });
  const found = statistics.map((): number[] => []);
  for (let i = 0; i < resampling.resamples; i++) {
    for (const { random, n, units, drawn } of draws.values()) multinomial(random, n, units, drawn);
    for (const { over, places, drawing, sums } of groups) {
      const means = over.meansOf(sumsOf(over, drawing.drawn, sums));
      for (const place of places) {
        const value = statistics[place]!.valueOf(means);
        if (value !== undefined) found[place]!.push(value);
      }
    }
  }
  return found.map((values) => {
    const replicates = Float64Array.from(values).sort();
    return {
      replicates,
      undefinedResamples: resampling.resamples - values.length,
      standardError: deviationOf(replicates),
    };
  });
}

/** How often each pattern was drawn, time after time, from the same seed for the same units. */
interface Draws {
  random: RandomNumbers;
  n: number;
  units: ArrayLike<number>;
  drawn: Float64Array;
}

function drawsOf(over: UnitSums<unknown>, seed: number): Draws {
  const { units } = over;
  return { random: randomNumbers(seed), n: unitCount(over), units, drawn: new Float64Array(units.length) };
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
