// Who rated which unit how? The input of coefficients that know their raters.
import type { Counts } from "./estimate.js";
import { ratingsByUnit, type Rating, type RatingsRead } from "./patternsOfRatings.js";
import type { Value } from "./ratingPatterns.js";

/** One rating of a unit: [index into the raters, index into the values]. */
export type Cell = readonly [rater: number, value: number];

/**
 * Ratings with who gave them, without the empty cells of a table: it costs what the ratings cost, not units × raters.
 * Rows and raters stand in one order for the same ratings, so that statistics are bit-identical however they were read.
 */
export interface RaterMatrix {
  /** The declared categories in their order, or, for a continuous scale, the distinct numbers ascending. */
  values: ReadonlyArray<Value>;
  /** Raters with a rating. Where all repeats count, a rater stands here once for each, as further raters. */
  raters: ReadonlyArray<Rating["rater"]>;
  /** How many raters there are, with or without ratings. */
  ratersAsked: number;
  /** A row for each unit with a rating, its cells by rater, ascending. */
  rows: ReadonlyArray<ReadonlyArray<Cell>>;
}

/** Ratings as a sparse matrix. Reads and refuses as `patternsOfRatings`. */
export function raterMatrix(ratings: ReadonlyArray<Rating>, read: RatingsRead = {}): RaterMatrix {
  const { values, units, raters: ratersAsked } = ratingsByUnit(ratings, read);
  const repeats = new Map<Rating["rater"], number>();
  for (const byRater of units.values())
    for (const [rater, kept] of byRater) repeats.set(rater, Math.max(kept.length, repeats.get(rater) ?? 0));
  const raters = [...repeats].sort(([a], [b]) => compareIds(a, b));
  const firstPlace = new Map<Rating["rater"], number>();
  let place = 0;
  for (const [rater, most] of raters) {
    firstPlace.set(rater, place);
    place += most;
  }
  const rows = [...units.values()].map((byRater) =>
    [...byRater]
      .flatMap(([rater, kept]) => kept.map((value, repeat): Cell => [firstPlace.get(rater)! + repeat, value]))
      .sort((a, b) => a[0] - b[0]),
  );
  rows.sort(compareRows);
  return { values, raters: raters.flatMap(([rater, most]) => Array(most).fill(rater)), ratersAsked, rows };
}

/** Units, raters and pairable values of these ratings. */
export function countsOfMatrix({ rows, ratersAsked }: RaterMatrix): Counts {
  const pairableValues = rows.reduce((sum, row) => sum + (row.length >= 2 ? row.length : 0), 0);
  return { units: rows.length, raters: ratersAsked, pairableValues };
}

function compareIds(a: Rating["rater"], b: Rating["rater"]): number {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareRows(a: ReadonlyArray<Cell>, b: ReadonlyArray<Cell>): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]![0] - b[i]![0] || a[i]![1] - b[i]![1];
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
