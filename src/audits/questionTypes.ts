// What does the API take of questions of a bias audit?
import { ArgsType, Field, Float, InputType, Int } from "type-graphql";
import { SnapshotAt } from "../activities/types.js";
import { Population } from "../activities/snapshot.js";
import { ExampleFilter } from "../examples/types.js";
import type { AuditFamily } from "./auditNumbers.js";
import { AuditEffectKindEnum, AuditFamilyEnum } from "./enumTypes.js";
import type { EffectKind } from "./minimumEffects.js";

@InputType({ description: "What matters, of a family of tests." })
export class AuditMinimumEffect {
  @Field(() => AuditFamilyEnum, { description: "Of which family." })
  family!: AuditFamily;
  @Field(() => AuditEffectKindEnum, { description: "Which effect." })
  effect!: EffectKind;
  @Field(() => Float, { description: "Above 0, in the effect's unit." })
  value!: number;
}

@InputType({ description: "A group and the share of annotators it should have." })
export class AuditReferenceShare {
  @Field(() => String, { description: "The group." })
  group!: string;
  @Field(() => Float, { description: "From 0 to 1; those of an attribute add up to 1." })
  share!: number;
}

@InputType({ description: "What the pool of annotators is held against." })
export class AuditPoolReference {
  @Field(() => String, { description: "The attribute." })
  attribute!: string;
  @Field(() => [AuditReferenceShare], { description: "Its groups." })
  shares!: AuditReferenceShare[];
}

/** What is asked. */
@ArgsType()
@InputType("BiasAuditQuestionInput", { description: "A question of a bias audit, as Snapshot.biasAudit takes it." })
export class AuditArgs {
  @Field(() => [AuditFamilyEnum], { nullable: true, description: "Only these families; all where not said." })
  families?: AuditFamily[] | null;
  @Field(() => [String], {
    nullable: true,
    description: "Lexicons, such as people or people@2; the latest of all that name groups or people where not said.",
  })
  lexicons?: string[] | null;
  @Field(() => [String], {
    nullable: true,
    description: "Label dimensions: style is compared by them, and raters within each of their values.",
  })
  dimensions?: string[] | null;
  @Field(() => [String], { nullable: true, description: "Criteria whose ratings count; all where not said." })
  criteria?: string[] | null;
  @Field(() => [String], {
    nullable: true,
    description: "Attributes by which annotators are compared, each and every two; all that are known where not said.",
  })
  attributes?: string[] | null;
  @Field(() => String, {
    nullable: true,
    description: "An attribute that annotators may differ by without it being meant: they are compared within it.",
  })
  stratifyBy?: string | null;
  @Field(() => [AuditPoolReference], {
    nullable: true,
    description: "What the pool is held against; equal shares where not said.",
  })
  references?: AuditPoolReference[] | null;
  @Field(() => [AuditMinimumEffect], {
    nullable: true,
    description: "What matters, in the place of the defaults that AuditEffectKind says.",
  })
  minimumEffects?: AuditMinimumEffect[] | null;
  @Field(() => Float, {
    defaultValue: 0.05,
    description: "0.001 to 0.2: q below it is significant; intervals have level 1 − alpha.",
  })
  alpha!: number;
  @Field(() => Float, {
    defaultValue: 1,
    description: "A whole number from 0 to 4294967295: the same seed draws the same.",
  })
  seed!: number;
  @Field(() => Int, {
    defaultValue: 20,
    description: "Annotators are compared who have so many ratings of units that others rated as well.",
  })
  fewestRatings!: number;
  @Field(() => ExampleFilter, {
    nullable: true,
    description: "Only these example versions. Groups of annotators are then not compared; use dimensions.",
  })
  filter?: ExampleFilter | null;
}

@InputType({ description: "A bias audit to compute apart from this request." })
export class ComputeBiasAuditInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => AuditArgs, { description: "What is asked." })
  question!: AuditArgs;
}
