// What does the API show of annotator quality?
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { CacheOutcomeEnum } from "../agreement/enumTypes.js";
import { ClassPrior, ConfusionRow } from "../consensus/types.js";
import { connectionType } from "../platform/connections.js";
import type { AnnotatorNumbers, DriftNumbers } from "./annotatorNumbers.js";
import { DriftNumbersEnum, QualityIntervalMethodEnum, QualityReasonEnum } from "./enumTypes.js";
import type { QualityIntervalMethod, QualityReason } from "./estimates.js";
import type { QualityQuestion } from "./question.js";

@ObjectType({ simpleResolvers: true, description: "Between which limits a number on an annotator mostly lies." })
export class QualityInterval {
  @Field(() => Float, { description: "Lower end." })
  low!: number;
  @Field(() => Float, { description: "Upper end." })
  high!: number;
  @Field(() => Float, { description: "Its level, such as 0.95." })
  level!: number;
  @Field(() => QualityIntervalMethodEnum, { description: "How it was made." })
  method!: QualityIntervalMethod;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A number on an annotator when it is judged partly by the other people, the more so the fewer ratings there are.",
})
export class ShrunkenEstimate {
  @Field(() => Float, { description: "ownWeight × the annotator's own value + (1 − ownWeight) × the pool's." })
  value!: number;
  @Field(() => QualityInterval, { description: "Between which limits it mostly lies." })
  interval!: QualityInterval;
  @Field(() => Float, { description: "How much the annotator's own ratings count in it, from 0 to 1." })
  ownWeight!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "A number on an annotator, with what it rests on and how uncertain it is: evidence, and no verdict.",
})
export class QualityEstimate {
  @Field(() => Float, { nullable: true, description: "Not rounded; null where it is undefined." })
  value!: number | null;
  @Field(() => QualityReasonEnum, { nullable: true, description: "Why there is no value; null where there is one." })
  undefinedBecause!: QualityReason | null;
  @Field(() => Int, { description: "How many ratings it rests on; where it is of other things, the field says so." })
  n!: number;
  @Field(() => Float, { nullable: true, description: "Standard error; null where there is none." })
  standardError!: number | null;
  @Field(() => QualityInterval, { nullable: true, description: "Null where there is none." })
  interval!: QualityInterval | null;
  @Field(() => ShrunkenEstimate, {
    nullable: true,
    description:
      "Null where it is not shrunken: for other numbers, for models, and where fewer than two people have it.",
  })
  shrunken!: ShrunkenEstimate | null;
}

@ObjectType({ simpleResolvers: true, description: "How much an annotator rated." })
export class AnnotatorVolume {
  @Field(() => Int, { description: "Ratings that count." })
  ratings!: number;
  @Field(() => Int, { description: "Units they are of." })
  units!: number;
  @Field(() => Int, { description: "Units that another person rated, too." })
  sharedUnits!: number;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When the first was given; null without any." })
  firstAt!: string | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When the last was given; null without any." })
  lastAt!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "How often an annotator is right where the right value is known: its ratings in force, of any stratum, on units with a gold value. Which units these are is not said.",
})
export class GoldAccuracy {
  @Field(() => Int, {
    description: "Ratings within the tolerance of the gold value; the latest where it rated a unit again.",
  })
  hits!: number;
  @Field(() => Int, { description: "The others." })
  misses!: number;
  @Field(() => QualityEstimate, { description: "The share of hits." })
  accuracy!: QualityEstimate;
  @Field(() => Float, { nullable: true, description: "The mean of Beta(1 + hits, 1 + misses); null without gold." })
  mean!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "The probability that the accuracy is above 0.75, under the same distribution; null without gold.",
  })
  probabilityAbove75!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Whether an annotator says the same again of units that it rated more than once, whatever repeats says.",
})
export class IntraRaterReliability {
  @Field(() => Int, { description: "Units that the annotator rated more than once: pairs of the two." })
  pairs!: number;
  @Field(() => Int, { description: "Those of them on which it said different things." })
  contradictedPairs!: number;
  @Field(() => QualityEstimate, {
    description: "The share of equal pairs of ratings of a unit, averaged over units. n: units.",
  })
  percentAgreement!: QualityEstimate;
  @Field(() => QualityEstimate, { description: "Krippendorff's alpha at the scale's level. n: units." })
  alpha!: QualityEstimate;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "How an annotator confuses values, by Dawid and Skene's model of people's ratings. A model is compared with the true values that people's ratings give.",
})
export class AnnotatorConfusions {
  @Field(() => QualityEstimate, {
    description:
      "How probably the annotator gives the true value, over the values that it has data of. The interval takes the true values as known.",
  })
  accuracy!: QualityEstimate;
  @Field(() => [ConfusionRow], { description: "A row for each true value; empty without a model." })
  confusion!: ConfusionRow[];
}

