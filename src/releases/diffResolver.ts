// How does the API show what two releases do not share?
import { Arg, Args, Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Dataset } from "../activities/types.js";
import { examplesByExternalId } from "../examples/queries.js";
import { Example } from "../examples/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import type { Permission } from "../policy.js";
import { diffCounts, type DiffKind } from "./cutQueries.js";
import { changesPage, type ReleaseChangeRow } from "./diffQueries.js";
import { releasesByVersion } from "./queries.js";
import { ReleaseChange, ReleaseChangeConnection, ReleaseDiff } from "./types.js";
import { minimumBump } from "./versionBump.js";

function changes(db: Context["db"], diff: ReleaseDiff, kind: DiffKind, total: number, args: PageArgs) {
  const { datasetId, fromCandidate: from, toCandidate: to } = diff;
  return connection<ReleaseChangeRow>(args, {
    order: `${kind} ${from} ${to}`,
    keyTypes: ["string"],
    key: (row) => [row.externalId],
    read: async (slice) =>
      (await changesPage(db, datasetId, { from, to, kind }, slice)).map((row) => ({ ...row, datasetId })),
    count: () => Promise.resolve(total),
  });
}

@Resolver(() => Dataset)
export class DatasetDiffResolver {
  @FieldResolver(() => ReleaseDiff, {
    nullable: true,
    description: "How two releases differ; null where one of them is not there.",
  })
  @Authorized<Permission>("release:read")
  async releaseDiff(
    @Root() { datasetId }: Dataset,
    @Arg("from", () => String, { description: "The earlier release's version." }) from: string,
    @Arg("to", () => String, { description: "The later release's version." }) to: string,
    @Ctx() { db, load }: Context,
  ) {
    const [a, b] = await Promise.all([from, to].map((version) => load(releasesByVersion, datasetId, version)));
    if (!a || !b) return null;
    const counts = await diffCounts(db, datasetId, a.candidateId, b.candidateId);
    const candidates = { fromCandidate: a.candidateId, toCandidate: b.candidateId };
    return { datasetId, ...candidates, from: a, to: b, ...counts, minimumBump: minimumBump(counts) };
  }
}

@Resolver(() => ReleaseDiff)
export class ReleaseDiffFieldsResolver {
  @FieldResolver(() => ReleaseChangeConnection, { description: "Examples only in the later release, by external id." })
  added(@Root() diff: ReleaseDiff, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return changes(db, diff, "ADDED", diff.addedCount, args);
  }

  @FieldResolver(() => ReleaseChangeConnection, {
    description: "Examples only in the earlier release, by external id.",
  })
  removed(@Root() diff: ReleaseDiff, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return changes(db, diff, "REMOVED", diff.removedCount, args);
  }

  @FieldResolver(() => ReleaseChangeConnection, { description: "Examples in both, in other versions." })
  revised(@Root() diff: ReleaseDiff, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return changes(db, diff, "REVISED", diff.revisedCount, args);
  }

  @FieldResolver(() => ReleaseChangeConnection, { description: "Examples in both, in other splits." })
  movedSplit(@Root() diff: ReleaseDiff, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return changes(db, diff, "MOVED_SPLIT", diff.movedSplitCount, args);
  }

  @FieldResolver(() => ReleaseChangeConnection, {
    description: "Examples in both, same version and split, with another record.",
  })
  restated(@Root() diff: ReleaseDiff, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return changes(db, diff, "RESTATED", diff.restatedCount, args);
  }
}

@Resolver(() => ReleaseChange)
export class ReleaseChangeFieldsResolver {
  @FieldResolver(() => Example, { description: "The example." })
  example(@Root() { datasetId, externalId }: ReleaseChange, @Ctx() { load }: Context) {
    return load(examplesByExternalId, datasetId, externalId);
  }
}
