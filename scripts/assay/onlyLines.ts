// Which lines does an `--errors` file of an earlier run name?
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { reasonOf, usage } from "./failure.js";

/** The lines, and their digest: the same lines of the same file are the same request again. */
export async function onlyLines(path: string): Promise<{ lines: Set<number>; digest: string }> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw usage(`cannot read --only ${path}: ${reasonOf(error)}`);
  });
  const lines = new Set(
    text.split("\n").flatMap((line, at) => (line.trim() === "" ? [] : [lineOf(line, path, at + 1)])),
  );
  if (lines.size === 0) throw usage(`--only ${path} names no line`);
  const sorted = [...lines].sort((a, b) => a - b);
  return { lines, digest: createHash("sha256").update(sorted.join("\n")).digest("hex") };
}

function lineOf(text: string, path: string, at: number): number {
  try {
    const { line } = JSON.parse(text) as { line?: unknown };
    if (typeof line === "number" && Number.isInteger(line)) return line;
  } catch {
    // said below
  }
  throw usage(`--only ${path}: line ${at} is not a row that --errors has written`);
}
