// How does the API reach coverage and its plan?
import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Dataset, Snapshot } from "../activities/types.js";
import { filterScope } from "../duplicates/filterScope.js";
import { ExampleFilter } from "../examples/types.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { registerNode } from "../platform/nodes.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import type { CountedBy } from "./countStatements.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import { weightOf } from "./coveragePlan.js";
import { planStatus } from "./planStatus.js";
import { planOfAnswer, publishCoveragePlan } from "./publishCoveragePlan.js";
import { plansAtActivity, plansById, plansByVersion } from "./queries.js";
import { askedDimensions, countQuestion, coverageKind, reportCoverage } from "./reportCoverage.js";
import { CoverageReport } from "./reportTypes.js";
import { CoveragePlanStatus } from "./statusTypes.js";
import {
  ComputeCoverageInput,
  CountedByEnum,
  CoverageDimension,
  CoveragePlanVersion,
  PlanDimensionType,
  PlanTargetType,
  PublishCoveragePlanInput,
  PublishCoveragePlanPayload,
} from "./types.js";

registerNode({
  type: "CoveragePlanVersion",
  code: 21,
  id: "planVersion",
  permission: "coverage:read",
  read: plansById,
});

@Resolver(() => Dataset)
export class CoveragePlanResolver {
  @FieldResolver(() => CoveragePlanVersion, {
    nullable: true,
    description: "The coverage plan: a version, or the latest.",
  })
  @Authorized<Permission>("coverage:read")
  coveragePlan(
    @Root() { datasetId, headNumber }: Dataset,
    @Arg("version", () => Int, { nullable: true, description: "The latest where not said." }) version: number | null,
    @Ctx() { load }: Context,
  ) {
    return version == null ? load(plansAtActivity, datasetId, headNumber) : load(plansByVersion, datasetId, version);
  }

  @Mutation(() => PublishCoveragePlanPayload, {
    nullable: true,
    description: "Publishes the taxonomy and the targets as the next version of the coverage plan.",
  })
  @Authorized<Permission>("plan:publish")
  async publishCoveragePlan(
    @Arg("input", () => PublishCoveragePlanInput) input: PublishCoveragePlanInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "plan:publish");
    const answer = await publishCoveragePlan(context.db, scope, input);
    const coveragePlanVersion = await planOfAnswer(context.db, dataset.datasetId, answer);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), coveragePlanVersion };
  }
}

@Resolver(() => CoveragePlanVersion)
export class CoveragePlanFieldsResolver {
  @FieldResolver(() => [PlanDimensionType], { description: "The dimensions and their values." })
  dimensions(@Root() { plan }: CoveragePlanVersion) {
    return plan.dimensions;
  }

  @FieldResolver(() => [PlanTargetType], { description: "What is wanted of which cell." })
  targets(@Root() { plan }: CoveragePlanVersion) {
    return plan.targets.map((target) => ({ ...target, weight: weightOf(target) }));
  }

  @FieldResolver(() => Activity, { description: "The activity that published it." })
  activity(@Root() { datasetId, activityNumber }: CoveragePlanVersion, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that published the next; null for the latest.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: CoveragePlanVersion, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}

@Resolver(() => Snapshot)
export class CoverageResolver {
  @FieldResolver(() => CoverageReport, {
    description: "Counts and shares over one or two dimensions, against the plan's targets.",
  })
  @Authorized<Permission>("coverage:read")
  coverage(
    @Root() snapshot: Snapshot,
    @Arg("dimensions", () => [CoverageDimension], { description: "One or two." }) dimensions: CoverageDimension[],
    @Arg("planVersion", () => Int, {
      nullable: true,
      description: "The plan to hold it against; the one in force then where not said.",
    })
    planVersion: number | null,
    @Arg("filter", () => ExampleFilter, { nullable: true, description: "Only these example versions." })
    filter: ExampleFilter | null,
    @Arg("countedBy", () => CountedByEnum, {
      defaultValue: "EXAMPLES",
      description: "Whether near-duplicates count once; then all examples stand beside, as rawCount.",
    })
    countedBy: CountedBy,
    @Ctx() context: Context,
  ) {
    filterScope(context.viewer, snapshot, filter);
    return reportCoverage(context, keyOf(snapshot), { dimensions, planVersion, filter, countedBy });
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Counts coverage apart from this request, as a job: where many texts have to be measured or compared first. Once it is done, Snapshot.coverage with the same dimensions, filter and countedBy answers at once, against any plan.",
  })
  @Authorized<Permission>("job:start")
  async computeCoverage(
    @Arg("input", () => ComputeCoverageInput)
    { dataset: slug, at, population, question: given }: ComputeCoverageInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "coverage:read");
    filterScope(context.viewer, dataset, given.filter);
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const { dimensions, filter = null, countedBy } = given;
    const question = countQuestion({ dimensions: askedDimensions(dimensions, 2), filter, countedBy });
    return startJob(context, scope, coverageKind, row!.uid, { snapshot, question });
  }

  @FieldResolver(() => CoveragePlanStatus, {
    nullable: true,
    description: "All gaps of the plan, whatever dimensions they are over; null where no plan was in force.",
  })
  @Authorized<Permission>("coverage:read")
  coverageOfPlan(
    @Root() snapshot: Snapshot,
    @Arg("planVersion", () => Int, { nullable: true, description: "The one in force then where not said." })
    planVersion: number | null,
    @Arg("filter", () => ExampleFilter, { nullable: true, description: "Only these example versions." })
    filter: ExampleFilter | null,
    @Ctx() context: Context,
  ) {
    filterScope(context.viewer, snapshot, filter);
    return planStatus(context, keyOf(snapshot), { planVersion: planVersion ?? null, filter: filter ?? null });
  }
}

@Resolver(() => CoveragePlanStatus)
export class CoveragePlanStatusResolver {
  @FieldResolver(() => CoveragePlanVersion, { description: "The plan." })
  plan(@Root() { datasetId, planVersionId }: CoveragePlanStatus, @Ctx() { load }: Context) {
    return load(plansById, datasetId, planVersionId);
  }
}

@Resolver(() => CoverageReport)
export class CoverageReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, activityNumber }: CoverageReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => CoveragePlanVersion, { nullable: true, description: "The plan it is held against." })
  plan(@Root() { datasetId, planVersionId }: CoverageReport, @Ctx() { load }: Context) {
    return planVersionId === null ? null : load(plansById, datasetId, planVersionId);
  }
}
