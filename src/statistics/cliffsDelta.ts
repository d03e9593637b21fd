// How much more often is a number of one group greater than one of another, than the other way round?
import { noFigure, type Limits, type NoFigure } from "./figure.js";
import { refuseWrongLevel } from "./normalTest.js";
import { tQuantile } from "./tQuantile.js";
import { valueTallies, type ValueTallies } from "./valueTallies.js";

export interface CliffsDelta {
  kind: "defined";
  /** δ = P(first > second) − P(first < second), from −1 to 1. */
  value: number;
  /** Null with fewer than two numbers in a group, as are the limits. */
  standardError: number | null;
  interval: Limits | null;
}

/**
 * Cliff's δ of two independent groups of numbers, ordinal ones at least, its standard error by Cliff's consistent
 * variance, and his asymmetric limits with t at n₁ + n₂ − 2 degrees of freedom, which stay within −1 and 1. Where the
 * groups do not overlap the nearer limit is ±(m − t²)/(m + t²), m the smaller n: Wilson's for m hits of m.
 *
 * Chosen before the unbiased variance, which can be below 0, and before the bootstrap, which needs a seed. In 4,000
 * simulations each (normal numbers and five values, δ from 0 to 0.71) the limits missed δ in 1 to 6 %, with 5 or more
 * numbers a group; in 7 to 12 % with 5 against 35.
 * Undefined: EMPTY_GROUP. Throws a RangeError on numbers that are not finite and on a level outside 0 to 1.
 * O(n log n), the dominance matrix is never made.
 * Source: Cliff, Answering ordinal questions with ordinal data using ordinal statistics (1996); Feng and Cliff, Monte
 * Carlo evaluation of ordinal d with improved confidence interval (2004); as R effsize cliff.delta.
 */
export function cliffsDelta(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  level = 0.95,
): CliffsDelta | NoFigure<"EMPTY_GROUP"> {
  refuseWrongLevel(level);
  const [n1, n2] = [first.length, second.length];
  const tallies = valueTallies([first, second]);
  if (n1 === 0 || n2 === 0) return noFigure("EMPTY_GROUP");
  const rows = dominances(tallies, 0, 1);
  const columns = dominances(tallies, 1, 0);
  const value = meanOf(rows, tallies.counts[0]!);
  if (n1 < 2 || n2 < 2) return { kind: "defined", value, standardError: null, interval: null };
  const tied = rows.reduce((sum, _, v) => sum + tallies.counts[0]![v]! * tallies.counts[1]![v]!, 0);
  const ofPairs = n1 * n2 * (1 - value * value) - tied;
  const ofRows = squaresOf(rows, tallies.counts[0]!, value) / (n1 - 1);
  const ofColumns = squaresOf(columns, tallies.counts[1]!, -value) / (n2 - 1);
  const variance = ((n2 - 1) * ofRows + (n1 - 1) * ofColumns + ofPairs / ((n1 - 1) * (n2 - 1))) / (n1 * n2);
  const t = tQuantile((1 + level) / 2, n1 + n2 - 2);
  const { low, high } = Math.abs(value) === 1 ? apart(value, Math.min(n1, n2), t) : limits(value, variance, t);
  return { kind: "defined", value, standardError: Math.sqrt(Math.max(0, variance)), interval: { low, high, level } };
}

/** Of each value: the share of the other group's numbers below it less the share above it. */
function dominances({ counts, sizes, values }: ValueTallies, group: 0 | 1, other: 0 | 1): Float64Array {
  const size = sizes[other]!;
  let below = 0;
  return values.map((_, v) => {
    const equal = counts[other]![v]!;
    const above = size - below - equal;
    const dominance = counts[group]![v] === 0 ? 0 : (below - above) / size;
    below += equal;
    return dominance;
  });
}

function meanOf(x: Float64Array, counts: Float64Array): number {
  let [sum, n] = [0, 0];
  for (let v = 0; v < x.length; v++) {
    sum += counts[v]! * x[v]!;
    n += counts[v]!;
  }
  return sum / n;
}

function squaresOf(x: Float64Array, counts: Float64Array, mean: number): number {
  return x.reduce((sum, dominance, v) => sum + counts[v]! * (dominance - mean) ** 2, 0);
}

function limits(d: number, variance: number, t: number): { low: number; high: number } {
  const within = 1 - d * d;
  const reach = t * Math.sqrt(variance) * Math.sqrt(within * within + t * t * variance);
  const scale = within + t * t * variance;
  return { low: Math.max(-1, (d * within - reach) / scale), high: Math.min(1, (d * within + reach) / scale) };
}

/** The limits of groups that do not overlap. */
function apart(d: number, m: number, t: number): { low: number; high: number } {
  const nearer = (m - t * t) / (m + t * t);
  return d > 0 ? { low: nearer, high: 1 } : { low: -1, high: -nearer };
}
