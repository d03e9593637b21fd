// Where does a share p of the F distribution end?
import { incompleteBeta, whereItReaches } from "./incompleteBeta.js";

/**
 * The F below which a share p lies, 0 < p < 1, with `df1` and `df2` degrees of freedom, whole or not, above 0.
 * By inverting the distribution function, to about 13 digits. Source: Abramowitz and Stegun 26.6.2.
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  return whereItReaches(p, (f) => {
    const sum = df1 * f + df2;
    return incompleteBeta(df1 / 2, df2 / 2, (df1 * f) / sum, df2 / sum);
  });
}
