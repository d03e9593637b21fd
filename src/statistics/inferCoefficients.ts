// What are several coefficients of the same ratings, with all intervals that were asked for?
import { bcaInterval } from "./bcaInterval.js";
import type { Named, NamedCoefficient } from "./everyCoefficient.js";
import { NO_UNCERTAINTY, type Interval, type IntervalKind, type Inferred, type Uncertainty } from "./interval.js";
import { jackknifeOfSums, type Jackknife } from "./jackknife.js";
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
  const resampled = coefficients.map((named, i) =>
    named.needs === "COUNTS" && inferred[i]!.kind === "defined" ? named.sums(patterns) : null,
  );
  const bootstraps = [asked.usual, ...asked.kinds].some(isBootstrap)
    ? bootstrapAll(resampled, asked)
    : new Map<SumStatistic, never>();
  return coefficients.map(({ coefficient, weighting }, i) => {
    const statistic = resampled[i]!;
    const bootstrap = statistic && bootstraps.get(statistic);
    return { coefficient, weighting, ...withIntervals(inferred[i]!, coefficient, { statistic, bootstrap }, asked) };
  });
}

const isBootstrap = (kind: IntervalKind | undefined) => kind === "BOOTSTRAP_PERCENTILE" || kind === "BOOTSTRAP_BCA";

/** Which interval stands for a coefficient where none is asked for. */
function recommended(coefficient: string): IntervalKind {
  return ["krippendorff_alpha", "percent_agreement_unanimous"].includes(coefficient) ? "JACKKNIFE" : "ANALYTIC";
}

function bootstrapAll(
  statistics: ReadonlyArray<SumStatistic | null>,
  asked: InferenceAsked,
): Map<SumStatistic, Bootstrap> {
  const byUnits = new Map<SumStatistic["units"], SumStatistic[]>();
  for (const statistic of statistics)
    if (statistic && asked.resamples * stepsOf(statistic) <= MOST_STEPS)
      byUnits.set(statistic.units, [...(byUnits.get(statistic.units) ?? []), statistic]);
  const found = new Map<SumStatistic, Bootstrap>();
  for (const together of byUnits.values())
    unitBootstrapOfSums(together, asked).forEach((bootstrap, i) => found.set(together[i]!, bootstrap));
  return found;
}

function stepsOf({ units, size }: SumStatistic): number {
  return units.length + size;
}

interface Resampled {
  statistic: SumStatistic | null;
  bootstrap: Bootstrap | null | undefined;
}

function withIntervals(
  inferred: Inferred<string>,
  coefficient: string,
  { statistic, bootstrap }: Resampled,
  asked: InferenceAsked,
): Inferred<string> & { intervals: InferredInterval[] } {
  if (inferred.kind === "undefined") return { ...inferred, intervals: [] };
  const usual = asked.usual ?? recommended(coefficient);
  const kinds = new Set<IntervalKind>([usual, ...asked.kinds]);
  const leavesOut = statistic && statistic.units.length * stepsOf(statistic) <= MOST_STEPS;
  const needsJackknife = kinds.has("JACKKNIFE") || kinds.has("BOOTSTRAP_BCA");
  const jackknife = leavesOut && needsJackknife ? jackknifeOfSums(statistic, asked.level) : null;
  const made = [...kinds].flatMap((kind) => intervalOf(kind, inferred, jackknife, bootstrap ?? null, asked.level));
  const stands = made.find(({ kind }) => kind === usual);
  const standing = stands ? { standardError: stands.standardError, interval: plain(stands) } : NO_UNCERTAINTY;
  return { ...inferred, ...standing, intervals: made.filter(({ kind }) => asked.kinds.includes(kind)) };
}

function plain({ low, high, level, method }: Interval): Interval {
  return { low, high, level, method };
}

function intervalOf(
  kind: IntervalKind,
  inferred: Inferred<string> & { kind: "defined" },
  jackknife: Jackknife | null,
  bootstrap: Bootstrap | null,
  level: number,
): InferredInterval[] {
  const { interval, standardError } = uncertaintyBy(kind, inferred, jackknife, bootstrap, level);
  const undefinedResamples = isBootstrap(kind) && bootstrap ? bootstrap.undefinedResamples : 0;
  return interval ? [{ ...interval, kind, standardError, undefinedResamples }] : [];
}

function uncertaintyBy(
  kind: IntervalKind,
  inferred: Inferred<string> & { kind: "defined" },
  jackknife: Jackknife | null,
  bootstrap: Bootstrap | null,
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
