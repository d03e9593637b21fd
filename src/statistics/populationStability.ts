// How much has a distribution changed from one release to the next?
import { refuseWrongCount } from "./contingencyTable.js";
import { noFigure, type NoFigure } from "./figure.js";
import { pairOfShares } from "./shares.js";

export interface PopulationStability {
  kind: "defined";
  /** From 0, no change, up. By convention 0.1 is worth a look and 0.25 much. */
  value: number;
  /** (p − q) ln(p/q) of each cell: what it adds to the value, never below 0; 0 where a cell is empty on both sides. */
  contributions: number[];
  /** What chance alone would give two samples of these sizes, about (cells − 1)(1/n + 1/m): 0.1 is nothing below it. */
  byChance: number;
  /** Whether ½ was added to each count, because a cell was empty on one side. */
  smoothed: boolean;
}

/**
 * The population stability index Σ (p_i − q_i) ln(p_i/q_i) of counts after and before, over the cells that have a count
 * on either side. Symmetric.
 *
 * A cell that is empty on one side would make it infinite. Then ½ is added to every count of both, as Jeffreys' prior
 * does: a fixed small share instead, the usual 0.0001, makes the index depend on that choice alone, and as much at 50
 * examples as at 50,000. Undefined: NO_COUNTS, where a side adds up to 0. Throws a RangeError on different lengths and
 * on counts that are no whole numbers from 0 up.
 * Source: Siddiqi, Credit risk scorecards (2006); its distribution: Yurdakul and Naranjo, Statistical properties of
 * the population stability index (2020).
 */
export function populationStability(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): PopulationStability | NoFigure<"NO_COUNTS"> {
  for (const counts of [before, after]) for (let i = 0; i < counts.length; i++) refuseWrongCount(counts[i]!);
  if (!pairOfShares(before, after)) return noFigure("NO_COUNTS");
  const used = Array.from(before, (_, i) => i).filter((i) => before[i]! + after[i]! > 0);
  const smoothed = used.some((i) => before[i] === 0 || after[i] === 0);
  const ofUsed = (counts: ArrayLike<number>) => used.map((i) => counts[i]! + (smoothed ? 0.5 : 0));
  const { first: q, second: p } = pairOfShares(ofUsed(before), ofUsed(after))!;
  const contributions = Array.from(before, () => 0);
  used.forEach((cell, i) => (contributions[cell] = (p[i]! - q[i]!) * Math.log(p[i]! / q[i]!)));
  const value = contributions.reduce((sum, one) => sum + one, 0);
  const total = (counts: ArrayLike<number>) => used.reduce((sum, i) => sum + counts[i]!, 0);
  const byChance = (used.length - 1) * (1 / total(before) + 1 / total(after));
  return { kind: "defined", value, contributions, byChance, smoothed };
}
