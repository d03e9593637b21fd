// What is a report on a snapshot: as it was computed before, or computed now?
import canonicalize from "canonicalize";
import type { SnapshotKey } from "../activities/snapshot.js";
import { sha256 } from "../platform/digest.js";
import { withPreparedFilter, type Reach } from "../platform/filters.js";
import { ReportCache } from "../platform/reportCache.js";
import type { Task, TaskOptions, Tasks } from "../platform/tasks.js";
import { keepReport, keptReport } from "./queries.js";

/** A kind of report: what computes it, and what is quick enough to be computed where it is asked for. */
export interface ReportKind<Question, Report extends object> {
  name: string;
  /** Changes whenever the same question on the same snapshot could get another report. */
  method: string;
  task: Task<ReportWork<Question>, Report>;
  /** How many rows of answers it holds, for the cache. */
  weigh(report: Report): number;
}

/** All that decides what a report says. Equal as JSON, equal in their report. */
export interface ReportAsked<Question> {
  snapshot: SnapshotKey;
  question: Question;
}

/** What its task gets: a filter in the question is prepared. */
export interface ReportWork<Question> extends ReportAsked<Question> {
  /** Of the report, hex: for what a task keeps beside it. */
  key: string;
}

export interface Found<Report> {
  report: Report;
  /** The same for the same question, for ever: cursors into the report carry it. */
  key: string;
  cache: "HIT" | "MISS";
}

/** About 50 MB of reports in a process. */
const MOST_CACHED_ROWS = 100_000;
/** What took less is quicker computed again than read. */
const WORTH_KEEPING_MILLISECONDS = 250;

const cache = new ReportCache<{ report: object; weight: number }>(MOST_CACHED_ROWS, ({ weight }) => weight);

const kinds = new Map<string, ReportKind<never, object>>();

/** Jobs find a kind by its name. */
export function registerReport<Question, Report extends object>(
  kind: ReportKind<Question, Report>,
): ReportKind<Question, Report> {
  kinds.set(kind.name, kind as never);
  return kind;
}

export function reportKind(name: string): ReportKind<unknown, object> {
  const kind = kinds.get(name);
  if (!kind) throw new Error(`no report is called ${name}`);
  return kind as never;
}

/**
 * SHA-256 of what decides a report. Everyone who may read a kind of report of a dataset reads it over all its rows, so the
 * dataset is the whole permission scope.
 */
export function reportKeyOf<Question>(
  kind: ReportKind<Question, object>,
  datasetUid: string,
  { snapshot, question }: ReportAsked<Question>,
): Buffer {
  const { activity, population, candidate } = snapshot;
  const asked = { datasetUid, activity, population, candidate, question, kind: kind.name, method: kind.method };
  return sha256(canonicalize(asked)!);
}

/**
 * The report, from memory, from the database, or computed. `quick` may answer where it needs no long work: null where it
 * does not. Who asks while it is computed shares it.
 */
export async function findReport<Question, Report extends object>(
  reach: Reach,
  kind: ReportKind<Question, Report>,
  datasetUid: string,
  asked: ReportAsked<Question>,
  quick: () => Promise<Report | null> = async () => null,
): Promise<Found<Report>> {
  const key = reportKeyOf(kind, datasetUid, asked);
  let fresh = false;
  const { report, hit } = cache.get(key.toString("base64url"), async () => {
    const quickly = await quick();
    const found = quickly ?? ((await keptReport(reach.db, asked.snapshot.datasetId, key)) as Report | null);
    fresh = quickly !== null || found === null;
    const computed = found ?? (await computeReport(reach, kind, key, asked));
    return { report: computed, weight: kind.weigh(computed) };
  });
  const answer = (await report).report as Report;
  return { report: answer, key: key.toString("base64url"), cache: hit || !fresh ? "HIT" : "MISS" };
}

/** Computes a report, and keeps it where that took long. */
export async function computeReport<Question, Report extends object>(
  { db, tasks }: Reach,
  kind: ReportKind<Question, Report>,
  key: Buffer,
  asked: ReportAsked<Question>,
  options: TaskOptions & { keep?: boolean } = {},
): Promise<Report> {
  const began = performance.now();
  const report = await runTask({ db, tasks }, kind, key, asked, options);
  const milliseconds = performance.now() - began;
  if (options.keep || milliseconds >= WORTH_KEEPING_MILLISECONDS)
    await keepReport(db, { snapshot: asked.snapshot, key, kind: kind.name, report, milliseconds });
  return report;
}

/** A filter is prepared first, where tasks are run from: what that computes is a task of its own. */
function runTask<Question, Report extends object>(
  { db, tasks }: Reach,
  { task }: ReportKind<Question, Report>,
  key: Buffer,
  { snapshot, question }: ReportAsked<Question>,
  options: TaskOptions,
): Promise<Report> {
  const { filter = null } = question as { filter?: object | null };
  const { signal } = options;
  const stoppable: Tasks = { ...tasks, run: (before, args) => tasks.run(before, args, { signal }) };
  return withPreparedFilter({ db, tasks: stoppable }, filter, snapshot, (prepared) => {
    const ready = filter === null ? question : { ...question, filter: prepared };
    return tasks.run(task, { snapshot, question: ready, key: key.toString("hex") }, options);
  });
}
