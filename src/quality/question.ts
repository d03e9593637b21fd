// What is asked about annotators, and can it be asked? Pure.
import { usualPairWeighting, type PairWeighting } from "../agreement/pairs.js";
import { bad, countedOf, type CountedArguments, type CountedRatings, type Measured } from "../agreement/question.js";

/** As it comes from the API. */
export interface QualityArguments extends CountedArguments {
  weighting?: PairWeighting | null;
  level: number;
}

/** What decides which numbers come out, the snapshot apart. */
export interface QualityQuestion extends CountedRatings {
  /** How much two different values disagree, in the agreement with others. */
  weighting: PairWeighting;
  level: number;
}

/** Throws BAD_USER_INPUT with what to ask instead. */
export function qualityQuestionOf(given: QualityArguments, measured: Measured): QualityQuestion {
  const { weighting, level } = given;
  if (!(level >= 0.5 && level <= 0.999))
    throw bad("level", `level ${level} is not taken; use 0.5 to 0.999, such as 0.95`);
  const counted = countedOf(given, measured);
  return { ...counted, weighting: weighting ?? usualPairWeighting(counted), level };
}

/**
 * What has to be computed for it: everybody, since who is shown does not change whom they are measured against. So one
 * report answers whichever annotators are asked for. Models are read only where they are.
 */
export function computedQuestion(question: QualityQuestion): QualityQuestion {
  const annotatorKinds: QualityQuestion["annotatorKinds"] = question.annotatorKinds.includes("MODEL")
    ? ["HUMAN", "MODEL"]
    : ["HUMAN"];
  return { ...question, annotators: null, annotatorKinds };
}
