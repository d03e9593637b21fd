// How often does each group have each value? What ranks and dominance are counted from.

export interface ValueTallies {
  /** The different values of all groups, ascending. */
  values: Float64Array;
  /** Of each group how often it has each value. */
  counts: ReadonlyArray<Float64Array>;
  /** Of each group how many numbers it has; of all. */
  sizes: ReadonlyArray<number>;
  n: number;
}

/**
 * Groups of numbers as counts by value. Sorting apart, what is made of them then costs as much as there are different
 * values. Throws a RangeError on numbers that are not finite. O(n log n).
 */
export function valueTallies(groups: ReadonlyArray<ArrayLike<number>>): ValueTallies {
  const sorted = groups.map((group) => Float64Array.from(group).sort());
  const sizes = sorted.map(({ length }) => length);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const pooled = new Float64Array(n);
  let at = 0;
  for (const group of sorted) {
    pooled.set(group, at);
    at += group.length;
  }
  pooled.sort();
  if (n > 0 && !(pooled[0]! > -Infinity && pooled[n - 1]! < Infinity))
    throw new RangeError("a number is not finite; expected finite ones");
  const values = pooled.filter((value, i) => i === 0 || value !== pooled[i - 1]);
  return { values, counts: sorted.map((group) => countsOf(group, values)), sizes, n };
}

function countsOf(sorted: Float64Array, values: Float64Array): Float64Array {
  const counts = new Float64Array(values.length);
  let place = 0;
  for (const value of sorted) {
    while (values[place]! < value) place++;
    counts[place]!++;
  }
  return counts;
}

export interface MidRanks {
  /** The rank of each value, from 1; equal numbers share the mean of theirs. */
  ranks: Float64Array;
  /** Σ (t³ − t) over the values, t how often each stands. */
  ties: number;
}

/** The ranks of values that stand so often in the groups together. */
export function midRanks({ values, counts }: Pick<ValueTallies, "values" | "counts">): MidRanks {
  const ranks = new Float64Array(values.length);
  let [below, ties] = [0, 0];
  for (let v = 0; v < values.length; v++) {
    const t = counts.reduce((sum, ofGroup) => sum + ofGroup[v]!, 0);
    ranks[v] = below + (t + 1) / 2;
    below += t;
    ties += t * (t * t - 1);
  }
  return { ranks, ties };
}
