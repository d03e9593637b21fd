// How do database, schema and HTTP become a running server? Used by main, the demo, the benchmark and the tests.
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import type { Logger } from "pino";
import { beginInstance } from "./activities/beginInstance.js";
import { makeSignIn } from "./activities/signIn.js";
import type { Config } from "./platform/config.js";
import { openDatabase, type Database } from "./platform/db.js";
import { migrate } from "./platform/migrate.js";
import { inlineTasks } from "./platform/tasks.js";
import { workerTasks } from "./platform/workerTasks.js";
import { runJobs } from "./reports/runJobs.js";
import { assaySchema, HTTP_ROUTES } from "./schema.js";
import { makeServer } from "./server.js";

export interface RunningAssay {
  url: string;
  db: Database;
  ownerUrl: string;
  /** Only at the first start on a database. */
  adminToken: string | null;
  databaseNote: string;
  stop(): Promise<void>;
}

interface Urls {
  owner: string;
  app: string;
  note: string;
  stop(): Promise<void>;
}

/** Opens or starts the database, migrates, listens. Throws with what to do when something is missing. */
export async function startAssay(config: Config, log: Logger): Promise<RunningAssay> {
  const urls = await databaseUrls(config, log);
  try {
    await migrate(urls.owner, { appUrl: urls.app, log: (line) => log.info(line) });
    const db = openDatabase(urls.app, { log, max: config.DATABASE_POOL });
    return await startOn(db, urls, config, log).catch(async (error: unknown) => {
      await db.end();
      throw error;
    });
  } catch (error) {
    await urls.stop();
    throw error;
  }
}

async function startOn(db: Database, urls: Urls, config: Config, log: Logger): Promise<RunningAssay> {
  const downloadSecret = config.ASSAY_SECRET ? new TextEncoder().encode(config.ASSAY_SECRET) : randomBytes(32);
  const serverConfig = { PUBLIC_URL: config.PUBLIC_URL, downloadSecret };
  const workerData = { databaseUrl: urls.app, logLevel: config.LOG_LEVEL };
  const tasks = config.ASSAY_WORKERS === 0 ? inlineTasks(db) : workerTasks(db, workerData, config.ASSAY_WORKERS);
  const parts = {
    schema: await assaySchema(),
    routes: HTTP_ROUTES,
    db,
    tasks,
    signIn: makeSignIn(db, config),
    config,
    serverConfig,
    log,
  };
  const { http, apollo } = await makeServer(parts);
  await new Promise<void>((done, failed) => http.once("error", failed).listen(config.PORT, config.HOST, done));
  const { port } = http.address() as AddressInfo;
  const url = `http://${config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST}:${port}`;
  serverConfig.PUBLIC_URL ??= url;
  const jobsDb = openDatabase(urls.app, { log, max: 2, name: "assay jobs" }); // signs of life do not wait for requests
  const jobs = runJobs(jobsDb, tasks, log);
  const adminToken = await beginInstance(db); // after listening: a start that fails on its port must not use up the one token
  return {
    url,
    db,
    ownerUrl: urls.owner,
    adminToken,
    databaseNote: urls.note,
    async stop() {
      http.closeIdleConnections();
      await new Promise<void>((done) => {
        http.close(() => done());
        setTimeout(() => http.closeAllConnections(), 10_000).unref();
      });
      await apollo.stop();
      await jobs.stop();
      await tasks.end();
      await jobsDb.end();
      await db.end();
      await urls.stop();
    },
  };
}

async function databaseUrls(config: Config, log: Logger): Promise<Urls> {
  if (config.DATABASE_URL) {
    const owner = config.DATABASE_OWNER_URL ?? config.DATABASE_URL;
    return { owner, app: config.DATABASE_URL, note: "Database: the one DATABASE_URL names.", stop: async () => {} };
  }
  const { startEmbedded } = await import("./platform/embedded.js");
  const dataDirectory = resolve(config.ASSAY_DATA_DIR);
  const embedded = await startEmbedded({ dataDirectory, durable: true, log: (line) => log.info(line) });
  return {
    owner: embedded.ownerUrl,
    app: embedded.appUrl,
    note: `Database: embedded Postgres under ${dataDirectory}; set DATABASE_URL to use your own.`,
    stop: () => embedded.stop(),
  };
}
