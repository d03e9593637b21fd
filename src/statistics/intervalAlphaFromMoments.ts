// What is interval alpha when only the number, sum and sum of squares of each unit's ratings were kept?
import { defined, undefinedBecause, whyNothingToCompare, type Estimate } from "./estimate.js";
import { RatingInputError } from "./ratingInputError.js";

/** The moments of one unit's ratings x: n, Σx and Σx². */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** How many units have these; 1 where absent. */
  readonly units?: number;
}

/** Above this share of the spread, what rounding may have done to the sums is too much to state a value. */
const roundingAllowed = 1e-6;

/**
 * Krippendorff's α at level INTERVAL from moments: α = 1 − (n − 1) Σ_u SS_u m_u/(m_u − 1) / (n SS), SS_u the squares
 * around a unit's mean, SS around the mean of all pairable ratings, taken as SS = Σ SS_u + Σ m_u (x̄_u − x̄)².
 *
 * n Σx² − (Σx)² is formed without rounding, so the answer is as good as the sums are. Sums of whole numbers are exact
 * (keep hundredths rather than fractions). Sums of fractions carry rounding of about n·2⁻⁵² Σx²: keep x minus the
 * middle of its scale where values are large beside their spread.
 *
 * Range: at most 1. Undefined: NO_RATINGS, NO_PAIRABLE_UNITS, NO_VARIATION; PRECISION_LOST when rounding may be more
 * than a millionth of the spread, also where fractions are all equal. Throws RatingInputError MOMENTS_NOT_POSSIBLE.
 * Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), with Σ_{c<k} n_c n_k (c − k)² = m·SS in both
 * disagreements.
 */
export function intervalAlphaFromMoments(units: Iterable<Moments>, raters: number | null): Estimate {
  const all = [...units];
  all.forEach(refuseImpossible);
  const rated = all.filter((unit) => unit.n > 0);
  const pairable = rated.filter((unit) => unit.n >= 2);
  const n = total(pairable, (unit) => unit.n);
  const counts = { units: total(rated, () => 1), raters, pairableValues: n };
  const because = whyNothingToCompare(counts);
  if (because) return undefinedBecause(because, counts);

  const SS = total(pairable, squaresAroundMean) + squaresBetween(pairable, n);
  const rounding = total(pairable, roundingOf);
  if (rounding > roundingAllowed * SS) return undefinedBecause("PRECISION_LOST", counts);
  if (SS === 0) return undefinedBecause("NO_VARIATION", counts);
  const within = total(pairable, (unit) => (squaresAroundMean(unit) * unit.n) / (unit.n - 1));
  return defined(1 - ((n - 1) / n) * (within / SS), counts);
}

/** Σ m_u (x̄_u − x̄)², with the means taken from a point close to x̄, so that large values do not blur them. */
function squaresBetween(units: ReadonlyArray<Moments>, n: number): number {
  const near = total(units, (unit) => unit.sum / n);
  const means = units.map(({ n: m_u, sum, units: count }) => {
    const [product, rest] = exactProduct(m_u, near);
    return { m_u, mean: (sum - product - rest) / m_u, ...(count === undefined ? {} : { units: count }) };
  });
  const mean = total(means, (unit) => (unit.m_u / n) * unit.mean);
  return total(means, (unit) => unit.m_u * (unit.mean - mean) ** 2);
}

/** SS_u = Σx² − (Σx)²/n, never below 0. */
export function squaresAroundMean(unit: Moments): number {
  return Math.max(0, unroundedSquares(unit));
}

function unroundedSquares({ n, sum, sumOfSquares }: Moments): number {
  const [nQ, nQRest] = exactProduct(n, sumOfSquares);
  const [SS, SSRest] = exactProduct(sum, sum);
  return (nQ - SS + (nQRest - SSRest)) / n;
}

/** The most that adding up may have changed SS_u; nothing where the sums are whole numbers. */
function roundingOf({ n, sum, sumOfSquares }: Moments): number {
  const exact = Number.isSafeInteger(sum) && Number.isSafeInteger(sumOfSquares);
  return exact ? 0 : 4 * n * Number.EPSILON * sumOfSquares;
}

function refuseImpossible(unit: Moments, index: number): void {
  const { n, sum, sumOfSquares } = unit;
  if (n === 0 && sum === 0 && sumOfSquares === 0) return;
  if (Number.isSafeInteger(n) && n > 0 && unroundedSquares(unit) >= -roundingOf(unit)) return;
  const found = `n ${n}, sum ${sum} and sum of squares ${sumOfSquares}`;
  const message = `unit ${index} has ${found}; no ${n} numbers that can be squared have these`;
  throw new RatingInputError("MOMENTS_NOT_POSSIBLE", index, message);
}

/** a·b as a rounded product and what rounding took from it (Dekker 1971, Veltkamp's split). */
function exactProduct(a: number, b: number): [product: number, rest: number] {
  const product = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  return [product, aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)];
}

function halves(a: number): [high: number, low: number] {
  const shifted = a * 134_217_729; // 2^27 + 1
  const high = shifted - (shifted - a);
  return [high, a - high];
}

/** Over all units that have the moments. */
function total<T extends Pick<Moments, "units">>(items: ReadonlyArray<T>, of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + (item.units ?? 1) * of(item), 0);
}
