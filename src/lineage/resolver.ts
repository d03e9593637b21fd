// How does the API reach lineage?
import { Args, Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity, Dataset } from "../activities/types.js";
import type { Context } from "../platform/context.js";
import type { Permission } from "../policy.js";
import { readLineage } from "./readLineage.js";
import { Lineage, LineageArgs, LineageEdge } from "./types.js";

@Resolver(() => Dataset)
export class LineageResolver {
  @FieldResolver(() => Lineage, {
    nullable: true,
    description: "Where a thing came from, and what it led to; null where there is no such thing.",
  })
  @Authorized<Permission>("lineage:read")
  lineage(
    @Root() dataset: Dataset,
    @Args(() => LineageArgs) { of, direction, depth, first, after = null }: LineageArgs,
    @Ctx() context: Context,
  ) {
    return readLineage(context, dataset, { of, direction, depth, first, after });
  }
}

@Resolver(() => LineageEdge)
export class LineageEdgeResolver {
  @FieldResolver(() => Activity, { description: "What made it: when, and by whom." })
  activity(@Root() { datasetId, activityNumber }: LineageEdge, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}
