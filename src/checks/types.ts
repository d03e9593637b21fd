// What does the API show and take of results of automatic checks?
import { GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import type { BulkMode } from "../activities/plan.js";
import { BulkModeEnum, MutationInput, MutationPayload } from "../activities/types.js";
import { CheckLevelEnum, CheckStatusEnum } from "../examples/filterTypes.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { CheckLevel, CheckStatus } from "./tables.js";

const CHECK = "Only of this check: toxicity in any of its versions, toxicity@1.2 in that one.";

@ObjectType({ description: "A place in a turn of an example version." })
export class CheckSpan {
  @Field(() => Int, {
    nullable: true,
    description: "The turn, from 0 and with a system turn counted; null for the last, which is the response.",
  })
  turn!: number | null;
  @Field(() => Int, { description: "Where it begins, in Unicode code points from 0." })
  start!: number;
  @Field(() => Int, { description: "Where it ends: the first code point after it." })
  end!: number;
  @Field(() => String, { nullable: true, description: "What is there, such as EMAIL; null where that was not said." })
  label!: string | null;
}

@ObjectType({
  implements: Node,
  description:
    "What an automatic check, which ran elsewhere, said of an example version. Never overwritten: another of the same check, version and parameters supersedes it, and both stay.",
})
export class CheckResult extends Node {
  datasetId!: number;
  result!: number;
  exampleVersion!: number;
  findingsKey!: string | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => String, { description: "The check, such as toxicity." })
  check!: string;
  @Field(() => String, { description: "Its version." })
  checkVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "What it ran with." })
  parameters!: Record<string, unknown>;
  @Field(() => CheckStatusEnum, { description: "The verdict." })
  status!: CheckStatus;
  @Field(() => CheckLevelEnum, { description: "What a failure asks for." })
  level!: CheckLevel;
  @Field(() => Float, { nullable: true, description: "A number of the check's own; null for none." })
  score!: number | null;
}
export const CheckResultConnection = connectionType("CheckResult", CheckResult);

@ObjectType({ description: "How many results of a check are alike." })
export class CheckCount {
  @Field(() => String, { description: "The check." })
  check!: string;
  @Field(() => String, { description: "Its version." })
  checkVersion!: string;
  @Field(() => CheckStatusEnum, { description: "The verdict." })
  status!: CheckStatus;
  @Field(() => CheckLevelEnum, { description: "What a failure asks for." })
  level!: CheckLevel;
  @Field(() => Int, { description: "How many results in force, with whatever parameters." })
  count!: number;
}

@InputType({ description: "Which check results." })
export class CheckResultFilter {
  @Field(() => String, { nullable: true, description: CHECK })
  check?: string | null;
  @Field(() => CheckStatusEnum, { nullable: true, description: "Only with this verdict." })
  status?: CheckStatus | null;
  @Field(() => CheckLevelEnum, { nullable: true, description: "Only of this level." })
  level?: CheckLevel | null;
}

@ArgsType()
export class VersionChecksArgs {
  @Field(() => String, { nullable: true, description: CHECK })
  check?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: "Whether superseded ones are shown, too." })
  all!: boolean;
}

@InputType({ description: "A place in a turn of an example version." })
export class CheckSpanInput {
  @Field(() => Int, {
    nullable: true,
    description: "The turn, from 0; the last, which is the response, where not said.",
  })
  turn?: number | null;
  @Field(() => Int, { description: "Where it begins, in Unicode code points from 0, not UTF-16 units." })
  start!: number;
  @Field(() => Int, { description: "The first code point after it." })
  end!: number;
  @Field(() => String, { nullable: true, description: "What is there, such as EMAIL." })
  label?: string | null;
}

@InputType({ description: "A result to submit. Give exactly one of externalId and exampleVersionId." })
export class CheckResultInput {
  @Field(() => String, { nullable: true, description: "The example by external id: its latest version is meant." })
  externalId?: string | null;
  @Field(() => ID, { nullable: true, description: "A certain version, superseded or not." })
  exampleVersionId?: string | null;
  @Field(() => String, { description: "The check, such as toxicity." })
  check!: string;
  @Field(() => String, { description: "Its version, such as 1.2." })
  checkVersion!: string;
  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: "What it ran with, up to 4,096 characters of JSON; nothing where not said.",
  })
  parameters?: Record<string, unknown> | null;
  @Field(() => CheckStatusEnum, { description: "The verdict." })
  status!: CheckStatus;
  @Field(() => CheckLevelEnum, { defaultValue: "REVIEW", description: "What a failure asks for." })
  level!: CheckLevel;
  @Field(() => Float, { nullable: true, description: "A number of the check's own." })
  score?: number | null;
  @Field(() => String, { nullable: true, description: "What it says, up to 10,000 characters; goes with the example." })
  message?: string | null;
  @Field(() => [CheckSpanInput], { defaultValue: [], description: "Where, up to 100; within the text." })
  spans!: CheckSpanInput[];
}

@InputType({ description: "Results of checks that ran elsewhere." })
export class SubmitCheckResultsInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens where some cannot be taken." })
  mode!: BulkMode;
  @Field(() => [CheckResultInput], {
    description: "Up to 5,000, each of another example version or check, version and parameters.",
  })
  results!: CheckResultInput[];
}

@ObjectType({ implements: MutationPayload, description: "What was taken." })
export class SubmitCheckResultsPayload extends MutationPayload {
  @Field(() => Int, { description: "Results taken." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Items that say what is in force already." })
  unchangedCount!: number;
  @Field(() => [CheckResult], { description: "The results taken, in order; read only where selected." })
  readonly checkResults!: Promise<CheckResult[]>;
}
