// How often does each rater give the value that most raters of the unit gave?
import { countsByRater, distinctRaters, type DistinctRaters } from "./distinctRaters.js";
import { defined, undefinedBecause, type Counts, type Estimate } from "./estimate.js";
import type { TieRule } from "./greatestIndex.js";
import { majorityVote, type MajorityVote } from "./majorityVote.js";
import type { Rating } from "./patternsOfRatings.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

export interface RaterAgreement {
  rater: Rating["rater"];
  /** The rater's ratings in units with a majority, of which the agreement is a share. */
  ratings: number;
  /** Its counts are those units, this one rater, and its ratings in those of them that have a further rating. */
  agreement: Estimate<"NO_MAJORITY">;
}

export interface AgreementWithMajority {
  /** The share over all raters' ratings in units with a majority. */
  overall: Estimate<"NO_RATINGS" | "NO_MAJORITY">;
  /** Each rater with a rating once, in the order of the matrix. */
  byRater: ReadonlyArray<RaterAgreement>;
  /** Units in which several values have most ratings. */
  tiedUnits: number;
}

/**
 * Per rater the share of ratings that equal the unit's majority value.
 *
 * The majority includes the rater's own rating, so a rater alone on a unit agrees with itself, and the share of a
 * careless rater is above 0. Tied units count for nobody; under FIRST_VALUE their first tied value is the majority, as
 * in crowd-kit. Level of measurement: nominal. Range: 0 to 1.
 * Undefined: a rater and overall with NO_MAJORITY, where all units are tied; overall with NO_RATINGS.
 * Time and memory O(ratings + units × values). Source: crowd-kit 1.4.1 accuracy_on_aggregates with MajorityVote.
 */
export function agreementWithMajority(matrix: RaterMatrix, ties: TieRule = "NO_VALUE"): AgreementWithMajority {
  const { majority, tiedUnits } = majorityVote(matrix, ties);
  const who = distinctRaters(matrix);
  const { ratings, agreeing } = sumsByRater(matrix, majority, who);
  const counts = countsByRater(matrix, who, (unit) => majority[unit] !== null);
  const byRater = who.raters.map((rater, r): RaterAgreement => {
    return { rater, ratings: ratings[r]!, agreement: shareOf(agreeing[r]!, ratings[r]!, counts[r]!) };
  });
  const all = countsOfMatrix(matrix);
  const none = undefinedBecause("NO_RATINGS" as const, all);
  const overall = all.units === 0 ? none : shareOf(sumOf(agreeing), sumOf(ratings), all);
  return { overall, byRater, tiedUnits };
}

function sumsByRater(matrix: RaterMatrix, majority: MajorityVote["majority"], { raters, place }: DistinctRaters) {
  const ratings = new Int32Array(raters.length);
  const agreeing = new Int32Array(raters.length);
  for (let unit = 0; unit < matrix.units.length; unit++) {
    if (majority[unit] === null) continue;
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++) {
      const r = place[matrix.rater[cell]!]!;
      ratings[r]! += 1;
      if (matrix.value[cell] === majority[unit]) agreeing[r]! += 1;
    }
  }
  return { ratings, agreeing };
}

function shareOf(agreeing: number, ratings: number, counts: Counts): Estimate<"NO_MAJORITY"> {
  return ratings === 0 ? undefinedBecause("NO_MAJORITY", counts) : defined(agreeing / ratings, counts);
}

function sumOf(numbers: Int32Array): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}
