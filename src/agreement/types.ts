// What does the API show and take of agreement?
import { GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, Float, InputType, Int, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { AnnotatorKindEnum } from "../annotators/types.js";
import { ExampleFilter } from "../examples/types.js";
import type { Stratum } from "../ratings/tables.js";
import { StratumEnum } from "../ratings/types.js";
import type { UndefinedReason } from "../statistics/estimate.js";
import type { IntervalMethod } from "../statistics/interval.js";
import type { Coefficient, GroupingBy, Question, RaterKind, Repeats, Weighting } from "./question.js";

export const CoefficientEnum: Record<Coefficient, Coefficient> = {
  PERCENT_AGREEMENT: "PERCENT_AGREEMENT",
  KRIPPENDORFF_ALPHA: "KRIPPENDORFF_ALPHA",
};
registerEnumType(CoefficientEnum, {
  name: "AgreementCoefficientName",
  description: "How agreement is measured.",
  valuesConfig: {
    PERCENT_AGREEMENT: {
      description:
        "The share of agreeing pairs of ratings in a unit, averaged over units with two or more. From 0 to 1.",
    },
    KRIPPENDORFF_ALPHA: {
      description:
        "How far agreement is above chance: 1 is perfect, 0 what chance gives, below 0 worse. Missing ratings are allowed.",
    },
  },
});

export const WeightingEnum: Record<Weighting, Weighting> = {
  UNWEIGHTED: "UNWEIGHTED",
  NOMINAL: "NOMINAL",
  ORDINAL: "ORDINAL",
  INTERVAL: "INTERVAL",
  RATIO: "RATIO",
};
registerEnumType(WeightingEnum, {
  name: "AgreementWeighting",
  description: "How much two different values disagree.",
  valuesConfig: {
    UNWEIGHTED: { description: "Wholly. For PERCENT_AGREEMENT." },
    NOMINAL: { description: "Wholly." },
    ORDINAL: { description: "By how many ratings lie between them." },
    INTERVAL: { description: "By their squared difference; needs numbers." },
    RATIO: { description: "By their squared difference relative to their sum; needs numbers from 0." },
  },
});

export const GroupingByEnum: Record<GroupingBy, GroupingBy> = {
  SOURCE: "SOURCE",
  SOURCE_KIND: "SOURCE_KIND",
  LABEL: "LABEL",
  BATCH: "BATCH",
  GUIDELINE_VERSION: "GUIDELINE_VERSION",
};
registerEnumType(GroupingByEnum, {
  name: "AgreementGroupingBy",
  description: "By what agreement is sliced.",
  valuesConfig: {
    SOURCE: { description: "The example version's source; key: the source's." },
    SOURCE_KIND: { description: "The kind of its source." },
    LABEL: { description: "Its labels of a dimension; a unit with several counts in each." },
    BATCH: { description: "The batch the rating was given in: what was said in it, superseded since or not." },
    GUIDELINE_VERSION: {
      description:
        "The rules it was rated under; key: such as house-style@1.0. What was said under them, superseded since or not.",
    },
  },
});

export const RepeatsEnum: Record<Repeats, Repeats> = { LATEST: "LATEST", FIRST: "FIRST", ALL: "ALL" };
registerEnumType(RepeatsEnum, {
  name: "Repeats",
  description: "Which of an annotator's values counts where they rated the same unit more than once.",
  valuesConfig: {
    LATEST: { description: "The one in force; within a slice by batch or guideline version, the last said in it." },
    FIRST: { description: "The first of those in the strata asked for; within such a slice, the first said in it." },
    ALL: { description: "Each, as if by a further rater; raterCount still counts people." },
  },
});

const REASONS: Record<UndefinedReason, { description: string }> = {
  NO_RATINGS: { description: "Nobody rated anything." },
  NO_PAIRABLE_UNITS: { description: "No unit has two ratings, so nothing can be compared." },
  NO_VARIATION: { description: "All pairable ratings have one value, so chance alone would agree." },
  NO_FULLY_RATED_UNITS: { description: "No unit was rated by every rater." },
  RATERS_UNKNOWN: { description: "It is not known how many raters there are." },
  VALUES_NOT_NUMERIC: { description: "The weighting needs numbers, and the categories are text." },
  NEGATIVE_VALUES: { description: "RATIO needs values from 0, and one is below." },
  PRECISION_LOST: { description: "The sums that were kept are too coarse to show the spread of the values." },
};
export const UndefinedReasonEnum = Object.fromEntries(Object.keys(REASONS).map((name) => [name, name]));
registerEnumType(UndefinedReasonEnum, {
  name: "UndefinedReason",
  description: "Why a statistic has no value.",
  valuesConfig: REASONS,
});

export const CacheOutcomeEnum = { HIT: "HIT", MISS: "MISS" } as const;
registerEnumType(CacheOutcomeEnum, {
  name: "CacheOutcome",
  description: "Whether the numbers had been computed before.",
  valuesConfig: { HIT: { description: "They had." }, MISS: { description: "They were computed for this request." } },
});

@InputType({ description: "A coefficient to compute." })
export class AgreementCoefficientInput {
  @Field(() => CoefficientEnum, { description: "Which." })
  coefficient!: Coefficient;
  @Field(() => WeightingEnum, {
    nullable: true,
    description: "UNWEIGHTED for PERCENT_AGREEMENT; else the scale's level where not said.",
  })
  weighting?: Weighting | null;
}

@InputType({ description: "By what to slice." })
export class AgreementGrouping {
  @Field(() => GroupingByEnum, { description: "By what." })
  by!: GroupingBy;
  @Field(() => String, { nullable: true, description: "The label dimension, such as intent; only for LABEL." })
  dimension?: string | null;
}

@ArgsType()
export class AgreementArgs {
  @Field(() => String, { description: "The criterion's key." })
  criterion!: string;
  @Field(() => Int, {
    nullable: true,
    description:
      "Which version; the latest as of the snapshot where not said. Values of two versions are never pooled.",
  })
  criterionVersion?: number | null;
  @Field(() => [AgreementCoefficientInput], {
    nullable: true,
    description: "Percent agreement, and Krippendorff's alpha at the scale's level, where not said.",
  })
  coefficients?: AgreementCoefficientInput[] | null;
  @Field(() => [AgreementGrouping], {
    nullable: true,
    description: "Up to 5 slices beside the whole, each by itself.",
  })
  groupBy?: AgreementGrouping[] | null;
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
  @Field(() => ExampleFilter, { nullable: true, description: "Only these example versions." })
  filter?: ExampleFilter | null;
}

export const IntervalMethodEnum: Partial<Record<IntervalMethod, IntervalMethod>> = {
  GWET_LINEARIZATION_T: "GWET_LINEARIZATION_T",
  JACKKNIFE_T: "JACKKNIFE_T",
};
registerEnumType(IntervalMethodEnum, {
  name: "IntervalMethod",
  description: "How an interval was made.",
  valuesConfig: {
    GWET_LINEARIZATION_T: { description: "Gwet's analytic standard error over units, Student's t." },
    JACKKNIFE_T: { description: "The delete-one-unit jackknife, everything recomputed, Student's t." },
  },
});

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
  undefinedBecause!: UndefinedReason | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "Standard error; null where there is none, and where more than 1,000 different count vectors stand behind the value.",
  })
  readonly standardError!: number | null;
  @Field(() => ConfidenceInterval, { nullable: true, description: "95 % interval; null as the standard error is." })
  readonly interval!: ConfidenceInterval | null;
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
  @Field(() => [AgreementGroup], { description: "In order, unassigned last." })
  groups!: AgreementGroup[];
}

@ObjectType({
  simpleResolvers: true,
  description: "How far annotators agree on a snapshot, with all that is needed to cite it.",
})
export class AgreementReport {
  datasetId!: number;
  activityNumber!: number;
  criterionVersionId!: number;
  @Field(() => Population, { description: "Which example versions were looked at." })
  population!: Population;
  @Field(() => String, { description: "How it was computed; changes whenever numbers could." })
  methodVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "All that was asked, defaults included." })
  parameters!: Question;
  @Field(() => CacheOutcomeEnum, { description: "Whether the numbers had been computed before." })
  cache!: "HIT" | "MISS";
  @Field(() => AgreementOverall, { description: "Over all units." })
  overall!: AgreementOverall;
  @Field(() => [AgreementGroups], { description: "In the order asked." })
  groupings!: AgreementGroups[];
}
