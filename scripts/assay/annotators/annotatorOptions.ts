// What can be asked about annotators on the command line?
import type { Command } from "commander";
import { fraction, word } from "../optionValues.js";
import { addRatingOptions, countedRatings, type RatingOptions } from "../ratingOptions.js";
import type { Fields } from "../rows.js";
import { addSnapshotOptions, type SnapshotOptions } from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";

export interface QualityOptions extends SnapshotOptions, RatingOptions {
  weighting?: string;
  confidence?: number;
  job?: boolean;
}

export function addQualityOptions(command: Command): Command {
  return addSnapshotOptions(addRatingOptions(command))
    .option(
      "--weighting <name>",
      "of the agreement with others: unweighted, linear, quadratic",
      word(["UNWEIGHTED", "LINEAR", "QUADRATIC"]),
    )
    .option("--confidence <level>", "of intervals; 0.95 where absent", fraction(0.5, 0.999))
    .option("--job", "compute it as a job, with progress, and wait");
}

/** The question as the API takes it. */
export function questionOf({ weighting, confidence, ...options }: QualityOptions): Fields {
  return { ...countedRatings(options), ...withoutAbsent({ weighting, level: confidence }) };
}
