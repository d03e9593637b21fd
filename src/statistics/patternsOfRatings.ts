// Which count vectors do these ratings make, one rating being a unit, a rater and a value?
import { RatingInputError } from "./ratingInputError.js";
import {
  addPattern,
  inCanonicalOrder,
  refuseNonFinite,
  refuseWrongValues,
  type Pattern,
  type RatingPatterns,
  type Value,
} from "./ratingPatterns.js";

export interface Rating {
  unit: string | number;
  rater: string | number;
  value: Value;
}

/**
 * Which of a rater's ratings of one unit count: the last in the list, the first, or all of them, each repeat then
 * counting as a further rater. REFUSE takes a repeat as an input error.
 */
export type Repeats = "REFUSE" | "LATEST" | "FIRST" | "ALL";

export interface RatingsRead {
  /** The declared categories in their order, used or not; without them the distinct values, ascending. */
  categories?: ReadonlyArray<Value> | undefined;
  /** How many raters were asked, also those without a rating; without it, raters with a rating are counted. */
  raters?: number | undefined;
  /** REFUSE when absent. */
  repeats?: Repeats | undefined;
}

/**
 * Ratings as patterns. A missing rating is simply absent from the list.
 *
 * Throws RatingInputError: VALUE_NOT_IN_CATEGORIES, VALUE_NOT_FINITE, VALUES_OF_TWO_TYPES, REPEATED_RATING (unless
 * `repeats` says what counts), REPEATED_CATEGORY, TOO_FEW_RATERS. All ratings are checked, also those that a later
 * one replaces.
 */
export function patternsOfRatings(ratings: ReadonlyArray<Rating>, read: RatingsRead = {}): RatingPatterns {
  const { values, units, raters } = ratingsByUnit(ratings, read);
  return { values, patterns: countUnits(units.values()), raters };
}

/** By unit, then by rater, the indexes of the values that count: one, or under ALL as many as there are. */
export type RatingsByUnit = ReadonlyMap<Rating["unit"], ReadonlyMap<Rating["rater"], ReadonlyArray<number>>>;

/** The same reading and refusals as `patternsOfRatings`, with who gave which rating. */
export function ratingsByUnit(
  ratings: ReadonlyArray<Rating>,
  read: RatingsRead,
): { values: ReadonlyArray<Value>; units: RatingsByUnit; raters: number } {
  const values = read.categories ?? distinctAscending(ratings);
  const indexOf = indexByValue(values);
  const units = new Map<Rating["unit"], Map<Rating["rater"], number[]>>();
  const mostByRater = new Map<Rating["rater"], number>();
  ratings.forEach((rating, index) => {
    const byRater = units.get(rating.unit) ?? new Map<Rating["rater"], number[]>();
    units.set(rating.unit, byRater);
    const kept = keep(byRater.get(rating.rater), valueIndex(rating, index, indexOf), read.repeats, rating, index);
    byRater.set(rating.rater, kept);
    mostByRater.set(rating.rater, Math.max(kept.length, mostByRater.get(rating.rater) ?? 0));
  });
  const raters = [...mostByRater.values()].reduce((sum, most) => sum + most, 0);
  return { values, units, raters: ratersAsked(raters, read.raters) };
}

function keep(before: number[] | undefined, value: number, repeats: Repeats = "REFUSE", rating: Rating, index: number) {
  if (before === undefined || repeats === "LATEST") return [value];
  if (repeats === "FIRST") return before;
  if (repeats === "ALL") return [...before, value];
  throw new RatingInputError(
    "REPEATED_RATING",
    index,
    `rater ${rating.rater} rated unit ${rating.unit} more than once; say which rating counts: LATEST, FIRST or ALL`,
  );
}

function countUnits(units: Iterable<ReadonlyMap<unknown, ReadonlyArray<number>>>): Pattern[] {
  const found = new Map<string, Pattern>();
  for (const byRater of units) {
    const counts = new Map<number, number>();
    for (const kept of byRater.values()) for (const value of kept) counts.set(value, (counts.get(value) ?? 0) + 1);
    const ascending = [...counts].sort((a, b) => a[0] - b[0]);
    addPattern(found, 1, ascending);
  }
  return inCanonicalOrder(found);
}

function ratersAsked(withRatings: number, asked: number | undefined): number {
  if (asked === undefined || asked >= withRatings) return asked ?? withRatings;
  throw new RatingInputError(
    "TOO_FEW_RATERS",
    null,
    `${withRatings} raters gave ratings, but ${asked} are said to exist`,
  );
}

function valueIndex({ value }: Rating, index: number, indexOf: ReadonlyMap<Value, number>): number {
  refuseNonFinite(value, index);
  const found = indexOf.get(value);
  if (found !== undefined) return found;
  const declared = [...indexOf.keys()].map((v) => JSON.stringify(v)).join(", ");
  throw new RatingInputError(
    "VALUE_NOT_IN_CATEGORIES",
    index,
    `value ${JSON.stringify(value)} is not one of the declared categories ${declared}`,
  );
}

function indexByValue(values: ReadonlyArray<Value>): Map<Value, number> {
  refuseWrongValues(values);
  return new Map(values.map((value, index) => [value, index]));
}

function distinctAscending(ratings: ReadonlyArray<Rating>): Value[] {
  ratings.forEach(({ value }, index) => {
    refuseNonFinite(value, index);
    if (typeof value === typeof ratings[0]!.value) return;
    const types = `is a ${typeof value}, the first value a ${typeof ratings[0]!.value}`;
    const message = `value ${JSON.stringify(value)} ${types}; declare the categories`;
    throw new RatingInputError("VALUES_OF_TWO_TYPES", index, message);
  });
  return [...new Set(ratings.map((rating) => rating.value))].sort((a, b) => (a < b ? -1 : 1));
}
