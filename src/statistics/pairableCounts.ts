// How many ratings, and of which values, stand in units where they can be compared with another rating?
import type { Counts } from "./estimate.js";
import { patternColumns } from "./patternColumns.js";
import type { RatingPatterns, ValueCounts } from "./ratingPatterns.js";

/** m_u: the number of ratings in one unit's counts. */
export function ratingsIn(counts: ValueCounts): number {
  let m = 0;
  for (let i = 0; i < counts.length; i++) m += counts[i]![1];
  return m;
}

/** Units, raters and pairable values of these ratings. */
export function countsOf({ patterns, raters }: RatingPatterns): Counts {
  const { units: unitsOf, ratings } = patternColumns({ patterns });
  let units = 0;
  let pairableValues = 0;
  for (let i = 0; i < ratings.length; i++) {
    units += unitsOf[i]!;
    if (ratings[i]! >= 2) pairableValues += unitsOf[i]! * ratings[i]!;
  }
  return { units, raters, pairableValues };
}

const withoutSingles = new WeakMap<RatingPatterns["patterns"], RatingPatterns["patterns"]>();

/** The ratings without the units that have one rating only; of the same patterns always the same. */
export function pairableUnits(ratings: RatingPatterns): RatingPatterns {
  let patterns = withoutSingles.get(ratings.patterns);
  if (!patterns) {
    const all = ratings.patterns.every(({ counts }) => ratingsIn(counts) >= 2);
    patterns = all ? ratings.patterns : ratings.patterns.filter(({ counts }) => ratingsIn(counts) >= 2);
    withoutSingles.set(ratings.patterns, patterns);
  }
  return { ...ratings, patterns };
}

/** n_c: pairable ratings of each value that has any, [value index, n_c], indexes ascending. O(patterns + values). */
export function pairableCounts({ values, patterns }: RatingPatterns): ValueCounts {
  const { units, ratings, start, value, count } = patternColumns({ patterns });
  const n = new Float64Array(values.length);
  for (let i = 0; i < units.length; i++) {
    if (ratings[i]! < 2) continue;
    for (let cell = start[i]!; cell < start[i + 1]!; cell++) n[value[cell]!]! += units[i]! * count[cell]!;
  }
  return [...n].flatMap((sum, c) => (sum > 0 ? [[c, sum] as const] : []));
}
