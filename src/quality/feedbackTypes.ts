// What does the API show and take of feedback to annotators?
import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { MutationInput, MutationPayload, SnapshotAt } from "../activities/types.js";
import { connectionType, PageArgs } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";

@ObjectType({
  implements: Node,
  description:
    "A report on an annotator's work on a criterion, as it was sent to them, with words. It holds no other annotator.",
})
export class Feedback extends Node {
  datasetId!: number;
  feedback!: number;
  annotatorId!: number;
  criterionVersionId!: number;
  asOfNumber!: number;
  reportKey!: string;
  activityNumber!: number;
}

export const FeedbackConnection = connectionType("Feedback", Feedback);

@ObjectType({ description: "That an annotator has read a feedback." })
export class FeedbackAcknowledgement {
  datasetId!: number;
  commentKey!: string | null;
  activityNumber!: number;
}

@ArgsType()
export class FeedbackArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Only what was sent to the annotator with this key." })
  annotator?: string | null;
}

@InputType({ description: "A report on an annotator's work to send to them." })
export class SendFeedbackInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "The annotator's key." })
  annotator!: string;
  @Field(() => String, { description: "The criterion's key." })
  criterion!: string;
  @Field(() => Int, { nullable: true, description: "Which version; the latest as of the snapshot where not said." })
  criterionVersion?: number | null;
  @Field(() => SnapshotAt, { nullable: true, description: "As of which moment the numbers are; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => String, {
    nullable: true,
    description:
      "What you say to them, up to 10,000 characters; for them and those who may read feedback. A message is for the log, which more people read.",
  })
  words?: string | null;
}

@ObjectType({ implements: MutationPayload, description: "What was sent." })
export class SendFeedbackPayload extends MutationPayload {
  @Field(() => Feedback, { nullable: true, description: "The feedback; null where it was refused." })
  feedback!: Feedback | null;
}

@InputType({ description: "What you have read." })
export class AcknowledgeFeedbackInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => ID, { description: "The feedback's id, of those in myFeedback." })
  feedbackId!: string;
  @Field(() => String, { nullable: true, description: "What you say to it, up to 10,000 characters." })
  comment?: string | null;
}

@ObjectType({ implements: MutationPayload, description: "The feedback as it is now." })
export class AcknowledgeFeedbackPayload extends MutationPayload {
  @Field(() => Feedback, { nullable: true, description: "The feedback; null where it was refused." })
  feedback!: Feedback | null;
}
