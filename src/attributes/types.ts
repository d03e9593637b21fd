// What does the API show and take of annotators' attributes?
import { GraphQLDateTime } from "graphql-scalars";
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { BulkMode } from "../activities/plan.js";
import { BulkModeEnum, MutationInput, MutationPayload } from "../activities/types.js";
import type { AttributeGroupKind } from "./attributeReport.js";

const AttributeGroupKindEnum: Record<AttributeGroupKind, AttributeGroupKind> = {
  NAMED: "NAMED",
  UNKNOWN: "UNKNOWN",
  SUPPRESSED: "SUPPRESSED",
};
registerEnumType(AttributeGroupKindEnum, {
  name: "AttributeGroupKind",
  description: "Which annotators a count is of.",
  valuesConfig: {
    NAMED: { description: "Those of a group, which are 5 or more." },
    UNKNOWN: { description: "Those of whom it is not known." },
    SUPPRESSED: {
      description:
        "Those of groups that may not be shown, together: groups of fewer than 5, and as many of the next smallest as it takes that none of them can be worked out.",
    },
  },
});

@ObjectType({ description: "Annotators with the same value of an attribute, without names." })
export class AttributeGroupType {
  @Field(() => AttributeGroupKindEnum, { description: "Which annotators these are." })
  kind!: AttributeGroupKind;
  @Field(() => String, { nullable: true, description: "The value; null where the kind is not NAMED." })
  group!: string | null;
}

@ObjectType({ description: "How many annotators have a value of an attribute." })
export class AttributeGroupCount extends AttributeGroupType {
  @Field(() => Int, { description: "How many people." })
  annotatorCount!: number;
}

@ObjectType({ description: "How many people who annotate are in which group of an attribute." })
export class AnnotatorAttribute {
  @Field(() => String, { description: "The attribute, such as gender." })
  attribute!: string;
  @Field(() => Int, { description: "People enrolled as annotators: the sum of all groups. Models are not among them." })
  annotatorCount!: number;
  @Field(() => [AttributeGroupCount], {
    description: "The largest first, then UNKNOWN, then SUPPRESSED. None that has a name is smaller than 5.",
  })
  groups!: AttributeGroupCount[];
}

@ObjectType({ description: "How many people are in a group of one attribute and a group of another." })
export class AttributeCellType {
  @Field(() => AttributeGroupType, { description: "The group of the first." })
  row!: AttributeGroupType;
  @Field(() => AttributeGroupType, { description: "The group of the second." })
  column!: AttributeGroupType;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many people; null where that may not be shown: fewer than 5, or others could be worked out from it.",
  })
  annotatorCount!: number | null;
}

@ObjectType({ description: "People who annotate by the groups of two attributes." })
export class AnnotatorAttributeTable {
  @Field(() => AnnotatorAttribute, { description: "The first attribute alone: the sums of the rows." })
  rows!: AnnotatorAttribute;
  @Field(() => AnnotatorAttribute, { description: "The second attribute alone: the sums of the columns." })
  columns!: AnnotatorAttribute;
  @Field(() => [AttributeCellType], { description: "Each pair of groups that are not empty, row by row." })
  cells!: AttributeCellType[];
}

@ObjectType({ description: "What is known of an annotator that is you." })
export class MyAnnotatorAttribute {
  @Field(() => String, { description: "The annotator's key." })
  annotator!: string;
  @Field(() => String, { description: "The attribute." })
  attribute!: string;
  @Field(() => String, { description: "Its value." })
  value!: string;
  @Field(() => String, { description: "The consent it was given under, with its version." })
  consent!: string;
  @Field(() => String, { nullable: true, description: "What it may be used for; null where that was not said." })
  purpose!: string | null;
  @Field(() => GraphQLDateTime, {
    description: "When consent was given, or the value was set where that was not said.",
  })
  grantedAt!: Date;
}

@InputType({ description: "A value of an attribute." })
export class AttributeInput {
  @Field(() => String, { description: "The attribute, such as gender." })
  attribute!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "Its value. DATA_EXPIRED, CONSENT_REVOKED, nan, prefer not to say, an empty text or null mean that it is not known: what was known is deleted.",
  })
  value?: string | null;
}

@InputType({ description: "What is to be known of an annotator." })
export class AnnotatorAttributesInput {
  @Field(() => String, { description: "The annotator's key." })
  annotator!: string;
  @Field(() => [AttributeInput], { description: "Up to 50; others that are known stay." })
  attributes!: AttributeInput[];
}

@InputType({ description: "Attributes that annotators consented to be known." })
export class SetAnnotatorAttributesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens where some cannot be set." })
  mode!: BulkMode;
  @Field(() => String, {
    description: "The consent they gave, with its version: research-2024@1. It stays in the log.",
  })
  consent!: string;
  @Field(() => String, { nullable: true, description: "What it may be used for; goes with the values." })
  purpose?: string | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When they gave it; now where not said." })
  grantedAt?: Date | null;
  @Field(() => [AnnotatorAttributesInput], {
    description: "Up to 5,000. An annotator may stand there again with the same values.",
  })
  annotators!: AnnotatorAttributesInput[];
}

@ObjectType({ description: "How many values said that something is not known." })
export class UnknownValueCount {
  @Field(() => String, { description: "The word in lower case, such as data_expired; empty for nothing." })
  word!: string;
  @Field(() => Int, { description: "How many values." })
  count!: number;
}

@ObjectType({ implements: MutationPayload, description: "What was set." })
export class SetAnnotatorAttributesPayload extends MutationPayload {
  @Field(() => Int, { description: "Items that changed something." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Items of which everything was so before." })
  unchangedCount!: number;
  @Field(() => [UnknownValueCount], { description: "Values that were taken as not known, by word." })
  unknown!: UnknownValueCount[];
}

@InputType({ description: "What is to be forgotten of an annotator." })
export class WithdrawAnnotatorAttributesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "The annotator's key." })
  annotator!: string;
  @Field(() => String, { nullable: true, description: "Only this attribute; all where not said." })
  attribute?: string | null;
}

@ObjectType({ implements: MutationPayload, description: "What was forgotten." })
export class WithdrawAnnotatorAttributesPayload extends MutationPayload {
  @Field(() => Int, { description: "Values deleted." })
  withdrawnCount!: number;
}
