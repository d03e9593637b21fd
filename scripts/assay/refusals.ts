// Where does the caller read which rows were not taken?
import { open, type FileHandle } from "node:fs/promises";
import { reasonOf, usage } from "./failure.js";
import type { Problem } from "./rows.js";
import { count } from "./table.js";
import type { Output } from "./world.js";

const SHOWN = 200;
const ALIKE = 10;
const REASONS = 1_000;
const KEPT = 1_000;

/** Counts every problem, prints the first 200 and of those that are alike 10, keeps the first 1,000 for `--json`, and writes all of them to `--errors`. */
export class Refusals {
  count = 0;
  readonly kept: Problem[] = [];
  private pending: string[] = [];
  private shown = 0;
  private readonly alike = new Map<string, number>();

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
    if (this.output.json || !this.tellsMore(problem)) return;
    this.shown += 1;
    this.beforePrinting();
    this.output.say(lineOf(problem));
  }

  /** One wrong name refuses every row; ten lines say so as well as ten thousand. */
  private tellsMore(problem: Problem): boolean {
    const words = saidOf(problem);
    const before = this.alike.get(words) ?? 0;
    if (before > 0 || this.alike.size < REASONS) this.alike.set(words, before + 1);
    return before < ALIKE && this.shown < SHOWN;
  }

  async close(): Promise<void> {
    await this.flush().finally(() => this.file?.close());
    if (this.output.json || this.count === this.shown) return;
    const where = this.file === null ? "; --errors FILE writes all of them" : "";
    this.output.say(`… and ${count(this.count - this.shown)} more${where}`);
    const most = [...this.alike].filter(([, times]) => times > ALIKE).sort(([, a], [, b]) => b - a);
    for (const [words, times] of most.slice(0, ALIKE)) this.output.say(`${count(times)} times in all: ${words}`);
  }

  private async flush(): Promise<void> {
    if (this.pending.length > 0) await this.file?.write(this.pending.splice(0).join(""));
  }
}

/** `file:line field: reason` */
export function lineOf(problem: Problem): string {
  return `${problem.file}:${problem.line}${problem.field === null ? ":" : ""} ${saidOf(problem)}`;
}

const saidOf = ({ field, reason }: Problem) => (field === null ? reason : `${field}: ${reason}`);
