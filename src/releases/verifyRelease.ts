// Does a release still hold what it was cut with? Out of the database as it is now.
import type { Db } from "../platform/db.js";
import { exportRows, type ExportRow } from "./exportQueries.js";
import { MerkleTree } from "./merkleTree.js";
import type { ReleaseRow } from "./queries.js";
import { releaseDigest } from "./releaseDigest.js";
import { isWhole, messagesOf, recordLeaf, standardRecord } from "./standardRecord.js";

export interface ReleaseVerification {
  verified: boolean;
  memberCount: number;
  /** Members whose text was erased since: their leaf counts as it was kept. */
  erasedCount: number;
  root: string;
  digest: string;
  /** The first member whose record gives another leaf. */
  firstBad: { externalId: string; position: number; message: string } | null;
}

/** Recomputes every leaf, the root and the digest, a page at a time. */
export async function verifyRelease(db: Db, datasetUid: string, release: ReleaseRow): Promise<ReleaseVerification> {
  const tree = new MerkleTree();
  let erasedCount = 0;
  let firstBad: ReleaseVerification["firstBad"] = null;
  for await (const rows of exportRows(db, release.datasetId, release.candidateId))
    for (const row of rows) {
      const leaf = leafOf(row);
      if (row.text === null) erasedCount++;
      tree.add(leaf ?? row.leaf);
      if (!leaf?.equals(row.leaf)) firstBad ??= badOf(row, leaf);
    }
  const root = tree.root();
  const digest = releaseDigest(root, datasetUid, release.selection).toString("hex");
  const whole = root.toString("hex") === release.root && digest === release.digest && tree.size === release.memberCount;
  return {
    verified: whole && firstBad === null,
    memberCount: tree.size,
    erasedCount,
    root: root.toString("hex"),
    digest,
    firstBad,
  };
}

/** The leaf that the text gives; of an erased one, the leaf that was kept; null where the text makes no record. */
function leafOf({ text, salt, facets, language, leaf }: ExportRow): Buffer | null {
  if (text === null || salt === null) return leaf;
  const messages = messagesOf(text);
  return isWhole(messages) ? recordLeaf(salt, standardRecord(facets, language, messages)) : null;
}

function badOf({ facets, position, leaf }: ExportRow, found: Buffer | null) {
  const gives = found ? `gives leaf ${found.toString("hex")}` : "makes no record";
  return {
    externalId: facets.id,
    position,
    message: `the record ${gives}; it was released with ${leaf.toString("hex")}`,
  };
}
