// How far above chance do raters agree, when chance keeps each rater's own use of the values?
import { defined, undefinedBecause, whyNothingToCompare, type RaterReason } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import { countsOfMatrix, type Cell, type RaterMatrix } from "./raterMatrix.js";

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
  const pairable = matrix.rows.filter((row) => row.length >= 2);
  const p_a = pairable.reduce((sum, row) => sum + pairShare(row, w), 0) / pairable.length;
  const p_e = chance.agreement;
  if (!(p_e < 1)) return { ...undefinedBecause("NO_VARIATION", counts), ...NO_UNCERTAINTY };
  const kappa = (p_a - p_e) / (1 - p_e);
  const estimate = defined(kappa, counts);
  const n = counts.units;
  if (n < 2) return { ...estimate, ...NO_UNCERTAINTY };
  let squares = 0;
  for (const row of matrix.rows) {
    const kappa_i = row.length < 2 ? 0 : ((n / pairable.length) * (pairShare(row, w) - p_e)) / (1 - p_e);
    const beyond = row.reduce((sum, [g, x]) => sum + chance.beyond(g, x), 0) / (1 - p_e);
    squares += (kappa_i - 2 * (1 - kappa) * beyond - kappa) ** 2;
  }
  return withT(estimate, Math.sqrt(squares / n / (n - 1)), n - 1, level, "GWET_LINEARIZATION_T");
}

/** p_e, and what a rating by g of value x adds to a unit's p_ei − p_e. */
function chanceOf(matrix: RaterMatrix, w: Weight) {
  const { rows, raters } = matrix;
  const given = sharesByRater(matrix);
  const used = new Map<number, number>();
  for (const { shares } of given) for (const [k, share] of shares) used.set(k, (used.get(k) ?? 0) + share);
  const toAll = new Map([...used.keys()].map((k) => [k, meanWeight(w, k, used)] as const));
  const pairs = raters.length * (raters.length - 1);
  const byRater = given.map(({ ratings, shares }) => {
    const toOthers = new Map([...shares.keys()].map((k) => [k, toAll.get(k)! - meanWeight(w, k, shares)] as const));
    const mean = [...shares].reduce((sum, [k, share]) => sum + share * toOthers.get(k)!, 0);
    return { mean, toOthers, scale: rows.length / ratings / pairs };
  });
  const agreement = byRater.reduce((sum, { mean }) => sum + mean, 0) / pairs;
  const beyond = (g: number, x: number) => byRater[g]!.scale * (byRater[g]!.toOthers.get(x)! - byRater[g]!.mean);
  return { agreement, beyond };
}

/** n_g, and p_gk for the values that g used. */
function sharesByRater({ rows, raters }: RaterMatrix): { ratings: number; shares: Map<number, number> }[] {
  const counts = raters.map(() => new Map<number, number>());
  for (const row of rows) for (const [g, k] of row) counts[g]!.set(k, (counts[g]!.get(k) ?? 0) + 1);
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

function pairShare(row: ReadonlyArray<Cell>, w: Weight): number {
  let agreeing = 0;
  for (let b = 1; b < row.length; b++) for (let a = 0; a < b; a++) agreeing += w(row[a]![1], row[b]![1]);
  return (2 * agreeing) / (row.length * (row.length - 1));
}
