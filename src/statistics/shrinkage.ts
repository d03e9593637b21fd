// What is each of many raters like, when those with few ratings are judged partly by the others?
import { betaLimits } from "./betaInterval.js";
import { noFigure, type Limits, type NoFigure } from "./figure.js";
import { whereItReaches } from "./incompleteBeta.js";
import { normalQuantile } from "./normalDistribution.js";

/**
 * Why raters cannot be shrunk toward their pool.
 *
 * - `FEWER_THAN_TWO_RATERS`: fewer than two raters say anything about how raters differ.
 * - `ONE_RATING_EACH`: proportions of one rating each do not show whether raters differ.
 * - `NO_VARIATION`: every rating of every rater was a hit, or every one a miss.
 */
export type ShrinkageReason = "FEWER_THAN_TWO_RATERS" | "ONE_RATING_EACH" | "NO_VARIATION";

export interface Shrunken {
  value: number;
  standardError: number;
  interval: Limits;
  /** B, how much the rater's own estimate counts in the value, from 0 to 1; the pool counts 1 − B. */
  ownWeight: number;
}

export interface Shrinkage {
  kind: "defined";
  pool: { value: number; standardError: number; betweenVariance: number };
  /** As many as raters were given, in their order. */
  raters: ReadonlyArray<Shrunken>;
}

interface Estimated {
  value: number;
  /** Null where none is known: the rater does not touch the pool and gets its value. */
  standardError: number | null;
}

/**
 * Raters' means y_i with standard errors s_i, shrunk toward the pool μ: B_i y_i + (1 − B_i) μ, B_i = τ²/(τ² + s_i²),
 * μ weighted by 1/(τ² + s_i²), standard error √(B_i s_i² + (1 − B_i)² Var μ), normal interval.
 *
 * τ², the variance between raters, is Paule and Mandel's: where Σ (y_i − μ)²/(τ² + s_i²) is the number of raters less
 * one, or 0 when it never is so large; or else the one given. That τ² is estimated is not in the intervals. Standard
 * errors of few ratings are themselves uncertain: `pooledErrors` first. An error of 0 is taken at its word.
 * Undefined: FEWER_THAN_TWO_RATERS, with a standard error. Throws a RangeError on values that are no such numbers.
 * Source: Paule and Mandel, Consensus values and weighting factors (1982); Raudenbush and Bryk, Empirical Bayes
 * meta-analysis (1985); as R metafor rma(method = "PM") and blup.
 */
export function shrinkMeans(
  raters: ReadonlyArray<Estimated>,
  { level = 0.95, betweenVariance }: { level?: number; betweenVariance?: number } = {},
): Shrinkage | NoFigure<"FEWER_THAN_TWO_RATERS"> {
  raters.forEach(refuseWrongEstimate);
  if (betweenVariance !== undefined && !(betweenVariance >= 0 && betweenVariance < Infinity))
    throw new RangeError(`the variance between raters is ${betweenVariance}; it must be a finite number from 0 up`);
  const known = raters.flatMap(({ value, standardError }) =>
    standardError === null ? [] : [{ value, variance: standardError ** 2 }],
  );
  if (known.length < 2) return noFigure("FEWER_THAN_TWO_RATERS");
  const tau2 = betweenVariance ?? pauleMandel(known);
  const { mean, variance } = poolOf(known, tau2);
  const z = normalQuantile((1 + level) / 2);
  const shrunken = raters.map((rater): Shrunken => {
    const own = rater.standardError === null ? null : rater.standardError ** 2;
    const B = own === null ? 0 : own === 0 ? 1 : tau2 / (tau2 + own);
    const value = B * rater.value + (1 - B) * mean;
    const standardError = Math.sqrt((own === null ? tau2 : B * own) + (1 - B) ** 2 * variance);
    const interval = { low: value - z * standardError, high: value + z * standardError, level };
    return { value, standardError, interval, ownWeight: B };
  });
  const pool = { value: mean, standardError: Math.sqrt(variance), betweenVariance: tau2 };
  return { kind: "defined", pool, raters: shrunken };
}

/**
 * The standard errors of means of `units` numbers each, under one variance within raters, s²/units_i with
 * s² = Σ (units_i − 1) units_i SE_i² / Σ (units_i − 1): also for a rater with one unit, and not 0 for one whose few
 * numbers happen to be equal. Null where a rater has no unit, and everywhere when none has two.
 */
export function pooledErrors(
  raters: ReadonlyArray<{ readonly units: number; readonly standardError: number | null }>,
): (number | null)[] {
  let squares = 0;
  let degrees = 0;
  for (const { units, standardError } of raters) {
    if (standardError === null || units < 2) continue;
    squares += (units - 1) * units * standardError ** 2;
    degrees += units - 1;
  }
  return raters.map(({ units }) => (units > 0 && degrees > 0 ? Math.sqrt(squares / degrees / units) : null));
}

/** With less than the two imaginary ratings of a uniform prior, a pool of a few raters would make certainties. */
const LARGEST_CORRELATION = 1 / 3;

