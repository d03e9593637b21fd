// What do books call a coefficient, its uncertainty counted? Pure.
import { bandMembership, bandOfLowerLimit, type ScaleName } from "../statistics/benchmark.js";
import type { Interval } from "../statistics/interval.js";
import type { Coefficient } from "./coefficientNames.js";

export const BENCHMARK_RULES = ["LOWER_LIMIT", "MEMBERSHIP"] as const;
export type BenchmarkRule = (typeof BENCHMARK_RULES)[number];

export interface Benchmark {
  scale: ScaleName;
  rule: BenchmarkRule;
  /** A band of the scale, such as TENTATIVE. */
  reading: string;
  /** How probable it is that the coefficient lies in that band or above; null by LOWER_LIMIT. */
  probability: number | null;
}

/** Each coefficient by the scales it was made for: their zero points differ, so no scale serves all. */
const SCALES_OF: Partial<Record<Coefficient, readonly ScaleName[]>> = {
  KRIPPENDORFF_ALPHA: ["KRIPPENDORFF"],
  GWET_AC1: ["ALTMAN", "LANDIS_KOCH"],
  GWET_AC2: ["ALTMAN", "LANDIS_KOCH"],
  BRENNAN_PREDIGER: ["ALTMAN", "LANDIS_KOCH"],
  PABAK: ["ALTMAN", "LANDIS_KOCH"],
  FLEISS_KAPPA: ["ALTMAN", "LANDIS_KOCH"],
  CONGER_KAPPA: ["ALTMAN", "LANDIS_KOCH"],
  SCOTT_PI: ["ALTMAN", "LANDIS_KOCH"],
  COHEN_KAPPA: ["LANDIS_KOCH"],
  ICC: ["KOO_LI"],
};

interface Judged {
  coefficient: Coefficient;
  value: number | null;
  standardError: number | null;
  interval: Interval | null;
}

/**
 * By the lower limit of its interval, never by the value alone; for Gwet's and like coefficients by his probabilistic
 * benchmarking. None where there is no value or no uncertainty.
 */
export function benchmarksOf({ coefficient, value, standardError, interval }: Judged): Benchmark[] {
  if (value === null) return [];
  return (SCALES_OF[coefficient] ?? []).flatMap((scale): Benchmark[] => {
    if (scale !== "ALTMAN" && scale !== "LANDIS_KOCH") return byLowerLimit(interval, scale);
    if (coefficient === "COHEN_KAPPA") return byLowerLimit(interval, scale);
    const found = bandMembership(value, standardError, scale);
    if (found.kind === "undefined") return [];
    const probability = found.bands.find(({ name }) => name === found.band)!.cumulative;
    return [{ scale, rule: "MEMBERSHIP", reading: found.band, probability }];
  });
}

function byLowerLimit(interval: Interval | null, scale: ScaleName): Benchmark[] {
  const found = bandOfLowerLimit(interval, scale);
  return found.kind === "defined" ? [{ scale, rule: "LOWER_LIMIT", reading: found.band, probability: null }] : [];
}
