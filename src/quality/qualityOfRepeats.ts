// Does an annotator say the same again? Pure.
import type { Measured } from "../agreement/question.js";
import { krippendorffAlphaInferred } from "../statistics/krippendorffAlpha.js";
import { percentAgreementInferred } from "../statistics/percentAgreement.js";
import { matrixOfColumns, patternsOfMatrix, RatingColumns } from "../statistics/ratingColumns.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";
import type { IntraRater } from "./annotatorNumbers.js";
import { estimateOfCoefficient, noEstimate } from "./estimates.js";

/** One annotator's repeated ratings: units, and of each how many times which value. */
export class Repeats {
  private readonly columns = new RatingColumns();

  add(unit: number, value: number): void {
    this.columns.add(unit, 0, value);
  }

  /** Units with one rating only, such as one whose others are of another stratum, say nothing. */
  patterns({ categories }: Measured): RatingPatterns {
    const { patterns, ...rest } = patternsOfMatrix(matrixOfColumns(this.columns, categories));
    return { ...rest, patterns: patterns.filter(({ counts }) => counts.reduce((sum, [, n]) => sum + n, 0) > 1) };
  }
}

/** Percent agreement and alpha, each rating of a unit against the annotator's others of it. */
export function intraRater(repeats: Repeats | undefined, measured: Measured, level: number): IntraRater {
  const ratings = repeats?.patterns(measured);
  if (!ratings || ratings.patterns.length === 0) {
    const none = noEstimate("NO_REPEATS");
    return { pairs: 0, contradictedPairs: 0, percentAgreement: none, alpha: none };
  }
  const pairs = unitsOf(ratings.patterns);
  const contradictedPairs = unitsOf(ratings.patterns.filter(({ counts }) => counts.length > 1));
  const percentAgreement = estimateOfCoefficient(percentAgreementInferred(ratings, "UNWEIGHTED", level), pairs);
  const alpha = estimateOfCoefficient(krippendorffAlphaInferred(ratings, measured.level, level), pairs);
  return { pairs, contradictedPairs, percentAgreement, alpha };
}

function unitsOf(patterns: RatingPatterns["patterns"]): number {
  return patterns.reduce((sum, { units }) => sum + units, 0);
}
