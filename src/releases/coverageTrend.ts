// How has what a dataset covers moved, release by release?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { CoveragePlan } from "../coverage/coveragePlan.js";
import { driftOf, type DimensionDrift } from "../coverage/drift.js";
import type { AskedDimension } from "../coverage/dimensions.js";
import {
  askedDimensions,
  planFor,
  reportCoverage,
  type CoverageQuestion,
  type CoverageReportRow,
} from "../coverage/reportCoverage.js";
import { countsOf } from "../coverage/reportDrift.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { releasesPage, snapshotOf, type ReleaseRow } from "./queries.js";

const MOST_RELEASES = 50;

export interface CoverageTrendRow {
  /** Null for the head. */
  release: ReleaseRow | null;
  coverage: CoverageReportRow;
  /** To the one before; null for the first. */
  drift: DimensionDrift | null;
}

/**
 * The last releases in the order they were cut, each as it is on itself and against the plan in force then (or the one that
 * is named), and the head after them. Each is a report of its own, kept like any other.
 */
export async function coverageTrend(
  context: Context,
  head: SnapshotKey,
  {
    dimension,
    planVersion,
    last,
  }: { dimension: CoverageQuestion["dimensions"][number]; planVersion: number | null; last: number },
): Promise<CoverageTrendRow[]> {
  if (!(last >= 1 && last <= MOST_RELEASES))
    throw refusal("BAD_USER_INPUT", `last ${last} is not taken; use 1 to ${MOST_RELEASES}`, { argument: "last" });
  const asked = askedDimensions([dimension], 1);
  const releases = await releasesPage(context.db, head.datasetId, {
    after: null,
    before: null,
    limit: last,
    backwards: true,
  });
  const plan = (await planFor(context, head, planVersion))?.plan ?? null;
  const moments = [
    ...releases.reverse().map((release) => ({
      release,
      snapshot: snapshotOf({ ...release, candidate: release.candidateId }),
    })),
    { release: null, snapshot: head },
  ];
  const rows: CoverageTrendRow[] = [];
  for (const [i, { release, snapshot }] of moments.entries()) {
    const coverage = await reportCoverage(context, snapshot, {
      dimensions: asked,
      planVersion,
      filter: null,
      countedBy: "EXAMPLES",
    });
    const before = moments[i - 1]?.snapshot;
    const drift = before ? await driftBetween(context, before, snapshot, asked[0]!, plan) : null;
    rows.push({ release, coverage, drift });
  }
  return rows;
}

async function driftBetween(
  context: Context,
  before: SnapshotKey,
  now: SnapshotKey,
  asked: AskedDimension,
  plan: CoveragePlan | null,
): Promise<DimensionDrift> {
  const [left, right] = [await countsOf(context, before, asked, null), await countsOf(context, now, asked, null)];
  return driftOf(left, right, asked, plan);
}
