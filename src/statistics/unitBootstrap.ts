// What would a statistic be on other units of the same kind, and between which limits does it mostly lie?
import type { Interval } from "./interval.js";
import type { Statistic } from "./jackknife.js";
import { multinomial } from "./multinomial.js";
import { randomNumbers } from "./randomNumbers.js";
import type { RatingPatterns } from "./ratingPatterns.js";

export interface Bootstrap {
  /** The statistic on each resample that has one, ascending. */
  replicates: Float64Array;
  /** Resamples on which the statistic has no value; left out of everything else. */
  undefinedResamples: number;
  /** The standard deviation of the replicates; null with fewer than two. */
  standardError: number | null;
}

/**
 * The unit bootstrap with everything recomputed: as many units as there are, drawn with replacement, `resamples` times.
 *
 * A resample is one multinomial draw over the patterns, so its cost does not grow with the number of units. The same
 * ratings, in whatever order they were read, and the same seed give the same replicates. Units that do not touch the
 * statistic are drawn as well: give alpha its pairable units (`pairableUnits`).
 * Source: Efron and Tibshirani, An introduction to the bootstrap (1993), chapter 6.
 */
export function unitBootstrap(
  ratings: RatingPatterns,
  statistic: Statistic,
  { seed, resamples }: { seed: number; resamples: number },
): Bootstrap {
  const random = randomNumbers(seed);
  const units = ratings.patterns.map((pattern) => pattern.units);
  const n = units.reduce((sum, count) => sum + count, 0);
  const drawn = new Float64Array(units.length);
  const found: number[] = [];
  for (let i = 0; i < resamples; i++) {
    multinomial(random, n, units, drawn);
    const value = statistic(withUnits(ratings, drawn));
    if (value !== undefined) found.push(value);
  }
  const replicates = Float64Array.from(found).sort();
  return { replicates, undefinedResamples: resamples - found.length, standardError: deviationOf(replicates) };
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

function withUnits(ratings: RatingPatterns, drawn: Float64Array): RatingPatterns {
  const patterns = [];
  for (let i = 0; i < drawn.length; i++)
    if (drawn[i]! > 0) patterns.push({ units: drawn[i]!, counts: ratings.patterns[i]!.counts });
  return { ...ratings, patterns };
}

function deviationOf(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
