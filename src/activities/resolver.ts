// How does the API reach datasets, the log and snapshots?
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from "type-graphql";
import type { GraphQLResolveInfo } from "graphql";
import { GraphQLJSONObject } from "graphql-scalars";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { decodeGlobalId, encodeGlobalId, Node, nodeType, registerNode } from "../platform/nodes.js";
import { may, scopeIf, type Viewer } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { CONFIDENTIAL_KINDS, type ActivityKind } from "./activityKinds.js";
import { datasetsByUid, textsByCommitment } from "./queries.js";
import * as read from "./readQueries.js";
import { Population } from "./snapshot.js";
import { snapshotAt } from "./snapshotAt.js";
import {
  Activity,
  ActivityConnection,
  ActivityKindEnum,
  Agent,
  AgentConnection,
  Dataset,
  DatasetConnection,
  LogVerification,
  Snapshot,
  SnapshotAt,
} from "./types.js";
import { verifyLog } from "./verifyLog.js";

registerNode({ type: "Dataset", code: 1, id: "datasetId", permission: "dataset:read", read: read.datasetRowsById });
registerNode({ type: "Activity", code: 2, id: "activity", permission: "activity:read", read: read.activitiesByNumber });
registerNode({ type: "Agent", code: 3, id: "agent", permission: "activity:read", read: read.agentsById });

const byActivity = { order: "activity", keyTypes: ["number"] as const, key: (row: read.ActivityRow) => [row.activity] };

@Resolver(() => Node)
export class NodeResolver {
  @FieldResolver(() => ID)
  async id(
    @Root() row: { datasetId: number },
    @Info() info: GraphQLResolveInfo,
    @Ctx() { load }: Context,
  ): Promise<string> {
    const type = info.parentType.name;
    const dataset = await load(read.datasetRowsById, 0, row.datasetId);
    return encodeGlobalId(type, dataset!.uid, (row as unknown as Record<string, number>)[nodeType(type).id]!);
  }

  @Query(() => Node, {
    nullable: true,
    description: "Anything by its id; null where it is missing or not yours to see.",
  })
  @Authorized<Permission>("viewer:read")
  node(
    @Arg("id", () => ID, { description: "As in the field id." }) id: string,
    @Ctx() context: Context,
  ): Promise<object | null> {
    return readNode(id, context);
  }

  @Query(() => [Node], {
    nullable: "items",
    description: "Up to 100 things by id, in order; null where missing or not yours to see.",
  })
  @Authorized<Permission>("viewer:read")
  nodes(
    @Arg("ids", () => [ID], { description: "As in the field id." }) ids: string[],
    @Ctx() context: Context,
  ): Promise<Array<object | null>> {
    if (ids.length > 100)
      throw refusal("BAD_USER_INPUT", `${ids.length} ids were given; at most 100 are taken`, { argument: "ids" });
    return Promise.all(ids.map((id) => readNode(id, context)));
  }
}

/** Malformed, missing and forbidden all look the same. */
async function readNode(id: string, context: Context): Promise<object | null> {
  const decoded = decodeGlobalId(id);
  if (!decoded) return null;
  const dataset = await context.load(datasetsByUid, 0, decoded.datasetUid);
  if (!dataset || !scopeIf(context.viewer, dataset, decoded.node.permission)) return null;
  const isDataset = decoded.node.type === "Dataset";
  if (isDataset && decoded.id !== dataset.datasetId) return null;
  const row = await context.load(decoded.node.read, isDataset ? 0 : dataset.datasetId, decoded.id);
  return row ? Object.assign(row, { __typename: decoded.node.type }) : null;
}

/** The ids of the datasets a viewer can read; null for all. */
function readable(viewer: Viewer): number[] | null {
  const limits = viewer.token?.datasetIds;
  if (viewer.isAdmin && !limits && may(viewer, 0, "dataset:read")) return null;
  const among = viewer.isAdmin && limits ? limits : [...viewer.memberships.keys()];
  return among.filter((datasetId) => datasetId !== 0 && may(viewer, datasetId, "dataset:read"));
}

@Resolver(() => Dataset)
export class DatasetResolver {
  @Query(() => DatasetConnection, { description: "The datasets you can read." })
  @Authorized<Permission>("viewer:read")
  datasets(@Args(() => PageArgs) args: PageArgs, @Ctx() { db, viewer }: Context) {
    const ids = readable(viewer!);
    return connection<read.DatasetListRow>(args, {
      order: "dataset",
      keyTypes: ["number"],
      key: (row) => [row.datasetId],
      read: (slice) => read.datasetsPage(db, ids, slice),
      count: () => read.datasetCount(db, ids),
    });
  }

  @Query(() => Dataset, { nullable: true, description: "A dataset; null where it is missing or not yours to see." })
  @Authorized<Permission>("dataset:read")
  async dataset(
    @Arg("slug", () => String, { description: "What it is called in addresses." }) slug: string,
    @Ctx() { db, viewer }: Context,
  ) {
    const row = await read.datasetRowBySlug(db, slug);
    return row && row.datasetId !== 0 && scopeIf(viewer, row, "dataset:read") ? row : null;
  }

  @Query(() => Dataset, {
    nullable: true,
    description: "The instance's own log: datasets, principals, tokens and members come and go in it.",
  })
  @Authorized<Permission>("instance:read")
  async instance(@Ctx() { db }: Context) {
    return (await read.datasetRowsById(db, 0, [0]))[0]!;
  }

