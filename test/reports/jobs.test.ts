// Are jobs computed once, in order, by whoever has a hand free, and do they end when they are no longer wanted?
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeLog } from "../../src/platform/log.js";
import { defineTask, inlineTasks, type TaskContext } from "../../src/platform/tasks.js";
import { Population, type SnapshotKey } from "../../src/activities/snapshot.js";
import { findReport, registerReport, reportKeyOf, type ReportAsked } from "../../src/reports/findReport.js";
import { claimJob, jobsById, LEASE_SECONDS, MOST_ATTEMPTS, queueJob } from "../../src/reports/jobQueries.js";
import { keptReport } from "../../src/reports/queries.js";
import { runJobs, wakeRunners } from "../../src/reports/runJobs.js";
import { startWorld, type World } from "../support/world.js";

interface Asked {
  name: string;
  fails?: string;
  /** Goes on until it is no longer wanted. */
  endless?: boolean;
}

const begun: string[] = [];

async function work({ progress }: TaskContext, { question }: ReportAsked<Asked>): Promise<{ said: string }> {
  begun.push(question.name);
  if (question.fails) throw new Error(question.fails);
  for (let step = 0; question.endless; step++) {
    progress(step % 2 ? 0.25 : 0.5, "going round");
    await sleep(10);
  }
  return { said: question.name };
}

const kind = registerReport<Asked, { said: string }>({
  name: "TEST",
  method: "test/1",
  task: defineTask("test", work),
  weigh: () => 1,
});

