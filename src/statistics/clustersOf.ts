// Which things hang together, when some pairs of them do?

/**
 * Of each member of a pair the least member of its cluster: all that pairs lead to, from one to the next, are one. The
 * same whatever the order of the pairs. Things in no pair are clusters of their own and not in the map; the members
 * stand in it in the order in which the pairs name them. Nearly linear in the pairs.
 * Source: Tarjan, Efficiency of a good but not linear set union algorithm (1975), with halved paths; the least member
 * is the root, so that a union is not weighted.
 */
export function clustersOf<Id extends number | string>(pairs: Iterable<readonly [Id, Id]>): Map<Id, Id> {
  const parent = new Map<Id, Id>();
  for (const [a, b] of pairs) {
    const [one, two] = [rootOf(parent, a), rootOf(parent, b)];
    if (one < two) parent.set(two, one);
    else if (two < one) parent.set(one, two);
  }
  for (const member of parent.keys()) parent.set(member, rootOf(parent, member));
  return parent;
}

/** The root of a member, which becomes one where it has none; the path to it is halved. */
function rootOf<Id>(parent: Map<Id, Id>, member: Id): Id {
  let at = member;
  for (;;) {
    const above = parent.get(at);
    if (above === undefined) parent.set(at, at);
    if (above === undefined || above === at) return at;
    const next = parent.get(above)!;
    parent.set(at, next);
    at = next;
  }
}
