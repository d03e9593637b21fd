// Under which request key is a call sent, so that sending it again adds nothing?
import { createHash, randomUUID } from "node:crypto";
import canonicalize from "canonicalize";

/** Changed whenever the same file and options would give other items than before. */
const MAPPING_VERSION = 1;

/** A digest of everything, beside the file, that decides what is sent; absent options and their order do not matter. */
export function optionsDigest(options: Record<string, unknown>): string {
  const canonical = canonicalize({ ...options, mappingVersion: MAPPING_VERSION });
  return createHash("sha256").update(canonical!).digest("hex");
}

/** The key of one call of a file: the same file, options and place in the file give the same key on every run. */
export function chunkKey(verb: string, fileDigest: string, optionsDigestHex: string, index: number): string {
  const parts = ["assay.cli.chunk.v1", verb, fileDigest, optionsDigestHex, String(index)];
  return `cli-${verb}-${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`;
}

/** The key of a command that is one call: the same for its retries, another for the next time it is given. */
export const commandKey = (verb: string) => `cli-${verb}-${randomUUID()}`;
