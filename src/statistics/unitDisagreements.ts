// On which units do raters disagree most?
import { gwetWeights, type Weighting } from "./gwetWeights.js";
import { countsOfUnit, ratingsOfUnit, type RaterMatrix } from "./raterMatrix.js";
import type { ValueCounts } from "./ratingPatterns.js";

/** A unit of a matrix, by its place in it. */
export interface UnitDisagreement {
  unit: number;
  /** 1 − pa_i: the mean weighted disagreement of its pairs of ratings, from 0 to 1. */
  disagreement: number;
  /** By value index, ascending: how many ratings have it. */
  counts: ValueCounts;
}

/**
 * The units with any disagreement, most first, then in the order of the matrix. Only for weights that the values allow
 * (`weightingRefuses`). Time: ratings + squared number of values used in each unit.
 * Source: the pairwise share of Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), percent agreement.
 */
export function unitDisagreements(matrix: RaterMatrix, weighting: Weighting): UnitDisagreement[] {
  const w = gwetWeights(weighting, matrix.values);
  const found: UnitDisagreement[] = [];
  for (let unit = 0; unit < matrix.units.length; unit++) {
    const counts = countsOfUnit(matrix, unit);
    if (counts.length < 2) continue;
    const m = ratingsOfUnit(matrix, unit);
    let apart = 0;
    for (const [k, r_k] of counts) for (const [l, r_l] of counts) if (k !== l) apart += r_k * r_l * (1 - w(k, l));
    found.push({ unit, disagreement: apart / (m * (m - 1)), counts });
  }
  return found.sort((a, b) => b.disagreement - a.disagreement || a.unit - b.unit);
}
