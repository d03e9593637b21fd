// Which value did most raters of a unit give, and how large was their share?
import { defined, undefinedBecause, type Estimate } from "./estimate.js";
import { greatestIndex, type TieRule } from "./greatestIndex.js";
import { countsOfMatrix, ratingsOfUnit, type RaterMatrix } from "./raterMatrix.js";

export interface MajorityVote {
  /** Units × values: the share of a unit's ratings that have the value. A unit's shares sum to 1. */
  shares: Float64Array;
  /** Of each unit the index of the value with most ratings; null on a tie, unless the rule says otherwise. */
  majority: ReadonlyArray<number | null>;
  /** Of each unit the share of the value with most ratings, tied or not. */
  topShare: Float64Array;
  /** Units in which several values have most ratings, under either rule. */
  tiedUnits: number;
  /** The mean of the top shares, each unit counting once. */
  meanTopShare: Estimate<"NO_RATINGS">;
}

/**
 * The vote of each unit, every rating counting once; units and values stand as in the matrix.
 *
 * A tie has no majority: two against two is a question for a further rater, not a result. FIRST_VALUE takes the first
 * tied value in the declared order instead, as crowd-kit does. Declared values that nobody used have a share of 0.
 * Level of measurement: nominal. Range: top shares from 1/values to 1.
 * Undefined: the mean top share with NO_RATINGS. Time O(ratings + units × values).
 */
export function majorityVote(matrix: RaterMatrix, ties: TieRule = "NO_VALUE"): MajorityVote {
  const [units, q] = [matrix.units.length, matrix.values.length];
  const shares = voteShares(matrix);
  const topShare = new Float64Array(units);
  const majority: (number | null)[] = [];
  let [tiedUnits, sum] = [0, 0];
  for (let unit = 0; unit < units; unit++) {
    const alone = greatestIndex(shares, unit * q, q);
    const first = alone ?? greatestIndex(shares, unit * q, q, "FIRST_VALUE")!;
    if (alone === null) tiedUnits++;
    majority.push(ties === "FIRST_VALUE" ? first : alone);
    topShare[unit] = shares[unit * q + first]!;
    sum += topShare[unit]!;
  }
  const counts = countsOfMatrix(matrix);
  const meanTopShare = units === 0 ? undefinedBecause("NO_RATINGS", counts) : defined(sum / units, counts);
  return { shares, majority, topShare, tiedUnits, meanTopShare };
}

/** Units × values: the share of a unit's ratings that have the value. */
export function voteShares(matrix: RaterMatrix): Float64Array {
  const [units, q] = [matrix.units.length, matrix.values.length];
  const shares = new Float64Array(units * q);
  for (let unit = 0; unit < units; unit++) {
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++)
      shares[unit * q + matrix.value[cell]!]! += 1;
    for (let k = 0; k < q; k++) shares[unit * q + k]! /= ratingsOfUnit(matrix, unit);
  }
  return shares;
}
