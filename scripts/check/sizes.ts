// Is everything small enough to read in one go?
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import type { Finding } from "./step.js";

const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 30;

/** Files over 300 lines are problems, of tests warnings; functions over 30 are warnings. */
export async function checkSizes(root: string): Promise<Finding> {
  const files = ["src", "scripts", "test"].flatMap((folder) => filesBelow(join(root, folder)));
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const name = relative(root, file);
    const lines = text.split("\n").length - 1;
    const isTest = name.startsWith("test/");
    if (lines > LONGEST_FILE)
      (isTest ? warnings : problems).push(
        `${name} has ${lines} lines; at most ${LONGEST_FILE} are taken: split it by what it says`,
      );
    if (!isTest) warnings.push(...longFunctions(name, text));
  }
  if (files.length === 0) problems.push(`no files were found below ${root}`);
  return { problems, warnings, seen: `${files.length} files` };
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function longFunctions(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const lines = lineOf(node.end) - lineOf(node.getStart(source)) + 1;
      if (lines > LONGEST_FUNCTION)
        found.push(`${name}:${lineOf(node.getStart(source))} has a function of ${lines} lines`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}
