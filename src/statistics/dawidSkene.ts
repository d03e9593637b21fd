// Which value is each unit's most probable true one, and how does each rater confuse the values?
import { distinctRaters } from "./distinctRaters.js";
import type { Counts } from "./estimate.js";
import { greatestIndex, type TieRule } from "./greatestIndex.js";
import { voteShares } from "./majorityVote.js";
import type { Rating } from "./patternsOfRatings.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";
import type { Value } from "./ratingPatterns.js";

export interface DawidSkeneOptions {
  /** Stop after a step that raised the log-likelihood by no more than this for each rating; 0 or more, 1e-12 if absent. */
  tolerance?: number | undefined;
  /** Stop after this many steps in any case; 1 or more, 5,000 if absent. */
  mostSteps?: number | undefined;
  /** Called after each step, counted from 1, with the log-likelihood it reached. */
  onStep?: ((step: number, logLikelihood: number) => void) | undefined;
}

export interface DawidSkeneFit extends Counts {
  kind: "defined";
  /** The declared values, in their order: the classes that a unit may truly belong to. */
  values: ReadonlyArray<Value>;
  /** Of each confusion matrix, whose it is: each rater with a rating once, in the order of the input. */
  confusionOf: ReadonlyArray<Rating["rater"]>;
  /** Values: the share of units that truly have the value. They sum to 1. */
  priors: Float64Array;
  /**
   * Raters × true values × observed values: how probably the rater gives the observed value to a unit that truly has
   * the true one. A row sums to 1; a row without data (`confusionRow`) is 0 throughout, which is no statement.
   */
  confusion: Float64Array;
  /** Raters × true values: how many of the rater's ratings are expected to be of units that truly have the value. */
  rowRatings: Float64Array;
  /** Units × values: how probably the unit truly has the value, given all ratings. A unit's values sum to 1. */
  posteriors: Float64Array;
  /** The natural logarithm of the probability of the ratings under these priors and confusions. */
  logLikelihood: number;
  steps: number;
  /** False where the steps ran out before a step raised the log-likelihood by no more than the tolerance. */
  converged: boolean;
}

export type DawidSkene = DawidSkeneFit | ({ kind: "undefined"; because: "NO_RATINGS" } & Counts);

/** A row that rests on fewer ratings has no data: such a remainder goes on shrinking with every step. */
const LEAST_ROW_RATINGS = 1e-6;

/**
 * Dawid and Skene's model: a unit truly has value k with probability p_k, and rater r gives value l to a unit that truly
 * has k with probability π_rkl, independently of the other raters. Maximum likelihood by EM:
 * M: p_k = mean_i T_ik, π_rkl ∝ Σ T_ik over r's ratings l; E: T_ik ∝ p_k Π π_rkl over the ratings of unit i.
 *
 * Start: T = the unit's vote shares. No smoothing: what never occurred has probability 0. One step is an M and an E
 * step; it never lowers the log-likelihood. The result is a local maximum, on small data one of several. Whether it is
 * found fast depends on the ratings: the reference data took 9 to 2,185 steps to the default tolerance.
 * { tolerance: 1e-5, mostSteps: 100 } stops about where crowd-kit does, far from the maximum.
 * A rater's repeated ratings of a unit count separately in the rater's one matrix. Declared values that nobody used get
 * probability 0. Level of measurement: nominal. A unit with one rating counts.
 * Undefined: NO_RATINGS. Throws a RangeError on a tolerance below 0 and on mostSteps that is not a whole number from 1.
 * Per step O(ratings × values + raters × values²); memory O(ratings + units × values + raters × values²). Measured:
 * 1,000,000 ratings in 200,000 units, 5 values: 0.06 µs for each rating and step.
 * Source: Dawid and Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm (1979); the
 * start is their (3.1).
 */
export function dawidSkene(
  matrix: RaterMatrix,
  { tolerance = 1e-12, mostSteps = 5000, onStep }: DawidSkeneOptions = {},
): DawidSkene {
  refuseOptions(tolerance, mostSteps);
  const counts = countsOfMatrix(matrix);
  if (counts.units === 0) return { kind: "undefined", because: "NO_RATINGS", ...counts };
  const model = startOf(matrix);
  const smallRise = tolerance * matrix.value.length;
  let [logLikelihood, steps, converged] = [-Infinity, 0, false];
  while (!converged && steps < mostSteps) {
    steps++;
    maximise(model);
    const reached = expect(model);
    onStep?.(steps, reached);
    converged = reached - logLikelihood <= smallRise;
    logLikelihood = reached;
  }
  const { confusionOf, priors, rowRatings, posteriors } = model;
  const fit = { confusionOf, priors, confusion: confusionByTruth(model), rowRatings, posteriors };
  return { kind: "defined", ...counts, values: matrix.values, ...fit, logLikelihood, steps, converged };
}

/**
 * The probabilities with which a rater (index into `confusionOf`) gives each value to units that truly have one (index
 * into the values); null where the row has no data: none of the rater's units is likely to have that value.
 */
export function confusionRow(fit: DawidSkeneFit, rater: number, truth: number): Float64Array | null {
  const q = fit.values.length;
  const row = rater * q + truth;
  return fit.rowRatings[row]! < LEAST_ROW_RATINGS ? null : fit.confusion.slice(row * q, (row + 1) * q);
}

/**
 * A unit's most probable value (index) and its probability. Values tied for it give null, or the first of them under
 * FIRST_VALUE; the certainty is theirs in either case.
 */
