// Does an exported file of records hold what a release says it holds? Pure: needs no server and no database.
import canonicalize from "canonicalize";
import { MerkleTree } from "./merkleTree.js";
import { recordLeaf } from "./standardRecord.js";

export interface BadRecord {
  /** The line's number, from 1. */
  line: number;
  id: string | null;
  message: string;
}

export interface VerifiedRecords {
  memberCount: number;
  /** Members whose text was erased since: their leaf stands in the file, and is not recomputed. */
  erasedCount: number;
  /** RFC 6962 root over the lines' leaves, hex. */
  root: string;
  /** The first line that is no record, or out of order. */
  firstBad: BadRecord | null;
}

/** Recomputes every leaf and the root of an export in format RECORDS, line by line. Compare the root with the release's. */
export async function verifyRecords(lines: AsyncIterable<string> | Iterable<string>): Promise<VerifiedRecords> {
  const tree = new MerkleTree();
  const result: VerifiedRecords = { memberCount: 0, erasedCount: 0, root: "", firstBad: null };
  let previous: Buffer | null = null;
  for await (const line of lines) {
    if (line === "") continue;
    const read = readLine(line);
    result.memberCount++;
    if (typeof read === "string") {
      result.firstBad ??= { line: result.memberCount, id: null, message: read };
      continue;
    }
    tree.add(read.leaf);
    if (read.erased) result.erasedCount++;
    if (previous && Buffer.compare(previous, read.order) >= 0)
      result.firstBad ??= {
        line: result.memberCount,
        id: read.id,
        message: "does not follow the line before it in the order of split and id",
      };
    previous = read.order;
  }
  result.root = tree.root().toString("hex");
  return result;
}

interface ReadRecord {
  id: string;
  order: Buffer;
  leaf: Buffer;
  erased: boolean;
}

/** A line as a leaf, or why it is none. */
function readLine(line: string): ReadRecord | string {
  const value = parse(line);
  if (!value || typeof value.id !== "string" || typeof value.split !== "string")
    return "is no JSON object with id and split";
  if (canonicalize(value) !== line) return "is not in the canonical form of RFC 8785";
  const { id, split, salt, ...rest } = value as Record<string, unknown> & { id: string; split: string };
  const order = Buffer.from(`${split}\0${id}`, "utf8");
  if (rest.erased === true)
    return isHex(rest.leaf, 32)
      ? { id, order, leaf: Buffer.from(rest.leaf, "hex"), erased: true }
      : "is erased, but has no leaf of 32 bytes";
  if (!isHex(salt)) return "has no salt in hexadecimal digits";
  return { id, order, leaf: recordLeaf(Buffer.from(salt, "hex"), { id, split, ...rest }), erased: false };
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function isHex(text: unknown, bytes?: number): text is string {
  return (
    typeof text === "string" && /^([0-9a-f]{2})+$/.test(text) && (bytes === undefined || text.length === bytes * 2)
  );
}
