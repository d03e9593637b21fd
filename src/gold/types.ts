// What does the API show and take of gold values?
import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import type { BulkMode } from "../activities/plan.js";
import { BulkModeEnum, MutationInput, MutationPayload } from "../activities/types.js";
import { CategoryValueScalar, type CategoryValue } from "../guidelines/categoryValue.js";
import { connectionType, PageArgs } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";

@ObjectType({
  implements: Node,
  description:
    "What a reviewer says is the right value of one example version on one criterion version. Annotators are measured against it, and never see it. Never overwritten: another supersedes it, and both stay.",
})
export class GoldValue extends Node {
  datasetId!: number;
  gold!: number;
  criterionVersion!: number;
  exampleVersion!: number;
  category!: number | null;
  score!: number | null;
  rationaleKey!: string;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => Float, {
    description:
      "How far a rating may lie from it and be right: in places of the scale's categories, or units of a continuous scale.",
  })
  tolerance!: number;
}

export const GoldValueConnection = connectionType("GoldValue", GoldValue);

const CRITERION = "Only on this criterion: helpfulness in any of its versions, helpfulness@2 in that one.";

@ArgsType()
export class GoldValuesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: CRITERION })
  criterion?: string | null;
}

@ArgsType()
export class VersionGoldArgs {
  @Field(() => String, { nullable: true, description: CRITERION })
  criterion?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: "Whether superseded ones are shown, too." })
  all!: boolean;
}

@InputType({
  description: "An example version on a criterion version. Give exactly one of externalId and exampleVersionId.",
})
export class GoldUnitInput {
  @Field(() => String, { nullable: true, description: "The example by external id: its latest version is meant." })
  externalId?: string | null;
  @Field(() => ID, { nullable: true, description: "A certain version, superseded or not." })
  exampleVersionId?: string | null;
  @Field(() => String, {
    description: "The criterion: helpfulness is its latest version, helpfulness@2 names version 2.",
  })
  criterion!: string;
  @Field(() => String, { nullable: true, description: "The caller's own name for the item, once in a call; not kept." })
  clientRef?: string | null;
}

@InputType({ description: "A gold value to set. Give exactly one of externalId and exampleVersionId." })
export class GoldValueInput extends GoldUnitInput {
  @Field(() => CategoryValueScalar, { description: "A category exactly as declared, or a number within the bounds." })
  value!: CategoryValue;
  @Field(() => Float, {
    defaultValue: 0,
    description:
      "How far a rating may lie from the value and be right, from 0: in places of the scale's categories, or units of a continuous scale. On a NOMINAL scale only 0.",
  })
  tolerance!: number;
  @Field(() => String, { nullable: true, description: "Why this value is right; can be erased." })
  rationale?: string | null;
}

@InputType({ description: "Gold values to set." })
export class SetGoldValuesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens where some cannot be set." })
  mode!: BulkMode;
  @Field(() => [GoldValueInput], {
    description: "Up to 5,000, each on another unit. Another value supersedes the one in force; the same is no change.",
  })
  goldValues!: GoldValueInput[];
}

@ObjectType({ implements: MutationPayload, description: "What was set." })
export class SetGoldValuesPayload extends MutationPayload {
  @Field(() => Int, { description: "Gold values set." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Items of which value, tolerance and rationale were in force already." })
  unchangedCount!: number;
  @Field(() => [GoldValue], { description: "The gold values set, in order; read only where selected." })
  readonly goldValues!: Promise<GoldValue[]>;
}

@InputType({ description: "Gold values to take back." })
export class RetractGoldValuesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens where some cannot be taken back." })
  mode!: BulkMode;
  @Field(() => [GoldUnitInput], { description: "Up to 5,000: what the gold values in force are on." })
  items!: GoldUnitInput[];
}

@ObjectType({ implements: MutationPayload, description: "What was taken back." })
export class RetractGoldValuesPayload extends MutationPayload {
  @Field(() => Int, { description: "Gold values taken back." })
  acceptedCount!: number;
  @Field(() => [GoldValue], { description: "The gold values taken back; read only where selected." })
  readonly goldValues!: Promise<GoldValue[]>;
}
