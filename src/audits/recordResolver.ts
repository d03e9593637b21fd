// How does the API show bias audits as records?
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber, agentsById } from "../activities/readQueries.js";

import { Activity, Agent, Dataset, Snapshot } from "../activities/types.js";
import { connection, listConnection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import * as read from "./auditQueries.js";
import * as findings from "./findingQueries.js";
import { SEVERITIES } from "./severity.js";
import { shownTest } from "./shownTest.js";
import { signoffStanding } from "./signoffStanding.js";
import { stalenessOf } from "./staleness.js";
import { changesBetween, type ChangedTest as Changed } from "./testChanges.js";
import {
  AuditSignoff,
  AuditSignoffStanding,
  AuditStaleness,
  BiasAudit,
  BiasAuditConnection,
  ChangesArgs,
  SeverityCount,
  TestsArgs,
} from "./recordTypes.js";
import { ChangedTestConnection } from "./changeTypes.js";
import { AuditSkippedType, AuditTestConnection, AuditTestType } from "./testTypes.js";

registerNode({ type: "BiasAudit", code: 40, id: "audit", permission: "audit:read", read: read.auditsById });

@Resolver(() => Dataset)
export class DatasetAuditsResolver {
  @FieldResolver(() => BiasAuditConnection, { description: "The bias audits that were recorded, in order." })
  @Authorized<Permission>("audit:read")
  audits(@Root() { datasetId }: Dataset, @Args(() => PageArgs) page: PageArgs, @Ctx() { db }: Context) {
    return connection<read.AuditRow>(page, {
      order: "audit",
      keyTypes: ["number"],
      key: (row) => [row.audit],
      read: (slice) => read.auditsPage(db, datasetId, slice),
      count: () => read.auditCount(db, datasetId),
    });
  }

  @FieldResolver(() => BiasAudit, { nullable: true, description: "A bias audit by its number." })
  @Authorized<Permission>("audit:read")
  audit(
    @Root() { datasetId }: Dataset,
    @Arg("number", () => Int, { description: "The number people say aloud." }) number: number,
    @Ctx() { load }: Context,
  ) {
    return load(read.auditsById, datasetId, number);
  }
}

/** The numbers of an audit; throws CONTENT_ERASED where their text is gone. */
async function numbersOf({ datasetId, audit }: Pick<BiasAudit, "datasetId" | "audit">, { load }: Context) {
  const numbers = await load(read.numbersOfAudits, datasetId, audit);
  if (!numbers) throw refusal("CONTENT_ERASED", `the numbers of audit ${audit} were erased`);
  return numbers;
}

@Resolver(() => BiasAudit)
export class BiasAuditFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "What it is called; null where that was erased." })
  title(@Root() { datasetId, titleKey }: BiasAudit, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, titleKey);
  }

  @FieldResolver(() => Snapshot, { description: "What was looked at." })
  snapshot(@Root() { datasetId, asOf, population, candidate }: BiasAudit): Partial<Snapshot> {
    return { datasetId, activityNumber: asOf, population, candidate };
  }

  @FieldResolver(() => Int, { description: "How many of the example versions could not be read: erased by then." })
  async erasedCount(@Root() root: BiasAudit, @Ctx() context: Context) {
    return (await numbersOf(root, context)).erasedCount;
  }

  @FieldResolver(() => AuditTestConnection, { description: "What was tested, with all numbers." })
  async tests(
    @Root() root: BiasAudit,
    @Args(() => TestsArgs) { families, verdicts, ...page }: TestsArgs,
    @Ctx() context: Context,
  ) {
    const { tests } = await numbersOf(root, context);
    const asked = tests.filter(
      (test) => (!families || families.includes(test.family)) && (!verdicts || verdicts.includes(test.verdict)),
    );
    const order = `tests ${root.audit} ${families?.join() ?? ""} ${verdicts?.join() ?? ""}`;
    return listConnection(page, { order, rows: asked.map((test) => shownTest(test, root)) });
  }

  @FieldResolver(() => AuditTestType, { nullable: true, description: "One test, by its key." })
  async test(
    @Root() root: BiasAudit,
    @Arg("key", () => String, { description: "As in AuditTest.key." }) key: string,
    @Ctx() context: Context,
  ) {
    const { tests } = await numbersOf(root, context);
    const found = tests.find((test) => test.key === key);
    return found ? shownTest(found, root) : null;
  }

  @FieldResolver(() => [AuditSkippedType], { description: "What was asked and has no test, and why." })
  async skipped(@Root() root: BiasAudit, @Ctx() context: Context) {
    return (await numbersOf(root, context)).skipped;
  }

  @FieldResolver(() => [String], { description: "What was wrong with what was read." })
  async warnings(@Root() root: BiasAudit, @Ctx() context: Context) {
    return (await numbersOf(root, context)).warnings;
  }

  @FieldResolver(() => [SeverityCount], { description: "Its findings by severity, the most severe first." })
  async findingCounts(@Root() { datasetId, audit }: BiasAudit, @Ctx() { load }: Context) {
    const counted = new Map((await load(findings.severityCounts, datasetId, audit))!.map((one) => [one.severity, one]));
    return SEVERITIES.map((severity) => ({ severity, count: counted.get(severity)?.count ?? 0 }));
  }

  @FieldResolver(() => [AuditSignoff], { description: "What others said of it, in order, replaced ones too." })
  async signoffs(@Root() { datasetId, audit }: BiasAudit, @Ctx() { load }: Context) {
    return load(read.signoffsOfAudits, datasetId, audit);
  }

  @FieldResolver(() => AuditSignoffStanding, { description: "Whether it counts as signed off, and what is missing." })
  async signoff(@Root() { datasetId, audit }: BiasAudit, @Ctx() { load }: Context) {
    const head = await load(read.auditHeads, datasetId, audit);
    const given = (await load(read.signoffsOfAudits, datasetId, audit))!;
    return signoffStanding(
      head!,
      given.filter((one) => one.supersededByNumber === null),
    );
  }

  @FieldResolver(() => AuditStaleness, {
    nullable: true,
    description:
      "Whether it was made of exactly the example versions of a candidate, or of the same population and filter now. An audit of a candidate is compared with that one where none is named. Null where there is no such candidate.",
  })
  async staleness(
    @Root() root: BiasAudit,
    @Arg("candidate", () => Int, { nullable: true, description: "A candidate's number." }) candidate: number | null,
    @Ctx() context: Context,
  ) {
    const found = await stalenessOf(context, root as never, candidate ?? null);
    return found && { ...found, snapshotNow: { ...found.snapshotNow, activityNumber: found.snapshotNow.activity } };
  }

  @FieldResolver(() => ChangedTestConnection, {
    description:
      "What became of the tests since an earlier audit: those of this one in order, then those that are gone.",
  })
  async changesSince(
    @Root() root: BiasAudit,
    @Args(() => ChangesArgs) { audit: earlier, changes, ...page }: ChangesArgs,
    @Ctx() context: Context,
  ) {
    const before = await context.load(read.auditsById, root.datasetId, earlier);
    if (!before)
      throw refusal("BAD_USER_INPUT", `there is no audit ${earlier} in this dataset; Dataset.audits lists them`, {
        argument: "audit",
      });
    const all = changesBetween((await numbersOf(before, context)).tests, (await numbersOf(root, context)).tests);
    const shown = (one: Changed) => ({
      ...one,
      before: one.before && shownTest(one.before, before),
      after: one.after && shownTest(one.after, root),
    });
    const asked = all.filter(({ change }) => !changes || changes.includes(change));
    const order = `changes ${earlier} ${root.audit} ${changes?.join() ?? ""}`;
    return listConnection(page, { order, rows: asked.map(shown) });
  }

  @FieldResolver(() => Activity, { description: "The activity that recorded it." })
  activity(@Root() { datasetId, activityNumber }: BiasAudit, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Agent, { description: "Who recorded it." })
  async author(@Root() { datasetId, activityNumber }: BiasAudit, @Ctx() { load }: Context) {
    const activity = await load(activitiesByNumber, datasetId, activityNumber);
    return load(agentsById, datasetId, activity!.agentId);
  }
}

@Resolver(() => AuditSignoff)
export class AuditSignoffResolver {
  @FieldResolver(() => String, { nullable: true, description: "What they looked at and why; null where erased." })
  statement(@Root() { datasetId, statementKey }: AuditSignoff, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, statementKey);
  }

  @FieldResolver(() => Agent, { description: "Who says so." })
  by(@Root() { datasetId, agentId }: AuditSignoff, @Ctx() { load }: Context) {
    return load(agentsById, datasetId, agentId);
  }

  @FieldResolver(() => Activity, { description: "The activity that recorded it." })
  activity(@Root() { datasetId, activityNumber }: AuditSignoff, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity by which they said something else; null while it counts.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: AuditSignoff, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
