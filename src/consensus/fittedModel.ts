// What is said of a fit besides its units: how frequent are the true values, and how does each rater confuse them? Pure.
import { confusionRow, type DawidSkeneFit } from "../statistics/dawidSkene.js";

/** A fit ends with a step that raises the log-likelihood by no more than this for each rating. */
export const TOLERANCE = 1e-12;
/** Ratings times steps: at 0.06 µs each about 20 s. */
const MOST_WORK = 300_000_000;
const [FEWEST_STEPS, MOST_STEPS] = [50, 5_000];

/** After how many steps a fit ends in any case. It depends on nothing but the number of ratings: fewer take more steps. */
export function stepsFor(ratings: number): number {
  return Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, Math.floor(MOST_WORK / ratings)));
}

export interface FittedModel {
  /** The share of units that truly have each category. */
  priors: number[];
  logLikelihood: number;
  steps: number;
  /** It would have ended after so many in any case. */
  mostSteps: number;
  converged: boolean;
  raters: FittedRater[];
}

export interface FittedRater {
  annotator: number;
  ratings: number;
  accuracy: number;
  /** For each true category; probabilities of what is given, null where the rater has no data on it. */
  rows: Array<{ ratings: number; probabilities: number[] | null }>;
}

export function fittedModel(fit: DawidSkeneFit, mostSteps: number): FittedModel {
  const { priors, logLikelihood, steps, converged } = fit;
  const raters = fit.confusionOf.map((annotator, rater) => fittedRater(fit, Number(annotator), rater));
  return { priors: [...priors], logLikelihood, steps, mostSteps, converged, raters };
}

function fittedRater(fit: DawidSkeneFit, annotator: number, rater: number): FittedRater {
  const q = fit.values.length;
  const rows = Array.from({ length: q }, (_, truth) => {
    const row = confusionRow(fit, rater, truth);
    return { ratings: fit.rowRatings[rater * q + truth]!, probabilities: row && [...row] };
  });
  const ratings = Math.round(rows.reduce((sum, row) => sum + row.ratings, 0));
  return { annotator, ratings, accuracy: accuracyOf(rows, fit.priors), rows };
}

/**
 * How probably a rater gives the true value: Σ p_k π_kk / Σ p_k over the categories k that the rater has data on, p_k being
 * how frequent they are. Where there is data on all that occur, the denominator is 1.
 */
export function accuracyOf(rows: FittedRater["rows"], priors: ArrayLike<number>): number {
  let [right, all] = [0, 0];
  rows.forEach(({ probabilities }, k) => {
    if (probabilities === null) return;
    right += priors[k]! * probabilities[k]!;
    all += priors[k]!;
  });
  return right / all;
}
