// What is interval alpha on a continuous scale, the same to the last bit from kept sums as from the values? Pure.
import type { NamedCoefficient } from "../statistics/everyCoefficient.js";
import type { Moments } from "../statistics/intervalAlphaFromMoments.js";
import { intervalAlphaOfMoments, intervalAlphaOfMomentsSums } from "../statistics/intervalAlphaOfMoments.js";
import { krippendorffAlphaInferred, krippendorffAlphaSums } from "../statistics/krippendorffAlpha.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";

/** Moments, and how many units have them. */
export interface MomentsRow extends Moments {
  units: number;
}

const NAME = { coefficient: "krippendorff_alpha", weighting: "interval" };

/** α of ratings: from their moments where these are exact, as `ofMoments` would, else pair by pair. */
export const intervalAlphaOfScores: NamedCoefficient = {
  ...NAME,
  needs: "COUNTS",
  infer(ratings: RatingPatterns, level: number) {
    const moments = momentsOf(ratings);
    return areExact(moments)
      ? intervalAlphaOfMoments(moments, ratings.raters, level)
      : krippendorffAlphaInferred(ratings, "INTERVAL", level);
  },
  sums(ratings: RatingPatterns) {
    const moments = momentsOf(ratings);
    return areExact(moments) ? intervalAlphaOfMomentsSums(moments) : krippendorffAlphaSums(ratings, "INTERVAL");
  },
};

/** α of kept moments; null where they are not whole numbers, which alone are exact, so that the values must be read. */
export function ofMoments(rows: readonly MomentsRow[], raters: number): NamedCoefficient | null {
  if (!areExact(rows)) return null;
  const moments = inOrder(rows);
  return {
    ...NAME,
    needs: "COUNTS",
    infer: (_: RatingPatterns, level: number) => intervalAlphaOfMoments(moments, raters, level),
    sums: () => intervalAlphaOfMomentsSums(moments),
  };
}

function momentsOf({ patterns, values }: RatingPatterns): MomentsRow[] {
  const found = new Map<string, MomentsRow>();
  for (const { units, counts } of patterns) {
    const moments = { n: 0, sum: 0, sumOfSquares: 0, units };
    for (const [index, count] of counts) {
      const score = values[index] as number;
      moments.n += count;
      moments.sum += count * score;
      moments.sumOfSquares += count * score ** 2;
    }
    const key = `${moments.n} ${moments.sum} ${moments.sumOfSquares}`;
    const same = found.get(key);
    if (same) same.units += units;
    else found.set(key, moments);
  }
  return inOrder([...found.values()]);
}

function inOrder(rows: readonly MomentsRow[]): MomentsRow[] {
  return [...rows].sort((a, b) => a.n - b.n || a.sum - b.sum || a.sumOfSquares - b.sumOfSquares);
}

function areExact(rows: readonly MomentsRow[]): boolean {
  return rows.every(({ sum, sumOfSquares }) => Number.isSafeInteger(sum) && Number.isSafeInteger(sumOfSquares));
}
