// What does the API show and take of coverage?
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { GraphQLJSONObject } from "graphql-scalars";
import { MutationInput, MutationPayload } from "../activities/types.js";
import { Population } from "../activities/snapshot.js";
import { Node } from "../platform/nodes.js";
import type { CoveragePlan } from "./coveragePlan.js";
import { COVERAGE_BY, type CoverageBy } from "./dimensions.js";

export const CoverageByEnum = Object.fromEntries(COVERAGE_BY.map((by) => [by, by])) as { [By in CoverageBy]: By };
registerEnumType(CoverageByEnum, {
  name: "CoverageBy",
  description: "Along what examples are counted.",
  valuesConfig: {
    SOURCE_KIND: { description: "The kind of the source." },
    SOURCE: { description: "The source, by key." },
    LABEL: { description: "A label dimension, such as intent: name it in dimension." },
    LENGTH: { description: "Words of the response: 0-24, 25-74, 75-199, 200-499, 500+." },
    LANGUAGE: { description: "The language, as BCP 47 writes it." },
  },
});

@ObjectType({ description: "A value of a plan's dimension." })
export class PlanValue {
  @Field(() => String, { description: "As labels have it." })
  value!: string;
  @Field(() => String, { nullable: true, description: "What it means." })
  description!: string | null;
}
@ObjectType({ description: "A dimension of the taxonomy: labels place examples in it." })
export class PlanDimensionType {
  @Field(() => String, { description: "As labels have it." })
  key!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => Boolean, { description: "Whether an example may have several of its values." })
  multiple!: boolean;
  @Field(() => [PlanValue], { description: "The values it may have." })
  values!: PlanValue[];
}
@ObjectType({ description: "One condition of a planned cell." })
export class PlanCellKey {
  @Field(() => String, { description: "A dimension of the plan, or SOURCE_KIND, SOURCE, LENGTH or LANGUAGE." })
  dimension!: string;
  @Field(() => String, { description: "The value." })
  value!: string;
}
@ObjectType({ description: "How much of a cell is wanted." })
export class PlanTargetType {
  @Field(() => [PlanCellKey], { description: "One or two conditions, of different dimensions." })
  cell!: PlanCellKey[];
  @Field(() => Int, { nullable: true, description: "At least this many examples." })
  minimumCount!: number | null;
  @Field(() => Float, { nullable: true, description: "At least this share of the examples, 0 to 1." })
  share!: number | null;
}

@ObjectType({ implements: Node, description: "The taxonomy and the targets, as published; immutable." })
export class CoveragePlanVersion extends Node {
  datasetId!: number;
  planVersion!: number;
  plan!: CoveragePlan;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => Int, { description: "1, 2, 3 …" })
  version!: number;
  @Field(() => String, { description: "What it is called." })
  title!: string;
}

@InputType({ description: "A value of a dimension." })
export class PlanValueInput {
  @Field(() => String, { description: "As labels have it." })
  value!: string;
  @Field(() => String, { nullable: true, description: "What it means." })
  description?: string | null;
}
@InputType({ description: "A dimension of the taxonomy." })
export class PlanDimensionInput {
  @Field(() => String, { description: "As labels have it." })
  key!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => Boolean, { defaultValue: false, description: "Whether an example may have several of its values." })
  multiple!: boolean;
  @Field(() => [PlanValueInput], { description: "The values it may have." })
  values!: PlanValueInput[];
}
@InputType({ description: "One condition of a cell." })
export class PlanCellKeyInput {
  @Field(() => String, { description: "A dimension of this plan, or SOURCE_KIND, SOURCE, LENGTH or LANGUAGE." })
  dimension!: string;
  @Field(() => String, { description: "The value." })
  value!: string;
}
@InputType({ description: "How much of a cell is wanted: a count, a share or both; the larger holds." })
export class PlanTargetInput {
  @Field(() => [PlanCellKeyInput], { description: "One or two conditions, of different dimensions." })
  cell!: PlanCellKeyInput[];
  @Field(() => Int, { nullable: true, description: "At least this many examples." })
  minimumCount?: number | null;
  @Field(() => Float, { nullable: true, description: "At least this share of the examples counted, 0 to 1." })
  share?: number | null;
}
@InputType({ description: "A coverage plan to publish: the next version, in force from then on." })
export class PublishCoveragePlanInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "What the plan is called." })
  title!: string;
  @Field(() => [PlanDimensionInput], { description: "Up to 50." })
  dimensions!: PlanDimensionInput[];
  @Field(() => [PlanTargetInput], { description: "Up to 5,000." })
  targets!: PlanTargetInput[];
}
@ObjectType({ implements: MutationPayload, description: "The plan." })
export class PublishCoveragePlanPayload extends MutationPayload {
  @Field(() => CoveragePlanVersion, { nullable: true, description: "What is in force now; null where it was refused." })
  coveragePlanVersion!: CoveragePlanVersion | null;
}

@InputType({ description: "A dimension to count along." })
export class CoverageDimension {
  @Field(() => CoverageByEnum, { description: "Along what." })
  by!: CoverageBy;
  @Field(() => String, { nullable: true, description: "The label dimension, for LABEL." })
  dimension?: string | null;
}

@ObjectType({ description: "A dimension of a report." })
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
  @Field(() => Float, { nullable: true, description: "Their share; null where there are no examples." })
  unassignedShare!: number | null;
}

@ObjectType({ description: "The examples that have one value in each dimension of a report." })
export class CoverageCell {
  @Field(() => [String], { nullable: "items", description: "A value per dimension; null for those without one." })
  keys!: Array<string | null>;
  @Field(() => Int, { description: "How many examples." })
  count!: number;
  @Field(() => Float, { nullable: true, description: "Share of all examples counted; null where there are none." })
  share!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many the plan asks for at this number of examples: the larger of its share, rounded up, and its minimum; null without a target.",
  })
  target!: number | null;
  @Field(() => Float, { nullable: true, description: "The share the plan asks for; null where it asks for none." })
  targetShare!: number | null;
  @Field(() => Int, { nullable: true, description: "How many are missing; null without a target." })
  deficit!: number | null;
  @Field(() => Boolean, { nullable: true, description: "Whether the target is met; null without one." })
  met!: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether every key stands in the taxonomy; null where none is declared or a key is null.",
  })
  declared!: boolean | null;
  @Field(() => String, { nullable: true, description: 'Such as "0 of 12"; null without a target.' })
  summary!: string | null;
}

@ObjectType({ description: "What a snapshot covers, and what it lacks of what is planned. The same for ever." })
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
  @Field(() => Int, { nullable: true, description: "The plan it is held against; null where there was none." })
  planVersion!: number | null;
  @Field(() => Int, { description: "Examples counted." })
  exampleCount!: number;
  @Field(() => Int, { description: "Examples without a value in one of the dimensions or more." })
  unassignedCount!: number;
  @Field(() => Float, { nullable: true, description: "Their share; null where there are no examples." })
  unassignedShare!: number | null;
  @Field(() => [CoverageReportDimension], { description: "In the order asked." })
  dimensions!: CoverageReportDimension[];
  @Field(() => [CoverageCell], {
    description: "Declared values in their order, then others; planned cells with count 0 among them.",
  })
  cells!: CoverageCell[];
  @Field(() => [CoverageCell], { description: "Cells whose target is not met, most missing first." })
  gaps!: CoverageCell[];
}
