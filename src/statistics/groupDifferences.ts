// Between which limits do the differences of groups lie, when other members like these had been there?
import { tLimits, type Limits } from "./figure.js";
import { differenceError, groupEffects, type GroupEffects, type GroupLayout } from "./groupEffects.js";
import { normalBelow } from "./normalDistribution.js";
import { randomNumbers, type RandomNumbers } from "./randomNumbers.js";
import { tQuantile } from "./tQuantile.js";
import { quantile, type Resampling } from "./unitBootstrap.js";

export interface GroupDifference {
  /** The groups' indexes, first < second. */
  first: number;
  second: number;
  /** The first one's level less the second's, in the unit of x. */
  value: number;
  interval: Limits;
}

/**
 * The difference of each two groups with its limits by the bootstrap over members: each group's members in each stratum
 * drawn anew, with replacement, and quantiles of the differences at Φ(±t SE/s), SE and t those of the difference and s
 * the standard deviation of what was drawn (the expanded percentile interval).
 *
 * Expanded, since with few members plain percentiles are too narrow. Missed at level 0.95, in 1,000 simulations of
 * normal numbers: 5 members a group 13 %, expanded 6 %; 5 against 35 13 %, 8 %; 20 a group 7 %, 6 %.
 * Source: Hesterberg, What teachers should know about the bootstrap (2015), the expanded percentile interval.
 */
export function groupDifferences(
  x: Float64Array,
  group: Int32Array,
  layout: GroupLayout,
  effects: GroupEffects,
  { seed, resamples, level }: Resampling & { level: number },
): GroupDifference[] {
  const pairs = pairsOf(layout.groups);
  const replicates = pairs.map(() => new Float64Array(resamples));
  const members = membersOfCells(group, layout);
  const random = randomNumbers(seed);
  const drawn = new Float64Array(x.length);
  let drawings = 0;
  for (let i = 0; i < resamples; i++) {
    drawWithin(random, members, x, drawn);
    const found = groupEffects(drawn, group, layout);
    if (found.kind === "undefined") continue;
    pairs.forEach(([g, h], pair) => (replicates[pair]![drawings] = found.levels[g]! - found.levels[h]!));
    drawings++;
  }
  return pairs.map(([first, second], pair) => {
    const value = effects.levels[first]! - effects.levels[second]!;
    const error = differenceError(effects, layout, first, second);
    const interval = expandedLimits(value, error, replicates[pair]!.subarray(0, drawings).sort(), level);
    return { first, second, value, interval };
  });
}

function pairsOf(groups: number): Array<[number, number]> {
  const pairs: Array<[number, number]> = [];
  for (let g = 0; g < groups; g++) for (let h = g + 1; h < groups; h++) pairs.push([g, h]);
  return pairs;
}

/** The members of each group in each stratum. */
function membersOfCells(group: Int32Array, { stratum, groups, sizes }: GroupLayout): number[][] {
  const members = Array.from(sizes, (): number[] => []);
  group.forEach((g, member) => members[stratum[member]! * groups + g]!.push(member));
  return members;
}

function drawWithin(random: RandomNumbers, cells: ReadonlyArray<number[]>, x: Float64Array, drawn: Float64Array): void {
  for (const members of cells)
    for (const member of members) drawn[member] = x[members[Math.floor(random.next() * members.length)]!]!;
}

/** `ascending` are the replicates. */
function expandedLimits(
  value: number,
  { standardError, df }: { standardError: number; df: number },
  ascending: Float64Array,
  level: number,
): Limits {
  const mean = ascending.reduce((sum, replicate) => sum + replicate / ascending.length, 0);
  const squares = ascending.reduce((sum, replicate) => sum + (replicate - mean) ** 2, 0);
  if (!(squares > 0)) return tLimits(value, standardError, df, level);
  const deviation = Math.sqrt(squares / (ascending.length - 1));
  const share = normalBelow((-tQuantile((1 + level) / 2, df) * standardError) / deviation);
  return { low: quantile(ascending, share), high: quantile(ascending, 1 - share), level };
}
