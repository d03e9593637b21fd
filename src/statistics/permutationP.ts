// Which p do so many random rearrangements give, of which so many were as extreme as what was seen?

/** What a permutation test draws: how often, and from which seed. */
export interface Permuting {
  seed: number;
  /** B, a whole number from 1 up; 9,999 where something hangs on the p. */
  permutations: number;
}

/**
 * (c + 1)/(B + 1) for c of B as extreme. Never 0: what was seen is itself one of the arrangements.
 * Source: Davison and Hinkley, Bootstrap methods and their application (1997), 4.2.
 */
export function permutationP(asExtreme: number, permutations: number): number {
  return (asExtreme + 1) / (permutations + 1);
}

/** Whether a rearrangement's statistic counts as extreme: equal ones that were added up otherwise do as well. */
export function isAsExtreme(statistic: number, seen: number): boolean {
  return statistic >= seen - 1e-9 * Math.abs(seen);
}

/** Throws a RangeError unless B is a whole number from 1 up. */
export function refuseWrongPermutations({ permutations }: Permuting): void {
  if (Number.isSafeInteger(permutations) && permutations >= 1) return;
  throw new RangeError(`${permutations} permutations were asked for; expected a whole number from 1 up`);
}
