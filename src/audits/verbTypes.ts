// What do the mutations that record what became of an audit take and answer?
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { MutationInput, MutationPayload, SnapshotAt } from "../activities/types.js";
import { AuditArgs } from "./questionTypes.js";
import { AuditFinding, BiasAudit, ExternalAnalysis, FindingStatusEnum, SignoffDecisionEnum } from "./recordTypes.js";
import type { FindingStatus, SignoffDecision } from "./tables.js";

const SLUG = { description: "The dataset's slug." };
const FINDING = { description: "The finding's number." };

@InputType({ description: "What became of which finding." })
export class SetFindingStatusInput extends MutationInput {
  @Field(() => String, SLUG)
  dataset!: string;
  @Field(() => Int, FINDING)
  finding!: number;
  @Field(() => FindingStatusEnum, { description: "OPEN, MITIGATED or ACCEPTED; waiveFinding waives." })
  status!: FindingStatus;
  @Field(() => String, { description: "Why, and what was done; up to 10,000 characters." })
  reason!: string;
  @Field(() => String, {
    nullable: true,
    description: "The guideline clause that the finding asks to change, by full name: house-style@2.0#2.1.",
  })
  clause?: string | null;
}
@ObjectType({ implements: MutationPayload, description: "The finding as it stands." })
export class SetFindingStatusPayload extends MutationPayload {
  @Field(() => AuditFinding, { nullable: true, description: "The finding; null where there is none." })
  finding!: AuditFinding | null;
}

@InputType({ description: "Which finding is waived, why, and until when." })
export class WaiveFindingInput extends MutationInput {
  @Field(() => String, SLUG)
  dataset!: string;
  @Field(() => Int, FINDING)
  finding!: number;
  @Field(() => String, { description: "Why it may be released with; up to 10,000 characters." })
  reason!: string;
  @Field(() => String, { nullable: true, description: "What is done about it meanwhile." })
  mitigation?: string | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the waiver ends: within 365 days; 90 days from now where not said.",
  })
  until?: Date | null;
}
@ObjectType({ implements: MutationPayload, description: "The finding as it stands." })
export class WaiveFindingPayload extends MutationPayload {
  @Field(() => AuditFinding, { nullable: true, description: "The finding; null where there is none." })
  finding!: AuditFinding | null;
}

@InputType({ description: "What you say of an audit that somebody else recorded." })
export class SignOffAuditInput extends MutationInput {
  @Field(() => String, SLUG)
  dataset!: string;
  @Field(() => Int, { description: "The audit's number." })
  audit!: number;
  @Field(() => SignoffDecisionEnum, { description: "What you say. It replaces what you said before." })
  decision!: SignoffDecision;
  @Field(() => String, { description: "What you looked at and why you decide so; up to 10,000 characters." })
  statement!: string;
}
@ObjectType({ implements: MutationPayload, description: "The audit as it stands." })
export class SignOffAuditPayload extends MutationPayload {
  @Field(() => BiasAudit, { nullable: true, description: "The audit; null where there is none." })
  audit!: BiasAudit | null;
}

@InputType({ description: "A result that was computed elsewhere: of an audit, or of a snapshot." })
export class AttachAnalysisInput extends MutationInput {
  @Field(() => String, SLUG)
  dataset!: string;
  @Field(() => Int, {
    nullable: true,
    description: "The number of the audit that it is about; else it is of a snapshot.",
  })
  audit?: number | null;
  @Field(() => SnapshotAt, {
    nullable: true,
    description: "Which snapshot, where no audit is named; now where not said.",
  })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, where no audit is named." })
  population?: Population | null;
  @Field(() => String, { description: "What was measured, such as the fixed effect of a group." })
  statistic!: string;
  @Field(() => String, { description: "How, such as rating ~ group + (1 | annotator) + (1 | item)." })
  method!: string;
  @Field(() => String, { nullable: true, description: "With which software and version." })
  tool?: string | null;
  @Field(() => GraphQLJSONObject, { description: "The numbers; at most 100,000 bytes." })
  result!: Record<string, unknown>;
  @Field(() => String, { nullable: true, description: "What the file with the analysis is called." })
  fileName?: string | null;
  @Field(() => String, { nullable: true, description: "SHA-256 of that file, 64 hexadecimal digits." })
  fileDigest?: string | null;
  @Field(() => String, { nullable: true, description: "What else to know; up to 10,000 characters." })
  note?: string | null;
}
@ObjectType({ implements: MutationPayload, description: "The analysis." })
export class AttachAnalysisPayload extends MutationPayload {
  @Field(() => ExternalAnalysis, { nullable: true, description: "The analysis; null where it was refused." })
  analysis!: ExternalAnalysis | null;
}

@InputType({ description: "A bias audit to record: of which snapshot, and what is asked." })
export class RecordAuditInput extends MutationInput {
  @Field(() => String, SLUG)
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => AuditArgs, { description: "What is asked." })
  question!: AuditArgs;
  @Field(() => String, { description: "What the record is called; up to 200 characters." })
  title!: string;
}
@ObjectType({ implements: MutationPayload, description: "The audit that was recorded." })
export class RecordAuditPayload extends MutationPayload {
  @Field(() => BiasAudit, { nullable: true, description: "The audit; null where it was refused." })
  audit!: BiasAudit | null;
}
