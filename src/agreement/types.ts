// What does the API show of agreement?
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, Int, InterfaceType, ObjectType } from "type-graphql";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import type { IntervalKind, IntervalMethod } from "../statistics/interval.js";
import type { Coefficient, Weighting } from "./coefficientNames.js";
import {
  CacheOutcomeEnum,
  CoefficientEnum,
  GroupingByEnum,
  IntervalKindEnum,
  IntervalMethodEnum,
  PeriodEnum,
  UndefinedReasonEnum,
  WarningEnum,
  WeightingEnum,
} from "./enumTypes.js";
import type { GroupingBy, Period } from "./grouping.js";
import type { Question } from "./question.js";
import type { Warning } from "../statistics/intervalWarnings.js";

@ObjectType({ simpleResolvers: true, description: "Where a coefficient lies over units like these." })
export class ConfidenceInterval {
  @Field(() => Float, { description: "Lower end." })
  low!: number;
  @Field(() => Float, { description: "Upper end, at most 1." })
  high!: number;
  @Field(() => Float, { description: "Confidence level, such as 0.95." })
  level!: number;
  @Field(() => IntervalMethodEnum, { description: "How it was made." })
  method!: IntervalMethod;
}

@ObjectType({ simpleResolvers: true, description: "An interval that was asked for." })
export class AgreementInterval extends ConfidenceInterval {
  @Field(() => IntervalKindEnum, { description: "What was asked for." })
  kind!: IntervalKind;
  @Field(() => Float, { nullable: true, description: "The standard error behind it; null where it has none." })
  standardError!: number | null;
  @Field(() => Int, {
    description: "Resamples on which the coefficient has no value, such as those of one value only; they are left out.",
  })
  undefinedResamples!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "A coefficient of agreement: a value, or why there is none, with what it rests on.",
})
export class AgreementCoefficient {
  @Field(() => CoefficientEnum, { description: "Which." })
  coefficient!: Coefficient;
  @Field(() => WeightingEnum, { description: "How much two different values disagree." })
  weighting!: Weighting;
  @Field(() => Float, { nullable: true, description: "Not rounded; null where it is undefined." })
  value!: number | null;
  @Field(() => UndefinedReasonEnum, { nullable: true, description: "Why there is no value; null where there is one." })
  undefinedBecause!: string | null;
  @Field(() => Float, { nullable: true, description: "Standard error; null where the coefficient has none." })
  readonly standardError!: number | null;
  @Field(() => ConfidenceInterval, {
    nullable: true,
    description:
      "The recommended interval: by formula, but for alpha and unanimity by the jackknife. Null where the coefficient has none.",
  })
  readonly interval!: ConfidenceInterval | null;
  @Field(() => [AgreementInterval], { description: "Those that inference asked for, as far as it has them." })
  readonly intervals!: AgreementInterval[];
  @Field(() => Int, { description: "Units with at least one rating." })
  unitCount!: number;
  @Field(() => Int, { description: "Annotators with at least one of these ratings." })
  raterCount!: number;
  @Field(() => Int, { description: "Ratings in units with two or more: those that can be compared." })
  pairableValueCount!: number;
}

@InterfaceType("AgreementRow", {
  description: "Agreement over some units. A unit is an example version on the criterion version.",
  resolveType: (row: object) => ("key" in row ? "AgreementGroup" : "AgreementOverall"),
})
export abstract class AgreementRow {
  @Field(() => Int, { description: "Units with at least one rating." })
  unitCount!: number;
  @Field(() => Int, { description: "Annotators with at least one of these ratings." })
  raterCount!: number;
  @Field(() => Int, { description: "Ratings in units with two or more: those that can be compared." })
  pairableValueCount!: number;
  @Field(() => [AgreementCoefficient], { description: "In the order asked." })
  coefficients!: AgreementCoefficient[];
  @Field(() => [WarningEnum], { description: "Why its intervals may be too narrow; mostly empty." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, implements: AgreementRow, description: "Agreement over all units of a report." })
export class AgreementOverall extends AgreementRow {}

@ObjectType({ simpleResolvers: true, implements: AgreementRow, description: "Agreement over the units of a group." })
export class AgreementGroup extends AgreementRow {
  @Field(() => String, {
    nullable: true,
    description: "What the group is called; null for units that are assigned to none.",
  })
  key!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Agreement, sliced: a group for each value that has ratings." })
export class AgreementGroups {
  @Field(() => GroupingByEnum, { description: "By what." })
  by!: GroupingBy;
  @Field(() => String, { nullable: true, description: "The label dimension; null for other slices." })
  dimension!: string | null;
  @Field(() => PeriodEnum, { nullable: true, description: "How long a period is; null for other slices." })
  period!: Period | null;
  @Field(() => [AgreementGroup], { description: "In order, unassigned last." })
  groups!: AgreementGroup[];
}

@ObjectType({
  simpleResolvers: true,
  description: "How far annotators agree on a snapshot, with all that is needed to cite it.",
})
export class AgreementReport {
  datasetId!: number;
  datasetUid!: string;
  snapshot!: SnapshotKey;
  question!: Question;
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
  @Field(() => AgreementOverall, { description: "Over all units." })
  overall!: AgreementOverall;
  @Field(() => [AgreementGroups], { description: "In the order asked." })
  groupings!: AgreementGroups[];
}
