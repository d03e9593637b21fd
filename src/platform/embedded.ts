// How is the Postgres that comes with Assay started, and how does it end with us?
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseRunner, command, locateBinaries, runOptions, type Binaries, type Runner } from "./embeddedBinaries.js";
import * as directory from "./embeddedDirectory.js";

export interface EmbeddedPostgres {
  /** Logs in as assay_owner: superuser, owner of the database. */
  ownerUrl: string;
  /** Logs in as assay_app, to whom row-level security applies. */
  appUrl: string;
  dataDirectory: string;
  port: number;
  /** Ends the server and waits for its end; a second call waits for the same end. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDirectory: string;
  /** False only in tests: a crash of the machine may then lose the cluster. */
  durable: boolean;
  /** Refused when busy; without it the port of the last run, else a free one. */
  port?: number;
  sharedBuffers?: string;
  log?: (line: string) => void;
}

interface Start {
  options: EmbeddedOptions;
  log: (line: string) => void;
  binaries: Binaries;
  runner: Runner;
  majorVersion: number;
  files: directory.Layout;
  lock: number;
}

interface Server {
  child: ChildProcess;
  port: number;
  ended: Promise<void>;
  state: "starting" | "running" | "stopping" | "ended";
  logStart: number;
}

const patience = { fast: 10_000, immediate: 10_000, recovery: 300_000 };

/**
 * Starts the server of this data directory, making its cluster, roles (assay_owner, assay_app) and database (assay)
 * where they are missing. Refuses when another process uses the directory; stops a server whose process has died.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const start = await prepare(options);
  try {
    directory.removeUnfinished(start.files);
    const passwords = directory.keepPasswords(start.files);
    if (!fs.existsSync(start.files.cluster)) {
      start.log(`making a database cluster in ${start.files.cluster}`);
      await directory.makeCluster(start.files, start, passwords.owner, options.durable);
    }
    directory.refuseOtherVersion(start.files, start.majorVersion);
    return await serve(start, passwords);
  } finally {
    fs.closeSync(start.lock); // the server has its own hold on it, as long as one of its processes lives
  }
}

async function serve(start: Start, passwords: directory.Passwords): Promise<EmbeddedPostgres> {
  const server = await launch(start);
  const { port } = server;
  const url = (role: "owner" | "app", database: string): string =>
    `postgres://assay_${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;
  try {
    await makeRolesAndDatabase(url("owner", "postgres"), passwords.app);
    directory.writeWhole(start.files.port, `${port}\n`);
  } catch (error) {
    await stopServer(start, server);
    throw error;
  }
  const urls = { ownerUrl: url("owner", "assay"), appUrl: url("app", "assay") };
  return { ...urls, dataDirectory: start.files.root, port, stop: () => stopServer(start, server) };
}

async function prepare(options: EmbeddedOptions): Promise<Start> {
  if (process.platform === "win32") {
    throw new Error("the embedded Postgres is not run on Windows: set DATABASE_URL, or use WSL");
  }
  const log = options.log ?? (() => {});
  const binaries = locateBinaries();
  const chosen = chooseRunner(binaries, directory.layout(options.dataDirectory).cluster);
  directory.makeRoot(directory.layout(options.dataDirectory), chosen.runner.user !== undefined);
  const files = directory.layout(options.dataDirectory);
  const lock = await directory.takeLock(files, () => endOrphan(files, log));
  // Nobody uses the cluster: a postmaster.pid that is left is stale, and Postgres would mistake a reused number for life.
  fs.rmSync(join(files.cluster, "postmaster.pid"), { force: true });
  return { options, log, binaries, ...chosen, files, lock };
}

/** A server whose starter lives is refused; one whose starter was killed is stopped. */
async function endOrphan({ cluster, root }: directory.Layout, log: (line: string) => void): Promise<void> {
  const found = directory.runningPostmaster(cluster);
  if (!found) return;
  if (!found.orphan) {
    const starter = found.startedBy === undefined ? "" : `, started by process ${found.startedBy}`;
    const remedy = "stop that first, or take another data directory";
    throw new Error(`${root} is in use by the Postgres with process number ${found.pid}${starter}: ${remedy}`);
  }
  log(`stopping Postgres ${found.pid}, left behind in ${root} by process ${found.startedBy}, which has ended`);
  const gone = (): boolean => directory.runningPostmaster(cluster)?.pid !== found.pid;
  if (await signalled(found.pid, "SIGINT", gone, patience.fast)) return;
  log(`Postgres ${found.pid} did not stop on SIGINT; sending SIGQUIT`);
  if (await signalled(found.pid, "SIGQUIT", gone, patience.immediate)) return;
  throw new Error(`Postgres ${found.pid}, left behind in ${root}, does not stop: end it by hand`);
}

async function signalled(pid: number, signal: "SIGINT" | "SIGQUIT", gone: () => boolean, milliseconds: number) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
  for (let waited = 0; waited < milliseconds && !gone(); waited += 50) await sleep(50);
  return gone();
}

