// How does the API record what became of a bias audit?
import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { datasetRowsById } from "../activities/readQueries.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { attachAnalysis } from "./attachAnalysis.js";
import { auditAskedOf, auditNumbers } from "./auditReport.js";
import { analysisOfActivity, auditOfActivity, auditsById } from "./auditQueries.js";
import { findingsById } from "./findingQueries.js";
import { recordAudit, type AuditedSnapshot } from "./recordAudit.js";
import { setFindingStatus } from "./setFindingStatus.js";
import { signOffAudit } from "./signOffAudit.js";
import {
  AttachAnalysisInput,
  AttachAnalysisPayload,
  RecordAuditInput,
  RecordAuditPayload,
  SetFindingStatusInput,
  SetFindingStatusPayload,
  SignOffAuditInput,
  SignOffAuditPayload,
  WaiveFindingInput,
  WaiveFindingPayload,
} from "./verbTypes.js";
import { waiveFinding } from "./waiveFinding.js";

/** Throws NOT_FOUND where there is no such snapshot, BAD_USER_INPUT where the question cannot be asked. */
async function auditedSnapshot(
  context: Context,
  datasetId: number,
  { at = null, population = null, question: given }: RecordAuditInput,
): Promise<AuditedSnapshot> {
  const [row] = await datasetRowsById(context.db, 0, [datasetId]);
  const snapshot = await snapshotAt(context, row!, at, population);
  if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
  const asked = await auditAskedOf(context.db, snapshot, given);
  const { report: numbers } = await auditNumbers(context, snapshot, asked);
  return { snapshot, question: { ...asked.question }, numbers };
}

@Resolver()
export class AuditVerbsResolver {
  @Mutation(() => RecordAuditPayload, {
    nullable: true,
    description:
      "Records a bias audit of a snapshot with all its numbers, and a finding for each test that is no pass. Takes the report that was computed for exactly this question, or computes it.",
  })
  @Authorized<Permission>("audit:record")
  async recordAudit(@Arg("input", () => RecordAuditInput) input: RecordAuditInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "audit:record");
    const { datasetId } = dataset;
    const answer = await recordAudit(context.db, scope, input, () => auditedSnapshot(context, datasetId, input));
    const audit = answer.activity && (await auditOfActivity(context.db, datasetId, answer.activity));
    return { ...(await payloadOf(context, datasetId, answer)), audit };
  }

  @Mutation(() => SetFindingStatusPayload, {
    nullable: true,
    description:
      "Says what became of a finding, and which guideline clause it asks to change. ACCEPTED needs audit:waive, too.",
  })
  @Authorized<Permission>("audit:record")
  async setFindingStatus(
    @Arg("input", () => SetFindingStatusInput) input: SetFindingStatusInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "audit:record");
    if (input.status === "ACCEPTED") scopeFor(context.viewer, dataset, "audit:waive");
    const answer = await setFindingStatus(context.db, scope, input);
    const [finding] = await findingsById(context.db, dataset.datasetId, [input.finding]);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), finding };
  }

  @Mutation(() => WaiveFindingPayload, {
    nullable: true,
    description: "Waives a finding until a time. An expired waiver no longer counts; what was released stays released.",
  })
  @Authorized<Permission>("audit:waive")
  async waiveFinding(@Arg("input", () => WaiveFindingInput) input: WaiveFindingInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "audit:waive");
    const answer = await waiveFinding(context.db, scope, input);
    const [finding] = await findingsById(context.db, dataset.datasetId, [input.finding]);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), finding };
  }

  @Mutation(() => SignOffAuditPayload, {
    nullable: true,
    description: "Says what you think of an audit that somebody else recorded. Your next word replaces it.",
  })
  @Authorized<Permission>("audit:signOff")
  async signOffAudit(@Arg("input", () => SignOffAuditInput) input: SignOffAuditInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "audit:signOff");
    const answer = await signOffAudit(context.db, scope, input);
    const [audit] = await auditsById(context.db, dataset.datasetId, [input.audit]);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), audit };
  }

  @Mutation(() => AttachAnalysisPayload, {
    nullable: true,
    description:
      "Attaches the result of an analysis that was made elsewhere. Nothing of it is checked; the file stays there.",
  })
  @Authorized<Permission>("audit:record")
  async attachAnalysis(@Arg("input", () => AttachAnalysisInput) input: AttachAnalysisInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "audit:record");
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const named = input.audit != null;
    const snapshot = named ? null : await snapshotAt(context, row!, input.at ?? null, input.population ?? null);
    if (!named && !snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const answer = await attachAnalysis(context.db, scope, snapshot, input);
    const analysis = answer.activity && (await analysisOfActivity(context.db, dataset.datasetId, answer.activity));
    return { ...(await payloadOf(context, dataset.datasetId, answer)), analysis };
  }
}
