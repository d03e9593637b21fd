// What does a benchmark run against: a server process of its own, on a durable embedded Postgres of its own?
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbedded } from "../../src/platform/embedded.js";
import { packageRoot } from "../../src/platform/packageRoot.js";

export interface BenchWorld {
  readonly url: string;
  readonly token: string;
  readonly serverPid: number;
  /** The owner's connection, for loading and for the limits. */
  sql: pg.Client;
  ask<Data = any>(query: string, variables: Record<string, unknown>): Promise<Data>;
  /** Another server process on the same database, for a row that is about what one takes. */
  restartServer(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts both; everything is deleted at stop. */
export async function startBenchWorld(): Promise<BenchWorld> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const postgres = await startEmbedded({ dataDirectory, durable: true, sharedBuffers: "1GB" });
  const environment = { DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl };
  let server = await startServer(environment);
  const sql = new pg.Client({ connectionString: postgres.ownerUrl });
  await sql.connect();
  return {
    get url() {
      return server.url;
    },
    get token() {
      return server.token;
    },
    get serverPid() {
      return server.process.pid!;
    },
    sql,
    ask: (query, variables) => ask(server, query, variables),
    async restartServer() {
      await stopServer(server);
      server = await startServer(environment, server.token);
    },
    async stop() {
      await sql.end();
      await stopServer(server);
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

interface Server {
  process: ChildProcess;
  url: string;
  token: string;
}

async function stopServer({ process }: Server): Promise<void> {
  process.kill("SIGTERM");
  await new Promise((done) => process.once("exit", done));
}

/** The token is printed at the first start on a database, and never again. */
async function startServer(environment: Record<string, string>, known?: string): Promise<Server> {
  const main = fileURLToPath(new URL("dist/src/main.js", packageRoot()));
  const child = spawn(process.execPath, ["--max-semi-space-size=32", main], {
    env: {
      ...process.env,
      ...environment,
      PORT: "0",
      LOG_LEVEL: "warn",
      ASSAY_DATA_DIR: join(tmpdir(), "assay-bench-unused"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let url = "";
  for await (const line of createInterface({ input: child.stdout! })) {
    url ||= /http:\/\/[^/]+/.exec(line)?.[0] ?? "";
    const token = known ?? /assay_\w+/.exec(line)?.[0];
    if (url && token) return { process: child, url, token };
  }
  throw new Error("the server did not start");
}

async function ask<Data>({ url, token }: Server, query: string, variables: Record<string, unknown>): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: Data; errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  for (const payload of Object.values(answer.data as Record<string, { userErrors?: unknown[] }>))
    if (payload?.userErrors?.length) throw new Error(JSON.stringify(payload.userErrors.slice(0, 3)));
  return answer.data;
}
