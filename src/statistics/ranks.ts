// Which place does each unit have among the values that one rater gave?
import type { RaterMatrix } from "./raterMatrix.js";

export interface Ranking {
  /** The rank of each unit, from 1; equal values share their mean rank. */
  ranks: Float64Array;
  /** Σ (t³ − t) over the groups of t equal values. */
  ties: number;
}

/** A ranking for each rater of a complete table, by the order of the declared values. O(ratings × log units). */
export function rankings({ units, raters, value }: RaterMatrix): Ranking[] {
  return Array.from({ length: raters.length }, (_, rater) =>
    ranked(Int32Array.from({ length: units.length }, (__, unit) => value[unit * raters.length + rater]!)),
  );
}

function ranked(values: Int32Array): Ranking {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  let ties = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  return { ranks, ties };
}
