// Which table of counts comes out when each example keeps its row and its column is dealt anew?
import type { Margins } from "./contingencyTable.js";
import type { RandomNumbers } from "./randomNumbers.js";

/** ln k! for k from 0 to n. */
export function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) logs[k] = logs[k - 1]! + Math.log(k);
  return logs;
}

/**
 * A table with these margins, drawn as often as permutations of the columns give it; written to `drawn`, rows ×
 * columns. `logs` are the logarithms of the factorials up to n. Cost: cells × the spread of a cell, whatever n.
 * Source: Patefield, Algorithm AS 159 (1981), one hypergeometric draw a cell.
 */
export function drawTable(
  random: RandomNumbers,
  { rows, columns, n }: Margins,
  logs: Float64Array,
  drawn: ReadonlyArray<Float64Array>,
): void {
  const left = Float64Array.from(columns);
  let all = n;
  for (let i = 0; i < rows.length; i++) {
    let [inRow, others] = [rows[i]!, all];
    for (let j = 0; j < left.length; j++) {
      others -= left[j]!;
      const count = hypergeometric(random, logs, inRow, left[j]!, others);
      drawn[i]![j] = count;
      left[j]! -= count;
      inRow -= count;
    }
    all -= rows[i]!;
  }
}

/**
 * How many of `draws` without replacement from `good` and `bad` ones are good: the likeliest number first, then those
 * around it, until their probabilities have used up one random number.
 */
function hypergeometric(random: RandomNumbers, logs: Float64Array, draws: number, good: number, bad: number): number {
  const [least, most] = [Math.max(0, draws - bad), Math.min(draws, good)];
  if (least === most) return least;
  const mode = Math.min(most, Math.max(least, Math.floor(((draws + 1) * (good + 1)) / (good + bad + 2))));
  const ways = (of: number, k: number) => logs[of]! - logs[k]! - logs[of - k]!;
  const chance = Math.exp(ways(good, mode) + ways(bad, draws - mode) - ways(good + bad, draws));
  for (;;) {
    let u = random.next() - chance;
    if (u < 0) return mode;
    let [up, down, chanceUp, chanceDown] = [mode, mode, chance, chance];
    while (up < most || down > least) {
      if (up < most) {
        chanceUp *= ((good - up) * (draws - up)) / ((up + 1) * (bad - draws + up + 1));
        up++;
        u -= chanceUp;
        if (u < 0) return up;
      }
      if (down > least) {
        chanceDown *= (down * (bad - draws + down)) / ((good - down + 1) * (draws - down + 1));
        down--;
        u -= chanceDown;
        if (u < 0) return down;
      }
    }
  }
}
