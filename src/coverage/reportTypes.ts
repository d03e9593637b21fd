// What does the API show of a coverage report?
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { CacheOutcomeEnum } from "../agreement/enumTypes.js";
import type { Limits } from "../statistics/figure.js";
import type { Association, AssociationReason } from "./association.js";
import type { CountedBy } from "./countStatements.js";
import type { CoverageWarning } from "./coverageReport.js";
import type { CoverageBy } from "./dimensions.js";
import type { DistanceReason, PlanDistance } from "./planDistance.js";
import { CountedByEnum, CoverageByEnum } from "./types.js";

/** An enum of names with their descriptions. */
function registered<Name extends string>(name: string, description: string, each: Record<Name, string>) {
  const values = Object.fromEntries(Object.keys(each).map((one) => [one, one])) as { [One in Name]: One };
  const descriptions = Object.entries<string>(each).map(([one, text]) => [one, { description: text }]);
  registerEnumType(values, { name, description, valuesConfig: Object.fromEntries(descriptions) });
  return values;
}

export const CoverageReasonEnum = registered<AssociationReason | DistanceReason>(
  "CoverageReason",
  "Why a number of a coverage report has no value.",
  {
    MULTI_VALUED: "An example may have several values of a dimension, so that the counts are none of a whole.",
    FEW_EXAMPLES: "Under 30 examples have a value.",
    TOO_MANY_CELLS: "Rows × columns are more than the 5,000 that a report takes.",
    NO_COUNTS: "Nothing was counted.",
    ONE_ROW_OR_COLUMN: "Only one value of a dimension has examples.",
    TOO_FEW_COUNTS: "There are no more examples than rows or columns.",
    NO_DISTRIBUTION: "The plan's shares over these dimensions do not add up to 1.",
  },
);

const CoverageWarningEnum = registered<CoverageWarning>("CoverageWarning", "What to know before reading a report.", {
  FEW_EXAMPLES: "Under 30 examples were counted: no shares are given.",
  MANY_UNASSIGNED: "More than 5 % of the examples have no value in a dimension: it says little of the whole.",
  TEXT_ERASED: "Texts that a dimension is counted of were erased: erasedCount examples have no value in it.",
  FEW_EXPECTED: "An expected count is below 5: p is not to be relied on; permutationP is, where there is one.",
});

@ObjectType({ simpleResolvers: true, description: "Between which limits a number of a coverage report lies." })
export class CoverageInterval {
  @Field(() => Float, { description: "Lower end." })
  low!: number;
  @Field(() => Float, { description: "Upper end." })
  high!: number;
  @Field(() => Float, { description: "Its level, such as 0.95." })
  level!: number;
}

@ObjectType({ simpleResolvers: true, description: "How many labels a method made." })
export class CoverageMethodCount {
  @Field(() => String, { description: "HUMAN, RULE, MODEL or SOURCE." })
  method!: string;
  @Field(() => Int, { description: "Labels of the examples counted." })
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: "A dimension of a report." })
export class CoverageReportDimension {
  @Field(() => CoverageByEnum, { description: "Along what was counted." })
  by!: CoverageBy;
  @Field(() => String, { nullable: true, description: "The label dimension, for LABEL." })
  dimension!: string | null;
  @Field(() => String, { description: "What plans call it." })
  name!: string;
  @Field(() => Boolean, {
    description:
      "Whether an example counts in each of several values; then shares are of examples, and may sum to more than 1.",
  })
  multiple!: boolean;
  @Field(() => Int, { description: "Examples without a value in it." })
  unassignedCount!: number;
  @Field(() => Float, { nullable: true, description: "Their share; null under 30 examples." })
  unassignedShare!: number | null;
  @Field(() => [CoverageMethodCount], {
    description: "How labels came about, most first; empty for other dimensions.",
  })
  methods!: CoverageMethodCount[];
}

