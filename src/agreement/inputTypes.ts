// What does the API take of questions about agreement?
import { ArgsType, Field, Float, InputType, Int } from "type-graphql";
import { SnapshotAt } from "../activities/types.js";
import { Population } from "../activities/snapshot.js";
import { AnnotatorKindEnum } from "../annotators/types.js";
import { ExampleFilter } from "../examples/types.js";
import type { Stratum } from "../ratings/tables.js";
import { StratumEnum } from "../ratings/types.js";
import type { IntervalKind } from "../statistics/interval.js";
import type { Coefficient, Offer, Weighting } from "./coefficientNames.js";
import {
  CoefficientEnum,
  GroupingByEnum,
  IntervalKindEnum,
  OfferEnum,
  PeriodEnum,
  RepeatsEnum,
  WeightingEnum,
} from "./enumTypes.js";
import type { GroupingBy, Period } from "./grouping.js";
import type { RaterKind, Repeats } from "./question.js";

@InputType({ description: "A coefficient to compute." })
export class AgreementCoefficientInput {
  @Field(() => CoefficientEnum, { description: "Which." })
  coefficient!: Coefficient;
  @Field(() => WeightingEnum, {
    nullable: true,
    description:
      "Where not said: the scale's level for KRIPPENDORFF_ALPHA, QUADRATIC for GWET_AC2 and on ordered scales COHEN_KAPPA, ICC_2_1, TIES_CORRECTED; else UNWEIGHTED.",
  })
  weighting?: Weighting | null;
  @Field(() => [[Float]], {
    nullable: true,
    description:
      "For COHEN_KAPPA with CUSTOM weights: how bad each disagreement is, a row and a column for each category in order, 0 where they are the same; symmetric.",
  })
  disagreements?: number[][] | null;
}

@InputType({ description: "By what to slice." })
export class AgreementGrouping {
  @Field(() => GroupingByEnum, { description: "By what." })
  by!: GroupingBy;
  @Field(() => String, { nullable: true, description: "The label dimension, such as intent; only for LABEL." })
  dimension?: string | null;
  @Field(() => PeriodEnum, { nullable: true, description: "Only for PERIOD; MONTH where not said." })
  period?: Period | null;
}

@InputType({ description: "Which intervals to compute." })
export class AgreementInference {
  @Field(() => [IntervalKindEnum], {
    defaultValue: [],
    description: "Beside the recommended one of each coefficient.",
  })
  kinds!: IntervalKind[];
  @Field(() => Float, { defaultValue: 0.95, description: "Confidence level, 0.5 to 0.999." })
  level!: number;
  @Field(() => Float, {
    defaultValue: 1,
    description: "A whole number from 0 to 4294967295: the same seed draws the same units.",
  })
  seed!: number;
  @Field(() => Int, { defaultValue: 2000, description: "How often units are drawn anew, 100 to 20,000." })
  resamples!: number;
}

/** Which ratings count. */
@ArgsType()
@InputType({ description: "Which ratings count." })
export class CountedArgs {
  @Field(() => String, { description: "The criterion's key." })
  criterion!: string;
  @Field(() => Int, {
    nullable: true,
    description:
      "Which version; the latest as of the snapshot where not said. Values of two versions are never pooled.",
  })
  criterionVersion?: number | null;
  @Field(() => RepeatsEnum, {
    defaultValue: "LATEST",
    description: "Which values count where an annotator rated a unit more than once.",
  })
  repeats!: Repeats;
  @Field(() => [StratumEnum], {
    defaultValue: ["OPEN", "RANDOM"],
    description: "Only ratings given for these reasons.",
  })
  strata!: Stratum[];
  @Field(() => [AnnotatorKindEnum], { defaultValue: ["HUMAN"], description: "Only ratings by these." })
  annotatorKinds!: RaterKind[];
  @Field(() => [String], { nullable: true, description: "Only ratings by annotators with these keys; up to 1,000." })
  annotators?: string[] | null;
  @Field(() => ExampleFilter, { nullable: true, description: "Only these example versions." })
  filter?: ExampleFilter | null;
}

@ArgsType()
@InputType("AgreementQuestionInput", { description: "A question about agreement, as Snapshot.agreement takes it." })
export class AgreementArgs extends CountedArgs {
  @Field(() => OfferEnum, { defaultValue: "RECOMMENDED", description: "Which coefficients, where none is named." })
  offer!: Offer;
  @Field(() => [AgreementCoefficientInput], { nullable: true, description: "These coefficients, in this order." })
  coefficients?: AgreementCoefficientInput[] | null;
  @Field(() => AgreementInference, {
    nullable: true,
    description: "Which intervals; the recommended one of each coefficient at 0.95 where not said.",
  })
  inference?: AgreementInference | null;
  @Field(() => [AgreementGrouping], {
    nullable: true,
    description: "Up to 5 slices beside the whole, each by itself.",
  })
  groupBy?: AgreementGrouping[] | null;
}

@ArgsType()
export class AgreementPlanArgs extends CountedArgs {
  @Field(() => Float, { description: "How far the limits of the interval may be from the value, such as 0.05." })
  halfWidth!: number;
  @Field(() => CoefficientEnum, { defaultValue: "KRIPPENDORFF_ALPHA", description: "Of which coefficient." })
  coefficient!: Coefficient;
  @Field(() => WeightingEnum, { nullable: true, description: "As in coefficients of agreement." })
  weighting?: Weighting | null;
  @Field(() => Float, { defaultValue: 0.95, description: "Confidence level, 0.5 to 0.999." })
  level!: number;
  @Field(() => Int, { defaultValue: 10, description: "Plans for 2 raters a unit up to so many, at most 50." })
  mostRaters!: number;
  @Field(() => Int, { defaultValue: 1, description: "The same seed draws the same parts of the ratings." })
  seed!: number;
}

@InputType({ description: "A report on agreement to compute apart from this request." })
export class ComputeAgreementInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => AgreementArgs, { description: "What is asked." })
  question!: AgreementArgs;
}
