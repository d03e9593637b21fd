// How does the API show findings, what became of them, waivers and analyses made elsewhere?
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber, agentsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { Activity, Agent, Dataset, Snapshot } from "../activities/types.js";
import { clausesById } from "../guidelines/keyQueries.js";
import { Clause } from "../guidelines/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import type { ExternalAnalysis as AnalysisText } from "./attachAnalysis.js";
import * as audits from "./auditQueries.js";
import * as read from "./findingQueries.js";
import { findingStanding } from "./findingStanding.js";
import { shownTest } from "./shownTest.js";
import {
  AtArgs,
  AuditFinding,
  AuditFindingConnection,
  AuditWaiver,
  AuditWaiverConnection,
  BiasAudit,
  ExternalAnalysis,
  ExternalAnalysisConnection,
  ExternalResult,
  FindingsArgs,
  FindingStatusChange,
  FindingStatusEnum,
  WaiversArgs,
} from "./recordTypes.js";
import { AuditTestType } from "./testTypes.js";

registerNode({ type: "AuditFinding", code: 41, id: "finding", permission: "audit:read", read: read.findingsById });
registerNode({ type: "AuditWaiver", code: 42, id: "waiver", permission: "audit:read", read: read.waiversById });
registerNode({
  type: "ExternalAnalysis",
  code: 43,
  id: "externalAnalysis",
  permission: "audit:read",
  read: audits.analysesById,
});

function analyses({ db }: Context, datasetId: number, asked: audits.AnalysesAsked, page: PageArgs) {
  const { audit, snapshot } = asked;
  return connection<audits.ExternalAnalysisRow>(page, {
    order: `analyses ${audit ?? ""} ${snapshot ? `${snapshot.activity} ${snapshot.population} ${snapshot.candidate}` : ""}`,
    keyTypes: ["number"],
    key: (row) => [row.externalAnalysis],
    read: (slice) => audits.analysesPage(db, datasetId, asked, slice),
    count: () => audits.analysisCount(db, datasetId, asked),
  });
}

@Resolver(() => Dataset)
export class DatasetFindingsResolver {
  @FieldResolver(() => AuditFinding, { nullable: true, description: "A finding of a bias audit by its number." })
  @Authorized<Permission>("audit:read")
  finding(
    @Root() { datasetId }: Dataset,
    @Arg("number", () => Int, { description: "The number people say aloud." }) number: number,
    @Ctx() { load }: Context,
  ) {
    return load(read.findingsById, datasetId, number);
  }

  @FieldResolver(() => AuditWaiverConnection, {
    description: "The waivers that nothing has replaced, in force or expired, in order.",
  })
  @Authorized<Permission>("audit:read")
  waivers(
    @Root() { datasetId }: Dataset,
    @Args(() => WaiversArgs) { inForce = null, at, ...page }: WaiversArgs,
    @Ctx() { db }: Context,
  ) {
    const asked = { at: at ?? new Date(), inForce };
    return connection<read.WaiverRow>(page, {
      order: `waivers ${inForce ?? ""}`,
      keyTypes: ["number"],
      key: (row) => [row.waiver],
      read: (slice) => read.waiversPage(db, datasetId, asked, slice),
      count: () => read.waiverCount(db, datasetId, asked),
    });
  }

  @FieldResolver(() => ExternalAnalysisConnection, {
    description: "The analyses made elsewhere that were attached to its audits and snapshots, in order.",
  })
  @Authorized<Permission>("audit:read")
  externalAnalyses(@Root() { datasetId }: Dataset, @Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return analyses(context, datasetId, { audit: null, snapshot: null }, page);
  }
}

@Resolver(() => Snapshot)
export class SnapshotAnalysesResolver {
  @FieldResolver(() => ExternalAnalysisConnection, {
    description: "The analyses made elsewhere of exactly this snapshot, or of audits of it.",
  })
  @Authorized<Permission>("audit:read")
  externalAnalyses(@Root() root: Snapshot, @Args(() => PageArgs) page: PageArgs, @Ctx() context: Context) {
    return analyses(context, root.datasetId, { audit: null, snapshot: keyOf(root) }, page);
  }
}

