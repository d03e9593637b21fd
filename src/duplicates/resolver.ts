// How does the API reach near-duplicates?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { datasetById } from "../activities/queries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot } from "../activities/types.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { listConnection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { localId } from "../platform/nodes.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import {
  duplicateQuestion,
  duplicateReport,
  duplicatesKind,
  findingProbabilities,
  METHOD_VERSION,
  summaryOf,
} from "./duplicateReport.js";
import { filterScope } from "./filterScope.js";
import { nearDuplicatesOf, type LookedUp } from "./nearDuplicatesOf.js";
import {
  ComputeDuplicatesInput,
  DuplicateArgs,
  DuplicateCluster,
  DuplicateClusterConnection,
  DuplicatePair,
  DuplicateReport,
  NearDuplicate,
  NearDuplicateArgs,
  NearDuplicateConnection,
  NearDuplicates,
} from "./types.js";

@Resolver(() => Snapshot)
export class DuplicatesResolver {
  @FieldResolver(() => DuplicateReport, {
    nullable: true,
    description: "Which of its example versions say nearly the same. Many are better found by computeDuplicates first.",
  })
  @Authorized<Permission>("coverage:read")
  async duplicates(
    @Root() root: Snapshot,
    @Args(() => DuplicateArgs) { threshold, filter }: DuplicateArgs,
    @Ctx() context: Context,
  ): Promise<DuplicateReport> {
    filterScope(context.viewer, root, filter);
    const snapshot = keyOf(root);
    const question = duplicateQuestion(threshold, filter);
    const { report, cache, key } = await duplicateReport(context, snapshot, question);
    return {
      snapshot,
      key,
      cache,
      allClusters: report.clusters,
      population: root.population,
      parameters: question,
      methodVersion: METHOD_VERSION,
      exampleVersionCount: report.versions,
      erasedCount: report.erased,
      comparedCount: report.compared,
      comparisonCount: report.comparisons,
      findingProbabilities: findingProbabilities(question.threshold),
      ...summaryOf(report),
    };
  }

  @FieldResolver(() => NearDuplicates, {
    nullable: true,
    description:
      "Which of its example versions say nearly the same as one text, looked up by an index: before it is added, say.",
  })
  @Authorized<Permission>("coverage:read")
  async nearDuplicatesOf(
    @Root() root: Snapshot,
    @Args(() => NearDuplicateArgs) { threshold, filter, ...given }: NearDuplicateArgs,
    @Ctx() context: Context,
  ): Promise<NearDuplicates> {
    filterScope(context.viewer, root, filter);
    const snapshot = keyOf(root);
    const question = duplicateQuestion(threshold, filter);
    const lookedUp = await lookedUpOf(context, root, given);
    const { matches, candidates, compared } = await nearDuplicatesOf(context, snapshot, lookedUp, question);
    const listName = `nearDuplicatesOf ${"exampleVersion" in lookedUp ? lookedUp.exampleVersion : "text"}`;
    const found = { found: matches, candidateCount: candidates, comparedCount: compared };
    return { snapshot, listName, ...found, methodVersion: METHOD_VERSION, threshold: question.threshold };
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Finds near-duplicates apart from this request, as a job: among many examples. Once it is done, Snapshot.duplicates with the same arguments answers at once, and every text of the snapshot can be looked up.",
  })
  @Authorized<Permission>("job:start")
  async computeDuplicates(
    @Arg("input", () => ComputeDuplicatesInput)
    { dataset: slug, at, population, question: given }: ComputeDuplicatesInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "coverage:read");
    filterScope(context.viewer, dataset, given?.filter);
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const question = duplicateQuestion(given?.threshold, given?.filter);
    return startJob(context, scope, duplicatesKind, dataset.uid, { snapshot, question });
  }
}

/** Throws BAD_USER_INPUT unless there is exactly one text. */
async function lookedUpOf(
  { db }: Context,
  { datasetId }: Snapshot,
  { exampleVersionId, prompt, response }: Pick<NearDuplicateArgs, "exampleVersionId" | "prompt" | "response">,
): Promise<LookedUp> {
  const apart = prompt != null && response != null;
  if ((exampleVersionId != null) === apart || (prompt != null) !== (response != null))
    throw refusal("BAD_USER_INPUT", "Give either exampleVersionId, or prompt and response", {
      argument: "exampleVersionId",
    });
  if (exampleVersionId == null) return { prompt: prompt!, response: response! };
  const dataset = await datasetById(db, datasetId);
  return { exampleVersion: localId(exampleVersionId, "ExampleVersion", dataset!, "exampleVersionId") };
}

