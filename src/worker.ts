// A thread for long work: its own connections, no server. Handed tasks by name, it answers with plain data.
import { randomUUID } from "node:crypto";
import { workerData, type MessagePort } from "node:worker_threads";
import "./platform/productionMode.js";
import { openDatabase, type Database } from "./platform/db.js";
import { makeLog } from "./platform/log.js";
import { outcomeOf, taskNamed, type Outcome } from "./platform/tasks.js";
import type { WorkerData, WorkerNews } from "./platform/workerTasks.js";
import "./schema.js"; // every feature declares its tasks, populations and filters

interface Job {
  name: string;
  args: unknown;
  port: MessagePort;
}

const { databaseUrl, logLevel } = workerData as WorkerData;
const connections = `assay worker ${randomUUID()}`;
let db: Database | undefined;

export default async function work({ name, args, port }: Job): Promise<Outcome> {
  db ??= openDatabase(databaseUrl, { log: makeLog(logLevel), max: 2, name: connections });
  const database = db;
  const say = (news: WorkerNews) => port.postMessage(news);
  say({ connections });
  const progress = (share: number, step: string) => say({ share, step });
  try {
    return await outcomeOf(() => taskNamed(name).work({ db: database, progress }, args));
  } finally {
    port.close();
  }
}
