// What do books call which coefficient, its uncertainty counted?
import { bandMembership, bandOfLowerLimit, type ScaleName } from "./benchmark.js";
import type { Interval } from "./interval.js";

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
const SCALES_OF: Record<string, readonly ScaleName[]> = {
  krippendorff_alpha: ["KRIPPENDORFF"],
  gwet_ac1: ["ALTMAN", "LANDIS_KOCH"],
  gwet_ac2: ["ALTMAN", "LANDIS_KOCH"],
  brennan_prediger: ["ALTMAN", "LANDIS_KOCH"],
  pabak: ["ALTMAN", "LANDIS_KOCH"],
  fleiss_kappa: ["ALTMAN", "LANDIS_KOCH"],
  conger_kappa: ["ALTMAN", "LANDIS_KOCH"],
  scott_pi: ["ALTMAN", "LANDIS_KOCH"],
  cohen_kappa: ["LANDIS_KOCH"],
  icc: ["KOO_LI"],
};

interface Judged {
  /** As the reference vectors name it, in any case. */
  coefficient: string;
  value: number | null;
  standardError: number | null;
  interval: Pick<Interval, "low"> | null;
}

/**
 * By the lower limit of its interval, never by the value alone; for Gwet's and like coefficients by his probabilistic
 * benchmarking. None where there is no value or no uncertainty.
 */
export function benchmarksOf({ coefficient: named, value, standardError, interval }: Judged): Benchmark[] {
  const coefficient = named.toLowerCase();
  if (value === null) return [];
  return (SCALES_OF[coefficient] ?? []).flatMap((scale): Benchmark[] => {
    if (scale !== "ALTMAN" && scale !== "LANDIS_KOCH") return byLowerLimit(interval, scale);
    if (coefficient === "cohen_kappa") return byLowerLimit(interval, scale);
    const found = bandMembership(value, standardError, scale);
    if (found.kind === "undefined") return [];
    const probability = found.bands.find(({ name }) => name === found.band)!.cumulative;
    return [{ scale, rule: "MEMBERSHIP", reading: found.band, probability }];
  });
}

function byLowerLimit(interval: Pick<Interval, "low"> | null, scale: ScaleName): Benchmark[] {
  const found = bandOfLowerLimit(interval, scale);
  return found.kind === "defined" ? [{ scale, rule: "LOWER_LIMIT", reading: found.band, probability: null }] : [];
}
