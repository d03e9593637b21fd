// Who rated which unit how? The input of coefficients that know their raters.
import type { Counts } from "./estimate.js";
import { ratingsByUnit, type Rating, type RatingsByUnit, type RatingsRead } from "./patternsOfRatings.js";
import type { Value, ValueCounts } from "./ratingPatterns.js";

/**
 * Ratings with who gave them, without the empty cells of a table: it costs what the ratings cost, not units × raters.
 * The cells of unit u are those from `start[u]` up to, not including, `start[u + 1]` (compressed sparse rows).
 */
export interface RaterMatrix {
  /** The declared categories in their order, or, for a continuous scale, the distinct numbers ascending. */
  values: ReadonlyArray<Value>;
  /** Raters with a rating. Where all repeats count, a rater stands here once for each, as further raters. */
  raters: ArrayLike<Rating["rater"]>;
  /** How many raters there are, with or without ratings. */
  ratersAsked: number;
  /** Units with a rating. */
  units: ArrayLike<Rating["unit"]>;
  /** Length: units + 1. */
  start: Int32Array;
  /** Of each cell the index into the raters, ascending within a unit. */
  rater: Int32Array;
  /** Of each cell the index into the values. */
  value: Int32Array;
}

/** A rating of one unit: [index into the raters, index into the values]. */
type Cell = readonly [rater: number, value: number];
type Row = { unit: Rating["unit"]; cells: ReadonlyArray<Cell> };

/**
 * Ratings as a sparse matrix; reads and refuses as `patternsOfRatings`. Units and raters stand in one order for the same
 * ratings, so that statistics are bit-identical however they were read.
 */
export function raterMatrix(ratings: ReadonlyArray<Rating>, read: RatingsRead = {}): RaterMatrix {
  const { values, units, raters: ratersAsked } = ratingsByUnit(ratings, read);
  const raters = [...repeatsByRater(units)].sort(([a], [b]) => compareIds(a, b));
  const firstPlace = new Map<Rating["rater"], number>();
  let place = 0;
  for (const [rater, most] of raters) {
    firstPlace.set(rater, place);
    place += most;
  }
  const rows = [...units].map(([unit, byRater]): Row => ({
    unit,
    cells: [...byRater]
      .flatMap(([rater, kept]) => kept.map((value, repeat): Cell => [firstPlace.get(rater)! + repeat, value]))
      .sort((a, b) => a[0] - b[0]),
  }));
  rows.sort((a, b) => compareCells(a.cells, b.cells) || compareIds(a.unit, b.unit));
  const named = raters.flatMap(([rater, most]) => Array<Rating["rater"]>(most).fill(rater));
  return { values, raters: named, ratersAsked, units: rows.map(({ unit }) => unit), ...inColumns(rows) };
}

/** How many ratings a unit has. */
export function ratingsOfUnit({ start }: RaterMatrix, unit: number): number {
  return start[unit + 1]! - start[unit]!;
}

/** How many ratings of a unit have each value, without who gave them. */
export function countsOfUnit({ start, value }: RaterMatrix, unit: number): ValueCounts {
  const counts: Array<[number, number]> = [];
  for (const index of value.slice(start[unit], start[unit + 1]).sort()) {
    const last = counts.at(-1);
    if (last?.[0] === index) last[1]++;
    else counts.push([index, 1]);
  }
  return counts;
}

/** Units, raters and pairable values of these ratings. */
export function countsOfMatrix(matrix: RaterMatrix): Counts {
  const units = matrix.units.length;
  let pairableValues = 0;
  for (let unit = 0; unit < units; unit++) {
    const ratings = ratingsOfUnit(matrix, unit);
    if (ratings >= 2) pairableValues += ratings;
  }
  return { units, raters: matrix.ratersAsked, pairableValues };
}

function repeatsByRater(units: RatingsByUnit): Map<Rating["rater"], number> {
  const repeats = new Map<Rating["rater"], number>();
  for (const byRater of units.values())
    for (const [rater, kept] of byRater) repeats.set(rater, Math.max(kept.length, repeats.get(rater) ?? 0));
  return repeats;
}

function inColumns(rows: ReadonlyArray<Row>): Pick<RaterMatrix, "start" | "rater" | "value"> {
  const start = new Int32Array(rows.length + 1);
  rows.forEach(({ cells }, unit) => (start[unit + 1] = start[unit]! + cells.length));
  const cells = rows.flatMap((row) => row.cells);
  return {
    start,
    rater: Int32Array.from(cells, ([rater]) => rater),
    value: Int32Array.from(cells, ([, value]) => value),
  };
}

function compareIds(a: string | number, b: string | number): number {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareCells(a: ReadonlyArray<Cell>, b: ReadonlyArray<Cell>): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]![0] - b[i]![0] || a[i]![1] - b[i]![1];
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