/** Starts the server, again on another port when ours was taken meanwhile, and again while an old backend still ends. */
async function launch(start: Start): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const server = spawnServer(start, await choosePort(start.options.port, directory.rememberedPort(start.files)));
    const failure = await failureToStart(start, server);
    if (failure === undefined) {
      server.state = "running";
      return server;
    }
    const portLost = failure.includes("could not bind") && start.options.port === undefined;
    if (attempt === 10 || !(portLost || failure.includes("is still in use"))) {
      throw new Error(`Postgres did not start in ${start.files.root}; its log (${start.files.log}) ends:\n${failure}`);
    }
    await sleep(300);
  }
}

async function choosePort(wanted: number | undefined, remembered: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if ((await freePort(wanted)) === undefined)
      throw new Error(`port ${wanted} of 127.0.0.1 is busy: take another one`);
    return wanted;
  }
  return (remembered && (await freePort(remembered))) || (await freePort(0))!;
}

/** The port if it is free (0: any that is), else undefined. */
async function freePort(port: number): Promise<number | undefined> {
  const listener = createServer();
  try {
    listener.listen(port, "127.0.0.1");
    await once(listener, "listening");
    return (listener.address() as AddressInfo).port;
  } catch {
    return undefined;
  } finally {
    listener.close();
  }
}

/** A session of its own keeps the terminal's Ctrl-C from it, which would end it before its clients are done. */
function spawnServer({ files, runner, binaries, options, majorVersion, lock, log }: Start, port: number): Server {
  const { fd, start } = directory.openLog(files);
  const args = ["-D", files.cluster, "-p", String(port), ...settings(options, majorVersion)];
  const [program, rest] = command(runner, binaries.postgres, args);
  const child = spawn(program, rest, { ...runOptions(runner), detached: true, stdio: ["ignore", fd, fd, lock] });
  fs.closeSync(fd);
  child.unref();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  const server: Server = { child, port, ended, state: "starting", logStart: start };
  const watchdog = child.pid === undefined ? undefined : spawnWatchdog(child.pid);
  child.once("exit", (code, signal) => {
    watchdog?.kill("SIGKILL");
    const tail = (): string => directory.logTail(files, start);
    if (server.state === "running")
      log(`Postgres ended unexpectedly (${signal ?? `code ${code}`}); its log ends:\n${tail()}`);
    server.state = "ended";
  });
  return server;
}

function settings({ durable, sharedBuffers }: EmbeddedOptions, majorVersion: number): string[] {
  const values = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
    "log_timezone=UTC",
    `${directory.startedBySetting}=${process.pid}`,
    ...(majorVersion >= 18 ? ["io_method=sync"] : []), // 18's default, worker, was 20-45% slower on scans with 2 cores
    ...(sharedBuffers === undefined ? [] : [`shared_buffers=${sharedBuffers}`]),
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return values.flatMap((value) => ["-c", value]);
}

/** A shell that waits on a pipe from us: when we die, however, the pipe closes and it stops the server as stop() would. */
function spawnWatchdog(pid: number): ChildProcess {
  const script = `
    while read -r _; do :; done
    kill -INT ${pid}
    for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 ${pid} || exit; done
    kill -QUIT ${pid}`;
  const stdio: ["pipe", "ignore", "ignore"] = ["pipe", "ignore", "ignore"];
  const watchdog = spawn("/bin/sh", ["-c", script], { cwd: "/", detached: true, stdio });
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
  watchdog.on("error", () => {});
  return watchdog;
}

/** Waits until the server takes connections; what it wrote to its log when it does not. */
async function failureToStart({ files }: Start, server: Server): Promise<string | undefined> {
  for (let waited = 0; waited < patience.recovery; waited += 20) {
    if (server.child.pid === undefined) return "it could not be spawned";
    if (server.state === "ended") return directory.logTail(files, server.logStart);
    if (directory.isReady(files.cluster, server.child.pid)) return undefined;
    await sleep(20);
  }
  server.child.kill("SIGQUIT");
  return `${directory.logTail(files, server.logStart)}\n(it was not ready after ${patience.recovery / 1000} s)`;
}

async function makeRolesAndDatabase(url: string, appPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    const exists = async (query: string): Promise<boolean> => (await client.query(query)).rowCount === 1;
    if (!(await exists("select from pg_roles where rolname = 'assay_app'")))
      await client.query("create role assay_app");
    await client.query(
      `alter role assay_app login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password '${appPassword}'`,
    );
    if (!(await exists("select from pg_database where datname = 'assay'"))) {
      await client.query("create database assay owner assay_owner");
    }
    await client.query("grant connect on database assay to assay_app");
  } finally {
    await client.end();
  }
}

async function stopServer({ files, log }: Start, server: Server): Promise<void> {
  if (server.state === "ended") return;
  server.state = "stopping";
  server.child.ref();
  const endedWithin = (limit: number): Promise<boolean> =>
    Promise.race([server.ended.then(() => true), sleep(limit, false, { ref: false })]);
  server.child.kill("SIGINT");
  if (await endedWithin(patience.fast)) return;
  log(`Postgres ${server.child.pid} did not stop on SIGINT; sending SIGQUIT`);
  server.child.kill("SIGQUIT");
  if (await endedWithin(patience.immediate)) return;
  throw new Error(`Postgres ${server.child.pid} in ${files.root} does not stop: end it by hand`);
}
