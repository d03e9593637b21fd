// What does the API take to publish guidelines and criteria?
import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { ConflictRuleEnum, MutationInput, MutationPayload } from "../activities/types.js";
import { CategoryValueScalar, type CategoryValue } from "./categoryValue.js";
import type { MeasurementLevel } from "./tables.js";
import { CriterionVersion, GuidelineVersion, MeasurementLevelEnum } from "./types.js";

@InputType({ description: "A question and its scale." })
export class CriterionInput {
  @Field(() => String, { description: "What scripts call it; no @, which stands before a version." })
  key!: string;
  @Field(() => String, { description: "What raters are asked." })
  question!: string;
  @Field(() => MeasurementLevelEnum, { description: "What may be said of two values." })
  level!: MeasurementLevel;
  @Field(() => [CategoryValueScalar], {
    nullable: true,
    description:
      "2 to 200 different ones, all text or all numbers. NOMINAL and ORDINAL have them; INTERVAL and RATIO may, as numbers. In order, numbers ascending, but for NOMINAL.",
  })
  categories?: CategoryValue[] | null;
  @Field(() => Float, {
    nullable: true,
    description: "The smallest value of a continuous scale; open where left out, but 0 for RATIO.",
  })
  minimum?: number | null;
  @Field(() => Float, { nullable: true, description: "The largest value of a continuous scale; open where left out." })
  maximum?: number | null;
}
@InputType({ description: "Criteria to publish." })
export class PublishCriteriaInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => [CriterionInput], { description: "Up to 1,000." })
  criteria!: CriterionInput[];
  @Field(() => ConflictRuleEnum, {
    defaultValue: "REFUSE",
    description: "What happens when a key is known with other content.",
  })
  onConflict!: "REFUSE" | "NEW_VERSION";
}
@ObjectType({ implements: MutationPayload, description: "The criteria." })
export class PublishCriteriaPayload extends MutationPayload {
  @Field(() => Int, { description: "Criteria or versions published." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Criteria that were as they are." })
  unchangedCount!: number;
  @Field(() => [CriterionVersion], { description: "Latest versions of those of the input that are published now." })
  criterionVersions!: CriterionVersion[];
}

@InputType({ description: "What a clause asks for, or does not, shown." })
export class IllustrationInput {
  @Field(() => String, { description: "In Markdown." })
  text!: string;
  @Field(() => String, { nullable: true, description: "What it shows." })
  note?: string | null;
}
@InputType({ description: "One rule." })
export class ClauseInput {
  @Field(() => String, { description: "Its number, such as 2.1; each once." })
  number!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, { description: "The rule, in Markdown." })
  text!: string;
  @Field(() => [IllustrationInput], { nullable: true, description: "What it asks for." })
  examples?: IllustrationInput[] | null;
  @Field(() => [IllustrationInput], { nullable: true, description: "What it does not." })
  counterexamples?: IllustrationInput[] | null;
}
@InputType({ description: "A guideline version to publish." })
export class PublishGuidelineInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "The guideline's key; no @ and no #." })
  key!: string;
  @Field(() => String, { description: "The version, such as 2.0." })
  version!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "What changed since the version before and why: the finding, evaluation or disagreement. Every version but the first has one.",
  })
  changeNote?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether only annotators qualified for it may rate under it.",
  })
  requiresQualification!: boolean;
  @Field(() => [ClauseInput], { description: "The rules, up to 500." })
  clauses!: ClauseInput[];
  @Field(() => [String], {
    description: "The criteria in force: keys for their latest versions now, or helpfulness@2 for that one.",
  })
  criteria!: string[];
}
@ObjectType({ implements: MutationPayload, description: "The guideline version." })
export class PublishGuidelinePayload extends MutationPayload {
  @Field(() => GuidelineVersion, { nullable: true, description: "The version; null where refused." })
  guidelineVersion!: GuidelineVersion | null;
}
