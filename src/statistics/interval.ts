// How uncertain is a statistic: its standard error, and an interval with its level and method?
import type { Defined, Estimate, UndefinedReason } from "./estimate.js";
import { normalQuantile } from "./normalDistribution.js";
import { tQuantile } from "./tQuantile.js";

/**
 * How an interval was made.
 *
 * - `GWET_LINEARIZATION_T`: Gwet's analytic standard error over units, Student's t.
 * - `FLEISS_COHEN_EVERITT_NORMAL`: the large-sample error of kappa (1969), normal.
 * - `JACKKNIFE_T`: the delete-one-unit jackknife, Student's t.
 * - `UNIT_BOOTSTRAP_PERCENTILE`, `UNIT_BOOTSTRAP_BCA`: units drawn with replacement, everything recomputed.
 * - `F_DISTRIBUTION`: ratios of mean squares.
 */
export type IntervalMethod =
  | "GWET_LINEARIZATION_T"
  | "FLEISS_COHEN_EVERITT_NORMAL"
  | "JACKKNIFE_T"
  | "UNIT_BOOTSTRAP_PERCENTILE"
  | "UNIT_BOOTSTRAP_BCA"
  | "F_DISTRIBUTION";

/** The ways to an interval that can be asked for: by formula, or by units left out or drawn anew. */
export type IntervalKind = "ANALYTIC" | "JACKKNIFE" | "BOOTSTRAP_PERCENTILE" | "BOOTSTRAP_BCA";

export interface Interval {
  low: number;
  high: number;
  /** The confidence level, such as 0.95. */
  level: number;
  method: IntervalMethod;
}

export interface Uncertainty {
  /** Null where none is defined: without a value, with one unit, or where the method has none. */
  standardError: number | null;
  interval: Interval | null;
}

/** An estimate with its uncertainty. */
export type Inferred<Because extends string = UndefinedReason> = Estimate<Because> & Uncertainty;

export const NO_UNCERTAINTY: Uncertainty = { standardError: null, interval: null };

/** value ± t SE with `df` degrees of freedom, the upper end cut at 1, the lower end not cut. */
export function withT(
  estimate: Defined,
  standardError: number,
  df: number,
  level: number,
  method: IntervalMethod,
): Inferred<never> {
  const reach = tQuantile((1 + level) / 2, df) * standardError;
  const interval = { low: estimate.value - reach, high: Math.min(1, estimate.value + reach), level, method };
  return { ...estimate, standardError, interval };
}

/** value ± z SE; neither end is cut. */
export function withNormal(
  estimate: Defined,
  standardError: number,
  level: number,
  method: IntervalMethod,
): Inferred<never> {
  const reach = normalQuantile((1 + level) / 2) * standardError;
  const interval = { low: estimate.value - reach, high: estimate.value + reach, level, method };
  return { ...estimate, standardError, interval };
}
