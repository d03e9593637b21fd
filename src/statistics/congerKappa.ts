// How far above chance do raters agree, when chance keeps each rater's own use of the values?
import { defined, undefinedBecause, whyNothingToCompare, type RaterReason } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import { countsOfMatrix, ratingsOfUnit, type RaterMatrix } from "./raterMatrix.js";

/**
 * Conger's κ, generalised by Gwet to weights and missing ratings: Cohen's for two raters and complete pairs.
 *
 * p_a is the mean over the n' units with two or more ratings of the weighted share of agreeing pairs;
 * p_e = Σ_{g≠h} Σ_kl w_kl p_gk p_hl / (r (r − 1)), p_gk the share of value k in all of rater g's n_g ratings. Raters
 * without a rating are not among the r. With Gwet's standard error over the n rated units, where
 * p_ei = p_e + Σ_g (n/n_g)(F_g(x_ig) − E_g)/(r (r − 1)) over the raters of unit i,
 * F_g(k) = Σ_{h≠g} Σ_l w_kl p_hl, E_g = Σ_k p_gk F_g(k), and the interval κ ± t(n − 1) SE, its upper end cut at 1.
 *
 * Level: any for UNWEIGHTED, else as the weights. Range: at most 1; may be below −1 with missing ratings.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO), NO_VARIATION where p_e = 1. One unit has no error.
 * Time: ratings + Σ r_i² + raters × V² for V values used.
 * Source: Conger, Integration and generalization of kappas for multiple raters (1980); Gwet (2014); as R irrCAC 1.4
 * conger.kappa.raw.
 */
export function congerKappa(
  matrix: RaterMatrix,
  weighting: Weighting = "UNWEIGHTED",
  level = 0.95,
): Inferred<RaterReason> {
  const counts = countsOfMatrix(matrix);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, matrix.values);
  if (because) return { ...undefinedBecause(because, counts), ...NO_UNCERTAINTY };
  const w = gwetWeights(weighting, matrix.values);
  const chance = chanceOf(matrix, w);
  const p_e = chance.agreement;
  const { shares, pairable } = pairShares(matrix, w);
  const p_a = shares.reduce((sum, share) => sum + share, 0) / pairable;
  if (!(p_e < 1)) return { ...undefinedBecause("NO_VARIATION", counts), ...NO_UNCERTAINTY };
  const kappa = (p_a - p_e) / (1 - p_e);
  const estimate = defined(kappa, counts);
  const n = counts.units;
  if (n < 2) return { ...estimate, ...NO_UNCERTAINTY };
  let squares = 0;
  for (let unit = 0; unit < n; unit++) {
    const kappa_i = ratingsOfUnit(matrix, unit) < 2 ? 0 : ((n / pairable) * (shares[unit]! - p_e)) / (1 - p_e);
    squares += (kappa_i - (2 * (1 - kappa) * chance.beyond(unit)) / (1 - p_e) - kappa) ** 2;
  }
  return withT(estimate, Math.sqrt(squares / n / (n - 1)), n - 1, level, "GWET_LINEARIZATION_T");
}

/** p_e, and a unit's p_ei − p_e. */
function chanceOf(matrix: RaterMatrix, w: Weight) {
  const { start, rater, value, units, raters } = matrix;
  const given = sharesByRater(matrix);
  const used = new Map<number, number>();
  for (const { shares } of given) for (const [k, share] of shares) used.set(k, (used.get(k) ?? 0) + share);
  const toAll = new Map([...used.keys()].map((k) => [k, meanWeight(w, k, used)] as const));
  const pairs = raters.length * (raters.length - 1);
  const byRater = given.map(({ ratings, shares }) => {
    const toOthers = new Map([...shares.keys()].map((k) => [k, toAll.get(k)! - meanWeight(w, k, shares)] as const));
    const mean = [...shares].reduce((sum, [k, share]) => sum + share * toOthers.get(k)!, 0);
    return { mean, toOthers, scale: units.length / ratings / pairs };
  });
  const agreement = byRater.reduce((sum, { mean }) => sum + mean, 0) / pairs;
  const beyond = (unit: number) => {
    let sum = 0;
    for (let i = start[unit]!; i < start[unit + 1]!; i++) {
      const { scale, toOthers, mean } = byRater[rater[i]!]!;
      sum += scale * (toOthers.get(value[i]!)! - mean);
    }
    return sum;
  };
  return { agreement, beyond };
}

/** n_g, and p_gk for the values that g used. */
function sharesByRater({ rater, value, raters }: RaterMatrix): { ratings: number; shares: Map<number, number> }[] {
  const counts = Array.from({ length: raters.length }, () => new Map<number, number>());
  for (let i = 0; i < rater.length; i++)
    counts[rater[i]!]!.set(value[i]!, (counts[rater[i]!]!.get(value[i]!) ?? 0) + 1);
  return counts.map((byValue) => {
    const ratings = [...byValue.values()].reduce((sum, count) => sum + count, 0);
    return { ratings, shares: new Map([...byValue].map(([k, count]) => [k, count / ratings])) };
  });
}

function meanWeight(w: Weight, k: number, shares: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [l, share] of shares) sum += w(k, l) * share;
  return sum;
}

/** Of each unit the weighted share of agreeing pairs, 0 without a pair; and how many units have one. */
function pairShares({ start, value, units }: RaterMatrix, w: Weight): { shares: Float64Array; pairable: number } {
  const shares = new Float64Array(units.length);
  let pairable = 0;
  for (let unit = 0; unit < units.length; unit++) {
    const [first, end] = [start[unit]!, start[unit + 1]!];
    if (end - first < 2) continue;
    pairable++;
    let agreeing = 0;
    for (let b = first + 1; b < end; b++) for (let a = first; a < b; a++) agreeing += w(value[a]!, value[b]!);
    shares[unit] = (2 * agreeing) / ((end - first) * (end - first - 1));
  }
  return { shares, pairable };
}
