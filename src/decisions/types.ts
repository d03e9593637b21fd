// What does the API show and take of decisions?
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { BulkMode } from "../activities/plan.js";
import { BulkModeEnum, MutationInput, MutationPayload } from "../activities/types.js";
import { Node } from "../platform/nodes.js";
import type { Verdict } from "./tables.js";

export const VerdictEnum: Record<Verdict, Verdict> = {
  ACCEPT: "ACCEPT",
  REJECT: "REJECT",
  NEEDS_WORK: "NEEDS_WORK",
  WITHDRAW: "WITHDRAW",
};
registerEnumType(VerdictEnum, {
  name: "Verdict",
  description: "What is decided on an example version.",
  valuesConfig: {
    ACCEPT: { description: "Good enough to be released." },
    REJECT: { description: "Not to be released." },
    NEEDS_WORK: { description: "To be edited: its next version is undecided." },
    WITHDRAW: { description: "Taken out of population CURRENT." },
  },
});

@ObjectType({ implements: Node, description: "A verdict on one example version; a new version is undecided." })
export class Decision extends Node {
  datasetId!: number;
  decision!: number;
  exampleVersionId!: number;
  reasonKey!: string | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => VerdictEnum, { description: "What was decided." })
  verdict!: Verdict;
}

@InputType({
  description: "What is decided on one example version. Name it by exactly one of externalId and exampleVersionId.",
})
export class DecisionInput {
  @Field(() => String, { nullable: true, description: "The example: its latest version." })
  externalId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "A certain version; refused with STALE_VERSION where another has followed.",
  })
  exampleVersionId?: string | null;
  @Field(() => VerdictEnum, { description: "What is decided." })
  verdict!: Verdict;
  @Field(() => String, { nullable: true, description: "Why." })
  reason?: string | null;
  @Field(() => [String], { nullable: true, description: "The clauses it follows from, such as house-style@2.0#2.1." })
  clauses?: string[] | null;
  @Field(() => String, { nullable: true, description: "The caller's own name for the item, once in a call; not kept." })
  clientRef?: string | null;
}
@InputType({ description: "Decisions to take." })
export class DecideExamplesInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => BulkModeEnum, { defaultValue: "PER_ITEM", description: "What happens where some cannot be taken." })
  mode!: BulkMode;
  @Field(() => [DecisionInput], {
    description: "Up to 5,000. Two on one version: the later one replaces the earlier, and both stay.",
  })
  decisions!: DecisionInput[];
}
@ObjectType({ implements: MutationPayload, description: "What was decided." })
export class DecideExamplesPayload extends MutationPayload {
  @Field(() => Int, { description: "Decisions taken." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Items that were decided so already." })
  unchangedCount!: number;
  @Field(() => [Decision], { description: "The decisions taken, in order; read only where selected." })
  readonly decisions!: Promise<Decision[]>;
}
