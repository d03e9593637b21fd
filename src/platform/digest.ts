// How are things addressed by their content?
import { createHash, hash, randomBytes } from "node:crypto";

/** SHA-256 of bytes or of UTF-8 text. */
export function sha256(data: Buffer | string): Buffer {
  return hash("sha256", data, "buffer");
}

/** SHA-256 over length-prefixed parts under a domain tag, so that different inputs cannot collide by joining. */
export function digestOf(tag: string, parts: ReadonlyArray<Buffer | string>): Buffer {
  const digest = createHash("sha256");
  for (const part of [tag, ...parts]) {
    const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(bytes.length));
    digest.update(length).update(bytes);
  }
  return digest.digest();
}

/** A salted commitment to free text: SHA-256(salt ‖ text). Deleting salt and text leaves bytes that say nothing. */
export function commit(text: string, salt: Buffer = randomBytes(16)): { commitment: Buffer; salt: Buffer } {
  return { commitment: sha256(Buffer.concat([salt, Buffer.from(text, "utf8")])), salt };
}
