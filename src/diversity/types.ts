// What does the API show and take of diversity?
import { GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { SnapshotAt } from "../activities/types.js";
import { CacheOutcomeEnum } from "../agreement/enumTypes.js";
import { ExampleFilter } from "../examples/types.js";
import type { TextMetric, TextMetricNumbers, TextPart } from "./diversityNumbers.js";
import type { DiversityBy } from "./question.js";

export const DiversityByEnum: Record<DiversityBy, DiversityBy> = {
  SOURCE: "SOURCE",
  SOURCE_KIND: "SOURCE_KIND",
  LANGUAGE: "LANGUAGE",
  LABEL: "LABEL",
  AUTHOR: "AUTHOR",
  ANNOTATOR: "ANNOTATOR",
  CLUSTER: "CLUSTER",
};
registerEnumType(DiversityByEnum, {
  name: "DiversityBy",
  description: "What the kinds are that examples are spread over.",
  valuesConfig: {
    SOURCE: { description: "Sources." },
    SOURCE_KIND: { description: "Kinds of sources." },
    LANGUAGE: { description: "Languages as stated." },
    LABEL: { description: "Values of a label dimension; an example counts in each of its values." },
    AUTHOR: { description: "Annotators who wrote or last edited an example." },
    ANNOTATOR: { description: "Annotators with a rating in force on an example; each rating counts." },
    CLUSTER: { description: "Clusters of near-duplicates; a text that is alone is a cluster of one." },
  },
});

export const TextMetricEnum: Record<TextMetric, TextMetric> = {
  DISTINCT_1: "DISTINCT_1",
  DISTINCT_2: "DISTINCT_2",
  DISTINCT_3: "DISTINCT_3",
  SELF_REPETITION_4: "SELF_REPETITION_4",
  SELF_REPETITION_5: "SELF_REPETITION_5",
  SELF_REPETITION_6: "SELF_REPETITION_6",
  SELF_REPETITION_7: "SELF_REPETITION_7",
  SELF_REPETITION_8: "SELF_REPETITION_8",
  COMPRESSION_RATIO: "COMPRESSION_RATIO",
  SELF_BLEU_4: "SELF_BLEU_4",
};
const distinct = (n: number) => ({ description: `Different runs of ${n} words over all; low where texts repeat.` });
const repeated = (n: number) => ({ description: `Share of texts with a run of ${n} words that another has as well.` });
registerEnumType(TextMetricEnum, {
  name: "TextMetric",
  description: "A measure of how varied texts are.",
  valuesConfig: {
    DISTINCT_1: distinct(1),
    DISTINCT_2: distinct(2),
    DISTINCT_3: distinct(3),
    SELF_REPETITION_4: repeated(4),
    SELF_REPETITION_5: repeated(5),
    SELF_REPETITION_6: repeated(6),
    SELF_REPETITION_7: repeated(7),
    SELF_REPETITION_8: repeated(8),
    COMPRESSION_RATIO: { description: "Bytes over bytes packed by gzip at level 9; high where texts repeat." },
    SELF_BLEU_4: { description: "Mean BLEU of each text against the others, 0 to 1; high where texts repeat." },
  },
});

export const TextPartEnum: Record<TextPart, TextPart> = { PROMPT: "PROMPT", RESPONSE: "RESPONSE" };
registerEnumType(TextPartEnum, {
  name: "TextPart",
  description: "Which part of an example.",
  valuesConfig: {
    PROMPT: { description: "The last user turn." },
    RESPONSE: { description: "The assistant turn after it." },
  },
});

@InputType({ description: "A dimension whose kinds examples are spread over." })
export class DiversityDimensionInput {
  @Field(() => DiversityByEnum, { description: "By what." })
  by!: DiversityBy;
  @Field(() => String, { nullable: true, description: "The label dimension, for LABEL." })
  dimension?: string | null;
}

@ArgsType()
@InputType("DiversityQuestionInput", { description: "What to measure, as Snapshot.diversity takes it." })
export class DiversityArgs {
  @Field(() => [DiversityDimensionInput], {
    nullable: true,
    description: "Up to 10; SOURCE, SOURCE_KIND, AUTHOR, ANNOTATOR and CLUSTER where not said.",
  })
  dimensions?: DiversityDimensionInput[] | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "How many examples are drawn, 2 to 5,000; 1,000 where not said. Fewer where the texts are long: they end with 400,000 tokens.",
  })
  sampleSize?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "Of how many tokens distinct-n is taken, 100 to 200,000; 20,000 where not said.",
  })
  tokenCount?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "A whole number from 0 to 4294967295, 1 where not said: the same seed draws the same examples.",
  })
  seed?: number | null;
  @Field(() => Float, { nullable: true, description: "Of near-duplicates, 0.5 to 1; 0.8 where not said." })
  threshold?: number | null;
  @Field(() => ExampleFilter, { nullable: true, description: "Only these examples." })
  filter?: ExampleFilter | null;
}

