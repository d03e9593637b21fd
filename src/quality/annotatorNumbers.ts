// What is said of annotators: which numbers, in which shape? Plain data, as they are kept and sent.
import type { RaterKind } from "../agreement/question.js";
import type { Value } from "../statistics/ratingPatterns.js";
import type { QualityEstimate, QualityReason } from "./estimates.js";

export interface Volume {
  /** Ratings that count, and the units they are of. */
  ratings: number;
  units: number;
  /** Units that another person rated, too. */
  sharedUnits: number;
  /** When the first and the last was given, as ISO 8601; null without any. */
  firstAt: string | null;
  lastAt: string | null;
}

export interface GoldAccuracy {
  hits: number;
  misses: number;
  accuracy: QualityEstimate;
  /** The posterior mean, and the probability that the accuracy is above 0.75; null without gold. */
  mean: number | null;
  probabilityAbove75: number | null;
}

export interface IntraRater {
  /** Units that the annotator rated more than once, and those of them with more than one value. */
  pairs: number;
  contradictedPairs: number;
  percentAgreement: QualityEstimate;
  alpha: QualityEstimate;
}

/** What the annotator says of units that truly have a value. */
export interface ConfusionRow {
  value: Value;
  /** How many of its ratings are expected to be of such units. */
  expectedRatings: number;
  /** In the order of the scale's categories; they sum to 1. Null without data. */
  probabilities: number[] | null;
}

export interface Confusions {
  accuracy: QualityEstimate;
  /** One for each category; none where there is no model. */
  confusion: ConfusionRow[];
}

export interface Speed {
  /** Ratings with a time. */
  ratings: number;
  medianSeconds: QualityEstimate;
  robustZ: QualityEstimate;
  tooFastShare: QualityEstimate;
}

export const DRIFT_NUMBERS = ["RESIDUALS", "SHARES_OF_OTHERS"] as const;
export type DriftNumbers = (typeof DRIFT_NUMBERS)[number];

export interface Drift {
  of: DriftNumbers;
  ratings: number;
  recentCount: number | null;
  recentMean: number | null;
  beforeCount: number | null;
  beforeMean: number | null;
  difference: QualityEstimate;
  ewmaOutsideCount: number | null;
  ewmaUndefinedBecause: QualityReason | null;
}

/** One annotator. Nothing here names another. */
export interface AnnotatorNumbers {
  annotatorId: number;
  key: string;
  kind: RaterKind;
  volume: Volume;
  agreementWithOthers: QualityEstimate;
  agreementWithMajority: QualityEstimate;
  agreementWithWeightedMajority: QualityEstimate;
  severity: QualityEstimate;
  spreadRatio: QualityEstimate;
  correlation: QualityEstimate;
  goldAccuracy: GoldAccuracy;
  intraRater: IntraRater;
  dawidSkene: Confusions;
  speed: Speed;
  drift: Drift;
}

/** Dawid and Skene's model of all people's ratings. */
export interface DawidSkeneNumbers {
  undefinedBecause: QualityReason | null;
  units: number;
  classPriors: Array<{ value: Value; prior: number }>;
  logLikelihood: number | null;
  steps: number | null;
  mostSteps: number | null;
  tolerance: number | null;
  converged: boolean | null;
}

export interface QualityNumbers {
  /** By key. */
  annotators: AnnotatorNumbers[];
  model: DawidSkeneNumbers;
  /** The seconds below which a person's rating is too fast; null where there is no such limit. */
  tooFastBelowSeconds: number | null;
}
