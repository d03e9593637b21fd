// What does the API show of guidelines and criteria?
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import { CategoryValueScalar, type CategoryValue } from "./categoryValue.js";
import type { MeasurementLevel } from "./tables.js";

export const MeasurementLevelEnum: Record<MeasurementLevel, MeasurementLevel> = {
  NOMINAL: "NOMINAL",
  ORDINAL: "ORDINAL",
  INTERVAL: "INTERVAL",
  RATIO: "RATIO",
};
registerEnumType(MeasurementLevelEnum, {
  name: "MeasurementLevel",
  description: "What may be said of two values on a scale.",
  valuesConfig: {
    NOMINAL: { description: "The same or not." },
    ORDINAL: { description: "And which is greater: the order of the categories." },
    INTERVAL: { description: "And by how much." },
    RATIO: { description: "And how many times: there is a true zero." },
  },
});

@ObjectType({ description: "What values a criterion takes: categories, or a continuous range." })
export class CriterionScale {
  @Field(() => MeasurementLevelEnum, { description: "What may be said of two values." })
  level!: MeasurementLevel;
  @Field(() => [CategoryValueScalar], {
    nullable: true,
    description: "The categories in order; null on a continuous scale.",
  })
  categories!: CategoryValue[] | null;
  @Field(() => Float, { nullable: true, description: "The smallest value of a continuous scale; null where open." })
  minimum!: number | null;
  @Field(() => Float, { nullable: true, description: "The largest value of a continuous scale; null where open." })
  maximum!: number | null;
}

@ObjectType({ implements: Node, description: "One question put to raters, with all its versions." })
export class Criterion extends Node {
  datasetId!: number;
  criterion!: number;
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
}

@ObjectType({
  implements: Node,
  description: "One question and its scale, for ever as they are. Values of two versions are never pooled.",
})
export class CriterionVersion extends Node {
  datasetId!: number;
  criterionVersion!: number;
  criterion!: number;
  questionKey!: string;
  activityNumber!: number;
  supersededByNumber!: number | null;
  level!: MeasurementLevel;
  categories!: CategoryValue[] | null;
  minimum!: number | null;
  maximum!: number | null;
  @Field(() => String, { description: "The criterion's key." })
  key!: string;
  @Field(() => Int, { description: "1, 2, 3 … within the criterion; helpfulness@2 names version 2." })
  version!: number;
}

@ObjectType({ implements: Node, description: "The rules, with all their versions." })
export class Guideline extends Node {
  datasetId!: number;
  guideline!: number;
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
}

@ObjectType({ implements: Node, description: "The rules as they were published, for ever as they are." })
export class GuidelineVersion extends Node {
  datasetId!: number;
  guidelineVersion!: number;
  guideline!: number;
  changeNoteKey!: string | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => String, { description: "The guideline's key." })
  key!: string;
  @Field(() => String, { description: "As people say it, such as 2.0." })
  version!: string;
  @Field(() => String, { description: "Key and version, such as house-style@2.0: what scripts call it." })
  name!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => Boolean, { description: "Whether only annotators qualified for it may rate under it." })
  requiresQualification!: boolean;
}

@ObjectType({ implements: Node, description: "One rule, with examples of what it asks for and of what it does not." })
export class Clause extends Node {
  datasetId!: number;
  clause!: number;
  guidelineVersionId!: number;
  textKey!: string;
  @Field(() => String, { description: "Its number in the guideline, such as 2.1." })
  number!: string;
  @Field(() => String, { description: "Its full name, such as house-style@2.0#2.1: how decisions cite it." })
  name!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
}

@ObjectType({ description: "What a clause asks for, or does not, shown." })
export class Illustration {
  datasetId!: number;
  textKey!: string;
  noteKey!: string | null;
}

export const CriterionConnection = connectionType("Criterion", Criterion);
export const CriterionVersionConnection = connectionType("CriterionVersion", CriterionVersion);
export const GuidelineConnection = connectionType("Guideline", Guideline);
export const GuidelineVersionConnection = connectionType("GuidelineVersion", GuidelineVersion);
