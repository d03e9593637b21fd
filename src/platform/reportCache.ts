// Which reports need not be computed again?
import { LRUCache } from "lru-cache";

/** What a computed thing weighs: the rows it holds. */
export type Weigh<Report> = (report: Report) => number;

/**
 * Keeps what was computed, for ever as far as truth goes (a number on a snapshot does not change) and as long as there is
 * room: the least recently used go first. Who asks while a computation runs shares it; a failed one is dropped.
 */
export class ReportCache<Report extends object> {
  private readonly reports: LRUCache<string, { report: Promise<Report> }>;

  /** `mostRows` bounds the rows of all reports together. */
  constructor(
    mostRows: number,
    private readonly weigh: Weigh<Report>,
  ) {
    this.reports = new LRUCache({ maxSize: mostRows });
  }

  get(key: string, compute: () => Promise<Report>): { report: Promise<Report>; hit: boolean } {
    const kept = this.reports.get(key);
    if (kept) return { report: kept.report, hit: true };
    const report = compute();
    this.reports.set(key, { report }, { size: 1 });
    report.then(
      (computed) => this.settle(key, report, this.weigh(computed)),
      () => this.settle(key, report, null),
    );
    return { report, hit: false };
  }

  /** Takes the true weight, or drops what failed or is too large; unless another has taken the place. */
  private settle(key: string, report: Promise<Report>, size: number | null): void {
    if (this.reports.peek(key)?.report !== report) return;
    if (size === null || size > this.reports.maxSize) this.reports.delete(key);
    else this.reports.set(key, { report }, { size: Math.max(size, 1) });
  }
}
