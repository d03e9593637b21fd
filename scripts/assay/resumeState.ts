// Which calls of a file has the server acknowledged already?
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { reasonOf, usage } from "./failure.js";
import type { Problem } from "./rows.js";

/** What the server said to one call. */
export interface Acknowledged {
  chunk: number;
  items: number;
  accepted: number;
  unchanged: number;
  activity: number | null;
  replayed: boolean;
  refused: Problem[];
}

interface Header {
  assayResume: 1;
  verb: string;
  fileDigest: string;
  optionsDigest: string;
}

/** A file of JSON lines: what is being sent, then one line for each acknowledged call. Removed when all is sent. */
export class ResumeState {
  private constructor(
    private readonly path: string,
    readonly acknowledged: Map<number, Acknowledged>,
  ) {}

  /** Refuses a state of another file or other options, since its chunks are not the ones that would be skipped. */
  static async open(path: string, verb: string, fileDigest: string, optionsDigest: string): Promise<ResumeState> {
    const header: Header = { assayResume: 1, verb, fileDigest, optionsDigest };
    const text = await textOf(path);
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole === "" && JSON.stringify(header).startsWith(text)) {
      await write(path, () => writeFile(path, `${JSON.stringify(header)}\n`));
      return new ResumeState(path, new Map());
    }
    const lines = linesOf(whole, path);
    if (JSON.stringify(lines[0]) !== JSON.stringify(header)) {
      throw usage(
        `${path} is the state of another file, command or set of options; give the same ones, or remove it to begin anew`,
      );
    }
    if (whole.length < text.length) await write(path, () => writeFile(path, whole));
    const done = lines.slice(1) as Acknowledged[];
    return new ResumeState(path, new Map(done.map((each) => [each.chunk, each])));
  }

  async add(answer: Acknowledged): Promise<void> {
    this.acknowledged.set(answer.chunk, answer);
    await write(this.path, () => appendFile(this.path, `${JSON.stringify(answer)}\n`));
  }

  async finish(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw usage(`cannot read the state file ${path}: ${reasonOf(error)}`);
  }
}

/** Of whole lines: the last one may have been cut off by a crash, and its call is then sent again. */
function linesOf(whole: string, path: string): unknown[] {
  const lines = whole.split("\n").slice(0, -1);
  try {
    if (lines.length > 0) return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    // said below
  }
  throw usage(`${path} is not a state file of assay; give another --state`);
}

async function write(path: string, how: () => Promise<void>): Promise<void> {
  try {
    await how();
  } catch (error) {
    throw usage(`cannot write the state file ${path}: ${reasonOf(error)}; give another place with --state`);
  }
}
