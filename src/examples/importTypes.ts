// What do the mutations on examples take and answer?
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { BulkModeEnum, ConflictRuleEnum, MutationInput, MutationPayload } from "../activities/types.js";
import type { BulkMode } from "../activities/plan.js";
import { Example, ExampleVersion, LabelMethodEnum, TurnRoleEnum, type LabelMethod, type TurnRole } from "./types.js";

@InputType({ description: "One message of a conversation." })
export class TurnInput {
  @Field(() => TurnRoleEnum, { description: "Who says it." })
  role!: TurnRole;
  @Field(() => String, { description: "What is said; kept byte for byte." })
  content!: string;
}

@InputType({ description: "Content: either turns, or prompt and response with what stands around them." })
export abstract class ContentFields {
  @Field(() => [TurnInput], {
    nullable: true,
    description: "An optional SYSTEM turn, then USER and ASSISTANT in turn, USER first and ASSISTANT last; up to 200.",
  })
  turns?: TurnInput[] | null;
  @Field(() => String, { nullable: true, description: "The last user turn." })
  prompt?: string | null;
  @Field(() => String, { nullable: true, description: "The assistant's answer to it." })
  response?: string | null;
  @Field(() => String, { nullable: true, description: "A system turn at the start." })
  system?: string | null;
  @Field(() => [TurnInput], { nullable: true, description: "The turns before the prompt." })
  context?: TurnInput[] | null;
  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: "Anything else that belongs to it. Whole numbers beyond 2^53 must be strings.",
  })
  attributes?: Record<string, unknown> | null;
}

@InputType({ description: "A label that comes with an example." })
export class LabelInput {
  @Field(() => String, { description: "The dimension, such as intent or topic." })
  dimension!: string;
  @Field(() => String, { description: "Its value." })
  value!: string;
  @Field(() => LabelMethodEnum, { defaultValue: "SOURCE", description: "How it came about." })
  method!: LabelMethod;
  @Field(() => Float, { nullable: true, description: "From 0 to 1." })
  confidence?: number | null;
}

@InputType({ description: "What holds for every example that does not say otherwise." })
export class ImportDefaultsInput {
  @Field(() => String, { nullable: true, description: "Key of the source." })
  source?: string | null;
  @Field(() => String, { nullable: true, description: "Key of the batch." })
  batch?: string | null;
  @Field(() => String, { nullable: true, description: "Key of the annotator who wrote it." })
  author?: string | null;
  @Field(() => String, { nullable: true, description: "BCP 47." })
  language?: string | null;
}

@InputType({ description: "An example to import." })
export class ImportExampleInput extends ContentFields {
  @Field(() => String, { description: "What scripts call it: 1 to 256 characters, without control characters." })
  externalId!: string;
  @Field(() => String, { nullable: true, description: "Key of the source it came from; needed, here or in defaults." })
  source?: string | null;
  @Field(() => String, { nullable: true, description: "Key of the batch it came in with." })
  batch?: string | null;
  @Field(() => String, { nullable: true, description: "Key of the annotator who wrote it." })
  author?: string | null;
  @Field(() => String, { nullable: true, description: "BCP 47." })
  language?: string | null;
  @Field(() => [LabelInput], { nullable: true, description: "Its place in the taxonomy." })
  labels?: LabelInput[] | null;
  @Field(() => [String], {
    nullable: true,
    description: "External ids of the examples it was made from, here already or earlier in the batch.",
  })
  derivedFrom?: string[] | null;
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name for the item; twice in a batch is refused.",
  })
  clientRef?: string | null;
}

@InputType({ description: "Examples to import." })
export class ImportExamplesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens when some cannot be taken." })
  mode!: BulkMode;
  @Field(() => ConflictRuleEnum, {
    defaultValue: "REFUSE",
    description:
      "What happens when an externalId is known with other content, attributes, source, author, language, or labels in the dimensions given.",
  })
  onConflict!: "REFUSE" | "NEW_VERSION";
  @Field(() => Boolean, { defaultValue: false, description: "Enrol authors who are not known, as HUMAN." })
  enrol!: boolean;
  @Field(() => ImportDefaultsInput, { nullable: true, description: "What holds where an example does not say." })
  defaults?: ImportDefaultsInput | null;
  @Field(() => [ImportExampleInput], { description: "Up to 1,000." })
  examples!: ImportExampleInput[];
}

