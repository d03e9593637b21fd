// How does an annotator confuse the values, by Dawid and Skene's model of people's ratings? Pure.
import { stepsFor, TOLERANCE } from "../consensus/fittedModel.js";
import { betaLimits } from "../statistics/betaInterval.js";
import { confusionRow, dawidSkene, type DawidSkeneFit } from "../statistics/dawidSkene.js";
import { distinctRaters } from "../statistics/distinctRaters.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import type { Value } from "../statistics/ratingPatterns.js";
import type { Confusions, DawidSkeneNumbers } from "./annotatorNumbers.js";
import { limitsBy, noEstimate, type QualityEstimate, type QualityReason } from "./estimates.js";
import { MOST_CELLS, placeOf } from "./qualityOfVotes.js";

/** Annotators × categories × categories: more would make a report that nobody can read. */
const MOST_CONFUSIONS = 1_000_000;
/** A row that rests on fewer expected ratings has no data. */
const LEAST_ROW_RATINGS = 1e-6;

export type ConfusionModel =
  | { kind: "fitted"; fit: DawidSkeneFit; units: ArrayLike<number>; mostSteps: number }
  | { kind: "none"; because: QualityReason };

/** The model over all people's ratings of a scale with categories. `onStep` hears how many of its steps are made. */
export function confusionModel(
  people: RaterMatrix,
  categories: readonly Value[] | null,
  onStep: (step: number, mostSteps: number) => void = () => {},
): ConfusionModel {
  if (categories === null) return { kind: "none", because: "CATEGORIES_NOT_DECLARED" };
  const q = categories.length;
  const confusions = distinctRaters(people).raters.length * q ** 2;
  if (confusions > MOST_CONFUSIONS || people.units.length * q > MOST_CELLS)
    return { kind: "none", because: "TOO_MANY_VALUES" };
  const mostSteps = stepsFor(people.value.length);
  const fit = dawidSkene(people, { tolerance: TOLERANCE, mostSteps, onStep: (step) => onStep(step, mostSteps) });
  if (fit.kind === "undefined") return { kind: "none", because: fit.because };
  return { kind: "fitted", fit, units: people.units as ArrayLike<number>, mostSteps };
}

export function modelNumbers(model: ConfusionModel): DawidSkeneNumbers {
  const none = { units: 0, classPriors: [], logLikelihood: null, steps: null };
  if (model.kind === "none")
    return { undefinedBecause: model.because, ...none, mostSteps: null, tolerance: null, converged: null };
  const { fit, mostSteps } = model;
  const { values, priors, logLikelihood, steps, converged, units } = fit;
  const classPriors = values.map((value, k) => ({ value, prior: priors[k]! }));
  const how = { mostSteps, tolerance: TOLERANCE };
  return { undefinedBecause: null, units, classPriors, logLikelihood, steps, ...how, converged };
}

/** By annotator, what the model says of each person. */
export function confusionsOfPeople(model: ConfusionModel, level: number): Map<number, Confusions> {
  if (model.kind === "none") return new Map();
  const { fit } = model;
  const q = fit.values.length;
  return new Map(
    fit.confusionOf.map((rater, r) => {
      const rows = fit.values.map((_, k) => ({ ratings: fit.rowRatings[r * q + k]!, shares: confusionRow(fit, r, k) }));
      return [Number(rater), confusionsOf(fit, rows, level)];
    }),
  );
}

/** A model's ratings against the true values as people's ratings have them; in units that no person rated they say nothing. */
export function confusionsOfModel(model: ConfusionModel, matrix: RaterMatrix, level: number): Confusions {
  if (model.kind === "none") return noConfusions(model);
  const { fit } = model;
  const q = fit.values.length;
  const counts = new Float64Array(q * q);
  for (let own = 0; own < matrix.units.length; own++) {
    const unit = placeOf(model.units, Number(matrix.units[own]));
    for (let cell = matrix.start[own]!; unit >= 0 && cell < matrix.start[own + 1]!; cell++)
      for (let k = 0; k < q; k++) counts[k * q + matrix.value[cell]!]! += fit.posteriors[unit * q + k]!;
  }
  const rows = fit.values.map((_, k) => {
    const row = counts.subarray(k * q, (k + 1) * q);
    const ratings = row.reduce((sum, count) => sum + count, 0);
    return { ratings, shares: ratings < LEAST_ROW_RATINGS ? null : row.map((count) => count / ratings) };
  });
  const found = confusionsOf(fit, rows, level);
  const hasData = rows.some(({ shares }) => shares !== null);
  return hasData ? found : { ...found, accuracy: noEstimate("NO_PAIRABLE_UNITS") };
}

/** Of an annotator that the model says nothing of. */
export function noConfusions(model: ConfusionModel): Confusions {
  return { accuracy: noEstimate(model.kind === "none" ? model.because : "NO_RATINGS"), confusion: [] };
}

interface Row {
  ratings: number;
  /** Null without data. */
  shares: Float64Array | null;
}

function confusionsOf({ values, priors }: DawidSkeneFit, rows: readonly Row[], level: number): Confusions {
  const confusion = rows.map(({ ratings, shares }, k) => {
    return { value: values[k]!, expectedRatings: ratings, probabilities: shares && Array.from(shares) };
  });
  return { accuracy: accuracyOf(priors, rows, level), confusion };
}

/**
 * How probably the annotator gives the true value: Σ p_k π_kk / Σ p_k over the values with data. The interval takes true
 * values and priors as known: each row as Beta(1 + n_k π_kk, 1 + n_k (1 − π_kk)), and a beta distribution with the mean
 * and the variance of their weighted mean.
 */
function accuracyOf(priors: Float64Array, rows: readonly Row[], level: number): QualityEstimate {
  const known = rows.flatMap(({ ratings, shares }, k) =>
    shares ? [{ p: priors[k]!, n: ratings, right: shares[k]! }] : [],
  );
  const all = known.reduce((sum, { p }) => sum + p, 0);
  if (!(all > 0)) return noEstimate("NO_RATINGS");
  let [value, mean, variance, n] = [0, 0, 0, 0];
  for (const row of known) {
    const share = row.p / all;
    const middle = (1 + row.n * row.right) / (2 + row.n);
    value += share * row.right;
    mean += share * middle;
    variance += (share ** 2 * middle * (1 - middle)) / (row.n + 3);
    n += row.n;
  }
  const size = (mean * (1 - mean)) / variance - 1;
  const interval = limitsBy(betaLimits(size * mean, size * (1 - mean), level), "BETA_BY_MOMENTS");
  return {
    value,
    undefinedBecause: null,
    n: Math.round(n),
    standardError: Math.sqrt(variance),
    interval,
    shrunken: null,
  };
}
