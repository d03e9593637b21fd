// What does a statistic answer whose counts stand elsewhere: a value or a named reason, and between which limits?
import type { Interval } from "./interval.js";
import { tQuantile } from "./tQuantile.js";

/** A value, or the reason why there is none. Never NaN, never infinite. `Estimate` is the same with its counts. */
export type Figure<Because extends string> = { kind: "defined"; value: number } | NoFigure<Because>;

export type NoFigure<Because extends string> = { kind: "undefined"; because: Because };

/** The limits of an interval with its level; the function that gives them says how they are made. */
export type Limits = Omit<Interval, "method">;

/** A value. Throws a RangeError on NaN and infinities: they are faults of a formula, not results. */
export function figure(value: number): { kind: "defined"; value: number } {
  if (!Number.isFinite(value)) throw new RangeError(`a statistic came out as ${value}; it must be finite or undefined`);
  return { kind: "defined", value };
}

/** No value, and why. */
export function noFigure<Because extends string>(because: Because): NoFigure<Because> {
  return { kind: "undefined", because };
}

/** value ± t SE with `df` degrees of freedom, neither end cut. */
export function tLimits(value: number, standardError: number, df: number, level: number): Limits {
  const reach = tQuantile((1 + level) / 2, df) * standardError;
  return { low: value - reach, high: value + reach, level };
}
