// How far apart are the values of a set of ratings, summed over its pairs, at a level of measurement?
import type { Weight } from "./gwetWeights.js";
import { ratingsIn } from "./pairableCounts.js";
import type { Value, ValueCounts } from "./ratingPatterns.js";

/** Level of measurement: what may be said about two values. */
export type Level = "NOMINAL" | "ORDINAL" | "INTERVAL" | "RATIO";

/**
 * Σ_{c<k} n_c n_k δ²(c, k) over the values of one count vector: a unit's, which gives its observed disagreement, or all
 * pairable counts, which give the expected one.
 */
export type DifferenceSum = (counts: ValueCounts) => number;

/**
 * Krippendorff's difference functions, summed over pairs. `n` are the pairable counts n_c of all units.
 *
 * - NOMINAL: δ² = 1 for different values. O(values).
 * - ORDINAL: δ² = (Σ_{g=c..k} n_g − (n_c + n_k)/2)², that is the squared distance of mid-ranks. O(values).
 * - INTERVAL: δ² = (c − k)². O(values).
 * - RATIO: δ² = ((c − k)/(c + k))²; (0, 0) is one value and no difference. O(values²), no matrix.
 *
 * Distances on a line need no pairs: Σ_{c<k} n_c n_k (x_c − x_k)² = m Σ n_c (x_c − x̄)².
 * INTERVAL and RATIO need numbers, RATIO from 0 up (`levelRefuses`).
 * Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), difference functions.
 */
export function differenceSum(level: Level, values: ReadonlyArray<Value>, n: ValueCounts): DifferenceSum {
  switch (level) {
    case "NOMINAL":
      return sumOfUnequalPairs;
    case "ORDINAL":
      return sumOnLine(midRanks(values.length, n));
    case "INTERVAL":
      return sumOnLine(scaledToUnit(values as ReadonlyArray<number>, n));
    case "RATIO":
      return sumOfRatioPairs(withoutOverflow(values as ReadonlyArray<number>, n));
  }
}

/**
 * Σ_l (n_l / n) δ²(k, l) for each value k that `n` has, by the same difference functions: how far a rating of k is, on
 * average, from the pairable ratings. O(values), or O(values²) for RATIO.
 */
export function meanDifferences(level: Level, values: ReadonlyArray<Value>, n: ValueCounts): Float64Array {
  switch (level) {
    case "NOMINAL":
      return meansOf(values.length, n, (_, n_k) => 1 - n_k / ratingsIn(n));
    case "ORDINAL":
      return meansOnLine(midRanks(values.length, n), n);
    case "INTERVAL":
      return meansOnLine(scaledToUnit(values as ReadonlyArray<number>, n), n);
    case "RATIO":
      return meansOverPairs(ratioDifference(withoutOverflow(values as ReadonlyArray<number>, n)), values.length, n);
  }
}

/** Why pairable values `n` cannot be compared at this level; null when they can. Unused values do not matter. */
export function levelRefuses(level: Level, values: ReadonlyArray<Value>, n: ValueCounts) {
  if (level === "NOMINAL" || level === "ORDINAL") return null;
  if (n.some(([c]) => typeof values[c] !== "number")) return "VALUES_NOT_NUMERIC";
  return level === "RATIO" && n.some(([c]) => (values[c] as number) < 0) ? "NEGATIVE_VALUES" : null;
}

/** Σ_{c<k} n_c n_k δ²(c, k) pair by pair, for differences that have no shorter form. */
export function sumOverPairs(difference: Weight): DifferenceSum {
  return (counts) => {
    let sum = 0;
    for (let a = 1; a < counts.length; a++) {
      const k = counts[a]![0];
      let toEarlier = 0;
      for (let b = 0; b < a; b++) toEarlier += counts[b]![1] * difference(counts[b]![0], k);
      sum += counts[a]![1] * toEarlier;
    }
    return sum;
  };
}

