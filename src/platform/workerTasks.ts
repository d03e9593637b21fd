// How do tasks run on threads of their own, each with its own connections?
import { fileURLToPath } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Database } from "./db.js";
import { packageRoot } from "./packageRoot.js";
import { resultOf, type Outcome, type Tasks, type TaskOptions } from "./tasks.js";

/** What a worker is told when it starts. */
export interface WorkerData {
  databaseUrl: string;
  logLevel: string;
}

/** What a worker is handed: the task, and a port to say how far it is. */
export interface WorkerJob {
  name: string;
  args: unknown;
  port: MessagePort;
}

/** What it says: first under which name its connections run, then how far it is. */
export type WorkerNews = { connections: string } | { share: number; step: string };

/** The built worker: tests run from the sources, and a thread cannot. */
const WORKER = fileURLToPath(new URL("dist/src/worker.js", packageRoot()));
const IDLE_MILLISECONDS = 60_000;
/** MB of a thread's heap for what was just made; else a thread takes what the server was given for answering requests. */
const YOUNG_GENERATION = 48;

/** A thread starts with the first task, and ends when it had none for a minute. */
export function workerTasks(db: Database, data: WorkerData, workers: number): Tasks {
  const pool = new Piscina({
    filename: WORKER,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: IDLE_MILLISECONDS,
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    recordTiming: false,
  });
  return {
    run: async (task, args, options = {}) =>
      resultOf(await runIn(pool, db, { name: task.name, args }, options)) as never,
    end: () => pool.destroy(),
  };
}

async function runIn(
  pool: Piscina,
  db: Database,
  { name, args }: { name: string; args: unknown },
  { signal, onProgress }: TaskOptions,
): Promise<Outcome> {
  const { port1: news, port2: port } = new MessageChannel();
  let connections: string | null = null;
  news.on("message", (said: WorkerNews) => {
    if ("connections" in said) connections = said.connections;
    else onProgress?.(said.share, said.step);
  });
  try {
    const options = { transferList: [port], ...(signal ? { signal } : {}) };
    return (await pool.run({ name, args, port }, options)) as Outcome;
  } catch (error) {
    if (signal?.aborted && connections !== null) await cancelStatements(db, connections);
    throw signal?.aborted ? signal.reason : error;
  } finally {
    news.close();
  }
}

/** The thread is gone, but what it asked of the database goes on there until somebody says stop. */
async function cancelStatements(db: Database, connections: string): Promise<void> {
  await db
    .rows(
      `/* cancelStatements */ select pg_cancel_backend(pid) from pg_stat_activity
       where application_name = $1 and datname = current_database() and state <> 'idle'`,
      [connections],
    )
    .catch(() => {}); // without a database there is nothing to cancel
}
