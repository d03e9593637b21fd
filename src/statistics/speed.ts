// Which raters are faster or slower than the others, and which of their ratings took too little time?
import { figure, noFigure, type Figure } from "./figure.js";
import type { Rating } from "./patternsOfRatings.js";
import { quantile } from "./unitBootstrap.js";

/**
 * Why a speed has no value.
 *
 * - `NO_TIMES`: no rating of the rater has a time.
 * - `FEWER_THAN_THREE_RATERS`: fewer than three raters have a time, so none stands out.
 * - `MAD_IS_ZERO`: half or more of the raters, or of the ratings, have one time: there is no distance to measure in.
 */
export type SpeedReason = "NO_TIMES" | "FEWER_THAN_THREE_RATERS" | "MAD_IS_ZERO";

export interface RaterSpeed {
  rater: Rating["rater"];
  /** How many times there are. */
  ratings: number;
  medianSeconds: Figure<"NO_TIMES">;
  /** How many robust standard deviations the rater's median log-time is above (slower) or below those of all raters. */
  robustZ: Figure<SpeedReason>;
  /** The share of its ratings whose log-time has a robust z below −3 among all ratings. From 0 to 1. */
  tooFastShare: Figure<SpeedReason>;
}

export interface Speeds {
  /** The seconds below which a rating is too fast. */
  tooFastBelow: Figure<"NO_TIMES" | "MAD_IS_ZERO">;
  /** As many as raters were given, in their order. */
  raters: ReadonlyArray<RaterSpeed>;
}

const TOO_FAST = -3;

/** What makes the median distance a standard deviation, for normal numbers: 1/Φ⁻¹(3/4), rounded as in R mad. */
const NORMAL = 1.4826;

/**
 * How fast raters are on the ratings of one task, from the seconds each took, above 0 and finite; ratings without a
 * time are left out by the caller. z = (log t − median)/(1.4826 MAD) on natural logarithms, MAD the median distance
 * from the median: for a rater's median among the raters' medians, and for a rating among all ratings.
 *
 * Throws a RangeError on other seconds. Time: O(n log n) for n ratings.
 * Source: Iglewicz and Hoaglin, How to detect and handle outliers (1993), median and MAD; as R mad.
 */
export function raterSpeeds(
  raters: ReadonlyArray<{ readonly rater: Rating["rater"]; readonly seconds: ArrayLike<number> }>,
): Speeds {
  const ascending = raters.map(({ seconds }) => ascendingTimes(seconds));
  const logs = ascending.map((times) => times.map((time) => Math.log(time)));
  const medians = logs.map((some) => (some.length === 0 ? null : quantile(some, 0.5)));
  const amongRaters = scaleOf(Float64Array.from(medians.filter((median) => median !== null)));
  const amongRatings = scaleOf(together(logs));
  const below = amongRatings && amongRatings.centre + TOO_FAST * amongRatings.spread;
  return {
    tooFastBelow: !amongRatings ? noFigure("NO_TIMES") : (noSpread(amongRatings) ?? figure(Math.exp(below!))),
    raters: raters.map(({ rater }, r): RaterSpeed => {
      const ratings = logs[r]!.length;
      const none = noFigure("NO_TIMES" as const);
      if (ratings === 0) return { rater, ratings, medianSeconds: none, robustZ: none, tooFastShare: none };
      const tooFast = logs[r]!.reduce((count, log) => count + Number(log < below!), 0);
      return {
        rater,
        ratings,
        medianSeconds: figure(quantile(ascending[r]!, 0.5)),
        robustZ: robustZ(medians[r]!, amongRaters!),
        tooFastShare: noSpread(amongRatings!) ?? figure(tooFast / ratings),
      };
    }),
  };
}

interface Scale {
  n: number;
  /** The median, and 1.4826 times the median distance from it. */
  centre: number;
  spread: number;
}

function robustZ(median: number, among: Scale): Figure<SpeedReason> {
  if (among.n < 3) return noFigure("FEWER_THAN_THREE_RATERS");
  return noSpread(among) ?? figure((median - among.centre) / among.spread);
}

function noSpread({ spread }: Scale) {
  return spread > 0 ? null : noFigure("MAD_IS_ZERO" as const);
}

/** Null without numbers. */
function scaleOf(numbers: Float64Array): Scale | null {
  if (numbers.length === 0) return null;
  const centre = medianOf(numbers);
  return { n: numbers.length, centre, spread: NORMAL * medianOf(numbers.map((x) => Math.abs(x - centre))) };
}

function medianOf(numbers: Float64Array): number {
  return quantile(numbers.slice().sort(), 0.5);
}

function ascendingTimes(seconds: ArrayLike<number>): Float64Array {
  const times = Float64Array.from(seconds).sort();
  const wrong = times.find((time) => !(time > 0 && time < Infinity));
  if (wrong === undefined) return times;
  throw new RangeError(`a rating took ${wrong} seconds; expected a finite number above 0`);
}

function together(lists: ReadonlyArray<Float64Array>): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
