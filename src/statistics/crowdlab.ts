// Which value is each unit's, and how sure is it, when a model's predictions count beside the ratings?
import { crowdlabRaters, type Consensus, type CrowdlabRater } from "./crowdlabRaters.js";
import { distinctRaters } from "./distinctRaters.js";
import { whyNothingToCompare, type Counts } from "./estimate.js";
import { greatestIndex } from "./greatestIndex.js";
import { voteShares } from "./majorityVote.js";
import { countsOfMatrix, ratingsOfUnit, type RaterMatrix } from "./raterMatrix.js";

/**
 * How the consensus value is chosen: MAJORITY_VOTE, or the likeliest by a first round (BEST_QUALITY). And what its
 * quality is: the posterior of model and raters (CROWDLAB), or the share of the unit's ratings (AGREEMENT).
 */
export type CrowdlabMethod =
  | { consensus: "BEST_QUALITY"; quality: "CROWDLAB" }
  | { consensus: "MAJORITY_VOTE"; quality: "CROWDLAB" | "AGREEMENT" };

export interface CrowdlabFit extends Consensus, Counts {
  kind: "defined";
  /** Of each unit the share of its ratings that equal the consensus value. */
  consensusShare: Float64Array;
  byRater: ReadonlyArray<CrowdlabRater>;
  /** What the model, and a rating of each rater in `byRater`, weigh; null where the quality is AGREEMENT. */
  weights: { model: number; raters: Float64Array } | null;
}

export type Crowdlab = CrowdlabFit | ({ kind: "undefined"; because: "NO_RATINGS" | "NO_PAIRABLE_UNITS" } & Counts);

/** The least weight, and the least error that weights are measured against. */
const LEAST = 1e-6;

/**
 * CROWDLAB: the probability of value k in unit i is the mean of the model's p_ik and, for each rating of the unit, of P
 * where the rating is k and (1 − P)/(K − 1) where not, weighted by w_M for the model and w_r for rater r's rating.
 *
 * Over units with two ratings or more, for a consensus c_i: P = mean_i share of the unit's ratings that equal c_i;
 * E = share of units with c_i ≠ the most frequent c; w_r = 1 − (1 − A_r)/E, with A_r = how often another rating of the
 * unit equals r's (the mean of the other raters where r has no such unit); w_M = (1 − M/E) √(ratings per unit), with
 * M = share of units where the model's likeliest value ≠ c_i. E and each 1 − …/E are at least 1e-6.
 * A majority tie goes to the value the model finds likeliest, then to the value with fewest ratings, then to the first.
 *
 * `modelProbabilities`: units × values, in the order of the matrix, best out of sample; a unit's values sum to 1. A
 * rater's repeats in a unit count as ratings by further raters and are reported together.
 * Level of measurement: nominal. Range: qualities from 0 to 1; weights are not shares.
 * Undefined: NO_RATINGS, NO_PAIRABLE_UNITS. Throws a RangeError on probabilities that are none.
 * Source: Goh, Tkachenko and Mueller, CROWDLAB: supervised learning to infer consensus labels and quality scores for
 * data with multiple annotators (2022), arXiv 2210.06812; as cleanlab 2.9.0, but for its last tie rules (by rater,
 * then by lot).
 */
export function crowdlab(
  matrix: RaterMatrix,
  modelProbabilities: ArrayLike<number>,
  method: CrowdlabMethod = { consensus: "BEST_QUALITY", quality: "CROWDLAB" },
): Crowdlab {
  refuseProbabilities(matrix, modelProbabilities);
  const counts = countsOfMatrix(matrix);
  const because = whyNothingToCompare(counts);
  if (because) return { kind: "undefined", because, ...counts };
  const input = { matrix, q: matrix.values.length, shares: voteShares(matrix), model: modelProbabilities };
  const majority = majorityByModel(input);
  if (method.quality === "AGREEMENT")
    return fitOf(input, counts, majority, { posteriors: input.shares, weights: null });
  const first = mixtureOf(input, majority);
  if (method.consensus === "MAJORITY_VOTE") return fitOf(input, counts, majority, first);
  const best = majority.map((value, unit) => greatestIndex(first.posteriors, unit * input.q, input.q) ?? value);
  return fitOf(input, counts, best, mixtureOf(input, best));
}

interface Input {
  matrix: RaterMatrix;
  q: number;
  /** Units × values. */
  shares: Float64Array;
  model: ArrayLike<number>;
}

type Mixture = Pick<CrowdlabFit, "posteriors" | "weights">;

function fitOf({ matrix, q, shares }: Input, counts: Counts, consensus: Int32Array, mixture: Mixture): CrowdlabFit {
  const { posteriors, weights } = mixture;
  const of = (table: Float64Array) => Float64Array.from(consensus, (value, unit) => table[unit * q + value]!);
  const found = { consensus, quality: of(posteriors), posteriors };
  const byRater = crowdlabRaters(matrix, found, weights === null ? 0 : modelShare(matrix, weights));
  return { kind: "defined", ...counts, ...found, consensusShare: of(shares), byRater, weights };
}

