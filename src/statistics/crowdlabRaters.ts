// How good is each rater, measured by a consensus and by how probable its ratings are?
import { countsByRater, distinctRaters } from "./distinctRaters.js";
import { defined, undefinedBecause, type Counts, type Estimate } from "./estimate.js";
import { greatestIndex } from "./greatestIndex.js";
import type { Rating } from "./patternsOfRatings.js";
import { ratingsOfUnit, type RaterMatrix } from "./raterMatrix.js";

export interface CrowdlabRater {
  rater: Rating["rater"];
  ratings: number;
  /** The share of the rater's ratings that equal the consensus, units with one rating included. */
  consensusShare: number;
  /** From 0 to 1; undefined where no unit of the rater has a further rating. */
  quality: Estimate<"NO_PAIRABLE_UNITS">;
  /**
   * The value (index) whose ratings by this rater equal the consensus least often; of several the one the rater gave
   * most, then the one whose units have the highest mean quality, then the first.
   */
  worstValue: number;
}

export interface Consensus {
  /** Of each unit the index of its consensus value. */
  consensus: Int32Array;
  /** Of each unit the quality of its consensus value. */
  quality: Float64Array;
  /** Units × values: how probable each value is. */
  posteriors: Float64Array;
}

/**
 * Each rater with a rating once, in the order of the matrix. Its quality is w × the mean posterior of its ratings +
 * (1 − w) × the share of its ratings, in units with a further rating, that equal the consensus.
 */
export function crowdlabRaters(matrix: RaterMatrix, consensus: Consensus, w: number): CrowdlabRater[] {
  const who = distinctRaters(matrix);
  const counts = countsByRater(matrix, who);
  const sums = who.raters.map(() => emptySums(matrix.values.length));
  for (let unit = 0; unit < matrix.units.length; unit++) {
    const shared = ratingsOfUnit(matrix, unit) >= 2;
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++)
      addRating(sums[who.place[matrix.rater[cell]!]!]!, consensus, unit, matrix.value[cell]!, shared);
  }
  return who.raters.map((rater, r) => {
    const { ratings, agreeing } = sums[r]!;
    const quality = qualityOf(sums[r]!, counts[r]!, w);
    return { rater, ratings, consensusShare: agreeing / ratings, quality, worstValue: worstValueOf(sums[r]!) };
  });
}

interface Sums {
  ratings: number;
  agreeing: number;
  /** The ratings that equal the consensus in units with a further rating. */
  sharedAgreeing: number;
  posterior: number;
  /** By value: the ratings with it, those of them that equal the consensus, and the quality of their units. */
  given: Float64Array;
  givenAgreeing: Float64Array;
  givenQuality: Float64Array;
}

function emptySums(q: number): Sums {
  const zeros = () => new Float64Array(q);
  const byValue = { given: zeros(), givenAgreeing: zeros(), givenQuality: zeros() };
  return { ratings: 0, agreeing: 0, sharedAgreeing: 0, posterior: 0, ...byValue };
}

function addRating(
  sums: Sums,
  { consensus, quality, posteriors }: Consensus,
  unit: number,
  value: number,
  shared: boolean,
) {
  const agrees = consensus[unit] === value ? 1 : 0;
  sums.ratings += 1;
  sums.agreeing += agrees;
  if (shared) sums.sharedAgreeing += agrees;
  sums.posterior += posteriors[unit * sums.given.length + value]!;
  sums.given[value]! += 1;
  sums.givenAgreeing[value]! += agrees;
  sums.givenQuality[value]! += quality[unit]!;
}

function qualityOf({ ratings, posterior, sharedAgreeing }: Sums, counts: Counts, w: number): CrowdlabRater["quality"] {
  if (counts.pairableValues === 0) return undefinedBecause("NO_PAIRABLE_UNITS", counts);
  return defined(w * (posterior / ratings) + (1 - w) * (sharedAgreeing / counts.pairableValues), counts);
}

function worstValueOf({ given, givenAgreeing, givenQuality }: Sums): number {
  const among = (values: number[], score: (value: number) => number) => {
    const best = Math.max(...values.map(score));
    return values.filter((value) => score(value) === best);
  };
  const used = [...given.keys()].filter((value) => given[value]! > 0);
  const worst = among(used, (value) => -givenAgreeing[value]! / given[value]!);
  const mostGiven = among(worst, (value) => given[value]!);
  const means = mostGiven.map((value) => givenQuality[value]! / given[value]!);
  return mostGiven[greatestIndex(means, 0, means.length, "FIRST_VALUE")!]!;
}
