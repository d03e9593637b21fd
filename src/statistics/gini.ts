// How unequally is a sum spread over its parts?
import { figure, noFigure, type Figure } from "./figure.js";

/**
 * The Gini coefficient Σ (2i − n − 1) x_(i) / (n Σ x) of n amounts from 0 up, such as examples per annotator; amounts
 * of 0 count, so that annotators who wrote nothing have to be given to be seen.
 *
 * Range: 0, all equal, to (n − 1)/n, one has all; without the factor n/(n − 1) that some give it. Undefined: NO_COUNTS,
 * where the amounts add up to 0. Throws a RangeError on amounts below 0 or not finite. O(n log n).
 * Source: Gini (1912), in the form of Sen, On economic inequality (1973); as R ineq Gini.
 */
export function gini(amounts: ArrayLike<number>): Figure<"NO_COUNTS"> {
  const ascending = Float64Array.from(amounts).sort();
  const n = ascending.length;
  let [sum, weighted] = [0, 0];
  ascending.forEach((x, i) => {
    if (!(x >= 0 && x < Infinity)) throw new RangeError(`an amount is ${x}; expected a finite number from 0 up`);
    sum += x;
    weighted += (2 * i + 1 - n) * x;
  });
  return sum === 0 ? noFigure("NO_COUNTS") : figure(Math.max(0, weighted / n / sum));
}
