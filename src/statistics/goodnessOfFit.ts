// Do counts fall as the shares of a target say, and which are too many or too few?
import { chiSquareUpperTail, noncentralityLimits } from "./chiSquareDistribution.js";
import { refuseWrongCount } from "./contingencyTable.js";
import { noFigure, type NoFigure } from "./figure.js";
import { pairOfShares } from "./shares.js";
import type { WithLimits } from "./wilsonInterval.js";

/**
 * - `NO_COUNTS`: nothing was counted, or the target has no share above 0.
 * - `COUNTS_OFF_TARGET`: something was counted where the target has 0, which no chance explains
 *   (`divergenceFromTarget`).
 * - `ONE_CELL`: the target has one share above 0, so that nothing can differ.
 */
export type GoodnessOfFitReason = "NO_COUNTS" | "COUNTS_OFF_TARGET" | "ONE_CELL";

export interface GoodnessOfFit {
  kind: "defined";
  /** Σ (O − E)²/E, the cells with a target less one, and all counts. */
  statistic: number;
  df: number;
  n: number;
  p: number;
  smallestExpected: number;
  /** Whether an expected count is below 5, where p fits badly. */
  fewExpected: boolean;
  /** (O − E)/√(E(1 − π)) for each cell: standard normal where the target holds, so 3 is much. Null where it has 0. */
  standardisedResiduals: ReadonlyArray<number | null>;
  /** Cohen's w = √(χ²/n), from 0 up, and the limits √(λ/n) for the noncentralities λ that fit χ². */
  w: WithLimits;
}

/**
 * Pearson's chi-square test of goodness of fit: `counts`, whole numbers, against `target`, shares or weights, cell by
 * cell. At large n p is small whatever the misfit: w is its size (0.1 small, 0.3 medium, 0.5 large).
 *
 * w is as Cohen wrote it, and with few counts too large, so that it may lie above its own limits; both limits are 0
 * where the counts fit better than chance alone lets expect. Undefined: see `GoodnessOfFitReason`. Throws a RangeError
 * on counts or weights that are none, on different lengths and on a level outside 0 to 1.
 * Source: Agresti, Categorical data analysis, 3rd ed. (2013), 1.5; Cohen, Statistical power analysis, 2nd ed. (1988),
 * 7.2; limits as `noncentralityLimits`.
 */
export function goodnessOfFit(
  counts: ArrayLike<number>,
  target: ArrayLike<number>,
  level = 0.95,
): GoodnessOfFit | NoFigure<GoodnessOfFitReason> {
  for (let i = 0; i < counts.length; i++) refuseWrongCount(counts[i]!);
  const shares = pairOfShares(counts, target);
  if (!shares) return noFigure("NO_COUNTS");
  const pi = shares.second;
  if (pi.some((share, i) => share === 0 && counts[i]! > 0)) return noFigure("COUNTS_OFF_TARGET");
  const df = pi.reduce((cells, share) => cells + (share > 0 ? 1 : 0), -1);
  if (df < 1) return noFigure("ONE_CELL");
  const n = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let [statistic, smallestExpected] = [0, Infinity];
  const standardisedResiduals = Array.from(pi, (share, i) => {
    if (share === 0) return null;
    const [E, apart] = [n * share, counts[i]! - n * share];
    statistic += (apart * apart) / E;
    smallestExpected = Math.min(smallestExpected, E);
    return apart / Math.sqrt(E * (1 - share));
  });
  const fewExpected = smallestExpected < 5;
  const p = chiSquareUpperTail(statistic, df);
  const w = cohenW(statistic, df, n, level);
  return { kind: "defined", statistic, df, n, p, smallestExpected, fewExpected, standardisedResiduals, w };
}

function cohenW(statistic: number, df: number, n: number, level: number): WithLimits {
  const { low, high } = noncentralityLimits(statistic, df, level);
  const interval = { low: Math.sqrt(low / n), high: Math.sqrt(high / n), level };
  return { kind: "defined", value: Math.sqrt(statistic / n), interval };
}
