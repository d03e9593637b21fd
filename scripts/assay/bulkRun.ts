// How does a whole file reach the server, exactly once, with every row accounted for?
import { sendChunk, type BulkVerb } from "./bulkCall.js";
import { itemsOfFile, noCounts, type RowCounts, type RowReading } from "./bulkRows.js";
import { chunksOf, oneAhead, type Chunk, type ChunkLimits } from "./chunks.js";
import type { AssayClient } from "./client.js";
import { EXIT, Failure, usage } from "./failure.js";
import { Progress } from "./progress.js";
import type { Refusals } from "./refusals.js";
import { chunkKey } from "./requestKeys.js";
import { ResumeState, type Acknowledged } from "./resumeState.js";
import type { Fields, Problem } from "./rows.js";
import { several } from "./table.js";
import type { Output } from "./world.js";

export interface BulkPlan {
  bulk: BulkVerb;
  reading: Omit<RowReading, "counts" | "onProblem">;
  /** What is the same for every call: dataset, defaults, rules; without mode. */
  fixed: Fields;
  limits: ChunkLimits;
  atomic: boolean;
  /** Digest of all that decides what is sent. */
  optionsDigest: string;
  /** Where the acknowledged calls are written down, or null. */
  statePath: string | null;
  /** What else can be wrong with the rows of an atomic file, found before anything is sent. */
  checkChunk?: (client: AssayClient, chunk: Chunk) => Promise<Problem[]>;
}

export interface BulkResult {
  rows: number;
  items: number;
  calls: number;
  skippedCalls: number;
  replayedCalls: number;
  accepted: number;
  unchanged: number;
  refused: number;
  activities: number[];
  left: Record<string, number>;
  seconds: number;
  /** Set where an atomic file was stopped: the last line that is in, null when none is. */
  stopped: { lastLineIn: number | null } | null;
}

interface Job extends BulkPlan {
  client: AssayClient;
  refusals: Refusals;
  progress: Progress;
  output: Output;
  counts: RowCounts;
  result: BulkResult;
}

/** Sends a file. Row problems go to `refusals`; only failures of the whole are thrown. */
export async function runBulk(
  plan: BulkPlan,
  client: AssayClient,
  refusals: Refusals,
  progress: Progress,
  output: Output,
): Promise<BulkResult> {
  const job: Job = { ...plan, client, refusals, progress, output, counts: noCounts(), result: emptyResult() };
  const whole = plan.atomic ? await checkAll(job) : null;
  if (refusals.count > 0 && plan.atomic) {
    job.result.stopped = { lastLineIn: null };
    return finished(job);
  }
  job.counts = noCounts();
  await sendAll(job, whole);
  return finished(job);
}

/** Reads, maps and cuts a file without sending anything. */
export async function rehearse(plan: BulkPlan, refusals: Refusals, progress: Progress, output: Output) {
  const job = { ...plan, refusals, progress, output, counts: noCounts(), result: emptyResult() } as unknown as Job;
  let first: Fields | null = null;
  for await (const chunk of chunksOf(itemsOfFile(readingOf(job, true)), plan.limits)) {
    first ??= chunk.items[0]!.item;
    job.result.calls += 1;
    progress.add(chunk.items.length);
  }
  return { ...finished(job), first };
}

/** Atomic: every row is read, mapped and checked before the first call. */
async function checkAll(job: Job): Promise<{ calls: number }> {
  let calls = 0;
  for await (const chunk of chunksOf(itemsOfFile(readingOf(job, true)), job.limits)) {
    calls += 1;
    for (const problem of (await job.checkChunk?.(job.client, chunk)) ?? []) await job.refusals.add(problem);
  }
  return { calls };
}

function readingOf(job: Job, reporting: boolean): RowReading {
  return {
    ...job.reading,
    counts: job.counts,
    read: { ...job.reading.read, onBytes: (taken) => job.progress.bytes(taken) },
    onProblem: async (problem) => {
      if (reporting) await job.refusals.add(problem);
      job.progress.add(1);
    },
  };
}

async function sendAll(job: Job, whole: { calls: number } | null): Promise<void> {
  const { reading, bulk, optionsDigest, statePath } = job;
  const state =
    statePath === null ? null : await ResumeState.open(statePath, bulk.verb, reading.file.digest, optionsDigest);
  const chunks = chunksOf(itemsOfFile(readingOf(job, !job.atomic)), job.limits);
  let lastLineIn: number | null = null;
  for await (const chunk of oneAhead(chunks)) {
    const known = state?.acknowledged.get(chunk.index);
    const answer = known ?? (await sendOne(job, chunk));
    await note(job, answer, known !== undefined);
    if (job.atomic && answer.refused.length > 0) {
      job.result.stopped = { lastLineIn };
      break;
    }
    if (known === undefined) await state?.add(answer);
    lastLineIn = chunk.items.at(-1)!.place.line;
  }
  if (job.result.stopped === null) await state?.finish();
  if (whole !== null && job.result.stopped === null && job.result.calls + job.result.skippedCalls !== whole.calls) {
    throw usage(`${reading.file.name} changed while it was being read`);
  }
}

async function sendOne(job: Job, chunk: Chunk): Promise<Acknowledged> {
  const { client, bulk, reading, optionsDigest } = job;
  const key = chunkKey(bulk.verb, reading.file.digest, optionsDigest, chunk.index);
  const fixed = { ...job.fixed, mode: job.atomic ? "ATOMIC" : "PER_ITEM" };
  try {
    return await sendChunk(client, bulk, fixed, chunk, key);
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.server)
      throw new Failure(EXIT.server, sayWhere(error, job));
    throw error;
  }
}

function sayWhere(error: Failure, { result }: Job): string {
  const done = result.calls + result.skippedCalls;
  const rest = "the same command takes it up again; what is in is not sent twice";
  return done === 0 ? error.message : `${error.message}\n  ${several(done, "call")} acknowledged before; ${rest}`;
}

async function note(job: Job, answer: Acknowledged, skipped: boolean): Promise<void> {
  const { result } = job;
  if (skipped) result.skippedCalls += 1;
  else result.calls += 1;
  if (answer.replayed) result.replayedCalls += 1;
  result.accepted += answer.accepted;
  result.unchanged += answer.unchanged;
  if (answer.activity !== null) result.activities.push(answer.activity);
  for (const problem of answer.refused) await job.refusals.add(problem);
  job.progress.add(answer.items);
}

function finished({ result, refusals, counts, progress }: Job): BulkResult {
  return {
    ...result,
    rows: counts.rows,
    items: counts.items,
    refused: refusals.count,
    left: Object.fromEntries(counts.left),
    seconds: progress.seconds,
  };
}

function emptyResult(): BulkResult {
  return {
    rows: 0,
    items: 0,
    calls: 0,
    skippedCalls: 0,
    replayedCalls: 0,
    accepted: 0,
    unchanged: 0,
    refused: 0,
    activities: [],
    left: {},
    seconds: 0,
    stopped: null,
  };
}
