// How does the API reach batches, and open them?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity, Dataset } from "../activities/types.js";
import { guidelineVersionsById } from "../guidelines/queries.js";
import { GuidelineVersion } from "../guidelines/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { batchCount, batchesById, batchesByKey, batchesPage, type BatchRow } from "./batchQueries.js";
import { Batch, BatchConnection, OpenBatchesInput, OpenBatchesPayload } from "./batchTypes.js";
import { openBatches } from "./openBatches.js";

registerNode({ type: "Batch", code: 16, id: "batch", permission: "dataset:read", read: batchesById });

@Resolver(() => Dataset)
export class BatchesResolver {
  @FieldResolver(() => BatchConnection, { description: "Its rounds of work." })
  batches(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<BatchRow>(args, {
      order: "batch",
      keyTypes: ["number"],
      key: (row) => [row.batch],
      read: (slice) => batchesPage(db, datasetId, slice),
      count: () => batchCount(db, datasetId),
    });
  }

  @FieldResolver(() => Batch, { nullable: true, description: "A batch by key." })
  batch(
    @Root() { datasetId }: Dataset,
    @Arg("key", () => String, { description: "What scripts call it." }) key: string,
    @Ctx() { load }: Context,
  ) {
    return load(batchesByKey, datasetId, key);
  }

  @Mutation(() => OpenBatchesPayload, { nullable: true, description: "Opens rounds of work." })
  @Authorized<Permission>("batch:open")
  async openBatches(@Arg("input", () => OpenBatchesInput) input: OpenBatchesInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "batch:open");
    const answer = await openBatches(context.db, scope, input);
    const found = await batchesByKey(
      context.db,
      dataset.datasetId,
      input.batches.map((one) => one.key),
    );
    return { ...(await payloadOf(context, dataset.datasetId, answer)), batches: found.filter((row) => row !== null) };
  }
}

@Resolver(() => Batch)
export class BatchFieldsResolver {
  @FieldResolver(() => GuidelineVersion, {
    nullable: true,
    description: "The rules the round works under; null where it has none of its own.",
  })
  guidelineVersion(@Root() { datasetId, guidelineVersionId }: Batch, @Ctx() { load }: Context) {
    return guidelineVersionId === null ? null : load(guidelineVersionsById, datasetId, guidelineVersionId);
  }

  @FieldResolver(() => Activity, { description: "The activity that opened it." })
  activity(@Root() { datasetId, activityNumber }: Batch, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}