@ObjectType({ simpleResolvers: true, description: "The examples that have one value in each dimension of a report." })
export class CoverageCell {
  @Field(() => [String], { nullable: "items", description: "A value per dimension; null for those without one." })
  keys!: Array<string | null>;
  @Field(() => Int, { description: "How many examples, or clusters of them, by countedBy." })
  count!: number;
  @Field(() => Int, { description: "How many examples, near-duplicates and all." })
  rawCount!: number;
  @Field(() => Float, { nullable: true, description: "Share of all examples counted; null under 30 of them." })
  share!: number | null;
  @Field(() => CoverageInterval, {
    nullable: true,
    description: "Wilson's 95 % interval of the share, of examples like these; null without a share.",
  })
  interval!: Limits | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many the plan asks for at this number of examples: the larger of its share, rounded up, and its minimum; null where it asks for none.",
  })
  target!: number | null;
  @Field(() => Float, { nullable: true, description: "The share the plan asks for; null where it asks for none." })
  targetShare!: number | null;
  @Field(() => Int, { nullable: true, description: "How many are missing; null without a target." })
  deficit!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many to add until the target is met: for a share s of n examples at least (s × n - count) / (1 - s), since the set grows with them. Null without a target, and where the plan wants nothing else but other examples are there.",
  })
  toAdd!: number | null;
  @Field(() => Boolean, { nullable: true, description: "Whether the target is met; null without one." })
  met!: boolean | null;
  @Field(() => Float, { nullable: true, description: "count / target, at most 1; null without a target." })
  attainment!: number | null;
  @Field(() => Float, { nullable: true, description: "The share it may have at most; null where the plan sets none." })
  maximumShare!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "How many are there beyond the maximum share, rounded down; null without one.",
  })
  excess!: number | null;
  @Field(() => Float, { nullable: true, description: "Of the plan's target; null without one." })
  weight!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "weight × deficit: gaps are in its order; null without a target.",
  })
  weightedDeficit!: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether every key stands in the taxonomy; null where none is declared or a key is null.",
  })
  declared!: boolean | null;
  @Field(() => String, { nullable: true, description: 'Such as "0 of 12"; null without a target.' })
  summary!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "What to do, where the target is not met or the maximum is passed; else null.",
  })
  next!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "How far what was counted is from the shares that the plan asks for.",
})
export class CoverageDistance implements PlanDistance {
  @Field(() => Int, { description: "Examples with a value in every dimension; the others are left out." })
  exampleCount!: number;
  @Field(() => CoverageReasonEnum, { nullable: true, description: "Why there are no distances; null where there are." })
  undefinedBecause!: DistanceReason | null;
  @Field(() => Float, {
    nullable: true,
    description: "Total variation: the share of the examples that would have to be elsewhere, 0 to 1.",
  })
  totalVariation!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "The Jensen-Shannon distance to base 2, 0 to 1. Above 0.1 is worth a look, above 0.2 is far, by convention.",
  })
  jensenShannon!: number | null;
  @Field(() => Float, { nullable: true, description: "The share that lies where the plan has none." })
  offTargetMass!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Whether two dimensions have to do with each other: a chi-square test of independence over the examples with a value in both, and how strongly. At many examples p is small whatever the association; look at cramersV.",
})
export class CoverageAssociation implements Association {
  @Field(() => Int, { description: "Examples with a value in both dimensions." })
  exampleCount!: number;
  @Field(() => CoverageReasonEnum, { nullable: true, description: "Why there is no test; null where there is one." })
  undefinedBecause!: AssociationReason | null;
  @Field(() => [String], { description: "Values of the first dimension that have examples, as in cells." })
  rows!: string[];
  @Field(() => [String], { description: "Values of the second." })
  columns!: string[];
  @Field(() => [[Int]], { description: "Counts, by row and column." })
  observed!: number[][];
  @Field(() => [[Float]], { description: "Counts expected if the dimensions had nothing to do with each other." })
  expected!: number[][];
  @Field(() => [[Float]], {
    nullable: "items",
    description:
      "Adjusted (standardised) residuals: (O - E) / sqrt(E (1 - row share) (1 - column share)). Beyond 3 or -3 is much.",
  })
  adjustedResiduals!: Array<Array<number | null>>;
  @Field(() => Float, { nullable: true, description: "Pearson's statistic, without continuity correction." })
  chiSquare!: number | null;
  @Field(() => Int, { nullable: true, description: "Degrees of freedom." })
  df!: number | null;
  @Field(() => Float, { nullable: true, description: "By the chi-square distribution." })
  p!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "By 999 tables with the same margins and seed 1, where an expected count is below 5 and cells are at most 200; else null.",
  })
  permutationP!: number | null;
  @Field(() => Float, { nullable: true, description: "The least expected count." })
  smallestExpected!: number | null;
  @Field(() => Float, { nullable: true, description: "Cramer's V, corrected for its bias (Bergsma): 0, none, to 1." })
  cramersV!: number | null;
  @Field(() => CoverageReasonEnum, { nullable: true, description: "Why V has no value; null where it has one." })
  cramersVUndefinedBecause!: AssociationReason | null;
  @Field(() => CoverageInterval, {
    nullable: true,
    description: "Its 95 % limits, by the noncentralities that fit the statistic; null without a value.",
  })
  cramersVInterval!: Limits | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "What a snapshot covers, and what it lacks of what is planned. The same for ever.",
})
export class CoverageReport {
  datasetId!: number;
  activityNumber!: number;
  planVersionId!: number | null;
  @Field(() => Population, { description: "Which example versions were counted." })
  population!: Population;
  @Field(() => String, { description: "How the numbers are made." })
  methodVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "What was asked: dimensions, plan version and filter." })
  parameters!: Record<string, unknown>;
  @Field(() => CacheOutcomeEnum, {
    description: "Whether the counts had been computed before. Counts of a snapshot never change, so they are kept.",
  })
  cache!: "HIT" | "MISS";
  @Field(() => Int, { nullable: true, description: "The plan it is held against; null where there was none." })
  planVersion!: number | null;
  @Field(() => CountedByEnum, { description: "What counts as one: all numbers but the raw ones are of these." })
  countedBy!: CountedBy;
  @Field(() => Int, { description: "Examples, or clusters of them, counted." })
  exampleCount!: number;
  @Field(() => Int, { description: "Examples, near-duplicates and all." })
  rawExampleCount!: number;
  @Field(() => Int, { description: "Examples without a value in one of the dimensions or more." })
  unassignedCount!: number;
  @Field(() => Float, { nullable: true, description: "Their share; null under 30 examples." })
  unassignedShare!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "Examples whose text was erased before it was counted, and which so have no CHARACTERS and FORMAT; null over other dimensions.",
  })
  erasedCount!: number | null;
  @Field(() => [CoverageWarningEnum], { description: "What to know before reading on; mostly empty." })
  warnings!: CoverageWarning[];
  @Field(() => [CoverageReportDimension], { description: "In the order asked." })
  dimensions!: CoverageReportDimension[];
  @Field(() => [CoverageCell], {
    description: "Declared values in their order, then others; planned cells with count 0 among them.",
  })
  cells!: CoverageCell[];
  @Field(() => Float, {
    nullable: true,
    description: "The least attainment of the cells that have a target over these dimensions; null where none has.",
  })
  attainment!: number | null;
  @Field(() => [CoverageCell], { description: "Cells whose target is not met, largest weighted deficit first." })
  gaps!: CoverageCell[];
  @Field(() => [CoverageCell], { description: "Cells over their maximum share, largest weighted excess first." })
  excesses!: CoverageCell[];
  @Field(() => CoverageDistance, {
    nullable: true,
    description: "How far it is from the plan; null where the plan asks for no shares over these dimensions.",
  })
  distance!: CoverageDistance | null;
  @Field(() => CoverageAssociation, {
    nullable: true,
    description: "Whether the two dimensions have to do with each other; null over one.",
  })
  association!: CoverageAssociation | null;
}
