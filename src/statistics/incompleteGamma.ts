// Which share of a gamma distribution lies below x, and which above? The chi-square distributions are made of it.
import { logGamma } from "./incompleteBeta.js";

/**
 * P(a, x) = γ(a, x)/Γ(a), the regularised lower incomplete gamma function, for a > 0 and x ≥ 0. Range: 0 to 1.
 * Source: DLMF 8.11.4, the series, up to x = a + 1; from there 1 − Q(a, x).
 */
export function lowerIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x);
}

/**
 * Q(a, x) = Γ(a, x)/Γ(a), the upper one, for a > 0 and x ≥ 0. Range: 0 to 1; small ones keep about 13 digits.
 * Source: DLMF 8.9.2, the continued fraction, from x = a + 1, by Lentz's method (Numerical Recipes, 3rd ed., 6.2).
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x);
}

/**
 * x^a e^(−x)/Γ(a + 1) for a ≥ 0 and x > 0: for whole a the Poisson probability of a at mean x.
 *
 * From a = 20 with Γ by Stirling's series, so that the large powers cancel before they are taken.
 */
export function poissonTerm(a: number, x: number): number {
  if (a < 20) return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  const apart = (x - a) / a;
  const tail = (1 / 12 - (1 / 360 - 1 / (1260 * a * a)) / (a * a)) / a;
  return Math.exp(a * (Math.log1p(apart) - apart) - tail) / Math.sqrt(2 * Math.PI * a);
}

const MOST_TERMS = 1_000_000;

/** x^a e^(−x)/Γ(a + 1) Σ x^n/((a + 1) … (a + n)). */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MOST_TERMS && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return poissonTerm(a, x) * sum;
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const above = n * (a - n);
    b += 2;
    d = 1 / (above * d + b);
    c = b + above / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return a * poissonTerm(a, x) * fraction;
}
