// What are several coefficients of the same ratings, with all intervals that were asked for?
import { bcaInterval } from "./bcaInterval.js";
import type { Named, NamedCoefficient } from "./everyCoefficient.js";
import { NO_UNCERTAINTY, type Interval, type IntervalKind, type Inferred, type Uncertainty } from "./interval.js";
import { jackknivesOfSums, type Jackknife } from "./jackknife.js";
import type { RaterMatrix } from "./raterMatrix.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { SumStatistic } from "./sumStatistic.js";
import { percentileInterval, unitBootstrapOfSums, type Bootstrap, type Resampling } from "./unitBootstrap.js";

/** The same ratings in both forms; the matrix may be absent where no coefficient needs to know who rated. */
export interface RatingsBothWays {
  patterns: RatingPatterns;
  matrix?: RaterMatrix | undefined;
}

export interface InferenceAsked extends Resampling {
  /** Which interval stands for a coefficient; the recommended one where absent. */
  usual?: IntervalKind | undefined;
  /** Further ones. */
  kinds: ReadonlyArray<IntervalKind>;
  /** The confidence level, such as 0.95. */
  level: number;
}

/** An interval with the error behind it. */
export type InferredInterval = Interval & {
  kind: IntervalKind;
  standardError: number | null;
  /** Resamples on which the coefficient has no value, which were left out; 0 where none are drawn. */
  undefinedResamples: number;
};

/** A coefficient with the recommended error and interval, and those that were asked for, as far as it has them. */
export type InferredCoefficient = Named & Inferred<string> & { intervals: InferredInterval[] };

/** Above this many steps an interval by leaving out or drawing anew takes too long to wait for, and there is none. */
const MOST_STEPS = 2e9;

/**
 * Each coefficient with the usual interval and those asked for. Recommended is the one by formula, but for α and the
 * share of unanimous units the delete-one-unit jackknife. The same resamples serve all coefficients over the same units.
 */
export function inferCoefficients(
  coefficients: ReadonlyArray<NamedCoefficient>,
  { patterns, matrix }: RatingsBothWays,
  asked: InferenceAsked,
): InferredCoefficient[] {
  const inferred = coefficients.map((named) =>
    named.needs === "COUNTS" ? named.infer(patterns, asked.level) : named.infer(matrix!, asked.level),
  );
  const statistics = coefficients.map((named, i) =>
    named.needs === "COUNTS" && inferred[i]!.kind === "defined" ? named.sums(patterns) : null,
  );
  const kinds = coefficients.map(({ coefficient }) => kindsOf(coefficient, asked));
  const jackknives = madeFor(
    statistics,
    (i) => kinds[i]!.some(leavesOut) && leavingSteps(statistics[i]!),
    (some) => jackknivesOfSums(some, asked.level),
  );
  const bootstraps = madeFor(
    statistics,
    (i) => kinds[i]!.some(isBootstrap) && drawingSteps(statistics[i]!, asked),
    (some) => unitBootstrapOfSums(some, asked),
  );
  return coefficients.map(({ coefficient, weighting }, i) => {
    const resampled = { jackknife: jackknives[i]!, bootstrap: bootstraps[i]! };
    return withIntervals({ coefficient, weighting }, inferred[i]!, kinds[i]!, resampled, asked);
  });
}

const isBootstrap = (kind: IntervalKind) => kind === "BOOTSTRAP_PERCENTILE" || kind === "BOOTSTRAP_BCA";
const leavesOut = (kind: IntervalKind) => kind === "JACKKNIFE" || kind === "BOOTSTRAP_BCA";

/** The kind that stands for the coefficient, then those asked for. */
function kindsOf(coefficient: string, { usual, kinds }: InferenceAsked): IntervalKind[] {
  const byUnits = ["krippendorff_alpha", "percent_agreement_unanimous"].includes(coefficient);
  return [...new Set([usual ?? (byUnits ? "JACKKNIFE" : "ANALYTIC"), ...kinds])];
}

const leavingSteps = ({ over }: SumStatistic) => over.units.length * over.size <= MOST_STEPS;
const drawingSteps = ({ over }: SumStatistic, { resamples }: InferenceAsked) =>
  resamples * (over.units.length + over.size) <= MOST_STEPS;

/** What is made of those statistics that take part, in their places; null for the others. */
function madeFor<Made>(
  statistics: ReadonlyArray<SumStatistic | null>,
  takesPart: (place: number) => boolean,
  make: (statistics: SumStatistic[]) => Made[],
): Array<Made | null> {
  const places = [...statistics.keys()].filter((i) => statistics[i] !== null && takesPart(i));
  const made = make(places.map((i) => statistics[i]!));
  const found = new Array<Made | null>(statistics.length).fill(null);
  places.forEach((place, i) => (found[place] = made[i]!));
  return found;
}

interface Resampled {
  jackknife: Jackknife | null;
  bootstrap: Bootstrap | null;
}

/** Written out name by name: spreading objects of many shapes took a fifth of a report's time. */
function withIntervals(
  { coefficient, weighting }: Named,
  inferred: Inferred<string>,
  kinds: ReadonlyArray<IntervalKind>,
  resampled: Resampled,
  asked: InferenceAsked,
): InferredCoefficient {
  const { units, raters, pairableValues } = inferred;
  if (inferred.kind === "undefined") {
    const { kind, because } = inferred;
    const nothing = { standardError: null, interval: null, intervals: [] };
    return { coefficient, weighting, kind, because, units, raters, pairableValues, ...nothing };
  }
  const made = kinds.flatMap((kind) => intervalOf(kind, inferred, resampled, asked.level));
  const stands = made.find(({ kind }) => kind === kinds[0]);
  const standardError = stands ? stands.standardError : null;
  const interval = stands ? plain(stands) : null;
  const intervals = made.filter(({ kind }) => asked.kinds.includes(kind));
  const { kind, value } = inferred;
  return { coefficient, weighting, kind, value, units, raters, pairableValues, standardError, interval, intervals };
}

function plain({ low, high, level, method }: Interval): Interval {
  return { low, high, level, method };
}

function intervalOf(
  kind: IntervalKind,
  inferred: Inferred<string> & { kind: "defined" },
  resampled: Resampled,
  level: number,
): InferredInterval[] {
  const { interval, standardError } = uncertaintyBy(kind, inferred, resampled, level);
  const undefinedResamples = isBootstrap(kind) ? (resampled.bootstrap?.undefinedResamples ?? 0) : 0;
  if (!interval) return [];
  const { low, high, method } = interval;
  return [{ low, high, level, method, kind, standardError, undefinedResamples }];
}

function uncertaintyBy(
  kind: IntervalKind,
  inferred: Inferred<string> & { kind: "defined" },
  { jackknife, bootstrap }: Resampled,
  level: number,
): Uncertainty {
  if (kind === "ANALYTIC") return inferred;
  if (kind === "JACKKNIFE") return jackknife ?? NO_UNCERTAINTY;
  if (!bootstrap) return NO_UNCERTAINTY;
  const { standardError } = bootstrap;
  if (kind === "BOOTSTRAP_PERCENTILE") return { standardError, interval: percentileInterval(bootstrap, level) };
  return jackknife
    ? { standardError, interval: bcaInterval(inferred.value, bootstrap, jackknife, level) }
    : NO_UNCERTAINTY;
}
