// Where does the caller read which rows were not taken?
import { open, type FileHandle } from "node:fs/promises";
import { reasonOf, usage } from "./failure.js";
import type { Problem } from "./rows.js";
import type { Output } from "./world.js";

const SHOWN = 200;
const KEPT = 1_000;

/** Counts every problem, prints the first 200, keeps the first 1,000 for `--json`, and writes all of them to `--errors`. */
export class Refusals {
  count = 0;
  readonly kept: Problem[] = [];
  private pending: string[] = [];

  private constructor(
    private readonly output: Output,
    private readonly beforePrinting: () => void,
    private readonly file: FileHandle | null,
  ) {}

  static async open(output: Output, path: string | undefined, beforePrinting: () => void): Promise<Refusals> {
    try {
      return new Refusals(output, beforePrinting, path === undefined ? null : await open(path, "w"));
    } catch (error) {
      throw usage(`cannot write --errors ${path}: ${reasonOf(error)}`);
    }
  }

  async add(problem: Problem): Promise<void> {
    this.count += 1;
    if (this.kept.length < KEPT) this.kept.push(problem);
    if (this.file !== null) this.pending.push(`${JSON.stringify(problem)}\n`);
    if (this.pending.length >= 100) await this.flush();
    if (this.output.json || this.count > SHOWN) return;
    this.beforePrinting();
    this.output.say(lineOf(problem));
  }

  async close(): Promise<void> {
    await this.flush();
    await this.file?.close();
    if (!this.output.json && this.count > SHOWN) {
      const where = this.file === null ? "; --errors FILE writes all of them" : "";
      this.output.say(`… and ${this.count - SHOWN} more${where}`);
    }
  }

  private async flush(): Promise<void> {
    if (this.pending.length > 0) await this.file?.write(this.pending.splice(0).join(""));
  }
}

/** `file:line field: reason` */
export function lineOf({ file, line, field, reason }: Problem): string {
  return `${file}:${line}${field === null ? "" : ` ${field}`}: ${reason}`;
}
