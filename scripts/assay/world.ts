// What does the command line touch outside itself, and in which words does it answer?
import type { Readable, Writable } from "node:stream";
import { visible } from "./table.js";

/** Everything a command reads or writes; tests give their own. */
export interface World {
  env: Record<string, string | undefined>;
  stdin: Readable;
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
  fetch: typeof fetch;
  sleep: (milliseconds: number) => Promise<void>;
  now: () => number;
}

/** Under `--json` stdout carries machine output and nothing else. */
export class Output {
  constructor(
    private readonly world: World,
    readonly json: boolean,
  ) {}

  /** The answer: the value under `--json`, else the lines for people. */
  answer(value: unknown, lines: () => string[]): void {
    if (this.json) this.world.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    else for (const line of lines()) this.world.stdout.write(`${line}\n`);
  }

  /** One item of a stream of answers: a JSON line, or a line for people. */
  item(value: unknown, line: () => string): void {
    this.world.stdout.write(`${this.json ? JSON.stringify(value) : line()}\n`);
  }

  /** Diagnostics go to stderr; what came from files or the server cannot move the terminal. */
  say(line: string): void {
    this.world.stderr.write(`${visible(line)}\n`);
  }
}
