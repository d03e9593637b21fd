// Which text do the bytes of one line stand for?
import { problemAt, type Place, type Problem } from "./rows.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text, or why there is none: bytes that are not UTF-8 are never replaced. */
export function decodeLine(bytes: Buffer): string | { reason: string } {
  try {
    return utf8.decode(bytes);
  } catch {
    return { reason: `is not valid UTF-8 (byte ${firstBadByte(bytes) + 1} of the line)` };
  }
}

export function tooLong(place: Place, length: number, limit: number): Problem {
  return problemAt(place, null, `the line has ${length} bytes, more than the limit of ${limit}`);
}

// Decoding with replacement and encoding again keeps every byte up to the first bad one.
function firstBadByte(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString("utf8"), "utf8");
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at += 1;
  return at;
}
