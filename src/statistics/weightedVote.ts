// Which value wins in a unit when raters count by how often they are with the majority?
import { agreementWithMajority, type AgreementWithMajority } from "./agreementWithMajority.js";
import { distinctRaters } from "./distinctRaters.js";
import { greatestIndex, type TieRule } from "./greatestIndex.js";
import type { RaterMatrix } from "./raterMatrix.js";

export interface WeightedVote {
  /** The raters' skills: their agreement with the unweighted majority. */
  skills: AgreementWithMajority;
  /** Units × values: the value's share of the weight. A unit's shares sum to 1, or are all 0 where nobody has weight. */
  shares: Float64Array;
  /** Of each unit the index of the value with most weight; null on a tie, unless the rule says otherwise. */
  labels: ReadonlyArray<number | null>;
}

/**
 * Worker agreement with aggregate (Wawa): majority vote, each rater's skill = the share of its ratings that equal the
 * majority, then a vote in which each rating weighs its rater's skill. One round, not repeated.
 *
 * The tie rule holds for both votes. Under NO_VALUE tied units count for no skill and a weighted tie has no label; a
 * rater whose skill is undefined has no weight. FIRST_VALUE takes the first tied value in the declared order both
 * times, as crowd-kit does. Weights that differ by less than rounding are tied. Level of measurement: nominal.
 * Undefined: as the skills, NO_MAJORITY and NO_RATINGS. Source: crowd-kit 1.4.1 Wawa.
 */
export function weightedVote(matrix: RaterMatrix, ties: TieRule = "NO_VALUE"): WeightedVote {
  const skills = agreementWithMajority(matrix, ties);
  const weights = skills.byRater.map(({ agreement }) => (agreement.kind === "defined" ? agreement.value : 0));
  const shares = weightShares(matrix, weights);
  const q = matrix.values.length;
  const labels = Array.from(matrix.units, (_, unit) => greatestIndex(shares, unit * q, q, ties));
  return { skills, shares, labels };
}

function weightShares(matrix: RaterMatrix, weights: ReadonlyArray<number>): Float64Array {
  const { place } = distinctRaters(matrix);
  const q = matrix.values.length;
  const shares = new Float64Array(matrix.units.length * q);
  for (let unit = 0; unit < matrix.units.length; unit++) {
    let all = 0;
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++) {
      const weight = weights[place[matrix.rater[cell]!]!]!;
      shares[unit * q + matrix.value[cell]!]! += weight;
      all += weight;
    }
    if (all > 0) for (let k = 0; k < q; k++) shares[unit * q + k]! /= all;
  }
  return shares;
}
