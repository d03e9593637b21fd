// How does the API filter example versions by what their ratings say together, and by what automatic checks say?
import { Field, Float, InputType, Int, registerEnumType } from "type-graphql";
import { CategoryValueScalar, type CategoryValue } from "../guidelines/categoryValue.js";

export const ConsensusRuleEnum = {
  MEAN: "MEAN",
  MEDIAN: "MEDIAN",
  MAJORITY: "MAJORITY",
  DAWID_SKENE: "DAWID_SKENE",
} as const;
registerEnumType(ConsensusRuleEnum, {
  name: "ConsensusRule",
  description: "How the ratings of a unit become one value, and how certain that is.",
  valuesConfig: {
    MEAN: {
      description:
        "The arithmetic mean of numbers. Certainty: 1 where all are alike, 0 where half are at either end of the scale (1 − 2 · root mean square deviation / range); null without bounds.",
    },
    MEDIAN: {
      description:
        "The middle one; of two middle ones that differ their mean, or none where they are no numbers. Certainty: as of MEAN, around the median and not below 0; of text by its place in the order.",
    },
    MAJORITY: { description: "The most frequent one, none on a tie. Certainty: its share of the ratings." },
    DAWID_SKENE: {
      description:
        "The most probable true category, none on a tie, and its probability, by a model of how each annotator confuses the categories (Dawid and Skene 1979), fitted to all ratings that count.",
    },
  },
});

@InputType({
  description:
    "Which consensus of people's latest ratings, given as OPEN or RANDOM, as of the snapshot's activity. An example version stays where it has one that is all of this.",
})
export class ConsensusFilter {
  @Field(() => String, {
    description: "The criterion: helpfulness for its latest version as of the snapshot, or helpfulness@2.",
  })
  criterion!: string;
  @Field(() => ConsensusRuleEnum, {
    nullable: true,
    description:
      "MEAN of ordered numbers, else MAJORITY, where not said. DAWID_SKENE is fitted on population CURRENT, which may take long; computeConsensus does so beforehand.",
  })
  rule?: keyof typeof ConsensusRuleEnum | null;
  @Field(() => Float, { nullable: true, description: "The least value; only on scales of ordered numbers." })
  atLeast?: number | null;
  @Field(() => Float, { nullable: true, description: "The greatest value; only on scales of ordered numbers." })
  atMost?: number | null;
  @Field(() => [CategoryValueScalar], { nullable: true, description: "Any of these values." })
  oneOf?: CategoryValue[] | null;
  @Field(() => Float, { nullable: true, description: "The least certainty, 0 to 1." })
  certaintyAtLeast?: number | null;
  @Field(() => Int, { nullable: true, description: "How many ratings it rests on at least." })
  ratingsAtLeast?: number | null;
}

export const CheckStatusEnum = { PASS: "PASS", FAIL: "FAIL", SKIPPED: "SKIPPED", ERROR: "ERROR" } as const;
registerEnumType(CheckStatusEnum, {
  name: "CheckStatus",
  description: "What an automatic check said of an example version.",
  valuesConfig: {
    PASS: { description: "It ran, and found nothing wrong." },
    FAIL: { description: "It ran, and found something." },
    SKIPPED: { description: "It did not run here, which is not a pass." },
    ERROR: { description: "It ran and did not come to an end." },
  },
});
export const CheckLevelEnum = { BLOCK: "BLOCK", REVIEW: "REVIEW", INFO: "INFO" } as const;
registerEnumType(CheckLevelEnum, {
  name: "CheckLevel",
  description: "What a failure of a check asks for.",
  valuesConfig: {
    BLOCK: { description: "The example must not be released so." },
    REVIEW: { description: "Somebody has to look." },
    INFO: { description: "Nothing." },
  },
});

@InputType({
  description:
    "Which result of an automatic check, in force as of the snapshot's activity. An example version stays where it has one that is all of this, or has none where absent is true.",
})
export class CheckFilter {
  @Field(() => String, { description: "The check: toxicity in any of its versions, toxicity@1.2 in that one." })
  check!: string;
  @Field(() => [CheckStatusEnum], { nullable: true, description: "Any of these." })
  statuses?: Array<keyof typeof CheckStatusEnum> | null;
  @Field(() => [CheckLevelEnum], { nullable: true, description: "Any of these." })
  levels?: Array<keyof typeof CheckLevelEnum> | null;
  @Field(() => Float, { nullable: true, description: "The least score." })
  scoreAtLeast?: number | null;
  @Field(() => Float, { nullable: true, description: "The greatest score." })
  scoreAtMost?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: "Those without such a result instead." })
  absent!: boolean;
}
