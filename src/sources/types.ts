// What does the API show and take of sources?
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConflictRuleEnum, MutationInput, MutationPayload } from "../activities/types.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { SourceKind } from "./tables.js";

export const SourceKindEnum: Record<SourceKind, SourceKind> = {
  HUMAN_DEMONSTRATION: "HUMAN_DEMONSTRATION",
  FILTERED_DATASET: "FILTERED_DATASET",
  MODEL_GENERATED: "MODEL_GENERATED",
};
registerEnumType(SourceKindEnum, {
  name: "SourceKind",
  description: "Where content comes from.",
  valuesConfig: {
    HUMAN_DEMONSTRATION: { description: "Written by people for this dataset." },
    FILTERED_DATASET: { description: "Chosen from a dataset that exists." },
    MODEL_GENERATED: { description: "Written by a model, with human review." },
  },
});

@ObjectType({ description: "How people were found and instructed." })
export class HumanDetails {
  @Field(() => String, { nullable: true, description: "How the writers were recruited." })
  recruitment!: string | null;
  @Field(() => String, { nullable: true, description: "The rules they wrote under, such as house-style@1.0." })
  guidelineVersion!: string | null;
}
@ObjectType({ description: "What was filtered from what." })
export class FilteredDetails {
  @Field(() => String, { nullable: true, description: "The dataset it was chosen from." })
  upstreamName!: string | null;
  @Field(() => String, { nullable: true, description: "Its revision." })
  upstreamRevision!: string | null;
  @Field(() => String, { nullable: true, description: "The rule by which rows were kept." })
  filterRule!: string | null;
  @Field(() => String, { nullable: true, description: "The rule's version." })
  filterVersion!: string | null;
  @Field(() => Int, { nullable: true, description: "Rows before filtering." })
  rowsIn!: number | null;
  @Field(() => Int, { nullable: true, description: "Rows kept." })
  rowsOut!: number | null;
}
@ObjectType({ description: "Which model wrote it, and how it was asked." })
export class ModelDetails {
  @Field(() => String, { nullable: true, description: "The model." })
  model!: string | null;
  @Field(() => String, { nullable: true, description: "Who runs it." })
  provider!: string | null;
  @Field(() => String, { nullable: true, description: "The prompt template." })
  promptTemplate!: string | null;
  @Field(() => GraphQLJSONObject, { nullable: true, description: "Sampling parameters." })
  parameters!: Record<string, unknown> | null;
}
@ObjectType({ description: "Another dataset's release that this source is." })
export class ReleaseDetails {
  @Field(() => ID, { description: "The other dataset's uid." })
  datasetUid!: string;
  @Field(() => String, { description: "The release's version." })
  version!: string;
  @Field(() => String, { description: "The release's digest, hex." })
  digest!: string;
}

@ObjectType({ implements: Node, description: "Where content came from." })
export class Source extends Node {
  datasetId!: number;
  source!: number;
  termsKey!: string | null;
  contactKey!: string | null;
  activityNumber!: number;
  details!: Record<string, unknown>;
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => SourceKindEnum, { description: "Written by people, filtered, or generated." })
  kind!: SourceKind;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, { nullable: true, description: "SPDX expression or LicenseRef-…; null where it is not stated." })
  licence!: string | null;
}

@InputType({ description: "How people were found and instructed." })
export class HumanDetailsInput {
  @Field(() => String, { nullable: true, description: "How the writers were recruited." })
  recruitment?: string | null;
  @Field(() => String, { nullable: true, description: "The rules they wrote under, such as house-style@1.0." })
  guidelineVersion?: string | null;
}
@InputType({ description: "What was filtered from what." })
export class FilteredDetailsInput {
  @Field(() => String, { nullable: true, description: "The dataset it was chosen from." })
  upstreamName?: string | null;
  @Field(() => String, { nullable: true, description: "Its revision." })
  upstreamRevision?: string | null;
  @Field(() => String, { nullable: true, description: "The rule by which rows were kept." })
  filterRule?: string | null;
  @Field(() => String, { nullable: true, description: "The rule's version." })
  filterVersion?: string | null;
  @Field(() => Int, { nullable: true, description: "Rows before filtering." })
  rowsIn?: number | null;
  @Field(() => Int, { nullable: true, description: "Rows kept." })
  rowsOut?: number | null;
}
@InputType({ description: "Which model wrote it, and how it was asked." })
export class ModelDetailsInput {
  @Field(() => String, { nullable: true, description: "The model." })
  model?: string | null;
  @Field(() => String, { nullable: true, description: "Who runs it." })
  provider?: string | null;
  @Field(() => String, { nullable: true, description: "The prompt template." })
  promptTemplate?: string | null;
  @Field(() => GraphQLJSONObject, { nullable: true, description: "Sampling parameters." })
  parameters?: Record<string, unknown> | null;
}
@InputType({ description: "Another dataset's release that this source is." })
export class ReleaseDetailsInput {
  @Field(() => ID, { description: "The other dataset's uid." })
  datasetUid!: string;
  @Field(() => String, { description: "The release's version." })
  version!: string;
  @Field(() => String, { description: "The release's digest, hex." })
  digest!: string;
}
@InputType({ description: "A source to register." })
export class SourceInput {
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => SourceKindEnum, { description: "Written by people, filtered, or generated." })
  kind!: SourceKind;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, { nullable: true, description: "SPDX expression or LicenseRef-…." })
  licence?: string | null;
  @Field(() => String, { nullable: true, description: "Terms of use, in words." })
  terms?: string | null;
  @Field(() => String, { nullable: true, description: "Whom to ask." })
  contact?: string | null;
  @Field(() => HumanDetailsInput, { nullable: true, description: "For HUMAN_DEMONSTRATION." })
  human?: HumanDetailsInput | null;
  @Field(() => FilteredDetailsInput, { nullable: true, description: "For FILTERED_DATASET." })
  filtered?: FilteredDetailsInput | null;
  @Field(() => ModelDetailsInput, { nullable: true, description: "For MODEL_GENERATED." })
  model?: ModelDetailsInput | null;
  @Field(() => ReleaseDetailsInput, { nullable: true, description: "Where it is another dataset's release." })
  release?: ReleaseDetailsInput | null;
}
@InputType({ description: "Sources to register." })
export class RegisterSourcesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => [SourceInput], { description: "Up to 1,000." })
  sources!: SourceInput[];
  @Field(() => ConflictRuleEnum, {
    defaultValue: "REFUSE",
    description: "What happens when a key is known with other content.",
  })
  onConflict!: "REFUSE" | "NEW_VERSION";
}
@ObjectType({ implements: MutationPayload, description: "The sources." })
export class RegisterSourcesPayload extends MutationPayload {
  @Field(() => Int, { description: "Sources registered or corrected." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Sources that were as they are." })
  unchangedCount!: number;
  @Field(() => [Source], { description: "Those of the input that are registered now." })
  sources!: Source[];
}
export const SourceConnection = connectionType("Source", Source);
