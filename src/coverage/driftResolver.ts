// How does the API reach the drift of coverage?
import { Arg, Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf, Population } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot, SnapshotAt } from "../activities/types.js";
import { filterScope } from "../duplicates/filterScope.js";
import { ExampleFilter } from "../examples/types.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import type { Permission } from "../policy.js";
import { CoverageDrift } from "./driftTypes.js";
import { reportDrift } from "./reportDrift.js";
import { CoverageDimension } from "./types.js";

@Resolver(() => Snapshot)
export class CoverageDriftResolver {
  @FieldResolver(() => CoverageDrift, {
    description: "How far the shares of each dimension have moved since another snapshot of the dataset.",
  })
  @Authorized<Permission>("coverage:read")
  async coverageDrift(
    @Root() root: Snapshot,
    @Arg("since", () => SnapshotAt, { description: "The moment, or the release, to compare with." }) since: SnapshotAt,
    @Arg("sincePopulation", () => Population, {
      nullable: true,
      description: "Which example versions then; where not said, those of the release, or as this snapshot has them.",
    })
    sincePopulation: Population | null,
    @Arg("dimensions", () => [CoverageDimension], { description: "One to ten, each by itself." })
    dimensions: CoverageDimension[],
    @Arg("filter", () => ExampleFilter, { nullable: true, description: "Only these example versions, on both sides." })
    filter: ExampleFilter | null,
    @Ctx() context: Context,
  ) {
    filterScope(context.viewer, root, filter);
    const dataset = (await context.load(datasetRowsById, 0, root.datasetId))!;
    const own = since.release == null && root.population !== Population.RELEASE ? root.population : null;
    const before = await snapshotAt(context, dataset, since, sincePopulation ?? own);
    if (!before) throw refusal("NOT_FOUND", "there is no such snapshot to compare with", { argument: "since" });
    return reportDrift(context, keyOf(root), before, { dimensions, filter });
  }
}

@Resolver(() => CoverageDrift)
export class CoverageDriftFieldsResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counted before." })
  activityBefore(@Root() { datasetId, since }: CoverageDrift, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, since.activity);
  }

  @FieldResolver(() => Population, { description: "Which example versions were counted before." })
  populationBefore(@Root() { since }: CoverageDrift) {
    return since.population;
  }
}
