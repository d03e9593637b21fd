// Which things hang together, when some pairs of them do?
import { DisjointSets } from "./disjointSets.js";

/**
 * Of each member of a pair the least member of its cluster: all that pairs lead to, from one to the next, are one. The
 * same whatever the order of the pairs. Things in no pair are clusters of their own and not in the map; the members
 * stand in it in the order in which the pairs name them. Nearly linear in the pairs.
 */
export function clustersOf<Id extends number | string>(pairs: Iterable<readonly [Id, Id]>): Map<Id, Id> {
  const sets = new DisjointSets<Id>();
  for (const [a, b] of pairs) sets.join(a, b);
  return sets.roots();
}
