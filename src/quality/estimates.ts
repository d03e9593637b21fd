// How does a number on an annotator stand, with what it rests on and how uncertain it is? Pure.
import { accuracyPosterior } from "../statistics/betaInterval.js";
import type { Inferred } from "../statistics/interval.js";
import type { Figure, Limits } from "../statistics/figure.js";
import type { RaterMean } from "../statistics/raterMeans.js";
import {
  pooledErrors,
  shrinkMeans,
  shrinkProportions,
  type Shrinkage,
  type Shrunken,
} from "../statistics/shrinkage.js";

/** Why a number on an annotator has no value. */
export const QUALITY_REASONS = {
  NO_RATINGS: "The annotator has no rating that counts.",
  NO_PAIRABLE_UNITS: "No unit of the annotator was rated by another person.",
  NO_VARIATION: "What is divided by does not vary, such as values that are all one.",
  VALUES_NOT_NUMERIC: "It needs numbers or an order, and the scale has neither.",
  NEGATIVE_VALUES: "Ratios need values from 0, and one is below.",
  CATEGORIES_NOT_DECLARED: "It is of scales with categories, and this one is continuous.",
  TOO_MANY_VALUES: "Tables of so many categories, annotators and units are not computed.",
  NO_MAJORITY: "No unit of the annotator has one value that most of two or more people gave.",
  TOO_FEW_RATINGS: "It needs two shared ratings, a correlation three.",
  TOO_FEW_NUMBERS: "Too few shared ratings came before the last 50, or there are fewer than these.",
  NO_GOLD: "The annotator rated no unit that has a gold value.",
  NO_REPEATS: "The annotator rated no unit more than once.",
  NO_TIMES: "No rating of the annotator says how many seconds it took.",
  FEWER_THAN_THREE_RATERS: "Fewer than three annotators have times, so none stands out.",
  MAD_IS_ZERO: "Half or more of the annotators, or of the ratings, have one time.",
} as const;
export type QualityReason = keyof typeof QUALITY_REASONS;

/** How an interval was made. */
export const INTERVAL_METHODS = {
  T_OVER_UNITS: "The mean ± Student's t, units as clusters; neither end is cut.",
  BETA_POSTERIOR:
    "Hits and misses under a uniform prior, Beta(1 + hits, 1 + misses): shares of 0 and 1 lie just outside, since nobody is certain.",
  BETA_BY_MOMENTS: "A beta distribution with the mean and the variance of the posterior.",
  EMPIRICAL_BAYES: "Normal, about the shrunken value.",
  WELCH_T: "The difference of two means, Welch's t.",
  FISHER_Z: "Fisher's z of a correlation.",
  ORDER_STATISTICS: "Two of the numbers themselves, whatever their distribution.",
  GWET_LINEARIZATION_T: "Gwet's analytic standard error over units, Student's t.",
} as const;
export type QualityIntervalMethod = keyof typeof INTERVAL_METHODS;

export interface QualityInterval extends Limits {
  method: QualityIntervalMethod;
}

export interface ShrunkenEstimate {
  value: number;
  interval: QualityInterval;
  /** How much the annotator's own ratings count in it, from 0 to 1. */
  ownWeight: number;
}

/** A value or the reason why there is none; `n` is how many ratings, or other numbers, it rests on. */
export interface QualityEstimate {
  value: number | null;
  undefinedBecause: QualityReason | null;
  n: number;
  standardError: number | null;
  interval: QualityInterval | null;
  /** Judged partly by the other people, the more so the fewer ratings there are; null where that says nothing. */
  shrunken: ShrunkenEstimate | null;
}

export function noEstimate(because: QualityReason, n = 0): QualityEstimate {
  return { value: null, undefinedBecause: because, n, standardError: null, interval: null, shrunken: null };
}

const NO_UNCERTAINTY = { standardError: null, interval: null, shrunken: null };

