// Which statements write and read jobs?
import type { Population, SnapshotKey } from "../activities/snapshot.js";
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import type { JobState } from "./tables.js";

export interface JobRow {
  datasetId: number;
  job: number;
  kind: string;
  key: Buffer;
  asOf: number;
  population: Population;
  candidate: number | null;
  question: unknown;
  state: JobState;
  progress: number;
  step: string;
  problem: string | null;
  principalUid: string;
  attempts: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const JOB = `j.dataset_id as "datasetId", j.job, j.kind, j.key, j.as_of as "asOf", j.population, j.candidate, j.question, j.state,
  j.progress, j.step, j.problem, j.principal_uid as "principalUid", j.attempts, j.created_at as "createdAt",
  j.started_at as "startedAt", j.finished_at as "finishedAt"`;

/** A process that was not heard of for so long is gone, and what it computed is free for another. */
export const LEASE_SECONDS = 20;
/** How often a job is begun before it is given up: each time the process that computed it went away. */
export const MOST_ATTEMPTS = 3;
/** Jobs of a dataset that may wait or run at a time. */
export const MOST_OPEN = 50;

export interface NewJob {
  snapshot: SnapshotKey;
  kind: string;
  key: Buffer;
  question: unknown;
  principalUid: string;
}

/** Queues a job, or finds the one that is open for the same report. Null where the dataset has too many. */
export async function queueJob(db: Db, job: NewJob): Promise<{ job: JobRow; known: boolean } | null> {
  const { datasetId } = job.snapshot;
  for (;;) {
    const queued = await insertJob(db, job);
    if (queued) return { job: queued, known: false };
    const [open] = await db.rows<JobRow>(
      `/* openJob */ select ${JOB} from jobs j where j.dataset_id = $1 and j.key = $2 and j.state in ('QUEUED', 'RUNNING')`,
      [datasetId, job.key],
    );
    if (open) return { job: open, known: true };
    if (await isFull(db, datasetId)) return null;
    // The one that was in the way has ended between the two statements.
  }
}

async function insertJob(db: Db, { snapshot, kind, key, question, principalUid }: NewJob): Promise<JobRow | null> {
  const { datasetId, activity, population, candidate } = snapshot;
  const rows = await db.rows<JobRow>(
    `/* queueJob */ insert into jobs as j (dataset_id, kind, key, as_of, population, candidate, question, state, principal_uid)
     select $1, $2, $3, $4, $5, $6, $7, 'QUEUED', $8
     where (select count(*) from jobs where dataset_id = $1 and state in ('QUEUED', 'RUNNING')) < ${MOST_OPEN}
     on conflict do nothing returning ${JOB}`,
    [datasetId, kind, key, activity, population, candidate, JSON.stringify(question), principalUid],
  );
  return rows[0] ?? null;
}

async function isFull(db: Db, datasetId: number): Promise<boolean> {
  const rows = await db.rows<{ n: number }>(
    `/* openJobs */ select count(*) as n from jobs where dataset_id = $1 and state in ('QUEUED', 'RUNNING')`,
    [datasetId],
  );
  return rows[0]!.n >= MOST_OPEN;
}

/**
 * Takes the oldest job that waits, or one whose process is gone; null where there is none. A job that was begun too often
 * fails instead: something in it ends the process.
 */
export async function claimJob(db: Db, runner: string): Promise<JobRow | null> {
  await db.rows(
    `/* giveUpJobs */ update jobs set state = 'FAILED', finished_at = clock_timestamp(), runner = null,
       problem = 'the server that computed it ended ' || attempts || ' times'
     where state = 'RUNNING' and attempts >= ${MOST_ATTEMPTS} and heard_at < clock_timestamp() - interval '${LEASE_SECONDS} seconds'`,
  );
  const rows = await db.rows<JobRow>(
    `/* claimJob */ update jobs j set state = 'RUNNING', runner = $1, heard_at = clock_timestamp(), attempts = attempts + 1,
       started_at = coalesce(started_at, clock_timestamp()), progress = 0, step = ''
     where (j.dataset_id, j.job) = (select dataset_id, job from jobs
       where state = 'QUEUED' or (state = 'RUNNING' and heard_at < clock_timestamp() - interval '${LEASE_SECONDS} seconds')
       order by job for update skip locked limit 1)
     returning ${JOB}`,
    [runner],
  );
  return rows[0] ?? null;
}

/** Says that it goes on; answers whether it is still wanted: not cancelled, and not taken over by another process. */
export async function hearOfJob(
  db: Db,
  { datasetId, job }: JobRow,
  runner: string,
  progress: { share: number; step: string },
): Promise<"WANTED" | "CANCELLED" | "TAKEN"> {
  const rows = await db.rows<{ cancelled: boolean }>(
    `/* hearOfJob */ update jobs set heard_at = clock_timestamp(), progress = $4, step = $5
     where dataset_id = $1 and job = $2 and runner = $3 and state = 'RUNNING' returning cancel_requested as cancelled`,
    [datasetId, job, runner, progress.share, progress.step],
  );
  if (!rows[0]) return "TAKEN";
  return rows[0].cancelled ? "CANCELLED" : "WANTED";
}

/** Ends a job that this process runs. */
export async function finishJob(
  db: Db,
  { datasetId, job }: JobRow,
  runner: string,
  end: { state: "DONE" | "FAILED" | "CANCELLED"; problem: string | null },
): Promise<void> {
  await db.rows(
    `/* finishJob */ update jobs set state = $4, problem = $5, finished_at = clock_timestamp(), runner = null,
       progress = case when $4 = 'DONE' then 1 else progress end, step = ''
     where dataset_id = $1 and job = $2 and runner = $3 and state = 'RUNNING'`,
    [datasetId, job, runner, end.state, end.problem],
  );
}

/** Gives jobs back that this process runs: it is about to end. */
export async function releaseJobs(db: Db, runner: string): Promise<void> {
  await db.rows(
    `/* releaseJobs */ update jobs set state = 'QUEUED', runner = null, attempts = greatest(0, attempts - 1)
     where runner = $1 and state = 'RUNNING'`,
    [runner],
  );
}

/** Cancels one that waits at once; one that runs is asked to end. The job as it is then; null where there is none. */
export async function requestCancel(db: Db, datasetId: number, job: number): Promise<JobRow | null> {
  const rows = await db.rows<JobRow>(
    `/* requestCancel */ update jobs j set cancel_requested = true,
       state = case when state = 'QUEUED' then 'CANCELLED' else state end,
       finished_at = case when state = 'QUEUED' then clock_timestamp() else finished_at end
     where dataset_id = $1 and job = $2 and state in ('QUEUED', 'RUNNING') returning ${JOB}`,
    [datasetId, job],
  );
  return rows[0] ?? (await jobsById(db, datasetId, [job]))[0]!;
}

export async function jobsById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<JobRow | null>> {
  const rows = await db.rows<JobRow>(
    `/* jobsById */ select ${JOB} from jobs j where j.dataset_id = $1 and j.job = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.job);
}

export function jobsPage(db: Db, datasetId: number, slice: Slice): Promise<JobRow[]> {
  return db.rows<JobRow>(
    `/* jobsPage */ select ${JOB} from jobs j where j.dataset_id = $1 and ${sliceById("j.job", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function jobCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* jobCount */ select count(*) as n from (select 1 from jobs where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}

/** What principals are called, by uid. */
export async function principalKeys(db: Db, _instance: number, uids: readonly string[]): Promise<Array<string | null>> {
  const rows = await db.rows<{ uid: string; key: string }>(
    `/* principalKeys */ select uid, key from principals where dataset_id = 0 and uid = any($1::uuid[])`,
    [[...uids]],
  );
  const found = inKeyOrder(uids, rows, (row) => row.uid);
  return found.map((row) => row?.key ?? null);
}
