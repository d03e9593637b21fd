// How far is the agreement of pairs above what chance gives, for a model of chance made of the shares of values?
import { defined, undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { weightingRefuses, type Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import { countsOf } from "./pairableCounts.js";
import type { PatternColumns } from "./patternColumns.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { sumsOf, type SumStatistic, type UnitSums } from "./sumStatistic.js";
import { weightedPatterns, type ScaleWeights, type WeightedPatterns } from "./weightedPatterns.js";

/** Chance from π_k, the share of value k averaged over the units with at least one rating. */
export interface ChanceModel {
  /** p_e, the agreement expected by chance. */
  agreement: (shares: Float64Array, weights: ScaleWeights) => number;
  /** What a rating of each value adds: a unit's p_ei is its ratings' mean of it. */
  byValue: (shares: Float64Array, weights: ScaleWeights) => ArrayLike<number>;
}

/**
 * κ = (p_a − p_e)/(1 − p_e): p_a the mean over the n' units with two or more ratings of the weighted share of agreeing
 * pairs, p_e as `model` says from all n units with a rating.
 *
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO), NO_VARIATION where p_e = 1.
 * Time: patterns × squared number of values used in each, plus O(V²) for weights, O(V) without.
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014); results as of R irrCAC 1.4.
 */
export function chanceCorrected(ratings: RatingPatterns, weighting: Weighting, model: ChanceModel): Estimate {
  const counts = countsOf(ratings);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, ratings.values);
  if (because) return undefinedBecause(because, counts);
  const kappa = chanceCorrectedSums(ratings, weighting, model).valueOf(meansOf(ratings, weighting).all);
  return kappa === undefined ? undefinedBecause("NO_VARIATION", counts) : defined(kappa, counts);
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
  const estimate = chanceCorrected(ratings, weighting, model);
  if (estimate.kind === "undefined" || estimate.units < 2) return { ...estimate, ...NO_UNCERTAINTY };
  const { value: kappa, units: n } = estimate;
  const { columns, weights, pairShares } = weightedPatterns(ratings, weighting);
  const { pairableUnits, shares } = meansOf(ratings, weighting).all;
  const [p_e, byValue] = [model.agreement(shares, weights), model.byValue(shares, weights)];
  const scale = 1 - p_e;
  let squares = 0;
  for (let i = 0; i < pairShares.length; i++) {
    const above = columns.ratings[i]! < 2 ? 0 : pairShares[i]! - p_e;
    const kappa_i = ((n / pairableUnits) * above) / scale;
    const chance_i = (meanOver(columns, i, byValue) - p_e) / scale;
    squares += columns.units[i]! * (kappa_i - 2 * (1 - kappa) * chance_i - kappa) ** 2;
  }
  return withT(estimate, Math.sqrt(squares / n / (n - 1)), n - 1, level, "GWET_LINEARIZATION_T");
}

/** What all coefficients with the same weights share: n', p_a and π. */
interface ChanceMeans {
  pairableUnits: number;
  agreement: number;
  shares: Float64Array;
}

/** κ from sums over units. Only for weights that the values allow (`weightingRefuses`). */
export function chanceCorrectedSums(
  ratings: RatingPatterns,
  weighting: Weighting,
  model: ChanceModel,
): SumStatistic<ChanceMeans> {
  const { over, weights } = meansOf(ratings, weighting);
  return {
    over,
    valueOf({ pairableUnits, agreement, shares }) {
      if (!(pairableUnits > 0)) return undefined;
      const chance = model.agreement(shares, weights);
      return chance < 1 ? (agreement - chance) / (1 - chance) : undefined;
    },
  };
}

/** Sums for resampling, and the means over all units. */
interface Prepared {
  over: UnitSums<ChanceMeans>;
  all: ChanceMeans;
  weights: ScaleWeights;
}
const known = new WeakMap<WeightedPatterns, Prepared>();

/** Of the same ratings and weighting always the same. */
function meansOf(ratings: RatingPatterns, weighting: Weighting): Prepared {
  const parts = weightedPatterns(ratings, weighting);
  let prepared = known.get(parts);
  if (!prepared) {
    const over = chanceSums(parts);
    const means = over.meansOf(sumsOf(over));
    prepared = { over, all: { ...means, shares: means.shares.slice() }, weights: parts.weights };
    known.set(parts, prepared);
  }
  return prepared;
}

/**
 * n, n', Σ p_ai, then by value Σ r_ik/r_i and Σ r_ik, the last being whole numbers that tell which values are left when a
 * unit is taken away.
 */
function chanceSums(parts: WeightedPatterns): UnitSums<ChanceMeans> {
  const means = { pairableUnits: 0, agreement: 0, shares: new Float64Array(parts.weights.valueCount) };
  return {
    units: parts.columns.units,
    size: 3 + 2 * parts.weights.valueCount,
    add: (sums, i, times) => addUnits(sums, parts, i, times),
    meansOf(sums) {
      means.pairableUnits = sums[1]!;
      means.agreement = sums[2]! / sums[1]!;
      writeShares(sums, means.shares);
      return means;
    },
  };
}

function addUnits(sums: Float64Array, { columns, weights, pairShares }: WeightedPatterns, i: number, times: number) {
  const { ratings, start, value, count } = columns;
  sums[0]! += times;
  if (ratings[i]! >= 2) {
    sums[1]! += times;
    sums[2]! += times * pairShares[i]!;
  }
  for (let cell = start[i]!; cell < start[i + 1]!; cell++) {
    sums[3 + value[cell]!]! += (times * count[cell]!) / ratings[i]!;
    sums[3 + weights.valueCount + value[cell]!]! += times * count[cell]!;
  }
}

/** Writes π. Where one value is left its share is 1, and of others 0, whatever rounding has left in the sums. */
function writeShares(sums: Float64Array, shares: Float64Array): void {
  const q = shares.length;
  let used = 0;
  let last = 0;
  for (let k = 0; k < q; k++) {
    const isUsed = sums[3 + q + k] !== 0;
    shares[k] = isUsed ? sums[3 + k]! / sums[0]! : 0;
    if (!isUsed) continue;
    used++;
    last = k;
  }
  if (used === 1) shares[last] = 1;
}

function meanOver({ ratings, start, value, count }: PatternColumns, i: number, byValue: ArrayLike<number>): number {
  let sum = 0;
  for (let cell = start[i]!; cell < start[i + 1]!; cell++) sum += count[cell]! * byValue[value[cell]!]!;
  return sum / ratings[i]!;
}
