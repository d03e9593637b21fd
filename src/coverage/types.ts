// What does the API show and take of coverage plans, and along what does it count?
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { MutationInput, MutationPayload, SnapshotAt } from "../activities/types.js";
import { ExampleFilter } from "../examples/types.js";
import { Node } from "../platform/nodes.js";
import { COUNTED_BY, type CountedBy } from "./countStatements.js";
import type { CoveragePlan } from "./coveragePlan.js";
import { BUILT_IN, COVERAGE_BY, type CoverageBy } from "./dimensions.js";

export const CoverageByEnum = Object.fromEntries(COVERAGE_BY.map((by) => [by, by])) as { [By in CoverageBy]: By };
registerEnumType(CoverageByEnum, {
  name: "CoverageBy",
  description: "Along what examples are counted.",
  valuesConfig: {
    SOURCE_KIND: { description: "The kind of the source." },
    SOURCE: { description: "The source, by key." },
    LICENCE: {
      description: "The licence that the source states, as an SPDX expression; unassigned where it states none.",
    },
    BATCH: { description: "The batch, by key." },
    LABEL: { description: "A label dimension, such as intent: name it in dimension." },
    LENGTH: { description: "Words of the response: 0-24, 25-74, 75-199, 200-499, 500+." },
    PROMPT_LENGTH: { description: "Words of the last user turn, in the same buckets." },
    CHARACTERS: {
      description:
        "Characters of the response: 0-99, 100-499, 500-1999, 2000-7999, 8000+; unassigned where its text was erased.",
    },
    FORMAT: {
      description:
        "Formats of the response, of which it may have several: PLAIN, CODE, TABLE, LIST, JSON, MARKDOWN, MATH; unassigned where its text was erased.",
    },
    TURNS: { description: "Turns of all roles: 1-2, 3-4, 5-8, 9-16, 17+. Two are one question and its answer." },
    LANGUAGE: { description: "The language, as BCP 47 writes it." },
  },
});

export const CountedByEnum = Object.fromEntries(COUNTED_BY.map((by) => [by, by])) as { [By in CountedBy]: By };
registerEnumType(CountedByEnum, {
  name: "CoverageCountedBy",
  description: "What counts as one.",
  valuesConfig: {
    EXAMPLES: { description: "Each example version." },
    CLUSTERS: {
      description:
        "Each cluster of near-duplicates (Snapshot.duplicates at 0.8), at the member that came first; and each text that is alone.",
    },
  },
});

const NAMES = BUILT_IN.join(", ").replace(/, (\w+)$/, " or $1");

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
  @Field(() => String, { description: `A dimension of the plan, or ${NAMES}.` })
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
  @Field(() => Float, { nullable: true, description: "At most this share of the examples, 0 to 1." })
  maximumShare!: number | null;
  @Field(() => Float, {
    description: "How much a missing example counts when gaps are put in order; 1 where the plan does not say.",
  })
  weight!: number;
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
  @Field(() => String, { description: `A dimension of this plan, or ${NAMES}.` })
  dimension!: string;
  @Field(() => String, { description: "The value." })
  value!: string;
}
@InputType({
  description:
    "How much of a cell is wanted: a count, a share or both, of which the larger holds; and how much of the set it may be at most.",
})
export class PlanTargetInput {
  @Field(() => [PlanCellKeyInput], { description: "One or two conditions, of different dimensions." })
  cell!: PlanCellKeyInput[];
  @Field(() => Int, { nullable: true, description: "At least this many examples." })
  minimumCount?: number | null;
  @Field(() => Float, { nullable: true, description: "At least this share of the examples counted, 0 to 1." })
  share?: number | null;
  @Field(() => Float, { nullable: true, description: "At most this share of the examples counted, 0 to 1." })
  maximumShare?: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "How much a missing example counts when gaps are put in order: above 0, at most 1,000; 1 where not said.",
  })
  weight?: number | null;
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

@InputType({ description: "What is counted, as Snapshot.coverage takes it." })
export class CoverageQuestionInput {
  @Field(() => [CoverageDimension], { description: "One or two." })
  dimensions!: CoverageDimension[];
  @Field(() => ExampleFilter, { nullable: true, description: "Only these example versions." })
  filter?: ExampleFilter | null;
  @Field(() => CountedByEnum, { defaultValue: "EXAMPLES", description: "Whether near-duplicates count once." })
  countedBy!: CountedBy;
}
@InputType({ description: "Coverage to count apart from this request." })
export class ComputeCoverageInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => CoverageQuestionInput, { description: "What is counted; any plan can be held against it." })
  question!: CoverageQuestionInput;
}
