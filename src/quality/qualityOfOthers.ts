// How does an annotator stand against the other people who rated the same units? Pure.
import type { Level } from "../statistics/difference.js";
import { fisherInterval } from "../statistics/fisherInterval.js";
import { leaveOneOutAgreement, leaveOneOutShares } from "../statistics/leaveOneOutAgreement.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import type { RaterMean, SharedRatings } from "../statistics/raterMeans.js";
import type { Value } from "../statistics/ratingPatterns.js";
import { placedMatrix } from "../statistics/ratingColumns.js";
import { leaveOneOutResiduals, severity, type Severity } from "../statistics/severity.js";
import type { DriftNumbers } from "./annotatorNumbers.js";
import { estimateOf, limitsBy, type QualityEstimate, type QualityReason } from "./estimates.js";
import type { QualityQuestion } from "./question.js";
import { besidePeople, type TimedRatings } from "./timedRatings.js";

export interface AgainstOthers {
  agreement: RaterMean<QualityReason>;
  severity: Severity;
  /** Of each unit shared with another person, in order of time: residual, or share of the others that agree. */
  series: Float64Array;
}

type Asked = Pick<QualityQuestion, "weighting" | "level" | "measured">;

/** Ratings as a matrix, and when each of its cells was given. */
export interface TimedMatrix {
  matrix: RaterMatrix;
  at: Float64Array;
}

export function timedMatrix({ columns, at }: TimedRatings, categories: readonly Value[] | null): TimedMatrix {
  const { matrix, places } = placedMatrix(columns, categories);
  return { matrix, at: Float64Array.from(places, (place) => at[place]!) };
}

/** Each rater of a matrix against all others in it, by annotator. */
export function peopleAgainstOthers(timed: TimedMatrix, asked: Asked): Map<number, AgainstOthers> {
  return againstOthers(timed, asked, () => true);
}

/** A model against the people who rated the same units. */
export function modelAgainstPeople(
  model: TimedRatings,
  people: TimedRatings,
  peoplesValues: readonly Value[],
  asked: Asked,
): AgainstOthers {
  const { matrix, at } = timedMatrix(besidePeople(people, model), asked.measured.categories);
  const annotator = model.columns.rater[0]!;
  const onScale = asked.measured.categories ? matrix : onWiderScale(matrix, peoplesValues as number[]);
  return againstOthers({ matrix: onScale, at }, asked, (rater) => rater === annotator).get(annotator)!;
}

function againstOthers(
  { matrix, at }: TimedMatrix,
  { weighting, level, measured }: Asked,
  wanted: (annotator: number) => boolean,
): Map<number, AgainstOthers> {
  const means = leaveOneOutAgreement(matrix, weighting, level);
  const severities = severity(matrix, measured.level, level);
  const { shared, sums } = leaveOneOutResiduals(matrix, measured.level) ?? leaveOneOutShares(matrix);
  const series = seriesByRater(shared, sums, at);
  const found = new Map<number, AgainstOthers>();
  shared.raters.forEach((rater, r) => {
    const one = { agreement: means[r]!, severity: severities[r]!, series: series[r]! };
    if (wanted(Number(rater))) found.set(Number(rater), one);
  });
  return found;
}

/** What the numbers of a series are, on a scale of this level. */
export function seriesOf(level: Level): DriftNumbers {
  return level === "NOMINAL" ? "SHARES_OF_OTHERS" : "RESIDUALS";
}

/** A continuous scale is the values that were given: the model's agreement is weighed by those of all people, too. */
function onWiderScale(matrix: RaterMatrix, further: readonly number[]): RaterMatrix {
  const values = [...new Set([...(matrix.values as readonly number[]), ...further])].sort((a, b) => a - b);
  const places = new Map(values.map((value, place) => [value, place]));
  const moved = matrix.values.map((value) => places.get(value as number)!);
  return { ...matrix, values, value: matrix.value.map((index) => moved[index]!) };
}

/** By rater the means of its entries, in order of time; where all repeats count, at the time of a unit's last. */
function seriesByRater(
  { raters, rater, from, to }: SharedRatings,
  sums: Float64Array,
  at: Float64Array,
): Float64Array[] {
  const entries = raters.map((): number[] => []);
  const time = new Float64Array(rater.length);
  for (let i = 0; i < rater.length; i++) {
    time[i] = at.subarray(from[i], to[i]).reduce((latest, one) => Math.max(latest, one), -Infinity);
    entries[rater[i]!]!.push(i);
  }
  return entries.map((own) => {
    own.sort((a, b) => time[a]! - time[b]! || a - b);
    return Float64Array.from(own, (i) => sums[i]! / (to[i]! - from[i]!));
  });
}

/** The correlation with its interval; the numbers of shared ratings are those of the severity. */
export function estimateOfCorrelation({ correlation, ratings }: Severity, level: number): QualityEstimate {
  const limits = correlation.kind === "defined" ? fisherInterval(correlation.value, ratings, level) : null;
  return estimateOf(correlation, ratings, limitsBy(limits, "FISHER_Z"));
}
