// What is a step of the check, and what does it find?
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../src/platform/packageRoot.js";

export const ROOT = fileURLToPath(packageRoot());

export interface Finding {
  /** What is wrong, a line each; none when all is well. */
  problems: string[];
  /** What was seen, in a few words. */
  seen: string;
  /** Things to look at that fail nothing. */
  warnings?: string[];
  /** Where a step counts for more than one. */
  counts?: { passed: number; failed: number };
}

export interface Step {
  name: string;
  /** The one command that repairs what the step finds, or says where to look. */
  repair: string;
  run(): Promise<Finding>;
}

export interface Run {
  code: number;
  output: string;
}

/** Runs a program of node_modules/.bin, or node itself, in the package; nothing is read from standard input. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; show?: boolean } = {},
): Promise<Run> {
  const path = program === "node" ? process.execPath : `${ROOT}node_modules/.bin/${program}`;
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { cwd: options.cwd ?? ROOT, stdio: ["ignore", "pipe", "pipe"], env: process.env });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (options.show) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A step that passes when a program ends well; what it printed is the problem when not. */
export function programStep(name: string, repair: string, program: string, args: readonly string[]): Step {
  return {
    name,
    repair,
    async run() {
      const { code, output } = await run(program, args);
      return { problems: code === 0 ? [] : [output.trim()], seen: program };
    },
  };
}
