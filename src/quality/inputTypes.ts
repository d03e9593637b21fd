// What does the API take of questions about annotators?
import { ArgsType, Field, Float, InputType } from "type-graphql";
import { SnapshotAt } from "../activities/types.js";
import { Population } from "../activities/snapshot.js";
import { PairWeightingEnum } from "../agreement/enumTypes.js";
import { CountedArgs } from "../agreement/inputTypes.js";
import type { PairWeighting } from "../agreement/pairs.js";
import { PageArgs } from "../platform/connections.js";
import { QualityOrderEnum } from "./enumTypes.js";
import type { QualityOrder } from "./order.js";

@ArgsType()
@InputType("AnnotatorQualityQuestionInput", {
  description:
    "A question about annotators, as Snapshot.annotatorQuality takes it. annotatorKinds and annotators say whose numbers are shown; everybody is measured against all people.",
})
export class QualityArgs extends CountedArgs {
  @Field(() => PairWeightingEnum, {
    nullable: true,
    description:
      "How much two different values agree with each other: UNWEIGHTED on nominal scales and QUADRATIC on others where not said.",
  })
  weighting?: PairWeighting | null;
  @Field(() => Float, { defaultValue: 0.95, description: "The level of the intervals, 0.5 to 0.999." })
  level!: number;
}

@ArgsType()
export class QualityPageArgs extends PageArgs {
  @Field(() => QualityOrderEnum, { defaultValue: "NAME", description: "Which come first." })
  order!: QualityOrder;
}

@InputType({ description: "A report on annotators to compute apart from this request." })
export class ComputeAnnotatorQualityInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => QualityArgs, { description: "What is asked." })
  question!: QualityArgs;
}
