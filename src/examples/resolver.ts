// How does the API read examples, their versions and labels?
import { GraphQLJSONObject } from "graphql-scalars";
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { activitiesByNumber } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { Activity, Dataset, Snapshot } from "../activities/types.js";
import { annotatorsById } from "../annotators/queries.js";
import { Annotator } from "../annotators/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { sha256 } from "../platform/digest.js";
import { refusal } from "../platform/errors.js";
import { withPreparedFilter } from "../platform/filters.js";
import { registerNode } from "../platform/nodes.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { sourcesById } from "../sources/queries.js";
import { Source } from "../sources/types.js";
import { batchesById } from "./batchQueries.js";
import { Batch } from "./batchTypes.js";
import type { StoredContent } from "./exampleContent.js";
import * as read from "./queries.js";
import { ORDERINGS, scopeDigest, snapshotCount, snapshotCountUpToLimit, snapshotPage } from "./snapshotQueries.js";
import {
  Example,
  ExampleFilter,
  ExampleOrder,
  ExampleVersion,
  ExampleVersionConnection,
  Label,
  Turn,
} from "./types.js";

registerNode({ type: "Example", code: 17, id: "example", permission: "example:read", read: read.examplesById });
registerNode({
  type: "ExampleVersion",
  code: 18,
  id: "exampleVersion",
  permission: "example:read",
  read: read.exampleVersionsById,
});
registerNode({ type: "Label", code: 25, id: "label", permission: "example:read", read: read.labelsById });

@Resolver(() => Dataset)
export class DatasetExamplesResolver {
  @FieldResolver(() => Example, { nullable: true, description: "An example, by external id or by number." })
  @Authorized<Permission>("example:read")
  example(
    @Root() { datasetId }: Dataset,
    @Arg("externalId", () => String, { nullable: true, description: "What scripts call it." })
    externalId: string | null,
    @Arg("number", () => Int, { nullable: true, description: "The number people say aloud." }) number: number | null,
    @Ctx() { load }: Context,
  ) {
    if ((externalId == null) === (number == null))
      throw refusal("BAD_USER_INPUT", "Give exactly one of externalId and number", { argument: "externalId" });
    return externalId != null
      ? load(read.examplesByExternalId, datasetId, externalId)
      : load(read.examplesById, datasetId, number!);
  }
}

@Resolver(() => Snapshot)
export class SnapshotExamplesResolver {
  @FieldResolver(() => Int, { description: "How many example versions it holds." })
  @Authorized<Permission>("example:read")
  exampleCount(@Root() root: Snapshot, @Ctx() { db }: Context) {
    return snapshotCount(db, keyOf(root));
  }

  @FieldResolver(() => String, {
    description: "SHA-256, hex, of exactly which example versions it holds: the same set gives the same digest.",
  })
  @Authorized<Permission>("example:read")
  async scopeDigest(@Root() root: Snapshot, @Ctx() { db }: Context) {
    return (await scopeDigest(db, keyOf(root))).toString("hex");
  }

  @FieldResolver(() => ExampleVersionConnection, { description: "The example versions it holds." })
  @Authorized<Permission>("example:read")
  examples(
    @Root() root: Snapshot,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => ExampleFilter, { nullable: true, description: "Only these." }) filter: ExampleFilter | null,
    @Arg("orderBy", () => ExampleOrder, { nullable: true, description: "By NUMBER, ascending, where not said." })
    orderBy: ExampleOrder | null,
    @Ctx() context: Context,
  ) {
    const { db, viewer } = context;
    const snapshot = keyOf(root);
    if (filter?.authors) scopeFor(viewer, snapshot, "annotator:read");
    if (filter?.verdicts) scopeFor(viewer, snapshot, "decision:read");
    if (filter?.consensus) scopeFor(viewer, snapshot, "agreement:read");
    if (filter?.checks) scopeFor(viewer, snapshot, "check:read");
    const order = orderBy ?? { field: "NUMBER" as const, direction: "ASC" as const };
    const { keyTypes, key } = ORDERINGS[order.field];
    return connection<read.ExampleVersionRow>(args, {
      order: listName(order, filter),
      keyTypes,
      key,
      read: (slice) =>
        withPreparedFilter(context, filter, snapshot, (ready) => snapshotPage(db, snapshot, ready, order, slice)),
      count: () =>
        withPreparedFilter(context, filter, snapshot, (ready) => snapshotCountUpToLimit(db, snapshot, ready)),
    });
  }
}

/** Names a list in its cursors: its order and what it is filtered by. */
function listName({ field, direction }: ExampleOrder, filter: ExampleFilter | null): string {
  const asked = filter ? sha256(JSON.stringify(filter)).toString("base64url").slice(0, 12) : "";
  return `examples ${field} ${direction} ${asked}`;
}

@Resolver(() => Example)
export class ExampleFieldsResolver {
  @FieldResolver(() => ExampleVersion, { description: "Its latest version, withdrawn or not." })
  latest(@Root() { datasetId, example }: Example, @Ctx() { load }: Context) {
    return load(read.latestVersionsByExample, datasetId, example);
  }

