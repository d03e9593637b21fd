// Do groups of raters rate differently, and by how many points?
import { cliffsDelta, type CliffsDelta } from "./cliffsDelta.js";
import type { Level } from "./difference.js";
import { figure, noFigure, type Figure, type Limits, type NoFigure } from "./figure.js";
import { groupDifferences, type GroupDifference } from "./groupDifferences.js";
import { groupEffects, groupLayout, type GroupEffectsReason } from "./groupEffects.js";
import { groupsOfRaters, type GroupsAsked, type RatersInGroups } from "./groupsOfRaters.js";
import { othersByGroup } from "./othersByGroup.js";
import { permuteGroups } from "./permuteGroups.js";
import { refuseWrongPermutations } from "./permutationP.js";
import { leaveOneOutResiduals } from "./severity.js";
import type { RaterMatrix } from "./raterMatrix.js";
import { quantile } from "./unitBootstrap.js";

/**
 * - `VALUES_NOT_NUMERIC`: names have no mean; take 1 for one category and 0 for the others, at INTERVAL.
 * - `FEWER_THAN_TWO_GROUPS`: with enough raters that have enough ratings.
 * - `STRATA_TOO_FINE`: a group has no two raters in one stratum.
 * - `NO_SHARED_STRATUM`: some two groups have no stratum in common, nor a chain of strata.
 * - `NO_VARIATION`: raters of one group and stratum do not differ at all.
 */
export type DisparityReason = "VALUES_NOT_NUMERIC" | "FEWER_THAN_TWO_GROUPS" | "STRATA_TOO_FINE" | GroupEffectsReason;

export interface DisparityAsked extends GroupsAsked {
  /** Of permutations and bootstrap; how many of each, 9,999 and 2,000 unless told. */
  seed: number;
  permutations?: number;
  resamples?: number;
  level?: number;
}

export interface GroupOfRaters {
  group: string;
  /** The raters compared, and their ratings of units that others rated as well. */
  raters: number;
  ratings: number;
  /** The mean of its raters' mean residuals, in points: above 0 they rate higher than those they are compared with. */
  meanResidual: number;
  /** Of its raters' mean residuals, with n − 1, in points; null for one rater. */
  standardDeviation: number | null;
  /** The median distance of its ratings from the others' mean, in points: how much its raters stand apart. */
  medianAbsoluteResidual: number;
}

export interface PairOfGroups {
  first: string;
  second: string;
  /** By how many points the first group rates the same units higher, strata taken out. */
  difference: Figure<"NEVER_RATED_TOGETHER">;
  interval: Limits | null;
  /** How much of a difference the residuals show: 1 where groups are mixed, 0 where each rates only with its own. */
  visibleShare: number;
  /** Of the raters' mean residuals, strata not taken out. */
  cliffsDelta: CliffsDelta;
}

export interface RaterDisparity {
  kind: "defined";
  /** Of all groups alike (`groupEffects`), and its p by permutation. */
  statistic: number;
  p: number;
  permutations: number;
  /** The groups compared, by name, and each two of them. */
  groups: ReadonlyArray<GroupOfRaters>;
  pairs: ReadonlyArray<PairOfGroups>;
  /** Groups with too few raters, and how many have enough ratings. Their ratings count among the others'. */
  leftOut: RatersInGroups["leftOut"];
}

/**
 * Compares groups of raters by rater, not by rating, since one rater's ratings are alike: each rater's mean residual
 * (rating less the mean of the other raters' of the unit), groups permuted among raters within strata.
 *
 * A chi-square of the pooled ratings finds groups that are not there: 38 % of the time at α = 0.05 with 40 raters whose
 * means differ by 0.4 points, this 5 %. Residuals hide what raters share with those they are compared with, so that
 * groups which rate apart look alike: the difference is divided by `visibleShare`, and is wide where that is small.
 * Level of measurement: as `severity`. Undefined: see `DisparityReason`. Throws a RangeError on permutations, resamples
 * or a level that are none. O(ratings × groups + (permutations + resamples) × raters): 0.9 s for 1,000,000 ratings by
 * 1,000 raters, 0.1 s for 12,000 by 40.
 * Source: permutation of labels and its p as `permuteGroups`, residuals as `severity`.
 */
