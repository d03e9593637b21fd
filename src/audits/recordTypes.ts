// What does the API show of bias audits as records: findings, sign-offs, waivers, analyses made elsewhere?
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Population } from "../activities/snapshot.js";
import { Snapshot } from "../activities/types.js";
import { connectionType, PageArgs } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { AuditFamily } from "./auditNumbers.js";
import { SEVERITIES, type Severity } from "./severity.js";
import { SIGNOFF_DECISIONS, type FindingStatus, type SignoffDecision } from "./tables.js";
import { TestChangeEnum } from "./changeTypes.js";
import { AuditFamilyEnum, AuditVerdictEnum } from "./enumTypes.js";
import { AuditLexicon } from "./testTypes.js";
import type { TestChange } from "./testChanges.js";
import type { Verdict } from "../statistics/effectVerdict.js";

export const FindingSeverityEnum = Object.fromEntries(SEVERITIES.map((name) => [name, name])) as {
  [S in Severity]: S;
};
registerEnumType(FindingSeverityEnum, {
  name: "FindingSeverity",
  description: "The verdict that made a finding.",
  valuesConfig: {
    HIGH: { description: "Its audit takes two sign-offs, and it blocks a release that asks for an audit." },
    MEDIUM: { description: "It blocks a release that asks for an audit." },
    LOW: { description: "There is an effect, and it is small." },
    INCONCLUSIVE: { description: "Too little is known: add data. This is no pass." },
  },
});
export const FindingStatusEnum: Record<FindingStatus, FindingStatus> = {
  OPEN: "OPEN",
  MITIGATED: "MITIGATED",
  ACCEPTED: "ACCEPTED",
  WAIVED: "WAIVED",
};
registerEnumType(FindingStatusEnum, {
  name: "FindingStatus",
  description: "What became of a finding.",
  valuesConfig: {
    OPEN: { description: "Nothing yet; or its waiver has expired." },
    MITIGATED: { description: "Something was done about it; a new audit shows whether it helped." },
    ACCEPTED: { description: "It is known and stays, for good. Only who may waive may accept." },
    WAIVED: { description: "It does not stand in the way of a release until its waiver expires." },
  },
});
export const SignoffDecisionEnum = Object.fromEntries(SIGNOFF_DECISIONS.map((name) => [name, name])) as {
  [D in SignoffDecision]: D;
};
registerEnumType(SignoffDecisionEnum, {
  name: "SignoffDecision",
  description: "What somebody says of an audit.",
  valuesConfig: {
    ACCEPT: { description: "It asked what it should, and its findings are judged rightly." },
    REJECT: { description: "It counts for nothing, such as one that asked the wrong question." },
    NEEDS_WORK: { description: "It does not count as signed off until something is done." },
  },
});

@ObjectType({
  implements: Node,
  description: "A record of what was looked for in a snapshot, how, and what was found. Never changed.",
})
export class BiasAudit extends Node {
  datasetId!: number;
  audit!: number;
  titleKey!: string;
  asOf!: number;
  population!: Population;
  candidate!: number | null;
  activityNumber!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset." })
  number!: number;
  @Field(() => String, { description: "SHA-256, hex, of exactly which example versions were looked at." })
  scopeDigest!: string;
  @Field(() => Int, { description: "How many example versions were looked at." })
  exampleVersionCount!: number;
  @Field(() => GraphQLJSONObject, { description: "All that was asked, defaults included." })
  question!: object;
  @Field(() => [AuditFamilyEnum], { description: "The families that have a test, or say why they have none." })
  families!: AuditFamily[];
  @Field(() => String, { description: "Changes whenever the same question could get other numbers." })
  methodVersion!: string;
  @Field(() => Float, { description: "The seed of all that was drawn; a whole number." })
  seed!: number;
  @Field(() => [AuditLexicon], { description: "The lexicons as they were used." })
  lexicons!: AuditLexicon[];
}

@ObjectType({ description: "How many findings of a severity an audit has." })
export class SeverityCount {
  @Field(() => FindingSeverityEnum, { description: "The severity." })
  severity!: Severity;
  @Field(() => Int, { description: "Its findings." })
  count!: number;
}

@ObjectType({ description: "Whether an audit was made of what is there now." })
export class AuditStaleness {
  @Field(() => Boolean, { description: "Whether the example versions are no longer exactly those it looked at." })
  isStale!: boolean;
  @Field(() => String, { description: "SHA-256, hex, of what the audit looked at." })
  scopeDigest!: string;
  @Field(() => String, { description: "SHA-256, hex, of what is there now." })
  scopeDigestNow!: string;
  @Field(() => Snapshot, { description: "What it is compared with." })
  snapshotNow!: Snapshot;
}

