// How is one record shown to be in a release, without the others?
import type { Db } from "../platform/db.js";
import { askable } from "../platform/soundText.js";
import { inclusionProof, rootOfInclusion } from "./merkleTree.js";

export interface ProvedInclusion {
  position: number;
  size: number;
  leaf: string;
  path: string[];
  root: string;
}

/** RFC 6962's audit path of an example's record; null where the example is no member. */
export async function proveInclusion(
  db: Db,
  datasetId: number,
  candidate: number,
  externalId: string,
): Promise<ProvedInclusion | null> {
  const rows = await db.rows<{ position: number }>(
    `/* memberPosition */ select m.position from examples x
     join example_versions v on v.dataset_id = x.dataset_id and v.example = x.example
     join candidate_members m on m.dataset_id = v.dataset_id and m.example_version = v.example_version
     where x.dataset_id = $1 and x.external_id = any($2::text[]) and m.candidate = $3`,
    [datasetId, askable([externalId]), candidate],
  );
  const position = rows[0]?.position;
  if (position === undefined) return null;
  const leaves = await leavesOf(db, datasetId, candidate);
  const path = inclusionProof(leaves, position);
  const leaf = leaves[position]!;
  const root = rootOfInclusion(leaf, position, leaves.length, path)!;
  return { position, size: leaves.length, leaf: hex(leaf), path: path.map(hex), root: hex(root) };
}

const hex = (bytes: Buffer): string => bytes.toString("hex");

async function leavesOf(db: Db, datasetId: number, candidate: number): Promise<Buffer[]> {
  const rows = await db.rows<{ leaf: Buffer }>(
    `/* leaves */ select m.leaf from candidate_members m where m.dataset_id = $1 and m.candidate = $2 order by m.position`,
    [datasetId, candidate],
  );
  return rows.map((row) => row.leaf);
}