@Resolver(() => BiasAudit)
export class AuditFindingsResolver {
  @FieldResolver(() => AuditFindingConnection, { description: "Its tests that are no pass, in order." })
  findings(
    @Root() { datasetId, audit }: BiasAudit,
    @Args(() => FindingsArgs) { severities, statuses, at, ...page }: FindingsArgs,
    @Ctx() { db }: Context,
  ) {
    const asked = { audit, severities: severities ?? null, statuses: statuses ?? null, at: at ?? new Date() };
    return connection<read.FindingRow>(page, {
      order: `findings ${audit} ${severities?.join() ?? ""} ${statuses?.join() ?? ""}`,
      keyTypes: ["number"],
      key: (row) => [row.finding],
      read: (slice) => read.findingsPage(db, datasetId, asked, slice),
      count: () => read.findingCount(db, datasetId, asked),
    });
  }

  @FieldResolver(() => ExternalAnalysisConnection, { description: "The analyses made elsewhere about it, in order." })
  externalAnalyses(
    @Root() { datasetId, audit }: BiasAudit,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ) {
    return analyses(context, datasetId, { audit, snapshot: null }, page);
  }
}

/** What counts among rows of which at most one was not replaced. */
const inForceOf = <Row extends { supersededByNumber: number | null }>(rows: Row[] | null): Row | null =>
  rows?.find((row) => row.supersededByNumber === null) ?? null;

@Resolver(() => AuditFinding)
export class FindingFieldsResolver {
  @FieldResolver(() => BiasAudit, { description: "The audit that found it." })
  audit(@Root() { datasetId, auditNumber }: AuditFinding, @Ctx() { load }: Context) {
    return load(audits.auditsById, datasetId, auditNumber);
  }

  @FieldResolver(() => AuditTestType, { nullable: true, description: "The test with its numbers; null where erased." })
  async test(@Root() { datasetId, auditNumber, testKey }: AuditFinding, @Ctx() { load }: Context) {
    const audit = await load(audits.auditsById, datasetId, auditNumber);
    const numbers = await load(audits.numbersOfAudits, datasetId, auditNumber);
    const test = numbers?.tests.find(({ key }) => key === testKey);
    return test ? shownTest(test, audit!) : null;
  }

  @FieldResolver(() => FindingStatusEnum, { description: "How it stands: OPEN where its waiver has expired." })
  async status(
    @Root() { datasetId, finding }: AuditFinding,
    @Args(() => AtArgs) { at }: AtArgs,
    @Ctx() { load }: Context,
  ) {
    const status = inForceOf(await load(read.statusesOfFindings, datasetId, finding));
    const waiver = inForceOf(await load(read.waiversOfFindings, datasetId, finding));
    const given = { status: status?.status ?? null, expiresAt: waiver?.expiresAt ?? null };
    return findingStanding(given, at ?? new Date()).status;
  }

  @FieldResolver(() => AuditWaiver, {
    nullable: true,
    description: "Its waiver that nothing has replaced, in force or expired; null where there is none.",
  })
  async waiver(@Root() { datasetId, finding }: AuditFinding, @Ctx() { load }: Context) {
    return inForceOf(await load(read.waiversOfFindings, datasetId, finding));
  }

  @FieldResolver(() => Clause, { nullable: true, description: "The guideline clause that it asks to change." })
  async clause(@Root() { datasetId, finding }: AuditFinding, @Ctx() { load }: Context) {
    const status = inForceOf(await load(read.statusesOfFindings, datasetId, finding));
    return status?.clauseId == null ? null : load(clausesById, datasetId, status.clauseId);
  }

  @FieldResolver(() => [FindingStatusChange], { description: "Every status that was set, in order." })
  statuses(@Root() { datasetId, finding }: AuditFinding, @Ctx() { load }: Context) {
    return load(read.statusesOfFindings, datasetId, finding);
  }

  @FieldResolver(() => [AuditWaiver], { description: "Every waiver that it had, in order." })
  waivers(@Root() { datasetId, finding }: AuditFinding, @Ctx() { load }: Context) {
    return load(read.waiversOfFindings, datasetId, finding);
  }
}

type Recorded = { datasetId: number; activityNumber: number };

