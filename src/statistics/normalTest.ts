// How improbable is a z as far from 0 as this, and how far from 0 do the limits of a confidence level lie?
import { normalBelow, normalQuantile } from "./normalDistribution.js";

/** P(|Z| ≥ |z|) for a standard normal Z: the two-sided p of z. Small ones keep their digits; 0 beyond |z| = 38. */
export function twoSidedP(z: number): number {
  return Math.min(1, 2 * normalBelow(-Math.abs(z)));
}

/** The z between whose negative and itself the middle share `level` of the standard normal distribution lies. */
export function zOfLevel(level: number): number {
  refuseWrongLevel(level);
  return normalQuantile((1 + level) / 2);
}

/** Throws a RangeError on a confidence level that is not between 0 and 1. */
export function refuseWrongLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`);
}
