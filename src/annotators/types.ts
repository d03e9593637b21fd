// What does the API show and take of annotators?
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MutationInput, MutationPayload } from "../activities/types.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { AnnotatorKind, AnnotatorStatus } from "./queries.js";

export const AnnotatorKindEnum: Record<AnnotatorKind, AnnotatorKind> = { HUMAN: "HUMAN", MODEL: "MODEL" };
registerEnumType(AnnotatorKindEnum, {
  name: "AnnotatorKind",
  description: "Who writes or rates.",
  valuesConfig: {
    HUMAN: { description: "A person." },
    MODEL: { description: "A model; kept apart from human agreement unless asked for." },
  },
});

export const AnnotatorStatusEnum: Record<AnnotatorStatus, AnnotatorStatus> = {
  ACTIVE: "ACTIVE",
  PAUSED: "PAUSED",
  RETIRED: "RETIRED",
};
registerEnumType(AnnotatorStatusEnum, {
  name: "AnnotatorStatus",
  description: "Whether an annotator works.",
  valuesConfig: {
    ACTIVE: { description: "Writes and rates." },
    PAUSED: { description: "Does not for now." },
    RETIRED: { description: "Does no longer; what was rated stays." },
  },
});

@ObjectType({ implements: Node, description: "Somebody or something enrolled to write or rate, under a pseudonym." })
export class Annotator extends Node {
  datasetId!: number;
  annotator!: number;
  agentId!: number;
  principalUid!: string | null;
  activityNumber!: number;
  @Field(() => String, { description: "The pseudonym: what scripts call it." })
  key!: string;
  @Field(() => AnnotatorKindEnum, { description: "A person or a model." })
  kind!: AnnotatorKind;
  @Field(() => AnnotatorStatusEnum, { description: "Whether it works now." })
  status!: AnnotatorStatus;
  @Field(() => [String], { description: "What it knows about." })
  expertise!: string[];
  @Field(() => [String], { description: "BCP 47 tags of the languages it works in." })
  languages!: string[];
}

@InputType({ description: "An annotator to enrol, or to change. What is left out stays as it is." })
export class AnnotatorInput {
  @Field(() => String, { description: "The pseudonym." })
  key!: string;
  @Field(() => AnnotatorKindEnum, {
    nullable: true,
    description: "HUMAN for a new one where not said. An annotator keeps its kind.",
  })
  kind?: AnnotatorKind | null;
  @Field(() => String, {
    nullable: true,
    description: "Key of the principal who rates as it: a member of the dataset, given when it is first enrolled.",
  })
  principal?: string | null;
  @Field(() => [String], { nullable: true, description: "What it knows about." })
  expertise?: string[] | null;
  @Field(() => [String], { nullable: true, description: "BCP 47 tags of the languages it works in." })
  languages?: string[] | null;
  @Field(() => AnnotatorStatusEnum, { nullable: true, description: "ACTIVE for a new one where not said." })
  status?: AnnotatorStatus | null;
  @Field(() => [String], {
    nullable: true,
    description:
      "All guideline versions it is qualified for, such as house-style@1.0; others it was qualified for end.",
  })
  qualifiedFor?: string[] | null;
}
@InputType({ description: "Annotators to enrol or change." })
export class EnrolAnnotatorsInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => [AnnotatorInput], { description: "Up to 1,000." })
  annotators!: AnnotatorInput[];
}
@ObjectType({ implements: MutationPayload, description: "The annotators." })
export class EnrolAnnotatorsPayload extends MutationPayload {
  @Field(() => Int, { description: "Annotators enrolled or changed." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Annotators that were as they are." })
  unchangedCount!: number;
  @Field(() => [Annotator], { description: "Those of the input that are enrolled now." })
  annotators!: Annotator[];
}
export const AnnotatorConnection = connectionType("Annotator", Annotator);
