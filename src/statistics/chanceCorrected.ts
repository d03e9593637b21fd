// How far is the agreement of pairs above what chance gives, for a model of chance made of the shares of values?
import { defined, undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import { countsOf, ratingsIn } from "./pairableCounts.js";
import { pairwiseShare } from "./percentAgreement.js";
import type { RatingPatterns, Value, ValueCounts } from "./ratingPatterns.js";

export interface Chance {
  /** p_e, the agreement expected by chance. */
  agreement: number;
  /** What a rating of each value adds: a unit's p_ei is its ratings' mean of it. */
  byValue: ArrayLike<number>;
}

/** The weights of a coefficient, with sums that need not look at all pairs where there are none to see. */
export interface ChanceWeights {
  /** q, the number of declared values. */
  valueCount: number;
  /** T = Σ_kl w_kl over all declared values. */
  total: () => number;
  /** Σ_l (w_kl + w_lk)/2 π_l for each value k; the weights here are symmetric. */
  meanTo: (shares: Float64Array) => Float64Array;
}

/** Chance from π_k, the share of value k averaged over the units with at least one rating. */
export type ChanceModel = (shares: Float64Array, weights: ChanceWeights) => Chance;

/**
 * κ = (p_a − p_e)/(1 − p_e): p_a the mean over the n' units with two or more ratings of the weighted share of agreeing
 * pairs, p_e as `model` says from all n units with a rating.
 *
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO), NO_VARIATION where p_e = 1.
 * Time: patterns × squared number of values used in each, plus O(V²) for weights, O(V) without.
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014); results as of R irrCAC 1.4.
 */
export function chanceCorrected(ratings: RatingPatterns, weighting: Weighting, model: ChanceModel): Estimate {
  const parts = partsOf(ratings, weighting, model);
  return "kind" in parts ? parts : parts.estimate;
}

/**
 * The same with Gwet's standard error, by linearisation over the n units:
 * κ_i = (n/n')(p_ai − p_e [r_i ≥ 2])/(1 − p_e), κ*_i = κ_i − 2(1 − κ)(p_ei − p_e)/(1 − p_e),
 * SE² = Σ (κ*_i − κ)² / (n(n − 1)), and the interval κ ± t(n − 1) SE, its upper end cut at 1. One unit has no error.
 */
export function chanceCorrectedInferred(
  ratings: RatingPatterns,
  weighting: Weighting,
  model: ChanceModel,
  level: number,
): Inferred {
  const parts = partsOf(ratings, weighting, model);
  if ("kind" in parts) return { ...parts, ...NO_UNCERTAINTY };
  const { estimate, w, chance, pairableUnits } = parts;
  const { value: kappa, units: n } = estimate;
  if (n < 2) return { ...estimate, ...NO_UNCERTAINTY };
  const scale = 1 - chance.agreement;
  let squares = 0;
  for (const { units, counts } of ratings.patterns) {
    const above = ratingsIn(counts) < 2 ? 0 : pairwiseShare(counts, w) - chance.agreement;
    const kappa_i = ((n / pairableUnits) * above) / scale;
    const chance_i = (meanOver(counts, chance.byValue) - chance.agreement) / scale;
    squares += units * (kappa_i - 2 * (1 - kappa) * chance_i - kappa) ** 2;
  }
  return withT(estimate, Math.sqrt(squares / n / (n - 1)), n - 1, level, "GWET_LINEARIZATION_T");
}

function partsOf(ratings: RatingPatterns, weighting: Weighting, model: ChanceModel) {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, ratings.values);
  if (because) return undefinedBecause(because, counts);
  const w = gwetWeights(weighting, ratings.values);
  const { shares, agreement, pairableUnits } = meansOver(ratings, counts.units, w);
  const chance = model(shares, chanceWeights(weighting, ratings.values, w));
  if (!(chance.agreement < 1)) return undefinedBecause("NO_VARIATION" as const, counts);
  const kappa = (agreement - chance.agreement) / (1 - chance.agreement);
  return { estimate: defined(kappa, counts), w, chance, pairableUnits };
}

function meansOver({ values, patterns }: RatingPatterns, n: number, w: Weight) {
  const shares = new Float64Array(values.length);
  let pairableUnits = 0;
  let agreement = 0;
  for (const { units, counts } of patterns) {
    const r_i = ratingsIn(counts);
    for (let i = 0; i < counts.length; i++) shares[counts[i]![0]]! += (units * counts[i]![1]) / r_i;
    if (r_i < 2) continue;
    pairableUnits += units;
    agreement += units * pairwiseShare(counts, w);
  }
  for (let k = 0; k < shares.length; k++) shares[k]! /= n;
  return { shares, agreement: agreement / pairableUnits, pairableUnits };
}

function meanOver(counts: ValueCounts, byValue: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]![1] * byValue[counts[i]![0]]!;
  return sum / ratingsIn(counts);
}

function chanceWeights(weighting: Weighting, values: ReadonlyArray<Value>, w: Weight): ChanceWeights {
  const valueCount = values.length;
  if (weighting === "UNWEIGHTED") return { valueCount, total: () => valueCount, meanTo: (shares) => shares };
  return { valueCount, total: () => totalOf(w, valueCount), meanTo: (shares) => meanWeights(w, shares) };
}

function totalOf(w: Weight, q: number): number {
  let total = q;
  for (let k = 1; k < q; k++) for (let l = 0; l < k; l++) total += 2 * w(k, l);
  return total;
}

function meanWeights(w: Weight, shares: Float64Array): Float64Array {
  const used = [...shares.keys()].filter((k) => shares[k]! > 0);
  const means = new Float64Array(shares.length);
  for (const k of used) for (const l of used) means[k]! += w(k, l) * shares[l]!;
  return means;
}
