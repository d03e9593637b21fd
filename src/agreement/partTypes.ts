// What does the API show beside the coefficients: pairs, confusions, disagreements, trends, plans?
import { Field, Float, Int, ObjectType } from "type-graphql";
import { CategoryValueScalar, type CategoryValue } from "../guidelines/categoryValue.js";
import { connectionType } from "../platform/connections.js";
import type { ScaleName } from "../statistics/benchmark.js";
import type { BenchmarkRule } from "../statistics/benchmarksOf.js";
import {
  BenchmarkRuleEnum,
  BenchmarkScaleEnum,
  BetweenEnum,
  PairWeightingEnum,
  UndefinedReasonEnum,
} from "./enumTypes.js";
import type { Pairs, PairWeighting } from "./pairs.js";
import type { Between } from "./pairSummaries.js";
import { AgreementOverall, ConfidenceInterval } from "./types.js";

@ObjectType({
  simpleResolvers: true,
  description: "What a convention calls a coefficient, its uncertainty counted. A convention, and no test.",
})
export class Benchmark {
  @Field(() => BenchmarkScaleEnum, { description: "Whose." })
  scale!: ScaleName;
  @Field(() => BenchmarkRuleEnum, { description: "By what it was read." })
  rule!: BenchmarkRule;
  @Field(() => String, { description: "The band, such as TENTATIVE." })
  reading!: string;
  @Field(() => Float, {
    nullable: true,
    description: "The probability that the coefficient lies in that band or above; null by the lower limit.",
  })
  probability!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "How well two annotators agree over the units that both rated." })
export class AgreementPair {
  @Field(() => String, { description: "The key of the one, which comes first." })
  firstAnnotator!: string;
  @Field(() => String, { description: "The key of the other." })
  secondAnnotator!: string;
  @Field(() => BetweenEnum, { description: "Of which kinds they are." })
  between!: Between;
  @Field(() => Int, { description: "Units that both rated." })
  unitCount!: number;
  @Field(() => Float, { description: "The share of these units on which they gave one value." })
  percentAgreement!: number;
  @Field(() => Float, { nullable: true, description: "Cohen's kappa; null where it is undefined." })
  kappa!: number | null;
  @Field(() => UndefinedReasonEnum, { nullable: true, description: "Why there is no kappa; null where there is one." })
  undefinedBecause!: string | null;
  @Field(() => Float, { nullable: true, description: "Of kappa: Fleiss, Cohen and Everitt's; null with one unit." })
  standardError!: number | null;
  @Field(() => ConfidenceInterval, { nullable: true, description: "Of kappa; null as the standard error is." })
  interval!: ConfidenceInterval | null;
}

export const AgreementPairConnection = connectionType("AgreementPair", AgreementPair);

@ObjectType({ simpleResolvers: true, description: "How well pairs of one kind agree on the whole." })
export class PairSummary {
  @Field(() => BetweenEnum, { description: "Of which kinds they are: HUMAN_MODEL holds models against people." })
  between!: Between;
  @Field(() => Int, { description: "Pairs that share a unit." })
  pairCount!: number;
  @Field(() => Int, { description: "Units over all pairs: one that three people rated counts three times." })
  unitCount!: number;
  @Field(() => Float, { nullable: true, description: "The mean over pairs, each as heavy as its units." })
  meanPercentAgreement!: number | null;
  @Field(() => Float, { nullable: true, description: "The same of Cohen's kappa, over pairs that have one." })
  meanKappa!: number | null;
}

@ObjectType({ description: "How well each annotator agrees with each other one." })
export class AgreementPairs {
  report!: Pairs;
  key!: string;
  @Field(() => PairWeightingEnum, { description: "How much two different values disagree." })
  weighting!: PairWeighting;
  @Field(() => [PairSummary], { description: "For each kind of pair that there is." })
  summaries!: PairSummary[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Pairs as a square: rows and columns are annotators. Null where a pair shares no unit, and on the diagonal.",
})
export class AgreementPairMatrix {
  @Field(() => [String], { description: "Keys, in the order of rows and columns." })
  annotators!: string[];
  @Field(() => [[Float]], { nullable: "itemsAndList", description: "Cohen's kappa; null also where it is undefined." })
  kappa!: Array<Array<number | null>>;
  @Field(() => [[Int]], { description: "Units that both rated." })
  unitCounts!: number[][];
}