@Resolver(() => DuplicateReport)
export class DuplicateReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { snapshot }: DuplicateReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, snapshot.datasetId, snapshot.activity);
  }

  @FieldResolver(() => DuplicateClusterConnection, { description: "The largest first, then by representative." })
  async clusters(@Root() { snapshot, key, allClusters }: DuplicateReport, @Args(() => PageArgs) page: PageArgs) {
    const { datasetId, activity: asOf } = snapshot;
    const rows = allClusters.map((cluster) => {
      const listName = `cluster ${key.slice(0, 12)} ${cluster.members[0]}`;
      return { datasetId, asOf, listName, cluster, size: cluster.members.length };
    });
    return listConnection<DuplicateCluster>(page, { order: `clusters ${key.slice(0, 12)}`, rows });
  }
}

@Resolver(() => DuplicateCluster)
export class DuplicateClusterResolver {
  @FieldResolver(() => ExampleVersion, {
    description: "The member with the least number: what members are compared with, and what counts for them.",
  })
  @Authorized<Permission>("example:read")
  representative(@Root() { datasetId, asOf, cluster }: DuplicateCluster, @Ctx() { load }: Context) {
    return versionAsOf(load, datasetId, cluster.members[0]!, asOf);
  }

  @FieldResolver(() => NearDuplicateConnection, {
    description:
      "Its example versions by number, the representative first, each with its similarity to the representative.",
  })
  members(@Root() { datasetId, asOf, listName, cluster }: DuplicateCluster, @Args(() => PageArgs) page: PageArgs) {
    const rows = cluster.members.map((exampleVersion, i) => {
      return { datasetId, asOf, exampleVersion, similarity: cluster.similarities[i]! };
    });
    return listConnection<NearDuplicate>(page, { order: listName, rows });
  }

  @FieldResolver(() => [DuplicatePair], {
    nullable: true,
    description: "All pairs that reach the threshold; null in clusters of more than 16.",
  })
  pairs(@Root() { datasetId, asOf, cluster: { members, pairs } }: DuplicateCluster): DuplicatePair[] | null {
    if (!pairs) return null;
    return pairs.map(([first, second, similarity]) => {
      return { datasetId, asOf, firstVersion: members[first]!, secondVersion: members[second]!, similarity };
    });
  }
}

@Resolver(() => DuplicatePair)
export class DuplicatePairResolver {
  @FieldResolver(() => ExampleVersion, { description: "The one with the lesser number." })
  @Authorized<Permission>("example:read")
  first(@Root() { datasetId, asOf, firstVersion }: DuplicatePair, @Ctx() { load }: Context) {
    return versionAsOf(load, datasetId, firstVersion, asOf);
  }

  @FieldResolver(() => ExampleVersion, { description: "The other one." })
  @Authorized<Permission>("example:read")
  second(@Root() { datasetId, asOf, secondVersion }: DuplicatePair, @Ctx() { load }: Context) {
    return versionAsOf(load, datasetId, secondVersion, asOf);
  }
}

@Resolver(() => NearDuplicate)
export class NearDuplicateResolver {
  @FieldResolver(() => ExampleVersion, { description: "Which one, with labels as of the snapshot." })
  @Authorized<Permission>("example:read")
  exampleVersion(@Root() { datasetId, asOf, exampleVersion }: NearDuplicate, @Ctx() { load }: Context) {
    return versionAsOf(load, datasetId, exampleVersion, asOf);
  }
}

async function versionAsOf(load: Context["load"], datasetId: number, exampleVersion: number, asOf: number) {
  return { ...(await load(exampleVersionsById, datasetId, exampleVersion)), asOf };
}

@Resolver(() => NearDuplicates)
export class NearDuplicatesResolver {
  @FieldResolver(() => NearDuplicateConnection, { description: "The most alike first, then by number." })
  matches(@Root() { snapshot, listName, found }: NearDuplicates, @Args(() => PageArgs) page: PageArgs) {
    const { datasetId, activity: asOf } = snapshot;
    const rows = found.map((one) => ({ datasetId, asOf, ...one }));
    return listConnection<NearDuplicate>(page, { order: listName, rows });
  }
}
