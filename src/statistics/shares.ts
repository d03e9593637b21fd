// Which shares do counts or weights make up?

/**
 * Each weight over their sum: shares that add up to 1. Null where they add up to 0.
 * Throws a RangeError on weights that are not finite numbers from 0 up.
 */
export function sharesOf(weights: ArrayLike<number>): Float64Array | null {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`weight ${i} is ${weight}; expected a finite number from 0 up`);
    sum += weight;
  }
  return sum === 0 ? null : Float64Array.from(weights, (weight) => weight / sum);
}

/**
 * The shares of two sets of weights over the same cells; null where one has none. Refuses sets of different lengths.
 */
export function pairOfShares(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): { first: Float64Array; second: Float64Array } | null {
  if (first.length !== second.length)
    throw new RangeError(`${first.length} and ${second.length} weights were given; expected one of each for each cell`);
  const [one, two] = [sharesOf(first), sharesOf(second)];
  return one && two ? { first: one, second: two } : null;
}
