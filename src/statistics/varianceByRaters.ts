// How does the variance that one unit adds to a coefficient fall with the number of its ratings?

/** The variance of one unit with m ratings. */
export interface UnitVariance {
  m: number;
  variance: number;
}

/** a, b and c of a + b/m + c/(m(m − 1)). */
type Parts = readonly [number, number, number];

/** What is tried first where several fit as well: 1/m, and the part of pairs only as far as it must. */
const SUBSETS = [[0, 1], [1, 2], [0, 2], [0, 1, 2], [0], [1], [2]] as const;

/**
 * s²_m = a + b/m + c/(m(m − 1)) with a, b, c ≥ 0, fitted by least squares to the variances at two or more different m,
 * as a function of m ≥ 2; null with fewer. What units differ by is a, what single ratings differ by b, and what pairs
 * of ratings add to that c: the variance of a mean over pairs of exchangeable ratings is of this form. Two m do not
 * show all three: they are fitted by a and b if those can be, else by b and c.
 * Source: Hoeffding, A class of statistics with asymptotically normal distribution (1948), section 5.
 */
export function varianceByRaters(observed: ReadonlyArray<UnitVariance>): ((m: number) => number) | null {
  if (new Set(observed.map(({ m }) => m)).size < 2) return null;
  const whole = observed.reduce((sum, { variance }) => sum + variance ** 2, 0);
  let best: { parts: Parts; lost: number } | null = null;
  for (const subset of SUBSETS) {
    const parts = leastSquares(observed, subset);
    if (!parts || parts.some((part) => part < 0)) continue;
    const lost = observed.reduce((sum, { m, variance }) => sum + (variance - valueAt(parts, m)) ** 2, 0);
    if (!best || lost < best.lost - 1e-12 * whole) best = { parts, lost };
  }
  return best && ((m) => valueAt(best.parts, m));
}

function termsAt(m: number): Parts {
  return [1, 1 / m, 1 / (m * (m - 1))];
}

function valueAt(parts: Parts, m: number): number {
  return termsAt(m).reduce((sum, term, i) => sum + parts[i]! * term, 0);
}

/** The parts in `subset`, the others 0, from the normal equations by elimination; null where they do not show. */
function leastSquares(observed: ReadonlyArray<UnitVariance>, subset: ReadonlyArray<number>): Parts | null {
  if (new Set(observed.map(({ m }) => m)).size < subset.length) return null;
  const rows = subset.map((i) => {
    const meanWith = (of: (row: UnitVariance) => number) =>
      observed.reduce((sum, row) => sum + termsAt(row.m)[i]! * of(row), 0) / observed.length;
    return [...subset.map((j) => meanWith(({ m }) => termsAt(m)[j]!)), meanWith(({ variance }) => variance)];
  });
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows[i]!.map((cell) => cell / rows[i]![i]!);
    rows.forEach((row, r) => (rows[r] = r === i ? pivot : row.map((cell, k) => cell - row[i]! * pivot[k]!)));
  }
  const parts: [number, number, number] = [0, 0, 0];
  subset.forEach((i, r) => (parts[i] = rows[r]!.at(-1)!));
  return parts;
}
