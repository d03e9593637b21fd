// How much did annotators rate, and when? Pure.
import { countsByRater, distinctRaters } from "../statistics/distinctRaters.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import type { Volume } from "./annotatorNumbers.js";
import type { TimedRatings } from "./timedRatings.js";

export type OwnVolume = Omit<Volume, "sharedUnits">;

/** By annotator, of ratings and the matrix of them; who shares units with whom is said elsewhere. */
export function volumesOf({ columns, at }: TimedRatings, matrix: RaterMatrix): Map<number, OwnVolume> {
  const who = distinctRaters(matrix);
  const places = new Map(who.raters.map((rater, place) => [Number(rater), place]));
  const [ratings, first, last] = [0, Infinity, -Infinity].map((start) =>
    new Float64Array(who.raters.length).fill(start),
  ) as [Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < columns.length; i++) {
    const r = places.get(columns.rater[i]!)!;
    ratings[r]!++;
    first[r] = Math.min(first[r]!, at[i]!);
    last[r] = Math.max(last[r]!, at[i]!);
  }
  const volumes = countsByRater(matrix, who).map(({ units }, r): OwnVolume => {
    const times = { firstAt: new Date(first[r]!).toISOString(), lastAt: new Date(last[r]!).toISOString() };
    return { ratings: ratings[r]!, units, ...times };
  });
  return new Map(who.raters.map((rater, r) => [Number(rater), volumes[r]!]));
}

/** Of an annotator whose only ratings are on gold, or repeats that do not count. */
export const NO_VOLUME: OwnVolume = { ratings: 0, units: 0, firstAt: null, lastAt: null };
