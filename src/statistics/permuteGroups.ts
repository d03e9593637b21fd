// How often would groups dealt at random lie as far apart as these?
import { groupEffects, type GroupLayout } from "./groupEffects.js";
import { isAsExtreme, permutationP, type Permuting } from "./permutationP.js";
import { randomNumbers } from "./randomNumbers.js";
import { shuffle } from "./shuffle.js";

/**
 * The p of the statistic of `groupEffects`, `seen`, by permuting groups among the members of each stratum:
 * (c + 1)/(B + 1), c of B permutations with a statistic as large. Two-sided for two groups, since it is a square.
 *
 * Members must stand by stratum, ascending. O(B × (members + strata × groups²)).
 */
export function permuteGroups(
  x: Float64Array,
  group: Int32Array,
  layout: GroupLayout,
  seen: number,
  { seed, permutations }: Permuting,
): number {
  const random = randomNumbers(seed);
  const dealt = Int32Array.from(group);
  const ends = endsOfStrata(layout.stratum);
  let asExtreme = 0;
  for (let i = 0; i < permutations; i++) {
    for (let s = 1; s < ends.length; s++) shuffle(random, dealt, ends[s - 1], ends[s]);
    const effects = groupEffects(x, dealt, layout);
    if (effects.kind === "undefined" || isAsExtreme(effects.statistic, seen)) asExtreme++;
  }
  return permutationP(asExtreme, permutations);
}

/** 0, and where each stratum ends. */
function endsOfStrata(stratum: Int32Array): number[] {
  const ends = [0];
  for (let i = 1; i <= stratum.length; i++) if (i === stratum.length || stratum[i] !== stratum[i - 1]) ends.push(i);
  return ends;
}