@InputType({ description: "Diversity to measure apart from this request." })
export class ComputeDiversityInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => DiversityArgs, { nullable: true, description: "What to measure." })
  question?: DiversityArgs | null;
}

@ObjectType({
  description:
    "How evenly examples are spread over kinds, by Hill numbers: how many equally common kinds would be as diverse. They grow with the number of examples.",
})
export class DiversitySpread {
  @Field(() => DiversityByEnum, { description: "What the kinds are." })
  by!: DiversityBy;
  @Field(() => String, { nullable: true, description: "The label dimension, for LABEL." })
  dimension!: string | null;
  @Field(() => Int, { description: "Examples, or for ANNOTATOR ratings, that have a kind." })
  countedCount!: number;
  @Field(() => Int, { description: "Examples without one; for CLUSTER those whose text was erased." })
  unassignedCount!: number;
  @Field(() => Int, { nullable: true, description: "Order 0: how many kinds. Null where nothing was counted." })
  q0!: number | null;
  @Field(() => Float, { nullable: true, description: "Order 1, exp(−Σ p ln p): each kind weighed by its share." })
  q1!: number | null;
  @Field(() => Float, { nullable: true, description: "Order 2, 1/Σ p²: common kinds only." })
  q2!: number | null;
  @Field(() => Float, { nullable: true, description: "q1/q0: 1 where all kinds are equally common." })
  evenness!: number | null;
  @Field(() => Float, { nullable: true, description: "The share of the most common kind." })
  topShare!: number | null;
  @Field(() => String, { nullable: true, description: "That kind; null where kinds are people or clusters." })
  topKey!: string | null;
  @Field(() => Float, {
    nullable: true,
    description: "Gini's coefficient of the counts: 0 where all are equal, (n − 1)/n where one has all.",
  })
  gini!: number | null;
  @Field(() => String, { nullable: true, description: "Why there are no numbers: NO_COUNTS. Null where there are." })
  undefinedBecause!: string | null;
}

@ObjectType({ description: "One measure of the sampled texts. Compare measures of one method on samples of one size." })
export class TextMetricValue {
  @Field(() => TextMetricEnum, { description: "Which measure." })
  metric!: TextMetric;
  @Field(() => Float, { nullable: true, description: "Its value; null where there is none." })
  value!: number | null;
  @Field(() => String, { nullable: true, description: "Why there is none." })
  undefinedBecause!: string | null;
  @Field(() => String, { description: "How it is made." })
  method!: string;
  @Field(() => Int, { description: "Of how many texts." })
  textCount!: number;
  @Field(() => Int, { description: "Of how many tokens: words in lower case without marks." })
  tokenCount!: number;
}

@ObjectType({ description: "How varied the sampled prompts or responses are." })
export class TextDiversity {
  @Field(() => TextPartEnum, { description: "Which part of the examples." })
  part!: TextPart;
  metrics!: TextMetricNumbers[];
}

@ObjectType({ description: "The examples that text measures were taken of." })
export class DiversitySample {
  @Field(() => Float, { description: "What they were drawn by: the same for the same seed." })
  seed!: number;
  @Field(() => Int, { description: "How many were drawn." })
  drawnCount!: number;
  @Field(() => Int, { description: "How many of those had their text erased; nothing was drawn in their place." })
  erasedCount!: number;
  @Field(() => Int, { description: "How many were measured." })
  textCount!: number;
}

@ObjectType({ description: "How varied a snapshot is, by several measures. Kept: the same for ever." })
export class DiversityReport {
  snapshot!: SnapshotKey;
  @Field(() => Population, { description: "Which example versions were looked at." })
  population!: Population;
  @Field(() => String, { description: "How the numbers are made." })
  methodVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "All that was asked, defaults included." })
  parameters!: object;
  @Field(() => CacheOutcomeEnum, { description: "Whether it had been computed before." })
  cache!: "HIT" | "MISS";
  @Field(() => Int, { description: "Example versions in the snapshot." })
  exampleVersionCount!: number;
  @Field(() => Int, { description: "How many of them had their text erased before this was computed." })
  erasedCount!: number;
  @Field(() => [DiversitySpread], { description: "In the order asked." })
  spreads!: DiversitySpread[];
  @Field(() => Int, { description: "Clusters of near-duplicates, and texts that are alone." })
  distinctCount!: number;
  @Field(() => Float, {
    nullable: true,
    description: "1 − distinct/compared: the share of near-duplicates; null where nothing was compared.",
  })
  nearDuplicateMass!: number | null;
  @Field(() => DiversitySample, { description: "Of what texts was measured." })
  sample!: DiversitySample;
  @Field(() => [TextDiversity], { description: "Of prompts, then of responses." })
  texts!: TextDiversity[];
}