  @FieldResolver(() => ExampleVersionConnection, { description: "Its versions, the first one first." })
  versions(@Root() { datasetId, example }: Example, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.ExampleVersionRow>(args, {
      order: `versions ${example}`,
      keyTypes: ["number"],
      key: (row) => [row.version],
      read: (slice) => read.versionsPage(db, datasetId, example, slice),
      count: () => read.versionCount(db, datasetId, example),
    });
  }

  @FieldResolver(() => Activity, { description: "The activity that brought it." })
  activity(@Root() { datasetId, activityNumber }: Example, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}

const content = ({ datasetId, contentKey }: ExampleVersion, { load }: Context): Promise<StoredContent | null> =>
  load(read.contentsByKey, datasetId, contentKey);

@Resolver(() => ExampleVersion)
export class ExampleContentResolver {
  @FieldResolver(() => [Turn], { nullable: true, description: "The conversation; null where it was erased." })
  async turns(@Root() root: ExampleVersion, @Ctx() context: Context) {
    const found = await content(root, context);
    return found && found.turns.map((turn) => ({ ...turn, role: turn.role.toUpperCase() }));
  }

  @FieldResolver(() => String, { nullable: true, description: "The last user turn; null where it was erased." })
  async prompt(@Root() root: ExampleVersion, @Ctx() context: Context) {
    return (await content(root, context))?.turns.at(-2)!.content;
  }

  @FieldResolver(() => String, { nullable: true, description: "The answer to it; null where it was erased." })
  async response(@Root() root: ExampleVersion, @Ctx() context: Context) {
    return (await content(root, context))?.turns.at(-1)!.content;
  }

  @FieldResolver(() => GraphQLJSONObject, {
    nullable: true,
    description: "What else belongs to it; null where it was erased.",
  })
  async attributes(@Root() root: ExampleVersion, @Ctx() context: Context) {
    return (await content(root, context))?.attributes;
  }

  @FieldResolver(() => Boolean, { description: "Whether its text was erased." })
  async erased(@Root() root: ExampleVersion, @Ctx() context: Context) {
    return (await content(root, context)) === null;
  }
}

@Resolver(() => ExampleVersion)
export class ExampleVersionFieldsResolver {
  @FieldResolver(() => Example, { description: "What it is a version of." })
  example(@Root() { datasetId, example }: ExampleVersion, @Ctx() { load }: Context) {
    return load(read.examplesById, datasetId, example);
  }

  @FieldResolver(() => Source, { description: "Where it came from." })
  source(@Root() { datasetId, source }: ExampleVersion, @Ctx() { load }: Context) {
    return load(sourcesById, datasetId, source);
  }

  @FieldResolver(() => Annotator, {
    nullable: true,
    description: "Who wrote or last edited it; null where nobody is known.",
  })
  @Authorized<Permission>("annotator:read")
  author(@Root() { datasetId, author }: ExampleVersion, @Ctx() { load }: Context) {
    return author === null ? null : load(annotatorsById, datasetId, author);
  }

  @FieldResolver(() => Batch, { nullable: true, description: "The round of work it came in with." })
  batch(@Root() { datasetId, batch }: ExampleVersion, @Ctx() { load }: Context) {
    return batch === null ? null : load(batchesById, datasetId, batch);
  }

  @FieldResolver(() => [Label], {
    description: "Its labels, as of the snapshot it was reached through; else as they are now.",
  })
  labels(@Root() { datasetId, exampleVersion, asOf }: ExampleVersion, @Ctx() { load }: Context) {
    return load(read.labelsOfVersions, datasetId, read.labelsKey(exampleVersion, asOf ?? null));
  }

  @FieldResolver(() => [ExampleVersion], { description: "The version before it, and what it was made from." })
  derivedFrom(@Root() { datasetId, exampleVersion }: ExampleVersion, @Ctx() { load }: Context) {
    return load(read.parentsOfVersions, datasetId, exampleVersion);
  }

  @FieldResolver(() => [ExampleVersion], { description: "What was made from it, as far as is known now." })
  derivedInto(@Root() { datasetId, exampleVersion }: ExampleVersion, @Ctx() { load }: Context) {
    return load(read.childrenOfVersions, datasetId, exampleVersion);
  }

  @FieldResolver(() => Activity, { description: "The activity that made it." })
  activity(@Root() { datasetId, activityNumber }: ExampleVersion, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description:
      "The activity that made the next version; null where there was none yet in the snapshot it was reached through.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber: end, asOf }: ExampleVersion, @Ctx() { load }: Context) {
    return end === null || (asOf != null && end > asOf) ? null : load(activitiesByNumber, datasetId, end);
  }
}

@Resolver(() => Label)
export class LabelFieldsResolver {
  @FieldResolver(() => Activity, { description: "The activity that said so." })
  activity(@Root() { datasetId, activityNumber }: Label, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}
