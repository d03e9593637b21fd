// Which findings of many stand, when so many were looked for?

/**
 * The q values of a family of p values: q_(i) = min over j ≥ i of m p_(j)/j, at most 1. Those with q ≤ α hold among
 * themselves, on average, no more than a share α of false ones, for independent or positively dependent tests.
 *
 * One for each p, in their order. Null where no test was possible: it keeps its place and is no member of the family,
 * so that m counts the others. What the family is must be said beforehand, such as all tests of one audit.
 * Throws a RangeError on a p outside 0 to 1. O(m log m).
 * Source: Benjamini and Hochberg, Controlling the false discovery rate (1995); as R p.adjust(method = "BH").
 */
export function benjaminiHochberg(p: ReadonlyArray<number | null>): (number | null)[] {
  const family = p.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  for (const { value, place } of family)
    if (!(value >= 0 && value <= 1)) throw new RangeError(`p value ${place} is ${value}; expected one from 0 to 1`);
  family.sort((a, b) => b.value - a.value);
  const q: (number | null)[] = p.map(() => null);
  let least = 1;
  family.forEach(({ value, place }, above) => {
    least = Math.min(least, (family.length / (family.length - above)) * value);
    q[place] = least;
  });
  return q;
}
