// What is the RFC 6962 root over leaves, and how is one shown to be under it? Pure.
import { hash } from "node:crypto";

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

const sha256 = (...parts: Buffer[]): Buffer => hash("sha256", Buffer.concat(parts), "buffer");

/** H(0x00 ‖ data). */
export function leafHash(...data: Buffer[]): Buffer {
  return sha256(LEAF, ...data);
}

/** H(0x01 ‖ left ‖ right). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(NODE, left, right);
}

/** A tree that grows leaf by leaf and keeps only the roots of its complete subtrees: log₂ n hashes. */
export class MerkleTree {
  /** Roots of complete subtrees, largest first; their sizes are the binary digits of size. */
  private readonly peaks: Buffer[] = [];
  size = 0;

  add(leaf: Buffer): void {
    let peak = leaf;
    for (let carry = this.size; carry % 2 === 1; carry = Math.floor(carry / 2))
      peak = nodeHash(this.peaks.pop()!, peak);
    this.peaks.push(peak);
    this.size++;
  }

  /** The root over the leaves so far; of none, H(""). */
  root(): Buffer {
    if (this.peaks.length === 0) return sha256();
    return this.peaks.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The root over leaf hashes in their order. */
export function merkleRoot(leaves: Iterable<Buffer>): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** RFC 6962 §2.1.1: the hashes that lead from leaf number index (from 0) to the root, nearest first. */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`leaf ${index} is not among ${leaves.length}`);
  const path: Buffer[] = [];
  let level = [...leaves];
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling) path.push(sibling);
    level = levelAbove(level);
  }
  return path;
}

/** Pairs joined; an odd one at the end rises as it is. */
function levelAbove(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let i = 0; i < level.length; i += 2)
    above.push(i + 1 < level.length ? nodeHash(level[i]!, level[i + 1]!) : level[i]!);
  return above;
}

/** RFC 9162 §2.1.3.2: the root that a leaf, its number, the tree's size and a path give; null where the path does not fit. */
export function rootOfInclusion(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | null {
  if (index < 0 || index >= size) return null;
  let root = leaf;
  let at = index;
  let last = size - 1;
  for (const sibling of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = nodeHash(sibling, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else root = nodeHash(root, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}
