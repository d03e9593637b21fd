// What does the API show of examples, and how are they filtered and ordered?
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { SourceKindEnum } from "../sources/types.js";
import type { SourceKind } from "../sources/tables.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import { CheckFilter, ConsensusFilter } from "./filterTypes.js";

export const TurnRoleEnum = { SYSTEM: "SYSTEM", USER: "USER", ASSISTANT: "ASSISTANT" } as const;
export type TurnRole = keyof typeof TurnRoleEnum;
registerEnumType(TurnRoleEnum, {
  name: "TurnRole",
  description: "Who says a turn.",
  valuesConfig: {
    SYSTEM: { description: "The instructions a conversation starts with." },
    USER: { description: "Who asks." },
    ASSISTANT: { description: "Who answers: what is trained on." },
  },
});

export const LabelMethodEnum = { HUMAN: "HUMAN", RULE: "RULE", MODEL: "MODEL", SOURCE: "SOURCE" } as const;
export type LabelMethod = keyof typeof LabelMethodEnum;
registerEnumType(LabelMethodEnum, {
  name: "LabelMethod",
  description: "How a label came about.",
  valuesConfig: {
    HUMAN: { description: "Somebody said so." },
    RULE: { description: "A rule computed it." },
    MODEL: { description: "A model predicted it." },
    SOURCE: { description: "It came with the content." },
  },
});

export const VerdictFilterEnum = {
  ACCEPT: "ACCEPT",
  REJECT: "REJECT",
  NEEDS_WORK: "NEEDS_WORK",
  WITHDRAW: "WITHDRAW",
  UNDECIDED: "UNDECIDED",
} as const;
export type VerdictFilter = keyof typeof VerdictFilterEnum;
registerEnumType(VerdictFilterEnum, {
  name: "VerdictFilter",
  description: "What was decided on a version, or that nothing was.",
  valuesConfig: {
    ACCEPT: { description: "Accepted." },
    REJECT: { description: "Rejected." },
    NEEDS_WORK: { description: "Sent back." },
    WITHDRAW: { description: "Withdrawn: only in population ALL_VERSIONS." },
    UNDECIDED: { description: "No decision in force." },
  },
});

@ObjectType({ description: "One message of a conversation." })
export class Turn {
  @Field(() => TurnRoleEnum, { description: "Who says it." })
  role!: TurnRole;
  @Field(() => String, { description: "What is said, byte for byte as it was sent." })
  content!: string;
}

@ObjectType({ implements: Node, description: "An identity that outlives its versions." })
export class Example extends Node {
  datasetId!: number;
  example!: number;
  activityNumber!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset: the number people say aloud." })
  number!: number;
  @Field(() => String, { description: "What scripts call it." })
  externalId!: string;
}

@ObjectType({ implements: Node, description: "What an example says, immutable. An edit is a new version." })
export class ExampleVersion extends Node {
  datasetId!: number;
  exampleVersion!: number;
  example!: number;
  externalId!: string;
  contentKey!: string;
  source!: number;
  author!: number | null;
  batch!: number | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  asOf?: number | null;
  @Field(() => Int, { description: "Counts the versions of all examples of the dataset." })
  number!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the example." })
  version!: number;
  @Field(() => String, { nullable: true, description: "BCP 47, as it was sent; null where it is not stated." })
  language!: string | null;
  @Field(() => Int, { description: "How many turns it has." })
  turnCount!: number;
  @Field(() => Int, { description: "Words of the prompt, by Unicode word segmentation." })
  promptWords!: number;
  @Field(() => Int, { description: "Words of the response, by Unicode word segmentation." })
  responseWords!: number;
}

@ObjectType({ implements: Node, description: "An example version's place in the taxonomy." })
export class Label extends Node {
  datasetId!: number;
  label!: number;
  activityNumber!: number;
  @Field(() => String, { description: "The dimension, such as intent or topic." })
  dimension!: string;
  @Field(() => String, { description: "Its value." })
  value!: string;
  @Field(() => LabelMethodEnum, { description: "How it came about." })
  method!: LabelMethod;
  @Field(() => Float, { nullable: true, description: "From 0 to 1; null where the method states none." })
  confidence!: number | null;
}

@InputType({ description: "A dimension and the values of it that are wanted." })
export class LabelFilter {
  @Field(() => String, { description: "The dimension." })
  dimension!: string;
  @Field(() => [String], { nullable: true, description: "Any of these values; any value at all where it is left out." })
  values?: string[] | null;
}

@InputType({
  description:
    "Which example versions. Fields are joined by and, the values within one by or; an empty list leaves nothing but for labels, consensus and checks.",
})
export class ExampleFilter {
  @Field(() => [String], { nullable: true, description: "External ids." })
  externalIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: "Keys of sources." })
  sources?: string[] | null;
  @Field(() => [SourceKindEnum], { nullable: true, description: "Kinds of sources." })
  sourceKinds?: SourceKind[] | null;
  @Field(() => [String], { nullable: true, description: "Keys of batches." })
  batches?: string[] | null;
  @Field(() => [String], { nullable: true, description: "BCP 47 languages, in any case of letters." })
  languages?: string[] | null;
  @Field(() => [String], { nullable: true, description: "Keys of the annotators who wrote or last edited it." })
  authors?: string[] | null;
  @Field(() => [LabelFilter], { nullable: true, description: "Labels, all of them; up to 20." })
  labels?: LabelFilter[] | null;
  @Field(() => String, { nullable: true, description: "A dimension in which it has no label." })
  unlabelled?: string | null;
  @Field(() => [VerdictFilterEnum], { nullable: true, description: "What was decided on it." })
  verdicts?: VerdictFilter[] | null;
  @Field(() => [ConsensusFilter], {
    nullable: true,
    description: "What its ratings say together, all of it; up to 10.",
  })
  consensus?: ConsensusFilter[] | null;
  @Field(() => [CheckFilter], { nullable: true, description: "What automatic checks said of it, all of it; up to 10." })
  checks?: CheckFilter[] | null;
}

export const ExampleOrderFieldEnum = { NUMBER: "NUMBER", EXTERNAL_ID: "EXTERNAL_ID", RECORDED: "RECORDED" } as const;
registerEnumType(ExampleOrderFieldEnum, {
  name: "ExampleOrderField",
  description: "What example versions are ordered by.",
  valuesConfig: {
    NUMBER: { description: "Their example's number." },
    EXTERNAL_ID: {
      description:
        "External id, in the database's order: by code points where its locale is C, as on the embedded one.",
    },
    RECORDED: { description: "When the version was recorded." },
  },
});
export const OrderDirectionEnum = { ASC: "ASC", DESC: "DESC" } as const;
registerEnumType(OrderDirectionEnum, {
  name: "OrderDirection",
  description: "Which way a list goes.",
  valuesConfig: {
    ASC: { description: "Smallest or oldest first." },
    DESC: { description: "Largest or newest first." },
  },
});

@InputType({ description: "In which order example versions come." })
export class ExampleOrder {
  @Field(() => ExampleOrderFieldEnum, { description: "By what." })
  field!: keyof typeof ExampleOrderFieldEnum;
  @Field(() => OrderDirectionEnum, { defaultValue: "ASC", description: "Which way." })
  direction!: keyof typeof OrderDirectionEnum;
}

export const ExampleVersionConnection = connectionType("ExampleVersion", ExampleVersion);