export function mostProbable(
  { posteriors, values: { length: q } }: Pick<DawidSkeneFit, "posteriors" | "values">,
  unit: number,
  ties: TieRule = "NO_VALUE",
): { value: number | null; certainty: number } {
  const first = greatestIndex(posteriors, unit * q, q, "FIRST_VALUE")!;
  return { value: greatestIndex(posteriors, unit * q, q, ties), certainty: posteriors[unit * q + first]! };
}

function refuseOptions(tolerance: number, mostSteps: number): void {
  if (!(tolerance >= 0)) throw new RangeError(`tolerance ${tolerance} is not a number from 0 up`);
  if (!(Number.isSafeInteger(mostSteps) && mostSteps >= 1))
    throw new RangeError(`mostSteps ${mostSteps} is not a whole number from 1 up`);
}

/** Tables of raters × observed × true values, so that what one rating says about all true values lies side by side. */
interface Model {
  q: number;
  start: Int32Array;
  /** Of each rating the place in the tables where those of its rater and value begin. */
  row: Int32Array;
  confusionOf: ReadonlyArray<Rating["rater"]>;
  priors: Float64Array;
  logPriors: Float64Array;
  expectedRatings: Float64Array;
  logConfusion: Float64Array;
  rowRatings: Float64Array;
  posteriors: Float64Array;
}

function startOf(matrix: RaterMatrix): Model {
  const { raters: confusionOf, place } = distinctRaters(matrix);
  const q = matrix.values.length;
  const table = () => new Float64Array(confusionOf.length * q * q);
  return {
    q,
    start: matrix.start,
    row: matrix.rater.map((rater, cell) => (place[rater]! * q + matrix.value[cell]!) * q),
    confusionOf,
    priors: new Float64Array(q),
    logPriors: new Float64Array(q),
    expectedRatings: table(),
    logConfusion: table(),
    rowRatings: new Float64Array(confusionOf.length * q),
    posteriors: voteShares(matrix),
  };
}

function maximise(model: Model): void {
  const { q, start, row, priors, logPriors, expectedRatings, posteriors } = model;
  const units = start.length - 1;
  priors.fill(0);
  expectedRatings.fill(0);
  for (let unit = 0; unit < units; unit++) {
    const at = unit * q;
    for (let k = 0; k < q; k++) priors[k]! += posteriors[at + k]!;
    for (let cell = start[unit]!; cell < start[unit + 1]!; cell++) {
      const from = row[cell]!;
      for (let k = 0; k < q; k++) expectedRatings[from + k]! += posteriors[at + k]!;
    }
  }
  for (let k = 0; k < q; k++) {
    priors[k]! /= units;
    logPriors[k] = Math.log(priors[k]!);
  }
  takeLogs(model);
}

/** The logarithms of each rater's confusions; −∞ for what never occurs, also throughout a row without any rating. */
function takeLogs({ q, expectedRatings, logConfusion, rowRatings }: Model): void {
  rowRatings.fill(0);
  for (let from = 0; from < expectedRatings.length; from += q) {
    const rows = Math.floor(from / (q * q)) * q;
    for (let k = 0; k < q; k++) rowRatings[rows + k]! += expectedRatings[from + k]!;
  }
  for (let from = 0; from < expectedRatings.length; from += q) {
    const rows = Math.floor(from / (q * q)) * q;
    for (let k = 0; k < q; k++) {
      const ratings = expectedRatings[from + k]!;
      logConfusion[from + k] = ratings === 0 ? -Infinity : Math.log(ratings / rowRatings[rows + k]!);
    }
  }
}

/** Gives the log-likelihood. A unit's likeliest value before the M step stays possible, so no unit is left without one. */
function expect({ q, start, row, logPriors, logConfusion, posteriors }: Model): number {
  let logLikelihood = 0;
  for (let unit = 0; unit + 1 < start.length; unit++) {
    const at = unit * q;
    for (let k = 0; k < q; k++) posteriors[at + k] = logPriors[k]!;
    for (let cell = start[unit]!; cell < start[unit + 1]!; cell++) {
      const from = row[cell]!;
      for (let k = 0; k < q; k++) posteriors[at + k]! += logConfusion[from + k]!;
    }
    logLikelihood += normalise(posteriors, at, q);
  }
  return logLikelihood;
}

/** Turns the q logarithms from `at` into probabilities that sum to 1; gives the logarithm of their sum before. */
function normalise(p: Float64Array, at: number, q: number): number {
  let top = -Infinity;
  for (let k = 0; k < q; k++) if (p[at + k]! > top) top = p[at + k]!;
  let sum = 0;
  for (let k = 0; k < q; k++) sum += p[at + k] = Math.exp(p[at + k]! - top);
  for (let k = 0; k < q; k++) p[at + k]! /= sum;
  return top + Math.log(sum);
}

function confusionByTruth({ q, expectedRatings, rowRatings }: Model): Float64Array {
  const confusion = new Float64Array(expectedRatings.length);
  for (let row = 0; row < rowRatings.length; row++) {
    const [rater, truth] = [Math.floor(row / q), row % q];
    if (rowRatings[row]! < LEAST_ROW_RATINGS) continue;
    for (let k = 0; k < q; k++)
      confusion[row * q + k] = expectedRatings[(rater * q + k) * q + truth]! / rowRatings[row]!;
  }
  return confusion;
}