  @FieldResolver(() => Snapshot, { description: "The present: the head activity, population CURRENT." })
  head(@Root() row: Dataset): Partial<Snapshot> {
    return {
      datasetId: row.datasetId,
      activityNumber: row.headNumber,
      population: Population.CURRENT,
      candidate: null,
    };
  }

  @FieldResolver(() => Snapshot, {
    nullable: true,
    description: "Any moment and population; the present where nothing is said.",
  })
  async snapshot(
    @Root() row: Dataset,
    @Arg("at", () => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
    at: SnapshotAt | null,
    @Arg("population", () => Population, {
      nullable: true,
      description: "Which example versions; CURRENT where not said, a release's members with at: { release }.",
    })
    population: Population | null,
    @Ctx() context: Context,
  ): Promise<Partial<Snapshot> | null> {
    const key = await snapshotAt(context, row, at, population);
    return key && { ...key, activityNumber: key.activity };
  }

  @FieldResolver(() => AgentConnection, { description: "Who has acted in it, or was enrolled." })
  @Authorized<Permission>("activity:read")
  agents(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.AgentRow>(args, {
      order: "agent",
      keyTypes: ["number"],
      key: (row) => [row.agent],
      read: (slice) => read.agentsPage(db, datasetId, slice),
      count: () => read.rowCount(db, "agents", datasetId),
    });
  }

  @FieldResolver(() => ActivityConnection, {
    description:
      "The log, in order. To follow it, ask for what comes after the last number you have seen: no gap, no double.",
  })
  @Authorized<Permission>("activity:read")
  activities(
    @Root() { datasetId }: Dataset,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("since", () => Int, { nullable: true, description: "Only numbers greater than this." }) since: number | null,
    @Arg("kinds", () => [ActivityKindEnum], { nullable: true, description: "Only these kinds." })
    kinds: string[] | null,
    @Ctx() { db }: Context,
  ) {
    const filter = { since: since ?? 0, kinds };
    return connection<read.ActivityRow>(args, {
      ...byActivity,
      keyTypes: ["number"],
      read: (slice) => read.activitiesPage(db, datasetId, filter, slice),
      count: () => read.activityCount(db, datasetId, filter),
    });
  }

  @FieldResolver(() => Activity, { nullable: true, description: "One activity by number." })
  @Authorized<Permission>("activity:read")
  activity(
    @Root() { datasetId }: Dataset,
    @Arg("number", () => Int, { description: "1 to the head's." }) number: number,
    @Ctx() { load }: Context,
  ) {
    return load(read.activitiesByNumber, datasetId, number);
  }

  @FieldResolver(() => LogVerification, {
    description: "Recomputes every digest of the log, and names the first activity that does not verify.",
  })
  @Authorized<Permission>("log:verify")
  verifyLog(
    @Root() { datasetId }: Dataset,
    @Arg("from", () => Int, { nullable: true, description: "First number to look at; 1 where not said." })
    from: number | null,
    @Arg("to", () => Int, { nullable: true, description: "Last number to look at; the head where not said." })
    to: number | null,
    @Ctx() { db }: Context,
  ): Promise<LogVerification> {
    return verifyLog(db, datasetId, { from: from ?? 1, to });
  }
}

@Resolver(() => Snapshot)
export class SnapshotResolver {
  @FieldResolver(() => Dataset, { description: "Of which dataset." })
  dataset(@Root() { datasetId }: Snapshot, @Ctx() { load }: Context) {
    return load(read.datasetRowsById, 0, datasetId);
  }

  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, activityNumber }: Snapshot, @Ctx() { load }: Context) {
    return load(read.activitiesByNumber, datasetId, activityNumber);
  }
}

@Resolver(() => Activity)
export class ActivityResolver {
  @FieldResolver(() => Agent, { description: "Who did it." })
  @Authorized<Permission>("activity:read")
  agent(@Root() { datasetId, agentId }: Activity, @Ctx() { load }: Context) {
    return load(read.agentsById, datasetId, agentId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The note it was submitted with; null where there is none, it was erased, or it is about gold values and you may not read those.",
  })
  @Authorized<Permission>("activity:read")
  message(@Root() activity: Activity, @Ctx() { load, viewer }: Context) {
    const { datasetId, messageKey } = activity;
    return messageKey === null || isHidden(activity, viewer) ? null : load(textsByCommitment, datasetId, messageKey);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The request key it was submitted with; null where there is none, or it is about gold values and you may not read those.",
  })
  @Authorized<Permission>("activity:read")
  requestKey(@Root() activity: Activity, @Ctx() { viewer }: Context) {
    return isHidden(activity, viewer) ? null : activity.requestKey;
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description:
      "What the caller was answered: counts and problems; empty where it is about gold values and you may not read those.",
  })
  @Authorized<Permission>("activity:read")
  outcome(@Root() activity: Activity, @Ctx() { viewer }: Context) {
    return isHidden(activity, viewer) ? {} : activity.outcome;
  }
}

/** Whether what an activity was sent with, and answered, would say what the viewer may not read. */
function isHidden({ datasetId, kind }: Activity, viewer: Viewer | null): boolean {
  const permission = CONFIDENTIAL_KINDS[kind as ActivityKind];
  return permission !== undefined && !may(viewer, datasetId, permission);
}
