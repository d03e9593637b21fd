// How often is each of several things drawn, when n are drawn with replacement?
import type { RandomNumbers } from "./randomNumbers.js";

/**
 * How many of n independent trials succeed, each with probability p; an exact draw, not an approximation.
 *
 * Below n·min(p, 1 − p) = 10 by inversion, above by transformed rejection.
 * Source: Hörmann, The generation of binomial random variates (1993), BINV and BTRS.
 */
export function binomial(random: RandomNumbers, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  return n * p < 10 ? byInversion(random, n, p) : byRejection(random, n, p);
}

/**
 * n draws with replacement over things with these whole `weights`: how often each was drawn, adding up to n.
 * Written to `drawn`, which has the weights' length.
 */
export function multinomial(random: RandomNumbers, n: number, weights: ArrayLike<number>, drawn: Float64Array): void {
  let weightLeft = 0;
  for (let i = 0; i < weights.length; i++) weightLeft += weights[i]!;
  let left = n;
  for (let i = 0; i < weights.length; i++) {
    drawn[i] = left === 0 ? 0 : binomial(random, left, weights[i]! / weightLeft);
    left -= drawn[i]!;
    weightLeft -= weights[i]!;
  }
}

function byInversion(random: RandomNumbers, n: number, p: number): number {
  const odds = p / (1 - p);
  for (;;) {
    let u = random.next();
    let chance = Math.exp(n * Math.log1p(-p));
    let k = 0;
    while (u > chance && k <= n) {
      u -= chance;
      k++;
      chance *= (odds * (n - k + 1)) / k;
      if (chance === 0) break;
    }
    if (u <= chance && k <= n) return k;
  }
}

function byRejection(random: RandomNumbers, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = random.next() - 0.5;
    const v = 1 - random.next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5);
    if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > n) continue;
    const height = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (us * us) + b));
    if (height <= logRatioToMode(n, odds, mode, k)) return k;
  }
}

/** ln of P(k)/P(mode), by Stirling's formula with its tail. */
function logRatioToMode(n: number, odds: number, m: number, k: number): number {
  return (
    (m + 0.5) * Math.log((m + 1) / (odds * (n - m + 1))) +
    (n + 1) * Math.log((n - m + 1) / (n - k + 1)) +
    (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
    stirlingTail(m) +
    stirlingTail(n - m) -
    stirlingTail(k) -
    stirlingTail(n - k)
  );
}

const STIRLING_TAILS = [
  0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.00925546218271273, 0.00833056343336287,
];

/** ln k! − [ln √(2π) + (k + ½) ln(k + 1) − (k + 1)]. */
function stirlingTail(k: number): number {
  if (k < 10) return STIRLING_TAILS[k]!;
  const x = k + 1;
  const y = 1 / (x * x);
  return (1 / 12 - (1 / 360 - y / 1260) * y) / x;
}
