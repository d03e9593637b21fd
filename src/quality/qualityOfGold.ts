// How often is an annotator right where the right value is known? Pure.
import type { Measured } from "../agreement/question.js";
import { accuracyAbove, accuracyPosterior } from "../statistics/betaInterval.js";
import type { GoldAccuracy } from "./annotatorNumbers.js";
import { estimateOfHits, type Hits, type ShrunkenEstimate } from "./estimates.js";

/** A tolerance of 0.3 takes 0.4 for 0.1, though 0.4 − 0.1 is a little more in binary. */
const ROUNDING = 1e-12;

/**
 * Whether a value is within the tolerance of the gold one: places of categories, or units of a continuous scale. On a
 * nominal scale no other value is near.
 */
export function isHit({ level }: Pick<Measured, "level">, value: number, gold: number, tolerance: number): boolean {
  if (level === "NOMINAL") return value === gold;
  const rounding = ROUNDING * Math.max(Math.abs(value), Math.abs(gold));
  return Math.abs(value - gold) <= tolerance + rounding;
}

/** Of no gold where an annotator rated none. */
export function goldAccuracy(
  given: Hits | undefined,
  shrunken: ShrunkenEstimate | undefined,
  level: number,
): GoldAccuracy {
  const { hits, misses } = given ?? { hits: 0, misses: 0 };
  const accuracy = { ...estimateOfHits({ hits, misses }, "NO_GOLD", level), shrunken: shrunken ?? null };
  if (hits + misses === 0) return { hits, misses, accuracy, mean: null, probabilityAbove75: null };
  const { mean } = accuracyPosterior(hits, misses, level);
  return { hits, misses, accuracy, mean, probabilityAbove75: accuracyAbove(0.75, hits, misses) };
}