let world: World;
let uid: string;
beforeAll(async () => {
  world = await startWorld();
  await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { userErrors { message } } }`);
  uid = (await world.ask(`{ dataset(slug: "house") { uid } }`)).dataset.uid;
});
afterAll(() => world.stop());
beforeEach(() => void begun.splice(0));

const snapshot: SnapshotKey = { datasetId: 1, activity: 1, population: Population.CURRENT, candidate: null };
const principalUid = "00000000-0000-4000-8000-000000000000";

async function queue(question: Asked): Promise<number> {
  const key = reportKeyOf(kind, uid, { snapshot, question });
  const queued = await queueJob(world.db, { snapshot, kind: kind.name, key, question, principalUid });
  wakeRunners();
  return queued!.job.job;
}

/** Waits until a job is as expected; the job. */
async function until(job: number, is: (row: any) => boolean): Promise<any> {
  for (let tries = 0; tries < 500; tries++) {
    const [row] = await jobsById(world.db, 1, [job]);
    if (is(row)) return row;
    await sleep(20);
  }
  throw new Error(`job ${job} is ${JSON.stringify((await jobsById(world.db, 1, [job]))[0])}`);
}

describe("a job", () => {
  it("is computed, says how far it is, and leaves its report where it is found", async () => {
    const job = await queue({ name: "one" });
    const done = await until(job, ({ state }) => state === "DONE");
    expect(done).toMatchObject({ progress: 1, attempts: 1, problem: null, step: "" });
    expect(done.finishedAt.getTime()).toBeGreaterThanOrEqual(done.startedAt.getTime());
    const asked = { snapshot, question: { name: "one" } };
    expect(await keptReport(world.db, 1, reportKeyOf(kind, uid, asked))).toEqual({ said: "one" });
    const found = await findReport({ db: world.db, tasks: inlineTasks(world.db) }, kind, uid, asked);
    expect(found).toMatchObject({ report: { said: "one" }, cache: "HIT" });
    expect(begun).toEqual(["one"]);
  });

  it("is one job, however often the same is asked for while it is open", async () => {
    const job = await queue({ name: "endless", endless: true });
    await until(job, ({ state, step }) => state === "RUNNING" && step !== "");
    expect(await queue({ name: "endless", endless: true })).toBe(job);
    const [{ id }] = (await world.ask(`{ dataset(slug: "house") { jobs(last: 1) { nodes { id } } } }`)).dataset.jobs
      .nodes;
    await world.ask(`mutation { cancelJob(input: { dataset: "house", jobId: "${id}" }) { userErrors { message } } }`);
    expect(await until(job, ({ state }) => state !== "RUNNING")).toMatchObject({ state: "CANCELLED" });
    expect(begun).toEqual(["endless"]);
  });

  it("that ends just when the same is asked for again is begun anew", async () => {
    const question = { name: "just ended", endless: true };
    const first = await queue(question);
    await until(first, ({ state }) => state === "RUNNING");
    const db: Pick<World["db"], "rows" | "rowsOnce"> = {
      rowsOnce: (text, values) => world.db.rowsOnce(text, values),
      async rows(text, values) {
        if (text.includes("openJob ")) await world.db.rows(`update jobs set state = 'DONE' where job = $1`, [first]);
        return world.db.rows(text, values);
      },
    };
    const key = reportKeyOf(kind, uid, { snapshot, question });
    const again = await queueJob(db, { snapshot, kind: kind.name, key, question, principalUid });
    expect(again).toMatchObject({ known: false });
    expect(again!.job.job).toBeGreaterThan(first);
    await world.db.rows(`update jobs set state = 'CANCELLED' where job = $1`, [again!.job.job]);
  });

  it("that waits is cancelled at once, and never begun", async () => {
    const first = await queue({ name: "blocking", endless: true });
    await until(first, ({ state }) => state === "RUNNING");
    const second = await queue({ name: "waiting" });
    const { nodes } = (await world.ask(`{ dataset(slug: "house") { jobs(last: 2) { nodes { id number state } } } }`))
      .dataset.jobs;
    expect(nodes.map(({ state }: any) => state)).toEqual(["RUNNING", "QUEUED"]);
    for (const { id } of nodes)
      await world.ask(`mutation { cancelJob(input: { dataset: "house", jobId: "${id}" }) { job { state } } }`);
    expect(await until(second, ({ state }) => state === "CANCELLED")).toMatchObject({ attempts: 0, startedAt: null });
    await until(first, ({ state }) => state === "CANCELLED");
    expect(begun).toEqual(["blocking"]);
  });

  it("that fails says that it did, and nothing of the server's insides", async () => {
    const failed = await until(
      await queue({ name: "bad", fails: "at /etc/passwd" }),
      ({ state }) => state === "FAILED",
    );
    expect(failed.problem).toBe("something went wrong; the server's log has the rest");
  });

  it("of a server that was killed is taken over once it was not heard of, and given up when that goes on", async () => {
    const job = await queue({ name: "left", endless: true });
    await until(job, ({ state }) => state === "RUNNING");
    const silent = `update jobs set heard_at = clock_timestamp() - interval '${LEASE_SECONDS + 1} seconds', runner = $2 where job = $1`;
    await world.db.rows(silent, [job, principalUid]);
    const other = "11111111-0000-4000-8000-000000000000";
    // This process notices that it lost the job; the other one has it.
    const taken = await claimJob(world.db, other);
    expect(taken).toMatchObject({ job, attempts: 2, state: "RUNNING" });
    expect(await claimJob(world.db, other)).toBeNull();
    await world.db.rows(`update jobs set attempts = ${MOST_ATTEMPTS} where job = $1`, [job]);
    await world.db.rows(silent, [job, principalUid]);
    await until(job, ({ state }) => state === "FAILED");
    expect((await jobsById(world.db, 1, [job]))[0]!.problem).toBe("the server that computed it ended 3 times");
  });

  it("of a server that stops in order waits for the next", async () => {
    const own = runJobs(world.db, inlineTasks(world.db), makeLog("silent"));
    const [one, two] = [await queue({ name: "a", endless: true }), await queue({ name: "b", endless: true })];
    const isRunning = ({ state }: any) => state === "RUNNING";
    await Promise.all([until(one, isRunning), until(two, isRunning)]);
    await own.stop();
    // The world's own runner has the other one; this one waits again, as if it had not been begun.
    const rows = await jobsById(world.db, 1, [one, two]);
    expect(rows.map((row) => row!.state).sort()).toEqual(["QUEUED", "RUNNING"]);
    expect(rows.find((row) => row!.state === "QUEUED")!.attempts).toBe(0);
    await world.db.rows(
      `update jobs set cancel_requested = true, state = case state when 'QUEUED' then 'CANCELLED' else state end
      where job = any($1::int[])`,
      [[one, two]],
    );
    await Promise.all([one, two].map((job) => until(job, ({ state }) => state === "CANCELLED")));
  });
});

it("a dataset has so many open jobs, and one more is refused", async () => {
  const blocking = await queue({ name: "blocks", endless: true });
  await until(blocking, ({ state }) => state === "RUNNING");
  for (let i = 0; i < 49; i++) await queue({ name: `waits ${i}` });
  const question = { name: "one too many" };
  const key = reportKeyOf(kind, uid, { snapshot, question });
  expect(await queueJob(world.db, { snapshot, kind: kind.name, key, question, principalUid })).toBeNull();
  await world.db
    .rows(`update jobs set cancel_requested = true, state = case state when 'QUEUED' then 'CANCELLED' else state end
    where state in ('QUEUED', 'RUNNING')`);
  await until(blocking, ({ state }) => state === "CANCELLED");
});
