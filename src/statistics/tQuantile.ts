// Where does a share p of Student's t distribution end?
import { incompleteBeta, whereItReaches } from "./incompleteBeta.js";
import { normalQuantile } from "./normalDistribution.js";

/**
 * The t below which a share p lies, 0 < p < 1, with `df` > 0 degrees of freedom, whole or not.
 *
 * From 1,000 degrees of freedom by the expansion around the normal quantile, which is right to 14 digits there for
 * the levels of intervals; below by inverting the distribution function, also to about 14 digits.
 * Source: Abramowitz and Stegun 26.7.1 and 26.7.5.
 */
export function tQuantile(p: number, df: number): number {
  if (p !== last.p || df !== last.df) last = { p, df, t: computed(p, df) };
  return last.t;
}

/** Many intervals over the same units ask for the same one after the other. */
let last = { p: 0.5, df: 1, t: 0 };

function computed(p: number, df: number): number {
  if (p < 0.5) return -computed(1 - p, df);
  if (p === 0.5) return 0;
  if (df >= 1000) return aroundNormal(normalQuantile(p), df);
  return whereItReaches(p, (t) => 1 - incompleteBeta(df / 2, 0.5, df / (df + t * t), (t * t) / (df + t * t)) / 2);
}

function aroundNormal(z: number, df: number): number {
  const z2 = z * z;
  const terms = [
    (z2 + 1) / 4,
    ((5 * z2 + 16) * z2 + 3) / 96,
    (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
    ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
  ];
  return z * terms.reduceRight((sum, term) => (sum + term) / df, 0) + z;
}
