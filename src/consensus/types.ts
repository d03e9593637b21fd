// What does the API show and take of consensus?
import { GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { SnapshotAt } from "../activities/types.js";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { CacheOutcomeEnum } from "../agreement/enumTypes.js";
import { CountedArgs } from "../agreement/inputTypes.js";
import { ValueCount } from "../agreement/partTypes.js";
import { ConsensusRuleEnum } from "../examples/filterTypes.js";
import { CategoryValueScalar, type CategoryValue } from "../guidelines/categoryValue.js";
import { connectionType } from "../platform/connections.js";
import type { ConsensusRule } from "./consensusOf.js";

export const ConsensusOrderEnum = { NUMBER: "NUMBER", LEAST_CERTAIN: "LEAST_CERTAIN" } as const;
export type ConsensusOrder = keyof typeof ConsensusOrderEnum;
registerEnumType(ConsensusOrderEnum, {
  name: "ConsensusOrder",
  description: "In which order units come.",
  valuesConfig: {
    NUMBER: { description: "By the number of their example version." },
    LEAST_CERTAIN: {
      description:
        "The least certain first, then by number: where another rating would tell most. All units are looked at.",
    },
  },
});

@ObjectType({ description: "What the ratings of an example version on a criterion say together." })
export class ConsensusUnit {
  datasetId!: number;
  exampleVersionId!: number;
  asOf!: number;
  @Field(() => CategoryValueScalar, { nullable: true, description: "The consensus; null on a tie." })
  value!: CategoryValue | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "How certain it is, from 0 to 1, as the rule says; null around a mean or median on a scale without bounds.",
  })
  certainty!: number | null;
  @Field(() => Int, { description: "How many ratings it rests on." })
  ratingCount!: number;
  @Field(() => [ValueCount], { description: "What was said, in the order of the scale." })
  values!: ValueCount[];
}

@ObjectType({ simpleResolvers: true, description: "How frequent a true value is." })
export class ClassPrior {
  @Field(() => CategoryValueScalar, { description: "The value." })
  value!: CategoryValue;
  @Field(() => Float, { description: "The estimated share of units that truly have it." })
  prior!: number;
}

@ObjectType({ simpleResolvers: true, description: "What an annotator gives to units that truly have one value." })
export class ConfusionRow {
  @Field(() => CategoryValueScalar, { description: "The true value." })
  value!: CategoryValue;
  @Field(() => Float, { description: "How many of the annotator's ratings are expected to be of such units." })
  expectedRatings!: number;
  @Field(() => [Float], {
    nullable: true,
    description: "How probably each value is given, in the order of classPriors; null without data.",
  })
  probabilities!: number[] | null;
}

@ObjectType({ description: "How an annotator confuses the values, as the model has it." })
export class ConsensusRater {
  datasetId!: number;
  annotatorId!: number;
  @Field(() => Int, { description: "How many ratings it rests on." })
  ratingCount!: number;
  @Field(() => Float, {
    description:
      "How probably the annotator gives the true value: over the true values that there is data on, by how frequent they are.",
  })
  accuracy!: number;
  @Field(() => [ConfusionRow], { description: "A row for each true value." })
  confusion!: ConfusionRow[];
}

@ObjectType({ description: "Dawid and Skene's model, fitted by maximum likelihood (EM from the vote shares)." })
export class ConsensusModel {
  @Field(() => [ClassPrior], { description: "How frequent each true value is, in the order of the scale." })
  classPriors!: ClassPrior[];
  @Field(() => Float, { description: "The natural logarithm of the probability of the ratings under it." })
  logLikelihood!: number;
  @Field(() => Int, { description: "After how many steps it ended." })
  steps!: number;
  @Field(() => Int, { description: "Steps made at most; it depends on the number of ratings alone." })
  mostSteps!: number;
  @Field(() => Boolean, { description: "Whether it ended because a step changed no more, not because they ran out." })
  converged!: boolean;
  /** Shown by a field of its own permission. */
  allRaters!: ConsensusRater[];
}

const ConsensusUnitConnection = connectionType("ConsensusUnit", ConsensusUnit);

@ObjectType({ description: "What ratings say together: a page of units, and how it was computed." })
export class Consensus extends ConsensusUnitConnection {
  snapshot!: SnapshotKey;
  criterion!: { criterionVersion: number };
  @Field(() => ConsensusRuleEnum, { description: "How ratings become one value." })
  rule!: ConsensusRule;
  @Field(() => Population, { description: "Which example versions were looked at." })
  population!: Population;
  @Field(() => String, { description: "How it was computed; changes whenever values could." })
  methodVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "All that was asked, defaults included." })
  parameters!: object;
  @Field(() => CacheOutcomeEnum, {
    description: "Whether it had been computed before: only what looks at all units together is kept.",
  })
  cache!: "HIT" | "MISS";
  @Field(() => ConsensusModel, {
    nullable: true,
    description: "The model; null but for DAWID_SKENE, and where nobody rated.",
  })
  model!: ConsensusModel | null;
}

@ArgsType()
export class ConsensusArgs extends CountedArgs {
  @Field(() => ConsensusRuleEnum, {
    nullable: true,
    description: "MEAN of ordered numbers, else MAJORITY, where not said.",
  })
  rule?: ConsensusRule | null;
  @Field(() => ConsensusOrderEnum, { defaultValue: "NUMBER", description: "In which order." })
  order!: ConsensusOrder;
}

@InputType("ConsensusQuestionInput", {
  description: "Which ratings a model is fitted to, as Snapshot.consensus takes it.",
})
export class ConsensusQuestion extends CountedArgs {}

@InputType({ description: "A fit of Dawid and Skene's model to compute apart from this request." })
export class ComputeConsensusInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => ConsensusQuestion, { description: "Which ratings." })
  question!: ConsensusQuestion;
}
