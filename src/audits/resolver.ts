// How does the API reach what a bias audit of a snapshot finds?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot } from "../activities/types.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { listConnection } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import { auditAskedOf, auditKind, auditNumbers } from "./auditReport.js";
import { AuditArgs, ComputeBiasAuditInput } from "./questionTypes.js";
import { TestsArgs } from "./recordTypes.js";
import { shownTest } from "./shownTest.js";
import { AuditEvidenceType, AuditTestConnection, AuditTestType, BiasAuditReport } from "./testTypes.js";

@Resolver(() => Snapshot)
export class BiasAuditResolver {
  @FieldResolver(() => BiasAuditReport, {
    nullable: true,
    description: "What a bias audit of the snapshot finds. recordAudit makes a record of it.",
  })
  @Authorized<Permission>("audit:read")
  async biasAudit(
    @Root() snapshot: Snapshot,
    @Args(() => AuditArgs) given: AuditArgs,
    @Ctx() context: Context,
  ): Promise<Partial<BiasAuditReport>> {
    scopeFor(context.viewer, snapshot, "audit:read");
    const asked = await auditAskedOf(context.db, keyOf(snapshot), given);
    const { report, key, cache } = await auditNumbers(context, keyOf(snapshot), asked);
    const { tests, ...numbers } = report;
    const { datasetId, activityNumber, population } = snapshot;
    return { ...numbers, allTests: tests, reportKey: key, cache, datasetId, activityNumber, population };
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Computes a bias audit apart from this request, as a job. Once it is done, Snapshot.biasAudit and recordAudit with the same arguments answer at once.",
  })
  @Authorized<Permission>("job:start")
  async computeBiasAudit(
    @Arg("input", () => ComputeBiasAuditInput)
    { dataset: slug, at, population, question: given }: ComputeBiasAuditInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "audit:read");
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const { question, datasetUid } = await auditAskedOf(context.db, snapshot, given);
    return startJob(context, scope, auditKind, datasetUid, { snapshot, question });
  }
}

@Resolver(() => BiasAuditReport)
export class BiasAuditReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, activityNumber }: BiasAuditReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => AuditTestConnection, { description: "What was tested, with all numbers." })
  tests(
    @Root() { datasetId, activityNumber, reportKey, allTests }: BiasAuditReport,
    @Args(() => TestsArgs) { families, verdicts, ...page }: TestsArgs,
  ) {
    const asked = allTests.filter(
      (test) => (!families || families.includes(test.family)) && (!verdicts || verdicts.includes(test.verdict)),
    );
    const order = `audit ${reportKey} ${families?.join() ?? ""} ${verdicts?.join() ?? ""}`;
    return listConnection(page, {
      order,
      rows: asked.map((test) => shownTest(test, { datasetId, asOf: activityNumber })),
    });
  }
}

@Resolver(() => AuditTestType)
export class AuditTestResolver {
  @FieldResolver(() => [AuditEvidenceType], { description: "Example versions that show it, and some that do not." })
  evidence(@Root() { datasetId, asOf, shown }: AuditTestType): AuditEvidenceType[] {
    return shown.map(({ exampleVersion, ...one }) => ({ ...one, datasetId, asOf, exampleVersionId: exampleVersion }));
  }
}

@Resolver(() => AuditEvidenceType)
export class AuditEvidenceResolver {
  @FieldResolver(() => ExampleVersion, { description: "Which one, with labels as of the snapshot." })
  async exampleVersion(@Root() { datasetId, exampleVersionId, asOf }: AuditEvidenceType, @Ctx() { load }: Context) {
    return { ...(await load(exampleVersionsById, datasetId, exampleVersionId)), asOf };
  }
}