export function raterDisparity(
  matrix: RaterMatrix,
  measured: Level,
  { seed, permutations = 9999, resamples = 2000, level = 0.95, ...asked }: DisparityAsked,
): RaterDisparity | NoFigure<DisparityReason> {
  refuseWrongPermutations({ seed, permutations });
  refuseWrongPermutations({ seed, permutations: resamples });
  const residuals = leaveOneOutResiduals(matrix, measured);
  if (!residuals) return noFigure("VALUES_NOT_NUMERIC");
  const inGroups = groupsOfRaters(residuals, asked);
  const { names, x, group, stratum, strata, leftOut } = inGroups;
  if (names.length < 2) return noFigure("FEWER_THAN_TWO_GROUPS");
  const layout = groupLayout(group, stratum, names.length, strata);
  if (layout.freedom.some((df) => df < 1)) return noFigure("STRATA_TOO_FINE");
  const effects = groupEffects(x, group, layout);
  if (effects.kind === "undefined") return effects;
  const { statistic } = effects;
  const p = permuteGroups(x, group, layout, statistic, { seed, permutations });
  const differences = groupDifferences(x, group, layout, effects, { seed, resamples, level });
  const visible = visibleShares(inGroups, othersByGroup(residuals.shared, inGroups.groupOfAll, names.length));
  const pairs = differences.map((difference) => pairOf(difference, inGroups, visible, level));
  const groups = names.map((_, g) => groupOf(g, inGroups, residuals));
  return { kind: "defined", statistic, p, permutations, groups, pairs, leftOut };
}

type Residuals = NonNullable<ReturnType<typeof leaveOneOutResiduals>>;

function groupOf(
  g: number,
  { names, x, group, members, ratings }: RatersInGroups,
  residuals: Residuals,
): GroupOfRaters {
  const means = x.filter((_, i) => group[i] === g);
  const isIn = new Uint8Array(ratings.length);
  let rated = 0;
  members.forEach((rater, i) => {
    if (group[i] !== g) return;
    isIn[rater] = 1;
    rated += ratings[rater]!;
  });
  const { shared, sums } = residuals;
  const distances = sums
    .map((sum, entry) => Math.abs(sum) / (shared.to[entry]! - shared.from[entry]!))
    .filter((_, entry) => isIn[shared.rater[entry]!] === 1)
    .sort();
  const meanResidual = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const squares = means.reduce((sum, mean) => sum + (mean - meanResidual) ** 2, 0);
  const standardDeviation = means.length > 1 ? Math.sqrt(squares / (means.length - 1)) : null;
  const medianAbsoluteResidual = quantile(distances, 0.5);
  const counts = { group: names[g]!, raters: means.length, ratings: rated };
  return { ...counts, meanResidual, standardDeviation, medianAbsoluteResidual };
}

/**
 * Of two groups g and h with levels α the residuals' means differ by (α_g − α_h)(1 − ((M_gg − M_hg) + (M_hh −
 * M_gh))/2), M_gh the share of h among those that g's raters are compared with; others like for both.
 */
function visibleShares({ names, group, members }: RatersInGroups, others: Float64Array) {
  const k = names.length;
  const M = names.map(() => new Float64Array(k));
  const sizes = new Float64Array(k);
  members.forEach((rater, i) => {
    sizes[group[i]!]!++;
    for (let h = 0; h < k; h++) M[group[i]!]![h]! += others[rater * k + h]!;
  });
  const share = (g: number, h: number) => M[g]![h]! / sizes[g]!;
  return (g: number, h: number) => 1 - (share(g, g) - share(h, g) + (share(h, h) - share(g, h))) / 2;
}

/** Below it nothing is visible but rounding. */
const LEAST_VISIBLE = 1e-9;

function pairOf(
  { first, second, value, interval }: GroupDifference,
  { names, x, group }: RatersInGroups,
  visibleShare: (g: number, h: number) => number,
  level: number,
): PairOfGroups {
  const visible = Math.max(0, visibleShare(first, second));
  const delta = cliffsDelta(
    x.filter((_, i) => group[i] === first),
    x.filter((_, i) => group[i] === second),
    level,
  );
  if (delta.kind === "undefined") throw new RangeError("a group without raters was compared");
  const pair = { first: names[first]!, second: names[second]!, visibleShare: visible, cliffsDelta: delta };
  if (visible < LEAST_VISIBLE) return { ...pair, difference: noFigure("NEVER_RATED_TOGETHER"), interval: null };
  const limits = { low: interval.low / visible, high: interval.high / visible, level };
  return { ...pair, difference: figure(value / visible), interval: limits };
}
