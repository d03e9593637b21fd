// How strongly are the rows and the columns of a table of counts associated?
import { noncentralityLimits } from "./chiSquareDistribution.js";
import { whyNotIndependence, type IndependenceReason } from "./chiSquareIndependence.js";
import { chiSquareOf, expectedCounts, marginsOf, type CountTable } from "./contingencyTable.js";
import { noFigure, type NoFigure } from "./figure.js";
import type { WithLimits } from "./wilsonInterval.js";

/** TOO_FEW_COUNTS: no more than rows or columns need, so that the correction leaves nothing. */
export type CramersVReason = IndependenceReason | "TOO_FEW_COUNTS";

/**
 * Cramér's V, corrected for its bias: √(φ̃²/(min(r̃, c̃) − 1)) with φ̃² = max(0, χ²/n − (r − 1)(c − 1)/(n − 1)) and
 * r̃ = r − (r − 1)²/(n − 1), c̃ likewise, over the rows and columns that have a count.
 *
 * Range: 0, no association, to 1. The limits are √(λ/n/(min(r̃, c̃) − 1)), at most 1, for the noncentralities λ that
 * fit χ² (`noncentralityLimits`): the lower one is 0 where the test of independence does not reject. Not the bootstrap,
 * since resampling adds an association of its own: in 400 simulations of 60 counts in 3 × 4 cells without any its lower
 * limit was above 0.1 in 7.5 %, here in 0.8 %; with V of 0.1, 0.3 and 0.7 these limits missed in 6, 6 and 2 % at 150
 * counts.
 * Undefined: see `CramersVReason`. Throws a RangeError on a table that is none and on a level outside 0 to 1.
 * Source: Bergsma, A bias-correction for Cramér's V and Tschuprow's T (2013); limits as in Smithson, Confidence
 * intervals (2003), without his df, which the correction takes out of V as well.
 */
export function cramersV(table: CountTable, level = 0.95): WithLimits | NoFigure<CramersVReason> {
  const margins = marginsOf(table);
  const because = whyNotIndependence(margins);
  if (because) return noFigure(because);
  const { n, usedRows: r, usedColumns: c } = margins;
  const corrected = (k: number) => k - (k - 1) ** 2 / (n - 1);
  const most = Math.min(corrected(r), corrected(c)) - 1;
  if (!(most > 1e-12)) return noFigure("TOO_FEW_COUNTS");
  const statistic = chiSquareOf(table, expectedCounts(margins));
  const df = (r - 1) * (c - 1);
  const lambda = noncentralityLimits(statistic, df, level);
  const valueOf = (phi2: number) => Math.min(1, Math.sqrt(Math.max(0, phi2) / most));
  const interval = { low: valueOf(lambda.low / n), high: valueOf(lambda.high / n), level };
  return { kind: "defined", value: valueOf(statistic / n - df / (n - 1)), interval };
}
