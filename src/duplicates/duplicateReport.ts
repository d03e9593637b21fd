// What near-duplicates has a snapshot, as they were found before or now?
import { datasetById } from "../activities/queries.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import type { ExampleFilter } from "../examples/types.js";
import { BANDING } from "../measures/comparedText.js";
import { METHOD } from "../measures/measuresOf.js";
import { refusal } from "../platform/errors.js";
import type { Reach } from "../platform/filters.js";
import { defineTask, type TaskContext } from "../platform/tasks.js";
import { findReport, registerReport, reportKeyOf, type Found, type ReportAsked } from "../reports/findReport.js";
import { keepReport, keptReport } from "../reports/queries.js";
import { candidateProbability } from "../statistics/bandKeys.js";
import { findClusters, type Clusters, type DuplicateQuestion } from "./findClusters.js";

/** Changes whenever the same question on the same snapshot could get other clusters. */
export const METHOD_VERSION = `duplicates/1, measures/${METHOD}`;

export const DEFAULT_THRESHOLD = 0.8;
const LEAST_THRESHOLD = 0.5;

export const duplicatesKind = registerReport<DuplicateQuestion, Clusters>({
  name: "DUPLICATES",
  method: METHOD_VERSION,
  task: defineTask("duplicates", (context: TaskContext, { snapshot, question }: ReportAsked<DuplicateQuestion>) =>
    findClusters(context, snapshot, question),
  ),
  weigh: ({ clusters }) => 1 + clusters.reduce((sum, { members }) => sum + members.length, 0),
});

/** Throws BAD_USER_INPUT on a threshold that the banding does not find by. */
export function duplicateQuestion(
  threshold: number | null | undefined,
  filter: ExampleFilter | null | undefined,
): DuplicateQuestion {
  const asked = threshold ?? DEFAULT_THRESHOLD;
  if (asked >= LEAST_THRESHOLD && asked <= 1) return { threshold: asked, filter: filter ?? null };
  const message = `threshold is ${asked}; use ${LEAST_THRESHOLD} to 1: texts that are less alike are not found by their keys`;
  throw refusal("BAD_USER_INPUT", message, { argument: "threshold" });
}

export async function duplicateReport(
  reach: Reach,
  snapshot: SnapshotKey,
  question: DuplicateQuestion,
): Promise<Found<Clusters>> {
  const dataset = await datasetById(reach.db, snapshot.datasetId);
  return findReport(reach, duplicatesKind, dataset!.uid, { snapshot, question });
}

export interface DuplicateSummary {
  clusterCount: number;
  /** Clusters and texts that are alone. */
  distinctCount: number;
  /** 1 − distinct/compared; null where nothing was compared. */
  nearDuplicateMass: number | null;
}

export function summaryOf({ compared, clusters }: Pick<Clusters, "compared" | "clusters">): DuplicateSummary {
  const beyondFirst = clusters.reduce((sum, { members }) => sum + members.length - 1, 0);
  const distinctCount = compared - beyondFirst;
  return {
    clusterCount: clusters.length,
    distinctCount,
    nearDuplicateMass: compared === 0 ? null : beyondFirst / compared,
  };
}

/** How probably a pair of a similarity is found, for the numbers beside a report. */
export function findingProbabilities(threshold: number): Array<{ similarity: number; probability: number }> {
  const similarities = [...new Set([threshold, 0.5, 0.6, 0.7, 0.8, 0.9])].sort((a, b) => a - b);
  return similarities.map((similarity) => ({ similarity, probability: candidateProbability(similarity, BANDING) }));
}

export interface ClusteredSnapshot extends DuplicateSummary {
  /** Of each version in a cluster of two or more its representative, the member with the least number. Others are alone. */
  representatives: Map<number, number>;
  versions: number;
  compared: number;
  /** Versions whose text was erased before they were compared; each is alone. */
  erased: number;
  threshold: number;
  methodVersion: string;
}

/**
 * The near-duplicate clusters of a snapshot for another feature, within its task: so that each cluster can count once. A
 * filter is as tasks get it, prepared. Kept clusters are taken; new ones are kept where there is no filter.
 */
export async function clustersOfSnapshot(
  context: TaskContext,
  snapshot: SnapshotKey,
  { threshold = DEFAULT_THRESHOLD, filter = null }: Partial<DuplicateQuestion> = {},
  share: readonly [number, number] = [0, 1],
): Promise<ClusteredSnapshot> {
  const found = await keptOrFound(context, snapshot, { threshold, filter }, share);
  const representatives = new Map<number, number>();
  for (const { members } of found.clusters) for (const member of members) representatives.set(member, members[0]!);
  const { versions, compared, erased } = found;
  return { ...summaryOf(found), representatives, versions, compared, erased, threshold, methodVersion: METHOD_VERSION };
}

async function keptOrFound(
  context: TaskContext,
  snapshot: SnapshotKey,
  question: DuplicateQuestion,
  share: readonly [number, number],
): Promise<Clusters> {
  if (question.filter !== null) return findClusters(context, snapshot, question, share);
  const { db } = context;
  const dataset = await datasetById(db, snapshot.datasetId);
  const key = reportKeyOf(duplicatesKind, dataset!.uid, { snapshot, question });
  const kept = (await keptReport(db, snapshot.datasetId, key)) as Clusters | null;
  if (kept) return kept;
  const began = performance.now();
  const report = await findClusters(context, snapshot, question, share);
  const milliseconds = performance.now() - began;
  await keepReport(db, { snapshot, key, kind: duplicatesKind.name, report, milliseconds });
  return report;
}