/** Σ_l (n_l / n) δ²(k, l) pair by pair, for differences that have no shorter form. */
export function meansOverPairs(difference: Weight, length: number, n: ValueCounts): Float64Array {
  const total = ratingsIn(n);
  return meansOf(length, n, (k) => {
    let sum = 0;
    for (const [l, n_l] of n) if (l !== k) sum += n_l * difference(k, l);
    return sum / total;
  });
}

function meansOf(length: number, n: ValueCounts, meanOf: (k: number, n_k: number) => number): Float64Array {
  const means = new Float64Array(length);
  for (const [k, n_k] of n) means[k] = meanOf(k, n_k);
  return means;
}

/** Σ_l (n_l / n) (x_k − x_l)² = (x_k − x̄)² + variance. */
function meansOnLine(x: ArrayLike<number>, n: ValueCounts): Float64Array {
  const total = ratingsIn(n);
  const mean = n.reduce((sum, [c, n_c]) => sum + (n_c / total) * x[c]!, 0);
  const variance = n.reduce((sum, [c, n_c]) => sum + (n_c / total) * (x[c]! - mean) ** 2, 0);
  return meansOf(x.length, n, (k) => (x[k]! - mean) ** 2 + variance);
}

function sumOfUnequalPairs(counts: ValueCounts): number {
  const m = ratingsIn(counts);
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]![1] * (m - counts[i]![1]);
  return sum / 2;
}

function sumOnLine(x: ArrayLike<number>): DifferenceSum {
  return (counts) => {
    if (counts.length < 2) return 0;
    const m = ratingsIn(counts);
    let mean = 0;
    for (let i = 0; i < counts.length; i++) mean += (counts[i]![1] / m) * x[counts[i]![0]]!;
    let squares = 0;
    for (let i = 0; i < counts.length; i++) squares += counts[i]![1] * (x[counts[i]![0]]! - mean) ** 2;
    return m * squares;
  };
}

/** Σ_{g<c} n_g + n_c/2 for each value that has pairable ratings. */
function midRanks(length: number, n: ValueCounts): Float64Array {
  const ranks = new Float64Array(length);
  let below = 0;
  for (const [c, n_c] of n) {
    ranks[c] = below + n_c / 2;
    below += n_c;
  }
  return ranks;
}

/** The used values moved to 0..1: alpha does not change, and squares neither overflow nor vanish. */
function scaledToUnit(values: ReadonlyArray<number>, n: ValueCounts): Float64Array {
  const used = n.map(([c]) => values[c]!);
  const [min, max] = [used.reduce((a, b) => Math.min(a, b)), used.reduce((a, b) => Math.max(a, b))];
  const shrink = Number.isFinite(max - min) ? 1 : 0.5;
  const scaled = new Float64Array(values.length);
  for (const [c] of n) scaled[c] = (values[c]! * shrink - min * shrink) / (max * shrink - min * shrink || 1);
  return scaled;
}

/** The used values from 0 up, halved where two of them could add up to more than a number can hold. */
function withoutOverflow(values: ReadonlyArray<number>, n: ValueCounts): Float64Array {
  const shrink = n.some(([c]) => values[c]! > Number.MAX_VALUE / 2) ? 0.5 : 1;
  const x = new Float64Array(values.length);
  for (const [c] of n) x[c] = values[c]! * shrink;
  return x;
}

function ratioDifference(x: Float64Array): Weight {
  return (k, l) => ((x[k]! - x[l]!) / (x[k]! + x[l]!)) ** 2;
}

/** Σ_{c<k} n_c n_k ((c − k)/(c + k))²; in flat arrays, since 20,000 values have 200 million pairs. */
function sumOfRatioPairs(x: Float64Array): DifferenceSum {
  return (counts) => {
    const value = new Float64Array(counts.length);
    const count = new Float64Array(counts.length);
    let sum = 0;
    for (let k = 0; k < counts.length; k++) {
      value[k] = x[counts[k]![0]]!;
      count[k] = counts[k]![1];
      let toEarlier = 0;
      for (let c = 0; c < k; c++) {
        const ratio = (value[c]! - value[k]!) / (value[c]! + value[k]!);
        toEarlier += count[c]! * ratio * ratio;
      }
      sum += count[k]! * toEarlier;
    }
    return sum;
  };
}
