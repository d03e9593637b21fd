// Who are the raters of a matrix, each once, where its repeats stand apart, and what does each rest on?
import type { Counts } from "./estimate.js";
import type { Rating } from "./patternsOfRatings.js";
import { ratingsOfUnit, type RaterMatrix } from "./raterMatrix.js";

export interface DistinctRaters {
  /** Each rater once, in the order of the matrix. */
  raters: ReadonlyArray<Rating["rater"]>;
  /** Of each of the matrix's raters the index into these. */
  place: Int32Array;
}

/**
 * The raters of a matrix, each once. A matrix in which all repeats count has a rater once for each repeat; what is said
 * about a rater (its skill, its confusions) rests on all of its ratings.
 */
export function distinctRaters({ raters }: RaterMatrix): DistinctRaters {
  const places = new Map<Rating["rater"], number>();
  const place = Int32Array.from(raters, (rater) => {
    const known = places.get(rater) ?? places.size;
    places.set(rater, known);
    return known;
  });
  return { raters: [...places.keys()], place };
}

/**
 * Of each rater: the units it rated, one rater, and its ratings in units with two ratings or more. Only units that
 * count, by their index, if a rule says which.
 */
export function countsByRater(
  matrix: RaterMatrix,
  { raters, place }: DistinctRaters,
  countsUnit: (unit: number) => boolean = () => true,
): Counts[] {
  const counts = raters.map((): Counts => ({ units: 0, raters: 1, pairableValues: 0 }));
  const lastUnit = new Int32Array(raters.length).fill(-1);
  for (let unit = 0; unit < matrix.units.length; unit++) {
    if (!countsUnit(unit)) continue;
    const pairable = ratingsOfUnit(matrix, unit) >= 2 ? 1 : 0;
    for (let cell = matrix.start[unit]!; cell < matrix.start[unit + 1]!; cell++) {
      const r = place[matrix.rater[cell]!]!;
      counts[r]!.pairableValues += pairable;
      if (lastUnit[r] !== unit) counts[r]!.units += 1;
      lastUnit[r] = unit;
    }
  }
  return counts;
}
