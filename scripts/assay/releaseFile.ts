// What is wrong with an exported file of records, line by line, and what is its root?
import canonicalize from "canonicalize";
import { readRecords } from "./readRecords.js";
import { leafOf, MerkleRoot } from "./releaseProof.js";
import type { Fields, Problem } from "./rows.js";
import { problemAt } from "./rows.js";

export interface FileProof {
  root: string;
  records: number;
  splits: Record<string, number>;
  problems: Problem[];
}

const MAX_PROBLEMS = 100;

/** Recomputes every leaf from the record itself; a leaf that the record states must be the same. Memory does not grow with the file. */
export async function proofOfFile(path: string, onRow: () => void): Promise<FileProof> {
  const tree = new MerkleRoot();
  const splits: Record<string, number> = {};
  const problems: Problem[] = [];
  const add = (problem: Problem) => void (problems.length < MAX_PROBLEMS && problems.push(problem));
  let before: string | null = null;
  for await (const row of readRecords(path, { format: "jsonl" })) {
    onRow();
    if ("problem" in row) {
      add(row.problem);
      continue;
    }
    const reason = wrongWith(row.fields, before);
    if (reason !== null) add(problemAt(row.place, reason.field, reason.reason));
    before = orderOf(row.fields);
    const split = String(row.fields["split"]);
    splits[split] = (splits[split] ?? 0) + 1;
    tree.add(leafOf(row.fields, saltOf(row.fields)));
  }
  return { root: tree.root().toString("hex"), records: tree.count, splits, problems };
}

const saltOf = ({ salt }: Fields) => Buffer.from(typeof salt === "string" ? salt : "", "hex");

function wrongWith(fields: Fields, before: string | null): { field: string; reason: string } | null {
  if (typeof fields["salt"] !== "string" || !/^([0-9a-f]{2})+$/.test(fields["salt"])) {
    return { field: "salt", reason: "is not a salt in hexadecimal; is this an export in format RECORDS?" };
  }
  const stated = fields["leaf"];
  if (stated !== undefined && stated !== leafOf(fields, saltOf(fields)).toString("hex")) {
    return { field: "leaf", reason: "is not the hash of this record: the record was changed" };
  }
  if (before !== null && orderOf(fields) <= before) {
    return { field: "id", reason: "is out of order or there twice: records are ordered by split and id" };
  }
  return null;
}

const SPLIT_ORDER: Record<string, number> = {};
const orderOf = ({ split, id }: Fields) => canonicalize([SPLIT_ORDER[String(split)] ?? split, id])!;
