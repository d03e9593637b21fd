// What does the API show and take of batches?
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { MutationInput, MutationPayload } from "../activities/types.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";

@ObjectType({ implements: Node, description: "A named round of work on examples and ratings: a pilot, round 2." })
export class Batch extends Node {
  datasetId!: number;
  batch!: number;
  guidelineVersionId!: number | null;
  activityNumber!: number;
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
}

@InputType({ description: "A round of work to open." })
export class BatchInput {
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, { nullable: true, description: "The rules the round works under, such as house-style@1.0." })
  guidelineVersion?: string | null;
}
@InputType({ description: "Batches to open." })
export class OpenBatchesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => [BatchInput], { description: "Up to 1,000." })
  batches!: BatchInput[];
}
@ObjectType({ implements: MutationPayload, description: "The batches." })
export class OpenBatchesPayload extends MutationPayload {
  @Field(() => Int, { description: "Batches opened." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Batches that were open as they are." })
  unchangedCount!: number;
  @Field(() => [Batch], { description: "Those of the input that are open now." })
  batches!: Batch[];
}
export const BatchConnection = connectionType("Batch", Batch);
