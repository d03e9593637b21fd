// Which bytes does a file hold, unpacked where it is gzip?
import { createReadStream } from "node:fs";
import { createGunzip, type Gunzip } from "node:zlib";
import { reasonOf, usage } from "./failure.js";

/** The bytes break off; what came before them is good. */
export class BrokenInput extends Error {}

export interface ByteOptions {
  /** Called with the number of bytes taken from disk so far. */
  onBytes?: (taken: number) => void;
  /** Beyond this many unpacked bytes a ratio above `bombRatio` stops the reading. Deflate reaches 1,032 at most. */
  bombBytes?: number;
  bombRatio?: number;
}

const BOMB_BYTES = 1024 ** 3;
const BOMB_RATIO = 200;
const STEP = 16 * 1024; // unpacks to 16.5 MB at most, so memory stays bounded between two steps

/** Streams a file's bytes; gzip is recognised by its first two bytes, not by its name. */
export async function* readBytes(path: string, options: ByteOptions = {}): AsyncGenerator<Buffer> {
  const stored = countedBytes(path, options.onBytes);
  const first = await stored.next();
  if (first.done) return;
  const all = prepend(first.value, stored);
  if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* unpack(all, options);
  else yield* all;
}

async function* countedBytes(path: string, onBytes?: (taken: number) => void): AsyncGenerator<Buffer> {
  let taken = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      taken += (chunk as Buffer).length;
      onBytes?.(taken);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw usage(`cannot read ${path}: ${reasonOf(error)}`);
  }
}

async function* prepend(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

// A broken stream drops what its reader has not taken yet, so the pieces are collected as they are made.
async function* unpack(packed: AsyncIterable<Buffer>, options: ByteOptions): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const made: Buffer[] = [];
  let fault: Error | undefined;
  gunzip.on("data", (piece: Buffer) => made.push(piece));
  gunzip.on("error", (error) => (fault = error));
  const check = bombCheck(options);
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length && fault === undefined; at += STEP) {
        const step = chunk.subarray(at, at + STEP);
        await write(gunzip, step);
        check(step.length, made);
        yield* made.splice(0);
      }
      if (fault !== undefined) break;
    }
    if (fault === undefined) await finish(gunzip);
    yield* made.splice(0);
  } finally {
    gunzip.destroy();
  }
  if (fault !== undefined) throw new BrokenInput(gzipReason(fault));
}

// A stream that fails drops the callback of the write under way, so its close ends the wait as well.
function write(gunzip: Gunzip, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      gunzip.off("close", done);
      resolve();
    };
    gunzip.once("close", done);
    gunzip.write(bytes, done);
  });
}

function finish(gunzip: Gunzip): Promise<void> {
  return new Promise((done) => {
    gunzip.once("end", done);
    gunzip.once("close", done);
    gunzip.end();
  });
}

function gzipReason(fault: Error): string {
  const truncated = (fault as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
  return truncated ? "the gzip data is truncated here" : `the gzip data is damaged here (${fault.message})`;
}

function bombCheck({ bombBytes = BOMB_BYTES, bombRatio = BOMB_RATIO }: ByteOptions) {
  let packed = 0;
  let unpacked = 0;
  return (stepBytes: number, made: Buffer[]) => {
    packed += stepBytes;
    for (const piece of made) unpacked += piece.length;
    if (unpacked <= bombBytes || unpacked <= packed * bombRatio) return;
    throw new BrokenInput(
      `the gzip data unpacks to more than ${bombBytes} bytes at more than ${bombRatio} times its size; ` +
        "if that is meant, unpack it first and give the plain file",
    );
  };
}
