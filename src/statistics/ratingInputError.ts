// What is wrong with ratings that cannot be taken as input of a statistic?

/**
 * - `VALUE_NOT_IN_CATEGORIES`: the value is not one of the declared categories.
 * - `VALUE_NOT_FINITE`: NaN or an infinity.
 * - `VALUES_OF_TWO_TYPES`: numbers and labels together, without declared categories that say how they stand.
 * - `REPEATED_RATING`: a rater rated a unit twice and nobody said which rating counts.
 * - `REPEATED_CATEGORY`: a category is declared twice.
 * - `TOO_FEW_RATERS`: more raters gave ratings than are said to exist.
 * - `COUNTS_NOT_VALID`: a count vector has another length than the values, or not only whole numbers from 0 up.
 * - `MOMENTS_NOT_POSSIBLE`: no set of numbers has this n, sum and sum of squares.
 */
export type RatingInputCode =
  | "VALUE_NOT_IN_CATEGORIES"
  | "VALUE_NOT_FINITE"
  | "VALUES_OF_TWO_TYPES"
  | "REPEATED_RATING"
  | "REPEATED_CATEGORY"
  | "TOO_FEW_RATERS"
  | "COUNTS_NOT_VALID"
  | "MOMENTS_NOT_POSSIBLE";

/** Thrown when the input itself is wrong, as opposed to a statistic that has no value on right input. */
export class RatingInputError extends Error {
  override readonly name = "RatingInputError";

  /** `index` is the place in the input list that was refused, from 0; null when it is not one entry's fault. */
  constructor(
    readonly code: RatingInputCode,
    readonly index: number | null,
    message: string,
  ) {
    super(message);
  }
}
