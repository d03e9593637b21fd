// How does a report that takes long become a job?
import type { Context } from "../platform/context.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { reportKeyOf, type ReportAsked, type ReportKind } from "./findReport.js";
import { MOST_OPEN, queueJob, type JobRow } from "./jobQueries.js";
import { wakeRunners } from "./runJobs.js";

/** What a mutation that starts a job answers; nothing is recorded in the log. */
export interface StartedJob {
  activity: null;
  replayed: boolean;
  userErrors: UserProblem[];
  job: (JobRow & { number: number }) | null;
}

/** Queues it, or finds the one that computes the same already. */
export async function startJob<Question>(
  { db }: Context,
  scope: Scope,
  kind: ReportKind<Question, object>,
  datasetUid: string,
  asked: ReportAsked<Question>,
): Promise<StartedJob> {
  const { snapshot, question } = asked;
  const { principalUid } = scope.viewer;
  const key = reportKeyOf(kind, datasetUid, asked);
  const queued = await queueJob(db, { snapshot, kind: kind.name, key, question, principalUid });
  if (!queued) {
    const message = `${MOST_OPEN} jobs of this dataset are waiting or running; wait for one to end, or cancel one`;
    return { activity: null, replayed: false, userErrors: [problem("TOO_MANY_JOBS", message)], job: null };
  }
  wakeRunners();
  const { job, known } = queued;
  return { activity: null, replayed: known, userErrors: [], job: { ...job, number: job.job } };
}