/**
 * Raters' shares of hits, shrunk toward the pool: each rater's accuracy is drawn from Beta(Mp, M(1 − p)), so that with
 * n_i ratings B_i = n_i/(n_i + M) and the value is B_i hits_i/n_i + (1 − B_i) p.
 *
 * p and ρ = 1/(M + 1), the correlation of a rater's ratings, by moments: weights w_i = n_i, then once more with
 * w_i = n_i/(1 + ρ(n_i − 1)); ρ is kept within 0 and 1/3. The interval is that of the beta distribution with the value
 * and the variance of the posterior, Var p times (1 − B_i)² added; that ρ is estimated is not in it.
 * A rater without ratings gets the pool's value. `pool.betweenVariance` is ρ p (1 − p).
 * Undefined: FEWER_THAN_TWO_RATERS with a rating, ONE_RATING_EACH, NO_VARIATION. Throws a RangeError on wrong counts.
 * Source: Kleinman, Proportions with extraneous variance: single and independent samples (1973).
 */
export function shrinkProportions(
  raters: ReadonlyArray<{ readonly hits: number; readonly misses: number }>,
  level = 0.95,
): Shrinkage | NoFigure<ShrinkageReason> {
  raters.forEach(refuseWrongHits);
  const used = raters.flatMap(({ hits, misses }) => (hits + misses > 0 ? [{ hits, n: hits + misses }] : []));
  const because = whyNoProportions(used);
  if (because) return noFigure(because);
  const first = moments(used, (n) => n);
  const { p, rho, variance } = moments(used, (n) => n / (1 + first.rho * (n - 1)));
  const shrunken = raters.map(({ hits, misses }): Shrunken => {
    const n = hits + misses;
    const B = (n * rho) / (1 + (n - 1) * rho);
    const value = n === 0 ? p : B * (hits / n) + (1 - B) * p;
    const spread = (value * (1 - value) * rho) / (1 + n * rho) + (1 - B) ** 2 * variance;
    const size = (value * (1 - value)) / spread - 1;
    const interval = betaLimits(size * value, size * (1 - value), level);
    return { value, standardError: Math.sqrt(spread), interval, ownWeight: B };
  });
  const pool = { value: p, standardError: Math.sqrt(variance), betweenVariance: rho * p * (1 - p) };
  return { kind: "defined", pool, raters: shrunken };
}

type Known = ReadonlyArray<{ value: number; variance: number }>;

function pauleMandel(known: Known): number {
  const target = known.length - 1;
  if (poolOf(known, 0).Q <= target) return 0;
  return whereItReaches(-target, (tau2) => -poolOf(known, tau2).Q);
}

/** μ, its variance and Q = Σ w_i (y_i − μ)² with w_i = 1/(τ² + s_i²); their limits where τ² + s_i² is 0. */
function poolOf(known: Known, tau2: number): { mean: number; variance: number; Q: number } {
  const exact = tau2 === 0 ? known.filter(({ variance }) => variance === 0) : [];
  const counting = exact.length > 0 ? exact : known;
  const weightOf = (variance: number) => (exact.length > 0 ? 1 : 1 / (tau2 + variance));
  let weight = 0;
  let sum = 0;
  for (const { value, variance } of counting) {
    weight += weightOf(variance);
    sum += weightOf(variance) * (value - counting[0]!.value);
  }
  const mean = counting[0]!.value + sum / weight;
  let Q = 0;
  for (const { value, variance } of known) if (value !== mean) Q += (value - mean) ** 2 / (tau2 + variance);
  return { mean, variance: exact.length > 0 ? 0 : 1 / weight, Q };
}

type Used = ReadonlyArray<{ hits: number; n: number }>;

function whyNoProportions(used: Used): ShrinkageReason | null {
  if (used.length < 2) return "FEWER_THAN_TWO_RATERS";
  if (used.every(({ hits }) => hits === 0) || used.every(({ hits, n }) => hits === n)) return "NO_VARIATION";
  return used.every(({ n }) => n <= 1) ? "ONE_RATING_EACH" : null;
}

/** p, ρ and Var p by equating Σ w_i (p_i − p)² to what it is on average. */
function moments(used: Used, weightOf: (n: number) => number): { p: number; rho: number; variance: number } {
  const weights = used.map(({ n }) => weightOf(n));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const p = used.reduce((sum, { hits, n }, i) => sum + (weights[i]! * hits) / n, 0) / total;
  let squares = 0;
  let binomial = 0;
  let distinct = 0;
  used.forEach(({ hits, n }, i) => {
    const w = weights[i]!;
    squares += w * (hits / n - p) ** 2;
    binomial += (w * (1 - w / total)) / n;
    distinct += w * (1 - w / total);
  });
  const found = (squares / (p * (1 - p)) - binomial) / (distinct - binomial);
  const rho = Math.min(LARGEST_CORRELATION, Math.max(0, found));
  const spread = used.reduce((sum, { n }, i) => sum + (weights[i]! ** 2 * (1 + rho * (n - 1))) / n, 0);
  return { p, rho, variance: (p * (1 - p) * spread) / total ** 2 };
}

function refuseWrongEstimate({ value, standardError }: Estimated): void {
  if (Number.isFinite(value) && (standardError === null || (standardError >= 0 && standardError < Infinity))) return;
  throw new RangeError(`a rater's value ${value} ± ${standardError} is no finite number with an error from 0 up`);
}

function refuseWrongHits({ hits, misses }: { hits: number; misses: number }): void {
  if (Number.isSafeInteger(hits) && Number.isSafeInteger(misses) && hits >= 0 && misses >= 0) return;
  throw new RangeError(`${hits} hits and ${misses} misses were given; expected two whole numbers from 0 up`);
}
