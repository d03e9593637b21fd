// How are jobs computed, one after the other, by every server that has a hand free?
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Database } from "../platform/db.js";
import type { Tasks } from "../platform/tasks.js";
import { computeReport, reportKind } from "./findReport.js";
import { claimJob, finishJob, hearOfJob, releaseJobs, type JobRow } from "./jobQueries.js";

/** Looking for work costs two statements; a job that was queued by this very process is begun at once. */
const LOOK_MILLISECONDS = 2_000;
const HEARTBEAT_MILLISECONDS = 1_000;

export interface JobRunner {
  /** Lets jobs go that are being computed, so that another server may take them, and ends. */
  stop(): Promise<void>;
}

const wakers = new Set<() => void>();

/** Tells the runners of this process that there is work. */
export function wakeRunners(): void {
  for (const wake of wakers) wake();
}

/** Computes jobs until it is stopped. A database that is away is waited for. */
export function runJobs(db: Database, tasks: Tasks, log: Logger): JobRunner {
  const runner = randomUUID();
  const stopping = new AbortController();
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      const job = await claimJob(db, runner).catch(() => null);
      if (job) await runJob(db, tasks, log, { job, runner }, stopping.signal);
      else await restOrWake(stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort(new Error("the server is stopping"));
      await ended;
      await releaseJobs(db, runner).catch(() => {});
    },
  };
}

/** Sleeps until there is work, or it is time to look. */
async function restOrWake(stopping: AbortSignal): Promise<void> {
  const waking = new AbortController();
  const wake = () => waking.abort();
  wakers.add(wake);
  await sleep(LOOK_MILLISECONDS, undefined, { signal: AbortSignal.any([stopping, waking.signal]), ref: false }).catch(
    () => {},
  );
  wakers.delete(wake);
}

interface Running {
  job: JobRow;
  runner: string;
}

async function runJob(db: Database, tasks: Tasks, log: Logger, running: Running, stopping: AbortSignal): Promise<void> {
  const { job, runner } = running;
  const ending = new AbortController();
  const progress = { share: 0, step: "" };
  const heart = beat(db, running, progress, ending);
  try {
    const kind = reportKind(job.kind);
    const { datasetId, asOf: activity, population, candidate, question } = job;
    const snapshot: SnapshotKey = { datasetId, activity, population, candidate };
    await computeReport(
      { db, tasks },
      kind,
      job.key,
      { snapshot, question },
      {
        keep: true,
        signal: AbortSignal.any([ending.signal, stopping]),
        onProgress: (share, step) => Object.assign(progress, { share, step }),
      },
    );
    await finishJob(db, job, runner, { state: "DONE", problem: null });
  } catch (error) {
    if (!stopping.aborted) await endOf(db, log, running, error, ending.signal).catch(() => {});
  } finally {
    clearInterval(heart);
  }
}

/** Says every second that the job goes on, and ends it when it is no longer wanted. */
function beat(
  db: Database,
  { job, runner }: Running,
  progress: { share: number; step: string },
  ending: AbortController,
): NodeJS.Timeout {
  return setInterval(() => {
    hearOfJob(db, job, runner, progress).then(
      (wanted) => wanted !== "WANTED" && ending.abort(wanted),
      () => {}, // a database that is away will be back, or the lease ends
    );
  }, HEARTBEAT_MILLISECONDS);
}

async function endOf(db: Database, log: Logger, { job, runner }: Running, error: unknown, ending: AbortSignal) {
  if (ending.aborted && ending.reason === "TAKEN") return;
  if (ending.aborted) return finishJob(db, job, runner, { state: "CANCELLED", problem: null });
  log.warn({ err: error, job: job.job, kind: job.kind }, "a job failed");
  const message = error instanceof Error ? error.message : String(error);
  return finishJob(db, job, runner, { state: "FAILED", problem: problemOf(error, message) });
}

/** What a refusal says is meant to be read; of a fault only that it was one. */
function problemOf(error: unknown, message: string): string {
  const isRefusal = (error as { extensions?: unknown }).extensions !== undefined;
  return isRefusal ? message : "something went wrong; the server's log has the rest";
}
