// How does the API show coverage over releases?
import { Arg, Authorized, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { Dataset } from "../activities/types.js";
import { CoverageDimension } from "../coverage/types.js";
import type { Context } from "../platform/context.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { coverageTrend } from "./coverageTrend.js";
import { CoverageTrendPoint } from "./trendTypes.js";

@Resolver(() => Dataset)
export class CoverageTrendResolver {
  @FieldResolver(() => [CoverageTrendPoint], {
    description:
      "Coverage over one dimension, release by release in the order they were cut, and of the head (population CURRENT) last.",
  })
  @Authorized<Permission>("coverage:read")
  coverageTrend(
    @Root() root: Dataset,
    @Arg("dimension", () => CoverageDimension, { description: "Along what." }) dimension: CoverageDimension,
    @Arg("planVersion", () => Int, {
      nullable: true,
      description: "The plan to hold all of them against; for each the one in force then where not said.",
    })
    planVersion: number | null,
    @Arg("last", () => Int, { defaultValue: 10, description: "How many releases, the latest: 1 to 50." }) last: number,
    @Ctx() context: Context,
  ) {
    const { datasetId, headNumber } = root;
    scopeFor(context.viewer, root, "release:read");
    const head = { datasetId, activity: headNumber, population: Population.CURRENT, candidate: null };
    return coverageTrend(context, head, { dimension, planVersion: planVersion ?? null, last });
  }
}
