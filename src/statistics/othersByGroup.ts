// To which groups belong those that a rater is compared with?
import type { SharedRatings } from "./raterMeans.js";

/**
 * Of each rater and group: the mean, over the rater's shared ratings, of the share of the unit's other ratings that the
 * group gave. `group` has each rater's index, −1 for none. At rater · groups + group; 0 for a rater without shared
 * ratings. From 0 to 1. O(ratings × groups).
 */
export function othersByGroup(
  { raters, rater, unit, from, to }: SharedRatings,
  group: Int32Array,
  groups: number,
): Float64Array {
  const shares = new Float64Array(raters.length * groups);
  const ratings = new Float64Array(raters.length);
  const inUnit = new Float64Array(groups);
  for (let start = 0; start < unit.length;) {
    let [end, all] = [start, 0];
    inUnit.fill(0);
    for (; end < unit.length && unit[end] === unit[start]; end++) {
      const own = to[end]! - from[end]!;
      if (group[rater[end]!]! >= 0) inUnit[group[rater[end]!]!]! += own;
      all += own;
    }
    for (let entry = start; entry < end; entry++) {
      const [who, own] = [rater[entry]!, to[entry]! - from[entry]!];
      ratings[who]! += own;
      for (let g = 0; g < groups; g++) {
        const others = inUnit[g]! - (group[who] === g ? own : 0);
        shares[who * groups + g]! += (own * others) / (all - own);
      }
    }
    start = end;
  }
  return shares.map((sum, i) => (sum === 0 ? 0 : sum / ratings[Math.floor(i / groups)]!));
}