/** The model's share of the weight in a unit with an average number of ratings by average raters. */
function modelShare(matrix: RaterMatrix, { model, raters }: NonNullable<Mixture["weights"]>): number {
  const ratings = ratingsPerUnit(matrix) * (raters.reduce((sum, weight) => sum + weight, 0) / raters.length);
  return model / (model + ratings);
}

function majorityByModel({ matrix, q, shares, model }: Input): Int32Array {
  const ratings = new Float64Array(q);
  for (const value of matrix.value) ratings[value]! += 1;
  return Int32Array.from(matrix.units, (_, unit) => {
    const alone = greatestIndex(shares, unit * q, q);
    if (alone !== null) return alone;
    const [top, values] = [Math.max(...shares.subarray(unit * q, unit * q + q)), [...ratings.keys()]];
    const tied = values.filter((k) => shares[unit * q + k] === top);
    const [best] = tied.sort(
      (a, b) => model[unit * q + b]! - model[unit * q + a]! || ratings[a]! - ratings[b]! || a - b,
    );
    return best!;
  });
}

function mixtureOf(input: Input, consensus: Int32Array): Mixture {
  const { matrix, q, model } = input;
  const { likelihood, baseError, modelError } = sharedUnits(input, consensus);
  const against = (error: number) => Math.max(LEAST, 1 - error / Math.max(LEAST, baseError));
  const weights = {
    model: against(modelError) * Math.sqrt(ratingsPerUnit(matrix)),
    raters: agreementWithOthers(input).map((agreement) => against(1 - agreement)),
  };
  const { place } = distinctRaters(matrix);
  const other = q > 1 ? (1 - likelihood) / (q - 1) : 0;
  const posteriors = Float64Array.from(model, (p) => p * weights.model);
  for (let unit = 0; unit < matrix.units.length; unit++) {
    let all = weights.model;
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++) {
      const weight = weights.raters[place[matrix.rater[cell]!]!]!;
      all += weight;
      for (let k = 0; k < q; k++) posteriors[unit * q + k]! += weight * (matrix.value[cell] === k ? likelihood : other);
    }
    for (let k = 0; k < q; k++) posteriors[unit * q + k]! /= all;
  }
  return { posteriors, weights };
}

/** P, E and M of the units with two ratings or more. */
function sharedUnits({ matrix, q, shares, model }: Input, consensus: Int32Array) {
  const chosen = new Float64Array(q);
  let [units, agreement, modelErrors] = [0, 0, 0];
  for (let unit = 0; unit < matrix.units.length; unit++) {
    if (ratingsOfUnit(matrix, unit) < 2) continue;
    const value = consensus[unit]!;
    units++;
    chosen[value]! += 1;
    agreement += shares[unit * q + value]!;
    if (greatestIndex(model, unit * q, q, "FIRST_VALUE") !== value) modelErrors++;
  }
  return { likelihood: agreement / units, baseError: 1 - Math.max(...chosen) / units, modelError: modelErrors / units };
}

/** A of each rater. */
function agreementWithOthers({ matrix, q, shares }: Input): Float64Array {
  const { raters, place } = distinctRaters(matrix);
  const [agreeing, others] = [new Float64Array(raters.length), new Float64Array(raters.length)];
  for (let unit = 0; unit < matrix.units.length; unit++) {
    const ratings = ratingsOfUnit(matrix, unit);
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++) {
      const r = place[matrix.rater[cell]!]!;
      agreeing[r]! += Math.round(shares[unit * q + matrix.value[cell]!]! * ratings) - 1;
      others[r]! += ratings - 1;
    }
  }
  const shared = agreeing.map((n, r) => n / others[r]!).filter((_, r) => others[r]! > 0);
  const mean = shared.reduce((sum, share) => sum + share, 0) / shared.length;
  return agreeing.map((n, r) => (others[r]! > 0 ? n / others[r]! : mean));
}

function ratingsPerUnit({ value, units }: RaterMatrix): number {
  return value.length / units.length;
}

function refuseProbabilities({ units, values: { length: q } }: RaterMatrix, model: ArrayLike<number>): void {
  if (model.length !== units.length * q)
    throw new RangeError(`${model.length} probabilities; expected ${q} for each of ${units.length} units`);
  for (let unit = 0; unit < units.length; unit++) {
    const row = Array.from({ length: q }, (_, k) => model[unit * q + k]!);
    const sum = row.reduce((all, p) => all + p, 0);
    if (row.every((p) => p >= 0 && p <= 1) && Math.abs(sum - 1) <= 1e-3) continue;
    const expected = "numbers from 0 to 1 that sum to 1";
    throw new RangeError(`unit ${units[unit]} has the probabilities ${row.join(", ")}; expected ${expected}`);
  }
}
