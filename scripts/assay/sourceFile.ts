// Which bytes are to be read, how many are they, and what is their digest?
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
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

/**
 * `-` is stdin, which is first written to a temporary file: it is read twice, once for its digest and once for its rows.
 * The temporary file is removed when `use` has ended.
 */
export async function withSourceFile<T>(world: World, path: string, use: (file: SourceFile) => Promise<T>): Promise<T> {
  if (path !== "-") return use(await sourceFile(path, path));
  const spool = join(tmpdir(), `assay-stdin-${randomUUID()}`);
  try {
    await pipeline(world.stdin, createWriteStream(spool, { mode: 0o600, flags: "wx" }));
    return await use(await sourceFile(spool, "stdin"));
  } finally {
    await rm(spool, { force: true });
  }
}

async function sourceFile(path: string, name: string): Promise<SourceFile> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw new Error("it is a directory");
    return { name, path, size: facts.size, digest: await digestOf(path) };
  } catch (error) {
    throw usage(`cannot read ${name}: ${reasonOf(error)}`);
  }
}

export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