const activityOf = ({ datasetId, activityNumber }: Recorded, { load }: Context) =>
  load(activitiesByNumber, datasetId, activityNumber);

async function agentOf(root: Recorded, context: Context) {
  const activity = await activityOf(root, context);
  return context.load(agentsById, root.datasetId, activity!.agentId);
}

@Resolver(() => FindingStatusChange)
export class FindingStatusResolver {
  @FieldResolver(() => String, { nullable: true, description: "Why, and what was done; null where erased." })
  reason(@Root() { datasetId, reasonKey }: FindingStatusChange, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, reasonKey);
  }

  @FieldResolver(() => Clause, { nullable: true, description: "The guideline clause that it asks to change." })
  clause(@Root() { datasetId, clauseId }: FindingStatusChange, @Ctx() { load }: Context) {
    return clauseId === null ? null : load(clausesById, datasetId, clauseId);
  }

  @FieldResolver(() => Agent, { description: "Who said so." })
  by(@Root() root: FindingStatusChange, @Ctx() context: Context) {
    return agentOf(root, context);
  }

  @FieldResolver(() => Activity, { description: "The activity that set it." })
  activity(@Root() root: FindingStatusChange, @Ctx() context: Context) {
    return activityOf(root, context);
  }
}

@Resolver(() => AuditWaiver)
export class WaiverFieldsResolver {
  @FieldResolver(() => AuditFinding, { description: "What is waived." })
  finding(@Root() { datasetId, finding }: AuditWaiver, @Ctx() { load }: Context) {
    return load(read.findingsById, datasetId, finding);
  }

  @FieldResolver(() => String, { nullable: true, description: "Why it may be released with; null where erased." })
  reason(@Root() { datasetId, reasonKey }: AuditWaiver, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, reasonKey);
  }

  @FieldResolver(() => String, { nullable: true, description: "What is done about it meanwhile; null where not said." })
  mitigation(@Root() { datasetId, mitigationKey }: AuditWaiver, @Ctx() { load }: Context) {
    return mitigationKey === null ? null : load(textsByCommitment, datasetId, mitigationKey);
  }

  @FieldResolver(() => Boolean, { description: "Whether nothing has replaced it and it has not expired." })
  inForce(@Root() { expiresAt, supersededByNumber }: AuditWaiver, @Args(() => AtArgs) { at }: AtArgs) {
    return supersededByNumber === null && expiresAt > (at ?? new Date());
  }

  @FieldResolver(() => Agent, { description: "Who waived it." })
  by(@Root() root: AuditWaiver, @Ctx() context: Context) {
    return agentOf(root, context);
  }

  @FieldResolver(() => Activity, { description: "The activity that made it." })
  activity(@Root() root: AuditWaiver, @Ctx() context: Context) {
    return activityOf(root, context);
  }
}

@Resolver(() => ExternalAnalysis)
export class AnalysisFieldsResolver {
  @FieldResolver(() => BiasAudit, { nullable: true, description: "The audit it is about; null where of a snapshot." })
  audit(@Root() { datasetId, auditNumber }: ExternalAnalysis, @Ctx() { load }: Context) {
    return auditNumber === null ? null : load(audits.auditsById, datasetId, auditNumber);
  }

  @FieldResolver(() => Snapshot, { description: "What it is of." })
  snapshot(@Root() { datasetId, asOf, population, candidate }: ExternalAnalysis): Partial<Snapshot> {
    return { datasetId, activityNumber: asOf, population, candidate };
  }

  @FieldResolver(() => ExternalResult, { nullable: true, description: "What it says; null where erased." })
  async says(@Root() { datasetId, analysisKey }: ExternalAnalysis, @Ctx() { load }: Context) {
    const text = await load(textsByCommitment, datasetId, analysisKey);
    return text === null ? null : (JSON.parse(text) as AnalysisText);
  }

  @FieldResolver(() => Agent, { description: "Who attached it." })
  by(@Root() root: ExternalAnalysis, @Ctx() context: Context) {
    return agentOf(root, context);
  }

  @FieldResolver(() => Activity, { description: "The activity that attached it." })
  activity(@Root() root: ExternalAnalysis, @Ctx() context: Context) {
    return activityOf(root, context);
  }
}
