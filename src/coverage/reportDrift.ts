// How has what a snapshot covers moved since another snapshot of the dataset?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Context } from "../platform/context.js";
import { COVERAGE_METHOD } from "./coverageReport.js";
import { driftOf, type DimensionDrift } from "./drift.js";
import type { AskedDimension } from "./dimensions.js";
import { askedDimensions, coverageCounts, planFor, type CoverageQuestion } from "./reportCoverage.js";

const MOST_DIMENSIONS = 10;

export interface CoverageDriftRow {
  datasetId: number;
  since: SnapshotKey;
  methodVersion: string;
  dimensions: DimensionDrift[];
}

export async function reportDrift(
  context: Context,
  snapshot: SnapshotKey,
  since: SnapshotKey,
  { dimensions, filter }: Pick<CoverageQuestion, "dimensions" | "filter">,
): Promise<CoverageDriftRow> {
  const asked = askedDimensions(dimensions, MOST_DIMENSIONS);
  const plan = await planFor(context, snapshot, null);
  const found: DimensionDrift[] = [];
  for (const one of asked) {
    const [before, now] = [
      await countsOf(context, since, one, filter ?? null),
      await countsOf(context, snapshot, one, filter ?? null),
    ];
    found.push(driftOf(before, now, one, plan?.plan ?? null));
  }
  return { datasetId: snapshot.datasetId, since, methodVersion: COVERAGE_METHOD, dimensions: found };
}

/** The same counts that a report over the one dimension is made of. */
export async function countsOf(
  context: Context,
  snapshot: SnapshotKey,
  asked: AskedDimension,
  filter: ExampleFilter | null,
) {
  return (await coverageCounts(context, snapshot, { dimensions: [asked], filter, countedBy: "EXAMPLES" })).report;
}
