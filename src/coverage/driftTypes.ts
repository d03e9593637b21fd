// What does the API show of how coverage moves?
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { SnapshotKey } from "../activities/snapshot.js";
import type { CoverageBy } from "./dimensions.js";
import type { DriftReason } from "./drift.js";
import { CoverageReasonEnum } from "./reportTypes.js";
import { CoverageByEnum } from "./types.js";

@ObjectType({ simpleResolvers: true, description: "A value of a dimension, before and now." })
export class CoverageDriftValue {
  @Field(() => String, { nullable: true, description: "The value; null for examples without one." })
  key!: string | null;
  @Field(() => Int, { description: "Examples before." })
  countBefore!: number;
  @Field(() => Int, { description: "Examples now." })
  count!: number;
  @Field(() => Float, { nullable: true, description: "Their share before; null without an index." })
  shareBefore!: number | null;
  @Field(() => Float, { nullable: true, description: "Their share now; null without an index." })
  share!: number | null;
  @Field(() => Float, { nullable: true, description: "What it adds to the index; null without one." })
  contribution!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "How the shares of a dimension moved." })
export class CoverageDimensionDrift {
  @Field(() => CoverageByEnum, { description: "Along what was counted." })
  by!: CoverageBy;
  @Field(() => String, { nullable: true, description: "The label dimension, for LABEL." })
  dimension!: string | null;
  @Field(() => String, { description: "What plans call it." })
  name!: string;
  @Field(() => Int, { description: "Examples counted before." })
  exampleCountBefore!: number;
  @Field(() => Int, { description: "Examples counted now." })
  exampleCount!: number;
  @Field(() => CoverageReasonEnum, { nullable: true, description: "Why there is no index; null where there is one." })
  undefinedBecause!: DriftReason | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "The population stability index, the sum of (p - q) ln(p / q): by convention 0.1 is worth a look and 0.25 much.",
  })
  stability!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "What chance alone would give two samples of these sizes, about: the index says little below it.",
  })
  byChance!: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a half was added to each count, because a value had none on one side.",
  })
  smoothed!: boolean | null;
  @Field(() => [CoverageDriftValue], { description: "Declared values in their order, then others, unassigned last." })
  values!: CoverageDriftValue[];
}

@ObjectType({ description: "How what a snapshot covers moved since another. The same for ever." })
export class CoverageDrift {
  datasetId!: number;
  since!: SnapshotKey;
  @Field(() => String, { description: "How the numbers are made." })
  methodVersion!: string;
  @Field(() => [CoverageDimensionDrift], { description: "In the order asked." })
  dimensions!: CoverageDimensionDrift[];
}
