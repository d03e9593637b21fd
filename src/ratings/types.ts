// What does the API show and take of ratings?
import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { BulkMode } from "../activities/plan.js";
import { BulkModeEnum, MutationInput, MutationPayload } from "../activities/types.js";
import { CategoryValueScalar, type CategoryValue } from "../guidelines/categoryValue.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { Stratum } from "./tables.js";

export const StratumEnum: Record<Stratum, Stratum> = {
  OPEN: "OPEN",
  RANDOM: "RANDOM",
  ADAPTIVE: "ADAPTIVE",
  CALIBRATION: "CALIBRATION",
  GOLD: "GOLD",
};
registerEnumType(StratumEnum, {
  name: "Stratum",
  description: "Why a rating exists. Agreement counts OPEN and RANDOM unless asked otherwise.",
  valuesConfig: {
    OPEN: { description: "Somebody rated it in the ordinary course of work." },
    RANDOM: { description: "It was drawn at random to be rated by several." },
    ADAPTIVE: { description: "It was chosen because of what was known of it." },
    CALIBRATION: { description: "It served to agree on the rules." },
    GOLD: { description: "It served to test a rater against a known answer." },
  },
});

@ObjectType({
  implements: Node,
  description:
    "One value, by one annotator, of one example version, on one criterion version, under one guideline version. Never overwritten: a later value supersedes it, and both stay.",
})
export class Rating extends Node {
  datasetId!: number;
  rating!: number;
  criterionVersion!: number;
  exampleVersion!: number;
  annotator!: number;
  guidelineVersion!: number;
  category!: number | null;
  score!: number | null;
  rationaleKey!: string | null;
  batch!: number | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset, in the order they were submitted in." })
  number!: number;
  @Field(() => StratumEnum, { description: "Why it exists." })
  stratum!: Stratum;
  @Field(() => Int, {
    description: "How many ratings this annotator had given of the same version and criterion before: 0 is the first.",
  })
  repeat!: number;
  @Field(() => Float, { nullable: true, description: "Seconds spent; null where it was not said." })
  seconds!: number | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the value was given, where the submission said so; the activity says when it was recorded.",
  })
  occurredAt!: Date | null;
}

export const RatingConnection = connectionType("Rating", Rating);

@InputType({ description: "A rating to submit. Name the example by exactly one of externalId and exampleVersionId." })
export class RatingInput {
  @Field(() => String, { nullable: true, description: "The example by external id: its latest version is rated." })
  externalId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "A certain version, superseded or not; only the latest counts in population CURRENT.",
  })
  exampleVersionId?: string | null;
  @Field(() => String, {
    description: "The criterion's key; its version in force under the guideline version is meant.",
  })
  criterion!: string;
  @Field(() => String, { description: "The annotator's key." })
  annotator!: string;
  @Field(() => CategoryValueScalar, { description: "A category exactly as declared, or a number within the bounds." })
  value!: CategoryValue;
  @Field(() => String, {
    nullable: true,
    description: "The rules it was given under, such as house-style@2.0; default: the submission's.",
  })
  guidelineVersion?: string | null;
  @Field(() => String, { nullable: true, description: "Key of the batch; default: the submission's." })
  batch?: string | null;
  @Field(() => StratumEnum, { nullable: true, description: "Why it exists; default: the submission's." })
  stratum?: Stratum | null;
  @Field(() => Float, { nullable: true, description: "Seconds spent, from 0." })
  seconds?: number | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When the value was given." })
  occurredAt?: Date | null;
  @Field(() => String, { nullable: true, description: "Why this value; can be erased." })
  rationale?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "What the caller calls this item; each only once in a submission.",
  })
  clientRef?: string | null;
}

@InputType({ description: "Ratings to submit." })
export class SubmitRatingsInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, {
    defaultValue: "PER_ITEM",
    description: "Whether the others go in when some cannot be taken.",
  })
  mode!: BulkMode;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether annotators that are not known are enrolled, as active humans, by the same activity.",
  })
  enrol!: boolean;
  @Field(() => String, {
    nullable: true,
    description: "The rules the values were given under, such as house-style@2.0, where an item does not say.",
  })
  guidelineVersion?: string | null;
  @Field(() => String, { nullable: true, description: "Key of the batch, where an item does not say." })
  batch?: string | null;
  @Field(() => StratumEnum, { defaultValue: "OPEN", description: "Why they exist, where an item does not say." })
  stratum!: Stratum;
  @Field(() => [RatingInput], {
    description:
      "Up to 5,000. The same unit again supersedes the rating in force, also within a submission, in order; the same value again is a rating again.",
  })
  ratings!: RatingInput[];
}

@ObjectType({ implements: MutationPayload, description: "What became of the ratings." })
export class SubmitRatingsPayload extends MutationPayload {
  datasetId!: number;
  activityNumber!: number | null;
  itemCount!: number;
  @Field(() => Int, { description: "Ratings taken." })
  acceptedCount!: number;
}
