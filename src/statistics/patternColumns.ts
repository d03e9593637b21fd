// How do the patterns of ratings stand in columns, so that sums over all of them are quick?
import type { RatingPatterns } from "./ratingPatterns.js";

/** The cells of pattern i are those from `start[i]` up to, not including, `start[i + 1]`. */
export interface PatternColumns {
  /** By pattern: how many units have it. */
  units: Float64Array;
  /** By pattern: r_i, the ratings of one unit. */
  ratings: Float64Array;
  /** Length: patterns + 1. */
  start: Int32Array;
  /** Of each cell the index into the values, ascending within a pattern, and how many ratings have it. */
  value: Int32Array;
  count: Float64Array;
}

const known = new WeakMap<RatingPatterns["patterns"], PatternColumns>();

/** Of the same patterns always the same columns. O(cells), once. */
export function patternColumns({ patterns }: Pick<RatingPatterns, "patterns">): PatternColumns {
  let columns = known.get(patterns);
  if (!columns) known.set(patterns, (columns = columnsOf(patterns)));
  return columns;
}

function columnsOf(patterns: RatingPatterns["patterns"]): PatternColumns {
  const start = new Int32Array(patterns.length + 1);
  patterns.forEach(({ counts }, i) => (start[i + 1] = start[i]! + counts.length));
  const value = new Int32Array(start[patterns.length]!);
  const count = new Float64Array(value.length);
  const ratings = new Float64Array(patterns.length);
  patterns.forEach(({ counts }, i) => {
    counts.forEach(([index, times], cell) => {
      value[start[i]! + cell] = index;
      count[start[i]! + cell] = times;
      ratings[i]! += times;
    });
  });
  return { units: Float64Array.from(patterns, ({ units }) => units), ratings, start, value, count };
}
