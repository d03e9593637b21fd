// How uncertain is interval alpha that comes from moments, and what is it on other units?
import { intervalAlphaFromMoments, squaresAroundMean, type Moments } from "./intervalAlphaFromMoments.js";
import { NO_UNCERTAINTY, withT, type Inferred } from "./interval.js";
import type { SumStatistic } from "./sumStatistic.js";

/** A pairable unit as deviations from the mean of all pairable ratings. */
interface Deviations {
  units: number;
  /** m_u */
  m: number;
  /** SS_u, the squares around the unit's own mean. */
  own: number;
  /** x̄_u − x̄ */
  apart: number;
}

/**
 * α at level INTERVAL with Gwet's analytic standard error and t interval, from moments: as `krippendorffAlphaInferred` would
 * give it, with Σ_{c<k} n_uc n_uk (c − k)² = m_u SS_u and Σ_k (n_k/n)(c − k)² = (c − x̄)² + SS/n.
 */
export function intervalAlphaOfMoments(units: ReadonlyArray<Moments>, raters: number | null, level: number): Inferred {
  const estimate = intervalAlphaFromMoments(units, raters);
  const deviations = deviationsOf(units);
  const N = deviations.reduce((sum, unit) => sum + unit.units, 0);
  if (estimate.kind === "undefined" || N < 2) return { ...estimate, ...NO_UNCERTAINTY };
  const n = estimate.pairableValues;
  const SS = deviations.reduce((sum, { units: count, m, own, apart }) => sum + count * (own + m * apart ** 2), 0);
  const D_o = (2 / n) * deviations.reduce((sum, { units: count, m, own }) => sum + (count * m * own) / (m - 1), 0);
  const D = (2 * SS) / n;
  let squares = 0;
  for (const { units: count, m, own, apart } of deviations) {
    const d_u = (2 * m * own) / (m - 1);
    const e_u = own + m * apart ** 2 + (m * SS) / n;
    squares += count * (d_u + D_o * m - (2 * D_o * e_u) / D) ** 2;
  }
  const standardError = Math.sqrt(squares / N / (N - 1)) / ((D * n) / N);
  return withT(estimate, standardError, estimate.units - 1, level, "GWET_LINEARIZATION_T");
}

/** Below this share of the spread of all units, what is left of it is rounding: all values are one. */
const LEAST_SPREAD = 1e-12;

/**
 * The same α for resampling, over the pairable units: sums of m_u, m_u (x̄_u − x̄), SS_u + m_u (x̄_u − x̄)² and
 * SS_u m_u/(m_u − 1). Its cost does not depend on how many different values there are.
 */
export function intervalAlphaOfMomentsSums(moments: ReadonlyArray<Moments>): SumStatistic<Float64Array> {
  const deviations = deviationsOf(moments);
  const all = deviations.reduce((sum, { units, m, own, apart }) => sum + units * (own + m * apart ** 2), 0);
  return {
    over: {
      units: deviations.map(({ units }) => units),
      size: 4,
      add(sums, i, times) {
        const { m, own, apart } = deviations[i]!;
        sums[0]! += times * m;
        sums[1]! += times * m * apart;
        sums[2]! += times * (own + m * apart ** 2);
        sums[3]! += (times * own * m) / (m - 1);
      },
      meansOf: (sums) => sums,
    },
    valueOf([n, first, second, within]) {
      const SS = second! - first! ** 2 / n!;
      return n! > 0 && SS > LEAST_SPREAD * all ? 1 - ((n! - 1) / n!) * (within! / SS) : undefined;
    },
  };
}

function deviationsOf(moments: ReadonlyArray<Moments>): Deviations[] {
  const pairable = moments.filter(({ n }) => n >= 2);
  const weigh = (of: (unit: Moments) => number) =>
    pairable.reduce((sum, unit) => sum + (unit.units ?? 1) * of(unit), 0);
  const n = weigh((unit) => unit.n);
  const near = weigh((unit) => unit.sum / n);
  // A second pass takes out what rounding left in the mean.
  const mean = near + weigh((unit) => (unit.sum - unit.n * near) / n);
  return pairable.map((unit) => ({
    units: unit.units ?? 1,
    m: unit.n,
    own: squaresAroundMean(unit),
    apart: unit.sum / unit.n - mean,
  }));
}
