// Has an annotator changed? Pure.
import { ewmaChart, recentChange } from "../statistics/drift.js";
import type { Drift, DriftNumbers } from "./annotatorNumbers.js";
import { limitsBy, noEstimate } from "./estimates.js";

/** The last 50 of a series against all before, and how often its moving mean was outside its limits. */
export function driftOf(series: Float64Array, of: DriftNumbers, level: number): Drift {
  const change = recentChange(series, { level });
  const chart = ewmaChart(series);
  const ratings = series.length;
  const ewma = {
    ewmaOutsideCount: chart.kind === "defined" ? chart.outside.length : null,
    ewmaUndefinedBecause: chart.kind === "undefined" ? chart.because : null,
  };
  if (change.kind === "undefined") {
    const none = { recentCount: null, recentMean: null, beforeCount: null, beforeMean: null };
    return { of, ratings, ...none, difference: noEstimate(change.because, ratings), ...ewma };
  }
  const { recent, before, difference, standardError, interval } = change;
  const counts = { recentCount: recent.n, recentMean: recent.mean, beforeCount: before.n, beforeMean: before.mean };
  const uncertainty = { standardError, interval: limitsBy(interval, "WELCH_T"), shrunken: null };
  const estimate = { value: difference, undefinedBecause: null, n: ratings, ...uncertainty };
  return { of, ratings, ...counts, difference: estimate, ...ewma };
}
