// Which values do raters take for each other, and how often would they by chance?
import { whyNothingToCompare, type Counts } from "./estimate.js";
import { noFigure, type NoFigure } from "./figure.js";
import { countsOf, pairableCounts, ratingsIn } from "./pairableCounts.js";
import type { RatingPatterns, Value } from "./ratingPatterns.js";

/** With more declared values than this (a continuous scale has), a matrix of values by values is of no use. */
const MOST_VALUES = 1_000;

export interface Coincidences extends Counts {
  kind: "defined";
  values: ReadonlyArray<Value>;
  /** o_ck at c · V + k for V values: how often c and k stand in one unit, each unit's pairs weighted by 1/(m_u − 1). */
  observed: Float64Array;
  /** e_ck in the same places: how often they would if the pairable values were paired by chance. */
  expected: Float64Array;
  /** n_c, the pairable ratings of each value: the sums of rows, and of columns, in both. */
  totals: Float64Array;
  /** Different values found in one unit, each pair once, the most frequent first, then in the order of the values. */
  confusions: ReadonlyArray<Confusion>;
}

export interface Confusion {
  /** Two indexes into the values, the smaller first. */
  values: readonly [c: number, k: number];
  /** o_ck and e_ck, of one of the two cells: with two raters o_ck is the number of units in which they said c and k. */
  observed: number;
  expected: number;
  /** o_ck/e_ck: below 1 raters take them for each other less often than chance does. */
  ratio: number;
  /** The part of all observed disagreement, by number and not by distance. From 0 to 1; they add up to 1. */
  share: number;
}

/**
 * The coincidence matrix o_ck = Σ_u (c-k pairs in u)/(m_u − 1) and the expected one e_ck = n_c n_k/(n − 1), on the
 * diagonal n_c (n_c − 1)/(n − 1); both are symmetric and add up to n, the pairable ratings.
 *
 * Level: any, since it counts and does not measure. Undefined: NO_RATINGS, NO_PAIRABLE_UNITS; TOO_MANY_VALUES with more
 * than 1,000 declared. Time: patterns × squared number of values used in each, plus O(V²).
 * Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), coincidence matrices.
 */
export function coincidences(
  ratings: RatingPatterns,
): Coincidences | (NoFigure<"NO_RATINGS" | "NO_PAIRABLE_UNITS" | "TOO_MANY_VALUES"> & Counts) {
  const counts = countsOf(ratings);
  const V = ratings.values.length;
  const because = whyNothingToCompare(counts) ?? (V > MOST_VALUES ? "TOO_MANY_VALUES" : null);
  if (because) return { ...noFigure(because), ...counts };
  const totals = new Float64Array(V);
  for (const [c, n_c] of pairableCounts(ratings)) totals[c] = n_c;
  const observed = observedPairs(ratings);
  const expected = expectedPairs(totals, counts.pairableValues);
  const confusions = confusionsOf(observed, expected, V);
  return { kind: "defined", ...counts, values: ratings.values, observed, expected, totals, confusions };
}

function observedPairs({ values, patterns }: RatingPatterns): Float64Array {
  const V = values.length;
  const o = new Float64Array(V * V);
  for (const { units, counts } of patterns) {
    const weight = units / (ratingsIn(counts) - 1);
    if (weight === Infinity) continue;
    for (const [c, n_c] of counts)
      for (const [k, n_k] of counts) o[c * V + k]! += weight * n_c * (c === k ? n_k - 1 : n_k);
  }
  return o;
}

function expectedPairs(totals: Float64Array, n: number): Float64Array {
  const V = totals.length;
  const e = new Float64Array(V * V);
  for (let c = 0; c < V; c++)
    for (let k = 0; k < V; k++) e[c * V + k] = (totals[c]! * (c === k ? totals[c]! - 1 : totals[k]!)) / (n - 1);
  for (let c = 0; c < V; c++) if (totals[c] === 0) e[c * V + c] = 0;
  return e;
}

function confusionsOf(observed: Float64Array, expected: Float64Array, V: number): Confusion[] {
  const found: Confusion[] = [];
  let all = 0;
  for (let c = 0; c < V; c++)
    for (let k = c + 1; k < V; k++) {
      const at = c * V + k;
      if (observed[at] === 0) continue;
      all += observed[at]!;
      const [o, e] = [observed[at]!, expected[at]!];
      found.push({ values: [c, k], observed: o, expected: e, ratio: o / e, share: 0 });
    }
  return found.map((pair) => ({ ...pair, share: pair.observed / all })).sort((a, b) => b.observed - a.observed);
}
