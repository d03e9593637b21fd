// Has a rater changed: do its last ratings differ from those before, and when did a running mean leave its limits?
import { tLimits, type Limits, type NoFigure } from "./figure.js";

/** TOO_FEW_NUMBERS: fewer than it takes, recent or before. NO_VARIATION: the numbers before are all equal. */
export type DriftReason = "TOO_FEW_NUMBERS" | "NO_VARIATION";

export interface RecentChange {
  kind: "defined";
  /** Mean of the recent numbers less mean of those before. */
  difference: number;
  recent: { n: number; mean: number };
  before: { n: number; mean: number };
  /** Null where neither part varies. */
  standardError: number | null;
  interval: Limits | null;
}

/**
 * The last `recent` of a rater's numbers (residuals, or 1 for a hit and 0 for a miss; in order of time) against all
 * before: the difference of means, SE² = s²_r/n_r + s²_b/n_b, and its interval from t with Welch's degrees of freedom
 * SE⁴ / (s⁴_r/(n²_r (n_r − 1)) + s⁴_b/(n²_b (n_b − 1))). The numbers are taken as independent.
 *
 * Undefined: TOO_FEW_NUMBERS, with fewer than two on either side. Throws a RangeError on numbers that are not finite.
 * Source: Welch, The generalization of "Student's" problem when several different population variances are involved
 * (1947); as R t.test.
 */
export function recentChange(
  numbers: ArrayLike<number>,
  { recent = 50, level = 0.95 }: { recent?: number; level?: number } = {},
): RecentChange | NoFigure<"TOO_FEW_NUMBERS"> {
  refuseWrongNumbers(numbers, recent);
  const from = numbers.length - recent;
  if (recent < 2 || from < 2) return { kind: "undefined", because: "TOO_FEW_NUMBERS" };
  const [b, r] = [moments(numbers, 0, from), moments(numbers, from, numbers.length)];
  const difference = r.mean - b.mean;
  const parts = { recent: { n: r.n, mean: r.mean }, before: { n: b.n, mean: b.mean } };
  const [ofRecent, ofBefore] = [r.variance / r.n, b.variance / b.n];
  const square = ofRecent + ofBefore;
  if (square === 0) return { kind: "defined", difference, ...parts, standardError: null, interval: null };
  const shares = [ofRecent / square, ofBefore / square] as const;
  const df = 1 / (shares[0] ** 2 / (r.n - 1) + shares[1] ** 2 / (b.n - 1));
  const standardError = Math.sqrt(square);
  const interval = tLimits(difference, standardError, df, level);
  return { kind: "defined", difference, ...parts, standardError, interval };
}

export interface EwmaChart {
  kind: "defined";
  /** What the numbers before the recent ones were like, or what was given. */
  centre: number;
  sigma: number;
  /** z_i for each number, and how far it may be from the centre. */
  values: Float64Array;
  reach: Float64Array;
  /** The indexes of the numbers at which z_i is farther away. */
  outside: ReadonlyArray<number>;
}

export interface EwmaAsked {
  /** λ, the weight of the newest number, above 0 and up to 1. */
  lambda?: number;
  /** How many numbers at the end do not count for centre and sigma. */
  recent?: number;
  /** Centre and sigma, where they are known: a residual's centre is 0 for a rater like the others. */
  target?: { readonly centre: number; readonly sigma: number };
}

/** A standard deviation of fewer numbers is too uncertain to draw three-sigma limits from. */
const FEWEST_BEFORE = 20;

/**
 * The exponentially weighted moving average of a rater's numbers in order of time, z_i = λ x_i + (1 − λ) z_(i−1) from
 * z_0 = centre, with limits centre ± 3 σ √(λ/(2 − λ) (1 − (1 − λ)^(2i))).
 *
 * Centre and σ are mean and standard deviation of the numbers before the last `recent`, 50 unless told, or `target`.
 * Undefined: TOO_FEW_NUMBERS, with fewer than 20 of those, or with a target without any number; NO_VARIATION, σ = 0.
 * Throws a RangeError on a λ out of its range and on numbers that are not finite. Time: O(numbers).
 * Source: Roberts, Control chart tests based on geometric moving averages (1959); NIST/SEMATECH e-Handbook of
 * Statistical Methods, 6.3.2.4, whose limits are those for large i.
 */
export function ewmaChart(
  numbers: ArrayLike<number>,
  { lambda = 0.2, recent = 50, target }: EwmaAsked = {},
): EwmaChart | NoFigure<DriftReason> {
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`λ is ${lambda}; it must be above 0 and at most 1`);
  refuseWrongNumbers(numbers, recent);
  const before = numbers.length - recent;
  if (target ? numbers.length === 0 : before < FEWEST_BEFORE) return { kind: "undefined", because: "TOO_FEW_NUMBERS" };
  const { centre, sigma } = target ?? baseline(numbers, before);
  if (!(sigma > 0)) return { kind: "undefined", because: "NO_VARIATION" };
  const [values, reach] = [new Float64Array(numbers.length), new Float64Array(numbers.length)];
  const outside: number[] = [];
  let z = centre;
  for (let i = 0; i < numbers.length; i++) {
    z += lambda * (numbers[i]! - z);
    values[i] = z;
    reach[i] = 3 * sigma * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (i + 1))));
    if (Math.abs(z - centre) > reach[i]!) outside.push(i);
  }
  return { kind: "defined", centre, sigma, values, reach, outside };
}

function baseline(numbers: ArrayLike<number>, before: number): { centre: number; sigma: number } {
  const { mean, variance } = moments(numbers, 0, before);
  return { centre: mean, sigma: Math.sqrt(variance) };
}

/** Mean and variance, with n − 1, of the numbers from `from` up to, not including, `to`; 0 for equal numbers. */
function moments(numbers: ArrayLike<number>, from: number, to: number): { n: number; mean: number; variance: number } {
  const n = to - from;
  const first = numbers[from]!;
  let apart = 0;
  for (let i = from; i < to; i++) apart += numbers[i]! - first;
  const mean = first + apart / n;
  let squares = 0;
  for (let i = from; i < to; i++) squares += (numbers[i]! - first - apart / n) ** 2;
  return { n, mean, variance: squares / (n - 1) };
}

function refuseWrongNumbers(numbers: ArrayLike<number>, recent: number): void {
  if (!(Number.isSafeInteger(recent) && recent >= 0))
    throw new RangeError(`${recent} recent numbers were asked for; expected a whole number from 0 up`);
  for (let i = 0; i < numbers.length; i++)
    if (!Number.isFinite(numbers[i])) throw new RangeError(`number ${i} is ${numbers[i]}; expected a finite one`);
}
