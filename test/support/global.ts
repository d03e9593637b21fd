// Which Postgres do the tests run against, and what does each of their databases start from?
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../src/platform/embedded.js";

/** What the tests need to make databases: a superuser's URL, the template, and the application role's password. */
export interface TestCluster {
  superuserUrl: string;
  template: string;
  databasePrefix: string;
  appPassword: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testCluster: TestCluster;
  }
}

const enoughBytes = 2 * 1024 ** 3;
const directoryPrefix = "assay-test-";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["ASSAY_TEST_DATABASE_URL"];
  const server = given ? { url: given, end: async () => {} } : await startThrowaway();
  const run = `assay_test_${randomBytes(4).toString("hex")}`;
  const cluster: TestCluster = {
    superuserUrl: server.url,
    template: `${run}_template`,
    databasePrefix: `${run}_`,
    appPassword: randomBytes(12).toString("hex"),
  };
  try {
    await makeTemplate(cluster);
  } catch (error) {
    await server.end();
    throw error;
  }
  project.provide("testCluster", cluster);
  return async () => {
    if (given) await dropDatabases(cluster);
    await server.end();
  };
}

async function startThrowaway(): Promise<{ url: string; end: () => Promise<void> }> {
  const parent = roomInMemory() ? "/dev/shm" : tmpdir();
  for (const place of ["/dev/shm", tmpdir()]) removeAbandoned(place);
  const dataDirectory = fs.mkdtempSync(join(parent, `${directoryPrefix}${process.pid}-`));
  fs.chmodSync(dataDirectory, 0o711); // for root without user namespaces, the server is another user
  const remove = (): void => fs.rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10 });
  try {
    const log = (line: string): void => void (line.startsWith("making") || console.warn(`test database: ${line}`));
    const postgres = await startEmbedded({ dataDirectory, durable: false, log });
    return { url: postgres.ownerUrl, end: () => postgres.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

function roomInMemory(): boolean {
  try {
    fs.accessSync("/dev/shm", fs.constants.W_OK | fs.constants.X_OK);
    const { bavail, bsize } = fs.statfsSync("/dev/shm");
    return bavail * bsize >= enoughBytes;
  } catch {
    return false;
  }
}

/** A run that was killed could not delete its directory; its server has ended with it. */
function removeAbandoned(place: string): void {
  const names = fs.existsSync(place) ? fs.readdirSync(place) : [];
  for (const name of names.filter((entry) => entry.startsWith(directoryPrefix))) {
    const pid = Number(name.slice(directoryPrefix.length).split("-")[0]);
    if (isAlive(pid)) continue;
    try {
      fs.rmSync(join(place, name), { recursive: true, force: true, maxRetries: 10 });
    } catch {
      // another user's
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Roles belong to the whole cluster, so the application's is made once, here; then the template, closed to connections. */
async function makeTemplate({ superuserUrl, template, appPassword }: TestCluster): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const found = await client.query("select from pg_roles where rolname = 'assay_app'");
    if (found.rowCount === 0) await client.query("create role assay_app");
    await client.query(`alter role assay_app login nosuperuser nobypassrls password '${appPassword}'`);
    await client.query(`create database ${template} template template0`);
  });
  const url = new URL(superuserUrl);
  url.pathname = `/${template}`;
  await migrateTemplate(url.href);
  await withClient(superuserUrl, async (client) => {
    await client.query(`alter database ${template} with is_template true allow_connections false`);
  });
}

async function migrateTemplate(ownerUrl: string): Promise<void> {
  const module = new URL("../../src/platform/migrate.ts", import.meta.url);
  const migrations = new URL("../../migrations/", import.meta.url);
  const absent = [module, migrations].filter((url) => !fs.existsSync(url));
  if (absent.length > 0) {
    console.warn(`test databases start empty: there is no ${absent.map((url) => url.pathname).join(", no ")}`);
    return;
  }
  const { migrate } = (await import(/* @vite-ignore */ fileURLToPath(module))) as {
    migrate: (ownerUrl: string) => Promise<void>;
  };
  await migrate(ownerUrl);
}

/** On a server that outlives us; the workers have ended, so nobody of ours is connected. */
async function dropDatabases({ superuserUrl, template, databasePrefix }: TestCluster): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await client.query(`alter database ${template} with is_template false`);
    const made = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [databasePrefix],
    );
    for (const { datname } of made.rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}

async function withClient(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
