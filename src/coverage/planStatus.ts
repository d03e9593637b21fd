// How far is a snapshot from all that a plan asks for, and what comes first?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import type { CoveragePlan } from "./coveragePlan.js";
import type { CoverageCell } from "./coverageReport.js";
import { dimensionNamed, nameOf, type AskedDimension } from "./dimensions.js";
import { planFor, reportCoverage, type CoverageQuestion, type CoverageReportRow } from "./reportCoverage.js";

/** Each pair of dimensions is a report of its own. */
const MOST_REPORTS = 50;

/** A cell with the dimensions it is of. */
export interface PlanGap {
  dimensions: string[];
  cell: CoverageCell;
}

export interface PlanStatusRow {
  datasetId: number;
  planVersionId: number;
  attainment: number | null;
  reports: CoverageReportRow[];
  gaps: PlanGap[];
  excesses: PlanGap[];
}

/** Null where no plan was in force. Throws BAD_USER_INPUT where the plan names too many pairs of dimensions. */
export async function planStatus(
  context: Context,
  snapshot: SnapshotKey,
  { planVersion, filter }: Pick<CoverageQuestion, "planVersion" | "filter">,
): Promise<PlanStatusRow | null> {
  const plan = await planFor(context, snapshot, planVersion);
  if (!plan) return null;
  const over = dimensionsOf(plan.plan);
  if (over.length > MOST_REPORTS) {
    const message = `the plan's targets are over ${over.length} different (pairs of) dimensions; at most ${MOST_REPORTS} are reported together, so ask for coverage over some of them`;
    throw refusal("BAD_USER_INPUT", message, { argument: "planVersion" });
  }
  const reports: CoverageReportRow[] = [];
  for (const dimensions of over)
    reports.push(
      await reportCoverage(context, snapshot, {
        dimensions,
        planVersion: plan.version,
        filter,
        countedBy: "EXAMPLES",
      }),
    );
  const each = reports.flatMap(({ attainment }) => (attainment === null ? [] : [attainment]));
  const listed = (list: "gaps" | "excesses", size: (cell: CoverageCell) => number): PlanGap[] =>
    reports
      .flatMap((report) =>
        report[list].map((cell) => ({ dimensions: report.dimensions.map(({ name }) => name), cell })),
      )
      .sort((a, b) => size(b.cell) - size(a.cell));
  return {
    datasetId: snapshot.datasetId,
    planVersionId: plan.planVersion,
    attainment: each.length === 0 ? null : Math.min(...each),
    reports,
    gaps: listed("gaps", ({ weightedDeficit }) => weightedDeficit!),
    excesses: listed("excesses", ({ weight, excess }) => weight! * excess!),
  };
}

/** The dimensions and pairs of them that the plan has targets over, in the order they first stand there. Pure. */
export function dimensionsOf(plan: CoveragePlan): AskedDimension[][] {
  const found = new Map<string, AskedDimension[]>();
  for (const { cell } of plan.targets) {
    const asked = cell.map(({ dimension }) => dimensionNamed(plan, dimension));
    const name = JSON.stringify(asked.map((one) => [one.by, nameOf(one)]).sort());
    if (!found.has(name)) found.set(name, asked);
  }
  return [...found.values()];
}
