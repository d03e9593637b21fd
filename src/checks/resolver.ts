// How does the API reach results of automatic checks, and take them?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { Activity, Snapshot } from "../activities/types.js";
import { registerErasable } from "../examples/eraseExample.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { registerNode } from "../platform/nodes.js";
import { unsoundPath } from "../platform/soundText.js";
import type { Permission } from "../policy.js";
import { decodeFindings } from "./checkResult.js";
import "./checksFilter.js";
import * as read from "./queries.js";
import { submitCheckResults } from "./submitCheckResults.js";
import {
  CheckCount,
  CheckResult,
  CheckResultConnection,
  CheckResultFilter,
  CheckSpan,
  SubmitCheckResultsInput,
  SubmitCheckResultsPayload,
  VersionChecksArgs,
} from "./types.js";

registerNode({
  type: "CheckResult",
  code: 30,
  id: "result",
  permission: "check:read",
  read: read.checkResultsById,
});
registerErasable(read.findingsOnVersions);

const FILTER = { nullable: true, description: "Only these." } as const;

function soundFilter(filter: CheckResultFilter | null): read.ResultsFilter {
  if (!unsoundPath(filter)) return filter ?? {};
  throw refusal("BAD_USER_INPUT", "filter names a check by a text that none can have", { argument: "filter" });
}

@Resolver(() => Snapshot)
export class SnapshotChecksResolver {
  @FieldResolver(() => CheckResultConnection, {
    description: "Results of checks in force on its example versions, in the order they were submitted in.",
  })
  @Authorized<Permission>("check:read")
  checkResults(
    @Root() root: Snapshot,
    @Args(() => PageArgs) page: PageArgs,
    @Arg("filter", () => CheckResultFilter, FILTER) filter: CheckResultFilter | null,
    @Ctx() { db }: Context,
  ) {
    const [snapshot, wanted] = [keyOf(root), soundFilter(filter)];
    return connection<read.CheckResultRow>(page, {
      order: `checkResults ${JSON.stringify([wanted.check ?? null, wanted.status ?? null, wanted.level ?? null])}`,
      keyTypes: ["number"],
      key: (row) => [row.result],
      read: (slice) => read.checkResultsPage(db, snapshot, wanted, slice),
      count: () => read.checkResultCount(db, snapshot, wanted),
    });
  }

  @FieldResolver(() => [CheckCount], {
    description: "How many results in force are alike, by check, version, level and verdict; at most 1,000 kinds.",
  })
  @Authorized<Permission>("check:read")
  checkCounts(
    @Root() root: Snapshot,
    @Arg("filter", () => CheckResultFilter, FILTER) filter: CheckResultFilter | null,
    @Ctx() { db }: Context,
  ) {
    return read.checkCounts(db, keyOf(root), soundFilter(filter));
  }

  @Mutation(() => SubmitCheckResultsPayload, {
    nullable: true,
    description: "Takes what automatic checks, which ran elsewhere, said of example versions.",
  })
  @Authorized<Permission>("check:submit")
  async submitCheckResults(
    @Arg("input", () => SubmitCheckResultsInput) input: SubmitCheckResultsInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "check:submit");
    const answer = await submitCheckResults(context.db, scope, input);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      get checkResults() {
        return answer.activity === null ? [] : read.resultsOfActivity(context.db, dataset.datasetId, answer.activity);
      },
    };
  }
}

@Resolver(() => ExampleVersion)
export class ExampleVersionChecksResolver {
  @FieldResolver(() => [CheckResult], {
    description:
      "Results of checks in force on it, the last first, at most 100; as of the snapshot it was reached through, else now.",
  })
  @Authorized<Permission>("check:read")
  checkResults(
    @Root() { datasetId, exampleVersion, asOf = null }: ExampleVersion,
    @Args(() => VersionChecksArgs) { check = null, all }: VersionChecksArgs,
    @Ctx() { load }: Context,
  ) {
    const asked: read.ResultsAsked = { exampleVersion, check, all, asOf };
    return load(read.resultsOfVersions, datasetId, JSON.stringify(asked));
  }
}

async function findingsOf({ datasetId, findingsKey }: CheckResult, { load }: Context) {
  return findingsKey === null ? null : decodeFindings(await load(textsByCommitment, datasetId, findingsKey));
}

@Resolver(() => CheckResult)
export class CheckResultFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "What it says; null where nothing was said, or erased." })
  async message(@Root() root: CheckResult, @Ctx() context: Context) {
    return (await findingsOf(root, context))?.message ?? null;
  }

  @FieldResolver(() => [CheckSpan], {
    nullable: true,
    description: "Where, in Unicode code points; empty where that was not said, null where it was erased.",
  })
  async spans(@Root() root: CheckResult, @Ctx() context: Context) {
    return root.findingsKey === null ? [] : ((await findingsOf(root, context))?.spans ?? null);
  }

  @FieldResolver(() => ExampleVersion, { description: "What it is about." })
  exampleVersion(@Root() { datasetId, exampleVersion }: CheckResult, @Ctx() { load }: Context) {
    return load(exampleVersionsById, datasetId, exampleVersion);
  }

  @FieldResolver(() => Activity, { description: "The activity that brought it." })
  activity(@Root() { datasetId, activityNumber }: CheckResult, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that brought a newer one; null while it is in force.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: CheckResult, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
