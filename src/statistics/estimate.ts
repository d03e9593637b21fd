// What does a statistic answer: a number with its counts, or a named reason why there is none?

/**
 * Why a statistic has no value.
 *
 * - `NO_RATINGS`: nobody rated anything.
 * - `NO_PAIRABLE_UNITS`: no unit has two ratings, so nothing can be compared.
 * - `NO_VARIATION`: all pairable ratings have one value, so the disagreement expected by chance is 0.
 * - `NO_FULLY_RATED_UNITS`: no unit was rated by every rater.
 * - `RATERS_UNKNOWN`: the input does not say how many raters there are, and the statistic needs to know.
 * - `VALUES_NOT_NUMERIC`: the level of measurement needs numbers and a pairable value is a label.
 * - `NEGATIVE_VALUES`: ratios need values of 0 or more and a value is below 0.
 * - `PRECISION_LOST`: the sums that were kept are too coarse to show the spread of the values, if there is any.
 */
export type UndefinedReason =
  | "NO_RATINGS"
  | "NO_PAIRABLE_UNITS"
  | "NO_VARIATION"
  | "NO_FULLY_RATED_UNITS"
  | "RATERS_UNKNOWN"
  | "VALUES_NOT_NUMERIC"
  | "NEGATIVE_VALUES"
  | "PRECISION_LOST";

/**
 * Why a statistic that knows who gave which rating has no value.
 *
 * - `NEEDS_TWO_RATERS`: it compares two raters and there are others.
 * - `NEEDS_TWO_UNITS_AND_TWO_RATERS`: it needs variance over units and over raters, and there is one of either.
 * - `INCOMPLETE_RATINGS`: it needs every rater's rating of every unit and some are missing.
 */
export type RaterReason =
  UndefinedReason | "NEEDS_TWO_RATERS" | "NEEDS_TWO_UNITS_AND_TWO_RATERS" | "INCOMPLETE_RATINGS";

/** What a statistic rests on. */
export interface Counts {
  /** Units with at least one rating. Units without any are not counted. */
  units: number;
  /** Raters that were asked, where the input says so, else raters with at least one rating; null where not known. */
  raters: number | null;
  /** Ratings in units with at least two ratings. */
  pairableValues: number;
}

/**
 * A value with its counts, or the reason why there is none with the same counts. Never NaN, never infinite. `Because`
 * are the reasons a statistic may give.
 */
export type Estimate<Because extends string = UndefinedReason> =
  Defined | ({ kind: "undefined"; because: Because } & Counts);

export type Defined = { kind: "defined"; value: number } & Counts;

/** An estimate with a value. Throws a RangeError on NaN and infinities: they are faults of a formula, not results. */
export function defined(value: number, counts: Counts): Defined {
  if (!Number.isFinite(value)) throw new RangeError(`a statistic came out as ${value}; it must be finite or undefined`);
  return { kind: "defined", value, ...counts };
}

/** An estimate without a value. */
export function undefinedBecause<Because extends string>(because: Because, counts: Counts): Estimate<Because> {
  return { kind: "undefined", because, ...counts };
}

/** The refusal that all agreement coefficients share: null when at least one unit can be compared. */
export function whyNothingToCompare(counts: Counts): "NO_RATINGS" | "NO_PAIRABLE_UNITS" | null {
  if (counts.units === 0) return "NO_RATINGS";
  if (counts.pairableValues === 0) return "NO_PAIRABLE_UNITS";
  return null;
}
