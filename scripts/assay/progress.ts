// How far is a long job, how fast does it go, and how long will it take?
import { count } from "./table.js";
import type { World } from "./world.js";

const TTY_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5_000;
const BAR_WIDTH = 24;

/** A bar on a terminal, a line every five seconds elsewhere, nothing where silent. Progress is measured in input bytes. */
export class Progress {
  private readonly startedAt: number;
  private shownAt: number;
  private taken = 0;
  private rows = 0;

  constructor(
    private readonly world: World,
    private readonly totalBytes: number,
    private readonly silent: boolean,
  ) {
    this.startedAt = world.now();
    this.shownAt = this.startedAt;
  }

  get seconds(): number {
    return Math.max(0.001, (this.world.now() - this.startedAt) / 1000);
  }

  bytes(taken: number): void {
    this.taken = taken;
  }

  /** So many more rows have been dealt with. */
  add(rows: number): void {
    this.rows += rows;
    const every = this.world.stderr.isTTY ? TTY_EVERY_MS : PLAIN_EVERY_MS;
    if (this.silent || this.world.now() - this.shownAt < every) return;
    this.shownAt = this.world.now();
    if (this.world.stderr.isTTY) this.world.stderr.write(`\r\x1b[2K${this.line(true)}`);
    else this.world.stderr.write(`${this.line(false)}\n`);
  }

  /** Takes the bar away, so that other lines can be written. */
  clear(): void {
    if (!this.silent && this.world.stderr.isTTY) this.world.stderr.write("\r\x1b[2K");
  }

  private line(withBar: boolean): string {
    const part = this.totalBytes === 0 ? 1 : Math.min(1, this.taken / this.totalBytes);
    const filled = Math.round(part * BAR_WIDTH);
    const bar = withBar ? `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ` : "";
    const rate = count(Math.round(this.rows / this.seconds));
    const left = part > 0 ? timeOf((this.seconds / part) * (1 - part)) : "?";
    return `${bar}${(part * 100).toFixed(0)}%  ${count(this.rows)} rows  ${rate} rows/s  ${left} left`;
  }
}

export function timeOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