@InputType({ description: "An edit of an example's latest version. What is left out stays as it is." })
export class ReviseExampleInput extends ContentFields {
  @Field(() => String, { nullable: true, description: "Which example; or give exampleId." })
  externalId?: string | null;
  @Field(() => ID, { nullable: true, description: "Which example; or give externalId." })
  exampleId?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: "The version the edit was made from; refused where it is not the latest.",
  })
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: "Key of the annotator who edits." })
  author?: string | null;
  @Field(() => String, { nullable: true, description: "BCP 47." })
  language?: string | null;
  @Field(() => [LabelInput], { nullable: true, description: "Labels, in the dimensions they speak of." })
  labels?: LabelInput[] | null;
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name for the item; twice in a batch is refused.",
  })
  clientRef?: string | null;
}

@InputType({ description: "Edits of examples." })
export class ReviseExamplesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens when some cannot be taken." })
  mode!: BulkMode;
  @Field(() => Boolean, { defaultValue: false, description: "Enrol authors who are not known, as HUMAN." })
  enrol!: boolean;
  @Field(() => [ReviseExampleInput], { description: "Up to 1,000." })
  revisions!: ReviseExampleInput[];
}

export const ImportStatusEnum = { CREATED: "CREATED", REVISED: "REVISED", UNCHANGED: "UNCHANGED" } as const;
export type ImportStatus = keyof typeof ImportStatusEnum;
registerEnumType(ImportStatusEnum, {
  name: "ImportStatus",
  description: "What became of an item.",
  valuesConfig: {
    CREATED: { description: "A new example." },
    REVISED: { description: "A new version of an example." },
    UNCHANGED: { description: "It was so already." },
  },
});

@ObjectType({ description: "What became of an item that was taken." })
export class ImportedExample {
  @Field(() => Int, { description: "Its index in the batch." })
  index!: number;
  @Field(() => String, { description: "What scripts call it." })
  externalId!: string;
  @Field(() => String, { nullable: true, description: "The caller's own name for the item." })
  clientRef!: string | null;
  @Field(() => ImportStatusEnum, { description: "What became of it." })
  status!: ImportStatus;
  @Field(() => ExampleVersion, { description: "The version that stands for it." })
  exampleVersion!: ExampleVersion;
}

@ObjectType({ implements: MutationPayload, description: "What became of the examples." })
export class ImportExamplesPayload extends MutationPayload {
  @Field(() => Int, { description: "Examples and versions that were made." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Examples that were so already." })
  unchangedCount!: number;
  @Field(() => [ImportedExample], { description: "The items that were taken, in order; read only where selected." })
  examples!: ImportedExample[];
}

@ObjectType({ implements: MutationPayload, description: "What became of the edits." })
export class ReviseExamplesPayload extends MutationPayload {
  @Field(() => Int, { description: "Versions that were made." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Edits that change nothing." })
  unchangedCount!: number;
  @Field(() => [ImportedExample], { description: "The items that were taken, in order; read only where selected." })
  examples!: ImportedExample[];
}

@InputType({ description: "The labels of an example in one dimension: they replace those it has there." })
export class LabelExampleInput {
  @Field(() => String, { description: "Which example; its latest version is labelled." })
  externalId!: string;
  @Field(() => String, { description: "The dimension, such as intent or topic." })
  dimension!: string;
  @Field(() => [String], { description: "Its values; none takes the labels away." })
  values!: string[];
  @Field(() => LabelMethodEnum, { defaultValue: "HUMAN", description: "How they came about." })
  method!: LabelMethod;
  @Field(() => Float, { nullable: true, description: "From 0 to 1." })
  confidence?: number | null;
}

@InputType({ description: "Labels of examples." })
export class LabelExamplesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens when some cannot be taken." })
  mode!: BulkMode;
  @Field(() => [LabelExampleInput], { description: "Up to 5,000." })
  labels!: LabelExampleInput[];
}

@ObjectType({ implements: MutationPayload, description: "What became of the labels." })
export class LabelExamplesPayload extends MutationPayload {
  @Field(() => Int, { description: "Items that changed labels." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Items that were so already." })
  unchangedCount!: number;
}

@InputType({ description: "An example whose texts are deleted for good. Everything else about it stays." })
export class EraseExampleInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { nullable: true, description: "Which example; or give exampleId." })
  externalId?: string | null;
  @Field(() => ID, { nullable: true, description: "Which example; or give externalId." })
  exampleId?: string | null;
  @Field(() => String, { description: "Why, 1 to 1,000 characters. It stays in the log: no personal data." })
  reason!: string;
}

@ObjectType({ implements: MutationPayload, description: "What was erased." })
export class EraseExamplePayload extends MutationPayload {
  @Field(() => Int, { description: "Texts that were deleted; 0 where they were gone already." })
  erasedCount!: number;
  @Field(() => Example, { nullable: true, description: "The example, without its texts." })
  example!: Example | null;
}
