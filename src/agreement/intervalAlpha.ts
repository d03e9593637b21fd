// What is interval alpha on a continuous scale, the same to the last bit from kept sums as from the values? Pure.
import type { Estimate } from "../statistics/estimate.js";
import { intervalAlphaFromMoments, type Moments } from "../statistics/intervalAlphaFromMoments.js";
import { krippendorffAlpha } from "../statistics/krippendorffAlpha.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";

/** Moments, and how many units have them. */
export interface MomentsRow extends Moments {
  units: number;
}

/** α from kept moments; null where they are not whole numbers, which alone are exact, so that the values must be read. */
export function alphaOfMoments(rows: readonly MomentsRow[], raters: number): Estimate | null {
  if (!rows.every(isExact)) return null;
  const ordered = [...rows].sort((a, b) => a.n - b.n || a.sum - b.sum || a.sumOfSquares - b.sumOfSquares);
  return intervalAlphaFromMoments(
    ordered.flatMap((row) => Array<Moments>(row.units).fill(row)),
    raters,
  );
}

/** α at level INTERVAL of scores: from moments where these are exact, as `alphaOfMoments` would, else pair by pair. */
export function intervalAlphaOfScores(ratings: RatingPatterns): Estimate {
  const rows = ratings.patterns.map(({ units, counts }) => {
    const moments = { n: 0, sum: 0, sumOfSquares: 0, units };
    for (const [index, count] of counts) {
      const score = ratings.values[index] as number;
      moments.n += count;
      moments.sum += count * score;
      moments.sumOfSquares += count * score ** 2;
    }
    return moments;
  });
  return alphaOfMoments(rows, ratings.raters!) ?? krippendorffAlpha(ratings, "INTERVAL");
}

function isExact({ sum, sumOfSquares }: Moments): boolean {
  return Number.isSafeInteger(sum) && Number.isSafeInteger(sumOfSquares);
}