@ObjectType({ simpleResolvers: true, description: "Two values that are taken for each other." })
export class Confusion {
  @Field(() => CategoryValueScalar, { description: "The one that comes first on the scale." })
  first!: CategoryValue;
  @Field(() => CategoryValueScalar, { description: "The other." })
  second!: CategoryValue;
  @Field(() => Float, {
    description: "How often they stand in one unit, each unit's pairs weighted by 1/(ratings − 1).",
  })
  observed!: number;
  @Field(() => Float, { description: "How often they would by chance." })
  expected!: number;
  @Field(() => Float, { description: "Observed by expected: above 1 they are confused more often than by chance." })
  ratio!: number;
  @Field(() => Float, { description: "The part of all disagreement, by number." })
  share!: number;
}

@ObjectType({ simpleResolvers: true, description: "Which values stand beside which in one unit (Krippendorff 2011)." })
export class Coincidences {
  @Field(() => UndefinedReasonEnum, { nullable: true, description: "Why there are none; null where there are." })
  undefinedBecause!: string | null;
  @Field(() => Int, { description: "Units with at least one rating." })
  unitCount!: number;
  @Field(() => Int, { description: "Ratings in units with two or more." })
  pairableValueCount!: number;
  @Field(() => [CategoryValueScalar], { description: "Rows and columns of both matrices." })
  values!: CategoryValue[];
  @Field(() => [[Float]], { description: "The coincidence matrix; symmetric, adding up to the pairable ratings." })
  observed!: number[][];
  @Field(() => [[Float]], { description: "What chance would give." })
  expected!: number[][];
  @Field(() => [Confusion], { description: "Different values in one unit, the most frequent first." })
  confusions!: Confusion[];
}

@ObjectType({ simpleResolvers: true, description: "How often a value was given." })
export class ValueCount {
  @Field(() => CategoryValueScalar, { description: "The value." })
  value!: CategoryValue;
  @Field(() => Int, { description: "By how many ratings." })
  count!: number;
}

@ObjectType({ description: "A unit on which annotators disagree." })
export class Disagreement {
  datasetId!: number;
  exampleVersionId!: number;
  @Field(() => Float, {
    description: "The mean over its pairs of ratings, from 0 to 1: of squared distances on ordered scales.",
  })
  disagreement!: number;
  @Field(() => Int, { description: "How many ratings it has." })
  ratingCount!: number;
  @Field(() => [ValueCount], { description: "What was said, in the order of the scale." })
  values!: ValueCount[];
}

export const DisagreementConnection = connectionType("Disagreement", Disagreement);

@ObjectType({ description: "Agreement as of an activity." })
export class AgreementTrendPoint {
  datasetId!: number;
  activityNumber!: number;
  @Field(() => AgreementOverall, { description: "Over all units there were then." })
  overall!: AgreementOverall;
}

@ObjectType({ simpleResolvers: true, description: "So many raters on so many units." })
export class AgreementPlanRow {
  @Field(() => Int, { description: "Ratings a unit." })
  raters!: number;
  @Field(() => Int, { description: "Units." })
  units!: number;
  @Field(() => Float, { description: "Ratings in all." })
  ratings!: number;
  @Field(() => Float, { description: "The squared standard error of one unit, which falls with their number." })
  perUnitVariance!: number;
  @Field(() => Boolean, {
    description: "Whether too few units have so many ratings, so that the variance is fitted from those with fewer.",
  })
  extrapolated!: boolean;
  @Field(() => Boolean, { description: "Whether no other row needs fewer ratings." })
  fewestRatings!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "How many units and raters give an interval as narrow as wanted, for units and raters like those at hand.",
})
export class AgreementPlan {
  @Field(() => UndefinedReasonEnum, { nullable: true, description: "Why there is no plan; null where there is." })
  undefinedBecause!: string | null;
  @Field(() => [AgreementPlanRow], { description: "By raters a unit, ascending." })
  rows!: AgreementPlanRow[];
}
