// How has agreement moved, activity by activity?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Context } from "../platform/context.js";
import { findReport } from "../reports/findReport.js";
import { agreementKind, type AgreementReportRow } from "./agreementReport.js";
import { isOfKept, measureKept } from "./measureAgreement.js";
import { firstRating, keptHistogram } from "./queries.js";
import { bad } from "./question.js";
import type { MeasuredRow } from "./rows.js";

export interface TrendPoint {
  datasetId: number;
  activityNumber: number;
  overall: MeasuredRow;
}

const MOST_POINTS = 50;

/**
 * The same question, slices apart, as of activities evenly from the first that rated on the criterion to the snapshot's.
 * Each point is a report of its own, kept like any other, so that a trend that is asked for again computes its new points.
 */
export async function agreementTrend(
  context: Context,
  { snapshot, datasetUid, question }: AgreementReportRow,
  points: number,
): Promise<TrendPoint[]> {
  if (!(points >= 2 && points <= MOST_POINTS))
    throw bad("points", `${points} points are not taken; use 2 to ${MOST_POINTS}`);
  const first = await firstRating(context.db, snapshot, question.measured.criterionVersion);
  const found: TrendPoint[] = [];
  for (const activity of first === null ? [] : activitiesBetween(first, snapshot.activity, points)) {
    const at: SnapshotKey = { ...snapshot, activity };
    const asked = { snapshot: at, question: { ...question, groupBy: [] } };
    const quick = async () =>
      isOfKept(at, question)
        ? measureKept(asked.question, await keptHistogram(context.db, at, question.measured.criterionVersion))
        : null;
    const { report } = await findReport(context, agreementKind, datasetUid, asked, quick);
    found.push({ datasetId: snapshot.datasetId, activityNumber: activity, overall: report.overall });
  }
  return found;
}

/** Evenly from the first to the last, both of them, each once. Pure. */
export function activitiesBetween(first: number, last: number, points: number): number[] {
  const step = (last - first) / (points - 1);
  const all = Array.from({ length: points }, (_, i) => Math.round(first + i * step));
  return [...new Set(all)].filter((activity) => activity >= first && activity <= last);
}
