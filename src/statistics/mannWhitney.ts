// Are the numbers of one group greater than those of another?
import { noFigure, type NoFigure } from "./figure.js";
import { twoSidedP } from "./normalTest.js";
import { midRanks, valueTallies } from "./valueTallies.js";

/** EMPTY_GROUP: a group has no number. NO_VARIATION: all numbers of both are equal. */
export type RankTestReason = "EMPTY_GROUP" | "NO_VARIATION";

export interface MannWhitney {
  kind: "defined";
  /** U of the first group: in how many of the n₁ n₂ pairs its number is the greater, ties half. */
  u: number;
  /** (U − n₁n₂/2)/σ, its sign that of the first group's lead, drawn ½ toward 0 for continuity. */
  z: number;
  /** Two-sided, by the normal distribution. */
  p: number;
  /** U/(n₁n₂): how probably the first group's number is the greater, from 0 to 1. */
  superiority: number;
}

/**
 * The rank-sum test of Mann, Whitney and Wilcoxon for two independent groups of numbers, ordinal ones at least, with σ
 * corrected for ties and with continuity correction, as scipy mannwhitneyu (asymptotic) and R wilcox.test (exact =
 * FALSE) do by default. Without that correction it is `kruskalWallis` of two groups.
 *
 * Undefined: see `RankTestReason`. Throws a RangeError on numbers that are not finite. O(n log n).
 * Source: Hollander, Wolfe and Chicken, Nonparametric statistical methods, 3rd ed. (2014), 4.1.
 */
export function mannWhitney(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): MannWhitney | NoFigure<RankTestReason> {
  const { values, counts, n } = valueTallies([first, second]);
  const [n1, n2] = [first.length, second.length];
  if (n1 === 0 || n2 === 0) return noFigure("EMPTY_GROUP");
  if (values.length === 1) return noFigure("NO_VARIATION");
  const { ties } = midRanks({ values, counts });
  let [u, below] = [0, 0];
  for (let v = 0; v < values.length; v++) {
    u += counts[0]![v]! * (below + counts[1]![v]! / 2);
    below += counts[1]![v]!;
  }
  const sigma = Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
  const apart = u - (n1 * n2) / 2;
  const z = (Math.sign(apart) * Math.max(0, Math.abs(apart) - 0.5)) / sigma;
  return { kind: "defined", u, z, p: twoSidedP(z), superiority: u / (n1 * n2) };
}
