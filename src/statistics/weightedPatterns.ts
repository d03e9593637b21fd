// How far do the ratings of a unit of each pattern agree, when some disagreements are half an agreement?
import { gwetWeights, type Weight, type Weighting } from "./gwetWeights.js";
import { patternColumns, type PatternColumns } from "./patternColumns.js";
import type { RatingPatterns, Value } from "./ratingPatterns.js";

export interface WeightedPatterns {
  columns: PatternColumns;
  weights: ScaleWeights;
  /** pa_i by pattern: the weighted share of agreeing pairs in one unit; 0 with one rating. */
  pairShares: Float64Array;
}

/** The weights over a scale, with sums that need not look at all pairs where there are none to see. */
export interface ScaleWeights {
  /** q, the number of declared values. */
  valueCount: number;
  w: Weight;
  /** T = Σ_kl w_kl over all declared values. */
  total: () => number;
  /** Σ_l (w_kl + w_lk)/2 π_l for each value k with a share; the weights here are symmetric. */
  meanTo: (shares: Float64Array) => Float64Array;
  /** Σ_kl w_kl π_k π_l. */
  meanOf: (shares: Float64Array) => number;
}

type ByWeighting = Map<Weighting, WeightedPatterns>;
const known = new WeakMap<RatingPatterns["patterns"], WeakMap<RatingPatterns["values"], ByWeighting>>();

/** Of the same patterns and values always the same. O(patterns × squared values used in each), once. */
export function weightedPatterns(ratings: RatingPatterns, weighting: Weighting): WeightedPatterns {
  let ofPatterns = known.get(ratings.patterns);
  if (!ofPatterns) known.set(ratings.patterns, (ofPatterns = new WeakMap()));
  let byWeighting = ofPatterns.get(ratings.values);
  if (!byWeighting) ofPatterns.set(ratings.values, (byWeighting = new Map()));
  let found = byWeighting.get(weighting);
  if (!found) byWeighting.set(weighting, (found = weighted(ratings, weighting)));
  return found;
}

function weighted(ratings: RatingPatterns, weighting: Weighting): WeightedPatterns {
  const columns = patternColumns(ratings);
  const weights = scaleWeights(weighting, ratings.values);
  const pairShares = Float64Array.from(columns.units, (_, i) => pairwiseShare(columns, i, weights.w));
  return { columns, weights, pairShares };
}

/** pa_i: the weighted share of agreeing pairs in one unit of pattern i. O(values used ²). */
function pairwiseShare({ ratings, start, value, count }: PatternColumns, i: number, w: Weight): number {
  if (ratings[i]! < 2) return 0;
  let agreeing = 0;
  for (let a = start[i]!; a < start[i + 1]!; a++) {
    agreeing += count[a]! * (count[a]! - 1);
    for (let b = start[i]!; b < a; b++) agreeing += 2 * w(value[a]!, value[b]!) * count[a]! * count[b]!;
  }
  return agreeing / (ratings[i]! * (ratings[i]! - 1));
}

/** Up to here the weights are written down once; a table of more would be larger than what is read of it. */
const MOST_IN_TABLE = 128;

function scaleWeights(weighting: Weighting, values: ReadonlyArray<Value>): ScaleWeights {
  const q = values.length;
  const w = inTable(gwetWeights(weighting, values), q);
  if (weighting === "UNWEIGHTED")
    return { valueCount: q, w, total: () => q, meanTo: (shares) => shares, meanOf: squaresOf };
  let total: number | undefined;
  return {
    valueCount: q,
    w,
    total: () => (total ??= totalOf(w, q)),
    meanTo: (shares) => shares.map((share, k) => (share === 0 ? 0 : meanWeight(w, k, shares))),
    meanOf: (shares) => meanOfPairs(w, shares),
  };
}

function inTable(w: Weight, q: number): Weight {
  if (q > MOST_IN_TABLE) return w;
  const table = Float64Array.from({ length: q * q }, (_, cell) => w(Math.floor(cell / q), cell % q));
  return (k, l) => table[k * q + l]!;
}

function totalOf(w: Weight, q: number): number {
  let total = q;
  for (let k = 1; k < q; k++) for (let l = 0; l < k; l++) total += 2 * w(k, l);
  return total;
}

function squaresOf(shares: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < shares.length; k++) sum += shares[k]! * shares[k]!;
  return sum;
}

function meanOfPairs(w: Weight, shares: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < shares.length; k++) if (shares[k] !== 0) sum += shares[k]! * meanWeight(w, k, shares);
  return sum;
}

function meanWeight(w: Weight, k: number, shares: Float64Array): number {
  let mean = 0;
  for (let l = 0; l < shares.length; l++) if (shares[l] !== 0) mean += w(k, l) * shares[l]!;
  return mean;
}
