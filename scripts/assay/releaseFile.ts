// What is wrong with an exported file of records, line by line, and what is its root?
import { readRecords } from "./readRecords.js";
import { leafOf, MerkleRoot } from "./releaseProof.js";
import { FieldProblem, problemAt, type Fields, type Problem } from "./rows.js";

export interface FileProof {
  root: string;
  records: number;
  /** Members whose text was erased since: their leaf stands in the file, and cannot be recomputed. */
  erased: number;
  splits: Record<string, number>;
  problems: Problem[];
}

const MAX_PROBLEMS = 100;

/**
 * Recomputes every leaf from the record itself. Records are ordered by the bytes of split and id. Memory does not grow
 * with the file; the first 100 problems are kept.
 */
export async function proofOfFile(path: string): Promise<FileProof> {
  const tree = new MerkleRoot();
  const proof: FileProof = { root: "", records: 0, erased: 0, splits: {}, problems: [] };
  const add = (problem: Problem) => void (proof.problems.length < MAX_PROBLEMS && proof.problems.push(problem));
  let before: Buffer | null = null;
  for await (const row of readRecords(path, { format: "jsonl" })) {
    if ("problem" in row) {
      add(row.problem);
      continue;
    }
    try {
      tree.add(checkedLeaf(row.fields));
      const order = orderOf(row.fields);
      if (before !== null && Buffer.compare(before, order) >= 0) throw new FieldProblem("id", OUT_OF_ORDER);
      before = order;
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      add(problemAt(row.place, error.field, error.reason));
    }
    if (row.fields["erased"] === true) proof.erased += 1;
    const split = String(row.fields["split"]);
    proof.splits[split] = (proof.splits[split] ?? 0) + 1;
  }
  return { ...proof, root: tree.root().toString("hex"), records: tree.count };
}

const OUT_OF_ORDER = "is out of order or there twice: records are ordered by split and id";
const HEX = /^([0-9a-f]{2})+$/;
const isLeaf = (leaf: unknown): leaf is string => typeof leaf === "string" && HEX.test(leaf) && leaf.length === 64;

function checkedLeaf(fields: Fields): Buffer {
  const { salt, leaf } = fields;
  if (fields["erased"] === true) {
    if (!isLeaf(leaf)) throw new FieldProblem("leaf", "of an erased record is not 64 hexadecimal digits");
    return Buffer.from(leaf, "hex");
  }
  if (typeof salt !== "string" || !HEX.test(salt)) {
    throw new FieldProblem("salt", "is not in hexadecimal digits; is this an export in format records?");
  }
  const computed = leafOf(fields, Buffer.from(salt, "hex"));
  if (leaf !== undefined && leaf !== computed.toString("hex")) {
    throw new FieldProblem("leaf", "is not the hash of this record: the record was changed");
  }
  return computed;
}

/** The leaf and place of each record, in file order; null where it has none. */
export async function* leavesOfFile(path: string): AsyncGenerator<{ line: number; id: string; leaf: string | null }> {
  for await (const row of readRecords(path, { format: "jsonl" })) {
    const { line } = row.place;
    if ("problem" in row) yield { line, id: "", leaf: null };
    else yield { line, id: String(row.fields["id"]), leaf: leafOrNull(row.fields) };
  }
}

function leafOrNull(fields: Fields): string | null {
  try {
    return checkedLeaf(fields).toString("hex");
  } catch {
    return null;
  }
}

function orderOf({ split, id }: Fields): Buffer {
  if (typeof split !== "string" || typeof id !== "string") throw new FieldProblem("id", "or split is not text");
  return Buffer.from(`${split}\0${id}`, "utf8");
}
