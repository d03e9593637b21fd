// How much of an agreement is it when two ratings of a unit have the values k and l?
import type { Value } from "./ratingPatterns.js";

export type Weighting = "UNWEIGHTED" | "LINEAR" | "QUADRATIC" | "RADICAL" | "RATIO" | "ORDINAL" | "BIPOLAR";

/** The weight of the values with indexes k and l: 1 for equal values, 0 for the pair furthest apart. */
export type Weight = (k: number, l: number) => number;

/**
 * The weights over all declared values, used or not; the extremes of the declared scale set the unit.
 *
 * Numeric values stand for themselves; if any value is a label, all are taken as their ranks 1..q. ORDINAL always uses
 * ranks; it is not Krippendorff's ordinal metric. RATIO needs values of 0 or more (`weightingRefuses`).
 *
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), weights; results as of R irrCAC 1.4.
 */
export function gwetWeights(weighting: Weighting, values: ReadonlyArray<Value>): Weight {
  const x = codes(values);
  const min = x.reduce((a, b) => Math.min(a, b), Infinity);
  const max = x.reduce((a, b) => Math.max(a, b), -Infinity);
  const loss = losses(weighting, x, min, max);
  return (k, l) => (k === l ? 1 : 1 - loss(k, l));
}

/** NEGATIVE_VALUES when the weights of these values cannot be formed, else null. */
export function weightingRefuses(weighting: Weighting, values: ReadonlyArray<Value>): "NEGATIVE_VALUES" | null {
  return weighting === "RATIO" && codes(values).some((x) => x < 0) ? "NEGATIVE_VALUES" : null;
}

function codes(values: ReadonlyArray<Value>): ReadonlyArray<number> {
  return values.every((value) => typeof value === "number") ? values : values.map((_, rank) => rank + 1);
}

/** What is lost when k and l differ, as a share of what is lost at the furthest pair. */
function losses(weighting: Weighting, x: ReadonlyArray<number>, min: number, max: number): Weight {
  const lowest = x.indexOf(min);
  const apart = (k: number, l: number) => Math.abs(x[k]! / 2 - x[l]! / 2) / (max / 2 - min / 2);
  const ratio = (a: number, b: number) => (a / 2 - b / 2) / (a / 2 + b / 2);
  switch (weighting) {
    case "UNWEIGHTED":
      return () => 1;
    case "LINEAR":
      return apart;
    case "QUADRATIC":
      return (k, l) => apart(k, l) ** 2;
    case "RADICAL":
      return (k, l) => Math.sqrt(apart(k, l));
    case "RATIO":
      return (k, l) => (ratio(x[k]!, x[l]!) / ratio(max, min)) ** 2;
    case "ORDINAL":
      return (k, l) => pairsAmong(Math.abs(k - l) + 1) / pairsAmong(x.length);
    case "BIPOLAR":
      return (k, l) => {
        const fromMin = apart(k, lowest) + apart(l, lowest);
        return apart(k, l) ** 2 / (fromMin * (2 - fromMin));
      };
  }
}

/** C(n, 2) */
function pairsAmong(n: number): number {
  return (n * (n - 1)) / 2;
}
