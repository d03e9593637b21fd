// Does a file of records have the root that a release published?
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Fields } from "./rows.js";

const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** SHA-256(0x00 ‖ salt ‖ RFC 8785 record without salt and leaf). */
export function leafOf(record: Fields, salt: Buffer): Buffer {
  const { salt: _salt, leaf: _leaf, ...covered } = record;
  return sha256(Buffer.of(0x00), salt, canonicalize(covered)!);
}

/** The RFC 6962 root over leaves in order, holding one hash for each bit of their number. */
export class MerkleRoot {
  /** Roots of whole subtrees, largest first, with the number of leaves each covers. */
  private peaks: { size: number; hash: Buffer }[] = [];
  count = 0;

  add(leaf: Buffer): void {
    this.count += 1;
    let peak = { size: 1, hash: leaf };
    while (this.peaks.at(-1)?.size === peak.size) {
      const left = this.peaks.pop()!;
      peak = { size: left.size + peak.size, hash: nodeOf(left.hash, peak.hash) };
    }
    this.peaks.push(peak);
  }

  /** The empty tree's root is SHA-256 of nothing. */
  root(): Buffer {
    const hashes = this.peaks.map(({ hash }) => hash);
    return hashes.length === 0 ? sha256("") : hashes.reduceRight((right, left) => nodeOf(left, right));
  }
}

const nodeOf = (left: Buffer, right: Buffer) => sha256(Buffer.of(0x01), left, right);

/** SHA-256 over the tag and the parts, each preceded by its length in eight bytes. */
export function releaseDigest(root: Buffer, datasetUid: string, selection: unknown): Buffer {
  const parts = ["assay.release.v1", root, datasetUid, canonicalize(selection)!].map((part) =>
    Buffer.from(part as string),
  );
  return sha256(...parts.flatMap((part) => [lengthOf(part), part]));
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(part.length));
  return length;
}