@ObjectType({ description: "Whether an audit counts as signed off." })
export class AuditSignoffStanding {
  @Field(() => Boolean, { description: "Whether it does." })
  signedOff!: boolean;
  @Field(() => Int, { description: "How many others have to accept it: 2 where a finding is HIGH, else 1." })
  requiredCount!: number;
  @Field(() => Int, { description: "How many do." })
  acceptedCount!: number;
  @Field(() => String, { nullable: true, description: "What is missing, in words; null where it is signed off." })
  missing!: string | null;
}

@ObjectType({ description: "What somebody else than its author says of an audit." })
export class AuditSignoff {
  datasetId!: number;
  statementKey!: string;
  agentId!: number;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => SignoffDecisionEnum, { description: "What they say." })
  decision!: SignoffDecision;
}

@ObjectType({ implements: Node, description: "A test of an audit whose verdict is no pass, and what became of it." })
export class AuditFinding extends Node {
  datasetId!: number;
  finding!: number;
  auditNumber!: number;
  activityNumber!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset." })
  number!: number;
  @Field(() => String, { description: "Which test of its audit." })
  testKey!: string;
  @Field(() => FindingSeverityEnum, { description: "The test's verdict." })
  severity!: Severity;
}

@ObjectType({ description: "A status that was set on a finding." })
export class FindingStatusChange {
  datasetId!: number;
  reasonKey!: string;
  clauseId!: number | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => FindingStatusEnum, { description: "What was said." })
  status!: FindingStatus;
}

@ObjectType({
  implements: Node,
  description:
    "That a finding does not stand in the way of releases for a time. Expiring changes no release that was cut.",
})
export class AuditWaiver extends Node {
  datasetId!: number;
  waiver!: number;
  finding!: number;
  reasonKey!: string;
  mitigationKey!: string | null;
  activityNumber!: number;
  supersededByNumber!: number | null;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset." })
  number!: number;
  @Field(() => GraphQLDateTime, { description: "When it ends." })
  expiresAt!: Date;
}

@ObjectType({
  implements: Node,
  description: "A result that was computed elsewhere about an audit or a snapshot. Nothing of it is checked here.",
})
export class ExternalAnalysis extends Node {
  datasetId!: number;
  externalAnalysis!: number;
  auditNumber!: number | null;
  asOf!: number;
  population!: Population;
  candidate!: number | null;
  analysisKey!: string;
  activityNumber!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset." })
  number!: number;
  @Field(() => String, {
    nullable: true,
    description: "SHA-256, hex, of a file that is kept elsewhere; null for none.",
  })
  fileDigest!: string | null;
}

@ObjectType({ description: "What an external analysis says." })
export class ExternalResult {
  @Field(() => String, { description: "What was measured." })
  statistic!: string;
  @Field(() => String, { description: "How." })
  method!: string;
  @Field(() => String, { nullable: true, description: "With which software and version; null where not said." })
  tool!: string | null;
  @Field(() => GraphQLJSONObject, { description: "The numbers, as they were given." })
  result!: object;
  @Field(() => String, { nullable: true, description: "What the file is called; null where there is none." })
  fileName!: string | null;
  @Field(() => String, { nullable: true, description: "What else to know; null where not said." })
  note!: string | null;
}

const AT = "As of when waivers are judged by their end; now where not said.";

@ArgsType()
export class AtArgs {
  @Field(() => GraphQLDateTime, { nullable: true, description: AT })
  at?: Date | null;
}

@ArgsType()
export class FindingsArgs extends PageArgs {
  @Field(() => [FindingSeverityEnum], { nullable: true, description: "Only these severities." })
  severities?: Severity[] | null;
  @Field(() => [FindingStatusEnum], { nullable: true, description: "Only findings that stand so." })
  statuses?: FindingStatus[] | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: AT })
  at?: Date | null;
}

@ArgsType()
export class WaiversArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: "True for those in force, false for those that have expired." })
  inForce?: boolean | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: AT })
  at?: Date | null;
}

@ArgsType()
export class TestsArgs extends PageArgs {
  @Field(() => [AuditFamilyEnum], { nullable: true, description: "Only these families." })
  families?: AuditFamily[] | null;
  @Field(() => [AuditVerdictEnum], { nullable: true, description: "Only these verdicts." })
  verdicts?: Verdict[] | null;
}

@ArgsType()
export class ChangesArgs extends PageArgs {
  @Field(() => Int, { description: "The earlier audit's number." })
  audit!: number;
  @Field(() => [TestChangeEnum], { nullable: true, description: "Only these changes." })
  changes?: TestChange[] | null;
}

export const BiasAuditConnection = connectionType("BiasAudit", BiasAudit);
export const AuditFindingConnection = connectionType("AuditFinding", AuditFinding);
export const AuditWaiverConnection = connectionType("AuditWaiver", AuditWaiver);
export const ExternalAnalysisConnection = connectionType("ExternalAnalysis", ExternalAnalysis);
