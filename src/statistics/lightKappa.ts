// How far above chance do raters agree, averaged over their pairs?
import { kappaOfTable } from "./cohenKappa.js";
import { defined, undefinedBecause, whyNothingToCompare, type Estimate, type RaterReason } from "./estimate.js";
import { gwetWeights, weightingRefuses, type Weighting } from "./gwetWeights.js";
import { pairTables } from "./pairTables.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

/**
 * Light's κ: the plain mean of Cohen's κ over the pairs of raters, each over the units that both rated.
 *
 * Pairs without a unit in common, or whose κ has no value, are left out. Level: any for UNWEIGHTED, else as the
 * weights. Range: −1 to 1 for UNWEIGHTED. No standard error: the pairs share raters and units.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NEGATIVE_VALUES (RATIO), NO_VARIATION where no pair has a value.
 * Source: Light, Measures of response agreement for qualitative data (1971); as R psy 1.2 lkappa.
 */
export function lightKappa(matrix: RaterMatrix, weighting: Weighting = "UNWEIGHTED"): Estimate<RaterReason> {
  const counts = countsOfMatrix(matrix);
  const because = whyNothingToCompare(counts) ?? weightingRefuses(weighting, matrix.values);
  if (because) return undefinedBecause(because, counts);
  const w = gwetWeights(weighting, matrix.values);
  const kappas = pairTables(matrix).flatMap((table) => {
    const kappa = kappaOfTable(table, matrix.values.length, w, counts);
    return kappa.kind === "defined" ? [kappa.value] : [];
  });
  if (kappas.length === 0) return undefinedBecause("NO_VARIATION", counts);
  return defined(kappas.reduce((sum, kappa) => sum + kappa, 0) / kappas.length, counts);
}
