// Which raters are in which group and stratum, and how far is each from the others on average?
import type { Rating } from "./patternsOfRatings.js";
import type { SharedRatings } from "./raterMeans.js";

export interface GroupsAsked {
  /** The group of each rater that has one; the ratings of the others count among those compared with. */
  groupOf: ReadonlyMap<Rating["rater"], string>;
  /** What raters may differ by without it being meant. Those without a stratum are in one of their own. */
  stratumOf?: ReadonlyMap<Rating["rater"], string>;
  /** With how many shared ratings a rater is compared, and with how many such raters a group. 20 and 5 unless told. */
  fewestRatings?: number;
  fewestRaters?: number;
}

export interface RatersInGroups {
  /** The groups compared, ascending by name. */
  names: ReadonlyArray<string>;
  /** Of each rater compared, by stratum: its index among all raters, group, stratum and mean residual in points. */
  members: Int32Array;
  group: Int32Array;
  stratum: Int32Array;
  x: Float64Array;
  strata: number;
  /** Of each of all raters: its group, compared or with too few ratings, −1 for none; its shared ratings. */
  groupOfAll: Int32Array;
  ratings: Float64Array;
  leftOut: ReadonlyArray<{ group: string; raters: number }>;
}

/** Raters by group and stratum, in one order for the same ratings. `sums` are the residuals added up by entry. */
export function groupsOfRaters(
  { shared, sums }: { shared: SharedRatings; sums: Float64Array },
  { groupOf, stratumOf, fewestRatings = 20, fewestRaters = 5 }: GroupsAsked,
): RatersInGroups {
  const { raters } = shared;
  const { ratings, total } = totalsOf(shared, sums);
  const named = raters.map((id) => groupOf.get(id));
  const enough = Int32Array.from(raters.keys()).filter((r) => ratings[r]! > 0 && ratings[r]! >= fewestRatings);
  const counts = new Map(named.flatMap((name) => (name === undefined ? [] : [[name, 0]])));
  for (const r of enough) if (named[r] !== undefined) counts.set(named[r], counts.get(named[r])! + 1);
  const all = [...counts.keys()].sort();
  const names = all.filter((name) => counts.get(name)! >= Math.max(1, fewestRaters));
  const leftOut = all.filter((name) => !names.includes(name)).map((group) => ({ group, raters: counts.get(group)! }));
  const groupOfAll = Int32Array.from(named, (name) => (name === undefined ? -1 : names.indexOf(name)));
  const compared = enough.filter((r) => groupOfAll[r]! >= 0);
  const stratumName = (r: number) => stratumOf?.get(raters[r]!) ?? "";
  const strata = [...new Set(Array.from(compared, stratumName))].sort();
  const place = new Map(strata.map((name, s) => [name, s]));
  const stratumIndex = (r: number) => place.get(stratumName(r))!;
  const members = compared.sort((a, b) => stratumIndex(a) - stratumIndex(b) || a - b);
  const group = members.map((r) => groupOfAll[r]!);
  const x = Float64Array.from(members, (r) => total[r]! / ratings[r]!);
  const stratum = members.map(stratumIndex);
  return { names, members, group, stratum, x, strata: strata.length, groupOfAll, ratings, leftOut };
}

function totalsOf({ raters, rater, from, to }: SharedRatings, sums: Float64Array) {
  const [ratings, total] = [new Float64Array(raters.length), new Float64Array(raters.length)];
  for (let entry = 0; entry < rater.length; entry++) {
    ratings[rater[entry]!]! += to[entry]! - from[entry]!;
    total[rater[entry]!]! += sums[entry]!;
  }
  return { ratings, total };
}
