// How does the API reach jobs?
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { Dataset, Snapshot } from "../activities/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { problem, refusal } from "../platform/errors.js";
import { localId, registerNode } from "../platform/nodes.js";
import { may } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { jobCount, jobsById, jobsPage, principalKeys, requestCancel, type JobRow } from "./jobQueries.js";
import { CancelJobInput, CancelJobPayload, Job, JobConnection } from "./types.js";

registerNode({ type: "Job", code: 26, id: "job", permission: "job:read", read: jobsById });

@Resolver(() => Dataset)
export class JobsResolver {
  @FieldResolver(() => Job, { nullable: true, description: "A job by its number." })
  @Authorized<Permission>("job:read")
  job(
    @Root() { datasetId }: Dataset,
    @Arg("number", () => Int, { description: "The number people say aloud." }) number: number,
    @Ctx() { load }: Context,
  ) {
    return load(jobsById, datasetId, number);
  }

  @FieldResolver(() => JobConnection, { description: "Reports that are, were or will be computed, oldest first." })
  @Authorized<Permission>("job:read")
  jobs(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<JobRow>(args, {
      order: "job",
      keyTypes: ["number"],
      key: (row) => [row.job],
      read: (slice) => jobsPage(db, datasetId, slice),
      count: () => jobCount(db, datasetId),
    });
  }

  @Mutation(() => CancelJobPayload, {
    nullable: true,
    description:
      "Cancels a job: one that waits at once, one that runs within seconds. One that has ended stays as it is.",
  })
  @Authorized<Permission>("job:start")
  async cancelJob(@Arg("input", () => CancelJobInput) input: CancelJobInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "job:start");
    const id = localId(input.jobId, "Job", dataset, "jobId");
    const [job] = await jobsById(context.db, dataset.datasetId, [id]);
    if (!job) throw refusal("NOT_FOUND", "jobId names nothing in this dataset", { argument: "jobId" });
    const answer = { activity: null, replayed: false };
    const own = job.principalUid === scope.viewer.principalUid;
    if (!own && !may(context.viewer, dataset.datasetId, "job:cancelOthers")) {
      const message = `job ${id} was started by somebody else; they or an owner can cancel it`;
      return { ...answer, userErrors: [problem("NOT_YOUR_JOB", message, "jobId")], job: null };
    }
    return { ...answer, userErrors: [], job: await requestCancel(context.db, dataset.datasetId, id) };
  }
}

@Resolver(() => Job)
export class JobFieldsResolver {
  @FieldResolver(() => Int)
  number(@Root() { job }: Job): number {
    return job;
  }

  @FieldResolver(() => Snapshot, { description: "What it is computed on: ask there for its report." })
  snapshot(@Root() { datasetId, asOf, candidate, ...row }: Job & JobRow): Partial<Snapshot> {
    return { datasetId, activityNumber: asOf, population: row.population, candidate };
  }

  @FieldResolver(() => String, { nullable: true, description: "The key of the principal who asked for it." })
  startedBy(@Root() { principalUid }: Job, @Ctx() { load }: Context): Promise<string | null> {
    return load(principalKeys, 0, principalUid);
  }
}
