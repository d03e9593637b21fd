// Which things hang together so far, while more and more of them are joined?

/**
 * Sets without a member in common, of things that were in a join; any other is alone. The root of a set is its least
 * member, whatever the order of the joins. Nearly constant time each.
 * Source: Tarjan, Efficiency of a good but not linear set union algorithm (1975), with halved paths; the least member
 * is the root, so that a union is not weighted.
 */
export class DisjointSets<Id extends number | string> {
  private readonly parent = new Map<Id, Id>();

  /** The least member of its set. */
  root(member: Id): Id {
    let at = member;
    for (;;) {
      const above = this.parent.get(at);
      if (above === undefined || above === at) return at;
      const next = this.parent.get(above)!;
      this.parent.set(at, next);
      at = next;
    }
  }

  /** Makes the sets of two members one. */
  join(a: Id, b: Id): void {
    for (const member of [a, b]) if (!this.parent.has(member)) this.parent.set(member, member);
    const [one, two] = [this.root(a), this.root(b)];
    if (one < two) this.parent.set(two, one);
    else if (two < one) this.parent.set(one, two);
  }

  /** Of each thing that was in a join its root, in the order in which they came. */
  roots(): Map<Id, Id> {
    for (const member of this.parent.keys()) this.parent.set(member, this.root(member));
    return new Map(this.parent);
  }
}
