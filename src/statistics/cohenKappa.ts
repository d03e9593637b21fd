// How far above chance do two raters agree, when chance keeps each one's own use of the values?
import { defined, undefinedBecause, whyNothingToCompare, type Counts, type RaterReason } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "./gwetWeights.js";
import { NO_UNCERTAINTY, withNormal, type Inferred } from "./interval.js";
import { pairAgreement, pairTables, type PairAgreement, type PairTable } from "./pairTables.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

/**
 * Cohen's κ = (p_o − p_e)/(1 − p_e) of the two raters that have ratings, over the units both rated, with the standard
 * error of Fleiss, Cohen and Everitt (not the one under the hypothesis of no agreement) and the interval κ ± z SE,
 * neither end cut:
 * SE² = [Σ p_kl (w_kl − (w̄_k· + w̄_·l)(1 − κ))² − (κ − p_e (1 − κ))²] / (n (1 − p_e)²).
 *
 * Weights by name over the declared values, or a function (`weightOfDisagreements`); LINEAR and QUADRATIC use the
 * numbers, not the ranks. Symmetric in the raters. Range: −1 to 1 for UNWEIGHTED. One unit has no error.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEEDS_TWO_RATERS, NO_VARIATION where p_e = 1, NEGATIVE_VALUES (RATIO).
 * Source: Cohen, A coefficient of agreement for nominal scales (1960); Weighted kappa (1968); Fleiss, Cohen and
 * Everitt, Large sample standard errors of kappa and weighted kappa (1969); as statsmodels 0.13.5 cohens_kappa.
 */
export function cohenKappa(
  matrix: RaterMatrix,
  weighting: Weighting | Weight = "UNWEIGHTED",
  level = 0.95,
): Inferred<RaterReason> {
  const counts = countsOfMatrix(matrix);
  const because = whyNothingToCompare(counts) ?? refusal(matrix, weighting);
  if (because) return { ...undefinedBecause(because, counts), ...NO_UNCERTAINTY };
  const w = typeof weighting === "string" ? gwetWeights(weighting, matrix.values) : weighting;
  return kappaOfTable(pairTables(matrix)[0]!, matrix.values.length, w, counts, level);
}

/** κ of one pair of raters; `counts` are what the estimate says it rests on. */
export function kappaOfTable(
  table: PairTable,
  q: number,
  w: Weight,
  counts: Counts,
  level = 0.95,
): Inferred<"NO_VARIATION"> {
  const agreement = pairAgreement(table, q, w);
  const { observed, expected } = agreement;
  if (!(expected < 1)) return { ...undefinedBecause("NO_VARIATION", counts), ...NO_UNCERTAINTY };
  const kappa = (observed - expected) / (1 - expected);
  const estimate = defined(kappa, counts);
  if (table.units < 2) return { ...estimate, ...NO_UNCERTAINTY };
  const standardError = Math.sqrt(variance(table, q, w, agreement, kappa));
  return withNormal(estimate, standardError, level, "FLEISS_COHEN_EVERITT_NORMAL");
}

function variance({ cells, units: n }: PairTable, q: number, w: Weight, agreement: PairAgreement, kappa: number) {
  const { expected, byFirst, bySecond } = agreement;
  let squares = 0;
  for (const [cell, count] of cells) {
    const [k, l] = [Math.floor(cell / q), cell % q];
    squares += (count / n) * (w(k, l) - (byFirst.get(k)! + bySecond.get(l)!) * (1 - kappa)) ** 2;
  }
  return Math.max(0, squares - (kappa - expected * (1 - kappa)) ** 2) / n / (1 - expected) ** 2;
}

function refusal({ raters, values }: RaterMatrix, weighting: Weighting | Weight): RaterReason | null {
  if (raters.length !== 2) return "NEEDS_TWO_RATERS";
  return typeof weighting === "string" ? weightingRefuses(weighting, values) : null;
}
