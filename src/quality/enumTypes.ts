// Which words does the API use for annotator quality?
import { registered } from "../agreement/enumTypes.js";
import type { DriftNumbers } from "./annotatorNumbers.js";
import { INTERVAL_METHODS, QUALITY_REASONS, type QualityIntervalMethod, type QualityReason } from "./estimates.js";
import type { QualityOrder } from "./order.js";

export const QualityReasonEnum = registered<QualityReason>(
  "QualityReason",
  "Why a number on an annotator has no value.",
  QUALITY_REASONS,
);

export const QualityIntervalMethodEnum = registered<QualityIntervalMethod>(
  "QualityIntervalMethod",
  "How an interval of a number on an annotator was made.",
  INTERVAL_METHODS,
);

export const DriftNumbersEnum = registered<DriftNumbers>("DriftNumbers", "What drift is looked for in.", {
  RESIDUALS: "The annotator's value less the mean of the others' of the unit.",
  SHARES_OF_OTHERS: "The share of the others of the unit that agree with the annotator; on nominal scales.",
});

export const QualityOrderEnum = registered<QualityOrder>("AnnotatorQualityOrder", "Which annotators come first.", {
  NAME: "By key.",
  LEAST_AGREEMENT:
    "Those who agree least with the others, by the shrunken value where there is one, so that few ratings put nobody first; those without a value last.",
  MOST_RATINGS: "Those with most ratings.",
});