@ObjectType({ simpleResolvers: true, description: "How long an annotator takes: ratings with a time above 0 seconds." })
export class AnnotatorSpeed {
  @Field(() => Int, { description: "Ratings with a time." })
  ratings!: number;
  @Field(() => QualityEstimate, { description: "The median of their seconds." })
  medianSeconds!: QualityEstimate;
  @Field(() => QualityEstimate, {
    description:
      "How many robust standard deviations the median log-time is above or below those of all annotators of the kind. n: annotators.",
  })
  robustZ!: QualityEstimate;
  @Field(() => QualityEstimate, {
    description:
      "The share of ratings whose log-time is more than three robust standard deviations below all ratings'.",
  })
  tooFastShare!: QualityEstimate;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Whether an annotator has changed: its shared units in order of time, the last 50 against all before, and a moving mean.",
})
export class AnnotatorDrift {
  @Field(() => DriftNumbersEnum, { description: "What is looked at." })
  of!: DriftNumbers;
  @Field(() => Int, { description: "How many there are." })
  ratings!: number;
  @Field(() => Int, { nullable: true, description: "The recent ones; null where there are too few." })
  recentCount!: number | null;
  @Field(() => Float, { nullable: true, description: "Their mean." })
  recentMean!: number | null;
  @Field(() => Int, { nullable: true, description: "Those before; null where there are too few." })
  beforeCount!: number | null;
  @Field(() => Float, { nullable: true, description: "Their mean." })
  beforeMean!: number | null;
  @Field(() => QualityEstimate, { description: "Recent mean less mean before." })
  difference!: QualityEstimate;
  @Field(() => Int, {
    nullable: true,
    description:
      "At how many of them the exponentially weighted moving average (0.2) was outside three-sigma limits made of those before the last 50.",
  })
  ewmaOutsideCount!: number | null;
  @Field(() => QualityReasonEnum, { nullable: true, description: "Why that is not known; null where it is." })
  ewmaUndefinedBecause!: QualityReason | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "One annotator's work, in numbers: evidence, and no verdict. The others are people, also for a model.",
})
export class AnnotatorQuality {
  datasetId!: number;
  annotatorId!: number;
  key!: string;
  @Field(() => AnnotatorVolume, { description: "How much it rated." })
  volume!: AnnotatorVolume;
  @Field(() => QualityEstimate, {
    description: "The share of the other people's ratings of the same units that agree, by the weighting asked for.",
  })
  agreementWithOthers!: QualityEstimate;
  @Field(() => QualityEstimate, {
    description:
      "The share of its ratings that are the value most people gave, over units that two people or more rated; a person's own vote counts.",
  })
  agreementWithMajority!: QualityEstimate;
  @Field(() => QualityEstimate, {
    description: "The same when each person's vote weighs as much as their agreement with that majority (Wawa).",
  })
  agreementWithWeightedMajority!: QualityEstimate;
  @Field(() => QualityEstimate, {
    description: "The mean of its values less the others' mean of the unit: below 0 more severe, above 0 more lenient.",
  })
  severity!: QualityEstimate;
  @Field(() => QualityEstimate, {
    description:
      "Its standard deviation over that of all ratings of the same units: below 1 it uses less of the scale.",
  })
  spreadRatio!: QualityEstimate;
  @Field(() => QualityEstimate, { description: "Pearson's correlation with the others' means." })
  correlation!: QualityEstimate;
  @Field(() => GoldAccuracy, { description: "How often it is right where the right value is known." })
  goldAccuracy!: GoldAccuracy;
  @Field(() => IntraRaterReliability, { description: "Whether it says the same again." })
  intraRater!: IntraRaterReliability;
  @Field(() => AnnotatorConfusions, { description: "How it confuses the values." })
  dawidSkene!: AnnotatorConfusions;
  @Field(() => AnnotatorSpeed, { description: "How long it takes." })
  speed!: AnnotatorSpeed;
  @Field(() => AnnotatorDrift, { description: "Whether it has changed." })
  drift!: AnnotatorDrift;
}

export const AnnotatorQualityConnection = connectionType("AnnotatorQuality", AnnotatorQuality);

@ObjectType({
  simpleResolvers: true,
  description:
    "Dawid and Skene's model of all people's ratings that count, by EM from the vote shares: deterministic, without smoothing.",
})
export class DawidSkeneModel {
  @Field(() => QualityReasonEnum, { nullable: true, description: "Why there is none; null where there is one." })
  undefinedBecause!: QualityReason | null;
  @Field(() => Int, { description: "Units with a person's rating." })
  units!: number;
  @Field(() => [ClassPrior], { description: "In the order of the scale's categories; empty without a model." })
  classPriors!: ClassPrior[];
  @Field(() => Float, { nullable: true, description: "The natural logarithm of the probability of the ratings." })
  logLikelihood!: number | null;
  @Field(() => Int, { nullable: true, description: "Steps made." })
  steps!: number | null;
  @Field(() => Int, { nullable: true, description: "Steps made at most; it depends on the number of ratings alone." })
  mostSteps!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "It ends with a step that raises the log-likelihood by no more than this for each rating.",
  })
  tolerance!: number | null;
  @Field(() => Boolean, { nullable: true, description: "False where the steps ran out before." })
  converged!: boolean | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Each annotator's work on a snapshot, in numbers, with all that is needed to cite them.",
})
export class AnnotatorQualityReport {
  datasetId!: number;
  snapshot!: SnapshotKey;
  question!: QualityQuestion;
  /** Those asked for, by key. */
  rows!: AnnotatorNumbers[];
  /** Of the report, for cursors. */
  key!: string;
  @Field(() => Population, { description: "Which example versions were looked at." })
  population!: Population;
  @Field(() => String, { description: "How it was computed; changes whenever numbers could." })
  methodVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "All that was asked, defaults included." })
  parameters!: object;
  @Field(() => CacheOutcomeEnum, {
    description: "Whether the numbers had been computed before. Numbers of a snapshot never change, so they are kept.",
  })
  cache!: "HIT" | "MISS";
  @Field(() => DawidSkeneModel, { description: "What the confusions are of." })
  model!: DawidSkeneModel;
  @Field(() => Float, {
    nullable: true,
    description: "The seconds below which a person's rating is too fast; null where times say nothing.",
  })
  tooFastBelowSeconds!: number | null;
}
