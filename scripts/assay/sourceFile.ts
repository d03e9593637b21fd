// Which bytes are to be read, how many are they, and what is their digest?
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, rmSync, type Stats } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { reasonOf, usage } from "./failure.js";
import type { World } from "./world.js";

export interface SourceFile {
  /** The name in messages: as the caller gave it, or `stdin`. */
  name: string;
  path: string;
  size: number;
  /** SHA-256 of the stored bytes, packed or not. */
  digest: string;
}

/** A pipe is first written to a temporary file: it is read twice, once for its digest and once for its rows. */
export async function withSourceFile<T>(world: World, path: string, use: (file: SourceFile) => Promise<T>): Promise<T> {
  const isPipe = path !== "-" && (await factsOf(path)).isFIFO();
  if (path !== "-" && !isPipe) return use(await sourceFile(path, path));
  const spool = join(tmpdir(), `assay-stdin-${randomUUID()}`);
  const ended = removeWhenStopped(spool);
  try {
    await pipeline(
      isPipe ? createReadStream(path) : world.stdin,
      createWriteStream(spool, { mode: 0o600, flags: "wx" }),
    );
    return await use(await sourceFile(spool, isPipe ? path : "stdin"));
  } finally {
    await rm(spool, { force: true });
    ended();
  }
}

/** Ctrl-C leaves no copy of the data behind. Gives a function that ends this. */
function removeWhenStopped(path: string): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const stopped = (signal: NodeJS.Signals) => {
    rmSync(path, { force: true });
    end();
    process.kill(process.pid, signal);
  };
  const end = () => signals.forEach((signal) => process.off(signal, stopped));
  signals.forEach((signal) => process.on(signal, stopped));
  return end;
}

/** Refuses to write where one of the other paths is read: opening it would empty what is to be read. */
export async function refuseOverwriting(option: string, path: string, read: readonly string[]): Promise<void> {
  const written = await stat(path).catch(() => null);
  for (const other of written?.isFile() ? read : []) {
    const facts = await stat(other === "-" ? "/dev/stdin" : other).catch(() => null);
    if (facts && facts.dev === written!.dev && facts.ino === written!.ino)
      throw usage(`${option} ${path} is a file that is read here; give another`);
  }
}

async function sourceFile(path: string, name: string): Promise<SourceFile> {
  const facts = await factsOf(path);
  try {
    return { name, path, size: facts.size, digest: await digestOf(path) };
  } catch (error) {
    throw usage(`cannot read ${name}: ${reasonOf(error)}`);
  }
}

async function factsOf(path: string): Promise<Stats> {
  const facts = await stat(path).catch((error: unknown) => {
    throw usage(`cannot read ${path}: ${reasonOf(error)}`);
  });
  if (facts.isDirectory()) throw usage(`cannot read ${path}: it is a directory`);
  if (!facts.isFile() && !facts.isFIFO() && path !== "/dev/null")
    throw usage(`cannot read ${path}: it is neither a file nor a pipe`);
  return facts;
}

export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
