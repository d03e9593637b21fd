// Between which limits does a statistic lie, when the bootstrap's bias and skewness are taken out?
import type { Interval } from "./interval.js";
import type { Jackknife } from "./jackknife.js";
import { normalBelow, normalQuantile } from "./normalDistribution.js";
import { quantile, type Bootstrap } from "./unitBootstrap.js";

/**
 * The bias-corrected and accelerated bootstrap interval: quantiles of the replicates at
 * Φ(z₀ + (z₀ + z)/(1 − a (z₀ + z))), where Φ(z₀) is the share of replicates below the value, ties half, and the
 * acceleration a = Σ (θ̄ − θ_(i))³ / (6 (Σ (θ̄ − θ_(i))²)^1.5) comes from the jackknife.
 *
 * Null where it has no meaning: no replicates, all on one side of the value, or a jackknife with an undefined value.
 * Source: Efron, Better bootstrap confidence intervals (1987).
 */
export function bcaInterval(value: number, bootstrap: Bootstrap, jackknife: Jackknife, level = 0.95): Interval | null {
  const { replicates } = bootstrap;
  const z0 = normalQuantile(shareBelow(replicates, value));
  const a = acceleration(jackknife);
  if (!Number.isFinite(z0) || a === null) return null;
  const limit = (p: number) => {
    const z = z0 + normalQuantile(p);
    return quantile(replicates, normalBelow(z0 + z / (1 - a * z)));
  };
  const [low, high] = [limit((1 - level) / 2), limit((1 + level) / 2)];
  return { low, high, level, method: "UNIT_BOOTSTRAP_BCA" };
}

function shareBelow(replicates: Float64Array, value: number): number {
  let below = 0;
  for (const replicate of replicates) below += replicate < value ? 1 : replicate === value ? 0.5 : 0;
  return below / replicates.length;
}

function acceleration({ leftOut: { values, units } }: Jackknife): number | null {
  if (values.includes(undefined)) return null;
  const sum = (of: (value: number) => number) => {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += units[i]! * of(values[i]!);
    return total;
  };
  const n = sum(() => 1);
  const mean = sum((value) => value / n);
  const squares = sum((value) => (mean - value) ** 2);
  return squares === 0 ? 0 : sum((value) => (mean - value) ** 3) / (6 * squares ** 1.5);
}
