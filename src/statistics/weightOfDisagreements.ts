// How much of an agreement is it, when a table says how bad each disagreement is?
import type { Weight } from "./gwetWeights.js";

/**
 * w_kl = 1 − d_kl / max d for a q × q table of disagreements, rows and columns in the order of the declared values.
 * Throws a RangeError unless it is square, finite, from 0 up, 0 on its diagonal and above 0 somewhere.
 * Source: Cohen, Weighted kappa (1968).
 */
export function weightOfDisagreements(disagreements: ReadonlyArray<ReadonlyArray<number>>): Weight {
  const most = Math.max(0, ...disagreements.flat());
  const q = disagreements.length;
  disagreements.forEach((row, k) => {
    const valid = row.length === q && row.every((d) => Number.isFinite(d) && d >= 0) && row[k] === 0;
    if (!valid)
      throw new RangeError(`row ${k} of the disagreements needs ${q} numbers from 0 up, with 0 in place ${k}`);
  });
  if (most === 0) throw new RangeError("the disagreements are all 0; at least one must be above");
  return (k, l) => 1 - disagreements[k]![l]! / most;
}
