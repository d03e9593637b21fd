// How long do annotators take, and how often less than a rating can take? Pure.
import { medianInterval } from "../statistics/medianInterval.js";
import { raterSpeeds, type RaterSpeed } from "../statistics/speed.js";
import type { Speed } from "./annotatorNumbers.js";
import { estimateOf, estimateOfHits, limitsBy, noEstimate } from "./estimates.js";
import type { TimedRatings } from "./timedRatings.js";

export interface Speeds {
  /** By annotator with a time. */
  byAnnotator: Map<number, Speed>;
  tooFastBelowSeconds: number | null;
}

/** Annotators of one kind among themselves. A time of 0 was not measured, and is left out. */
export function speedsOf(ratings: readonly TimedRatings[], level: number): Speeds {
  const seconds = new Map<number, number[]>();
  for (const { columns, seconds: took } of ratings)
    for (let i = 0; i < columns.length; i++) {
      if (!(took[i]! > 0)) continue;
      const own = seconds.get(columns.rater[i]!);
      if (own) own.push(took[i]!);
      else seconds.set(columns.rater[i]!, [took[i]!]);
    }
  const given = [...seconds].map(([rater, times]) => ({ rater, seconds: Float64Array.from(times).sort() }));
  const { raters, tooFastBelow } = raterSpeeds(given);
  const byAnnotator = new Map(
    raters.map((speed, r) => [given[r]!.rater, speedOf(speed, given[r]!.seconds, raters.length, level)]),
  );
  return { byAnnotator, tooFastBelowSeconds: tooFastBelow.kind === "defined" ? tooFastBelow.value : null };
}

const none = noEstimate("NO_TIMES");
export const NO_SPEED: Speed = { ratings: 0, medianSeconds: none, robustZ: none, tooFastShare: none };

function speedOf(
  { ratings, medianSeconds, robustZ, tooFastShare }: RaterSpeed,
  ascending: Float64Array,
  annotators: number,
  level: number,
): Speed {
  return {
    ratings,
    medianSeconds: estimateOf(medianSeconds, ratings, limitsBy(medianInterval(ascending, level), "ORDER_STATISTICS")),
    robustZ: estimateOf(robustZ, annotators),
    tooFastShare:
      tooFastShare.kind === "undefined"
        ? noEstimate(tooFastShare.because, ratings)
        : estimateOfHits(tooFast(tooFastShare.value, ratings), "NO_TIMES", level),
  };
}

function tooFast(share: number, ratings: number) {
  const hits = Math.round(share * ratings);
  return { hits, misses: ratings - hits };
}