/** A value that comes without uncertainty, or with limits alone. */
export function estimateOf(
  figure: Figure<QualityReason>,
  n: number,
  interval: QualityInterval | null = null,
): QualityEstimate {
  if (figure.kind === "undefined") return noEstimate(figure.because, n);
  return { value: figure.value, undefinedBecause: null, n, ...NO_UNCERTAINTY, interval };
}

export function estimateOfMean(
  mean: RaterMean<QualityReason>,
  shrunken: ShrunkenEstimate | null = null,
): QualityEstimate {
  if (mean.kind === "undefined") return noEstimate(mean.because, mean.ratings);
  const { value, ratings, standardError, interval } = mean;
  return {
    value,
    undefinedBecause: null,
    n: ratings,
    standardError,
    interval: limitsBy(interval, "T_OVER_UNITS"),
    shrunken,
  };
}

/** An agreement coefficient over some units, with the units that it rests on. */
export function estimateOfCoefficient(found: Inferred<string>, n: number): QualityEstimate {
  if (found.kind === "undefined") return noEstimate(found.because as QualityReason, n);
  const { value, standardError } = found;
  const interval = found.interval && { ...limitsOf(found.interval), method: "GWET_LINEARIZATION_T" as const };
  return { value, undefinedBecause: null, n, standardError, interval, shrunken: null };
}

export interface Hits {
  hits: number;
  misses: number;
}

/** A share of hits, with the standard deviation and the limits of its posterior under a uniform prior. */
export function estimateOfHits({ hits, misses }: Hits, because: QualityReason, level: number): QualityEstimate {
  const n = hits + misses;
  if (n === 0) return noEstimate(because);
  const { mean, interval } = accuracyPosterior(hits, misses, level);
  const standardError = Math.sqrt((mean * (1 - mean)) / (n + 3));
  const value = hits / n;
  return {
    value,
    undefinedBecause: null,
    n,
    standardError,
    interval: limitsBy(interval, "BETA_POSTERIOR"),
    shrunken: null,
  };
}

export function limitsBy<Given extends Limits | null>(
  limits: Given,
  method: QualityIntervalMethod,
): Given extends null ? null : QualityInterval {
  return (limits && { ...limitsOf(limits), method }) as never;
}

function limitsOf({ low, high, level }: Limits): Limits {
  return { low, high, level };
}

/** By annotator, in one order for the same ratings. */
type ByAnnotator<One> = ReadonlyMap<number, One>;

/** Means of several annotators, shrunk toward their pool; none for those without a mean, or where there is no pool. */
export function shrunkenMeans(
  means: ByAnnotator<RaterMean<QualityReason>>,
  level: number,
): Map<number, ShrunkenEstimate> {
  const all = [...means];
  const errors = pooledErrors(all.map(([, mean]) => mean));
  const known = all.flatMap(([annotator, mean], i) =>
    mean.kind === "defined" ? [{ annotator, value: mean.value, standardError: errors[i]! }] : [],
  );
  return byAnnotator(known, shrinkMeans(known, { level }), "EMPIRICAL_BAYES");
}

/** The same of shares of hits. */
export function shrunkenHits(hits: ByAnnotator<Hits>, level: number): Map<number, ShrunkenEstimate> {
  const known = [...hits].map(([annotator, one]) => ({ annotator, ...one }));
  return byAnnotator(known, shrinkProportions(known, level), "BETA_BY_MOMENTS");
}

function byAnnotator(
  known: ReadonlyArray<{ annotator: number }>,
  shrinkage: Shrinkage | { kind: "undefined" },
  method: QualityIntervalMethod,
): Map<number, ShrunkenEstimate> {
  if (shrinkage.kind === "undefined") return new Map();
  return new Map(known.map(({ annotator }, i) => [annotator, shrunkenEstimate(shrinkage.raters[i]!, method)]));
}

function shrunkenEstimate({ value, interval, ownWeight }: Shrunken, method: QualityIntervalMethod): ShrunkenEstimate {
  return { value, interval: limitsBy(interval, method), ownWeight };
}
