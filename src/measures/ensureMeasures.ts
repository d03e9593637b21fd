// Is everything counted that can be counted of a snapshot's texts? Else it is counted now.
import type { SnapshotKey } from "../activities/snapshot.js";
import { snapshotCount } from "../examples/snapshotQueries.js";
import type { ExampleFilter } from "../examples/types.js";
import type { TaskContext } from "../platform/tasks.js";
import { measuresOf } from "./measuresOf.js";
import {
  keepMeasures,
  textsOfVersions,
  unmeasuredCount,
  unmeasuredVersions,
  type UnmeasuredVersion,
} from "./queries.js";

export interface EnsureOptions {
  /** Only what a filter leaves, prepared as tasks get it. */
  filter?: ExampleFilter | null;
  /** Where its progress begins and ends in that of the whole work; 0 and 1 where not said. */
  share?: readonly [from: number, to: number];
}

export interface Ensured {
  /** Versions in the snapshot; all but the erased ones now have a row in `measures`. */
  versions: number;
  /** How many rows were made. */
  made: number;
  /** Versions whose text was erased: they have no row. */
  erased: number;
}

const TEXTS_AT_A_TIME = 1_000;
/** Of texts as they are stored, often compressed: what is held at a time beside one text. */
const BYTES_AT_A_TIME = 4_000_000;

/**
 * Makes the rows of `measures` that a snapshot lacks, by number, some thousand texts at a time; about 0.3 ms each. To be
 * called within a task, since it computes on the thread it is called on: join `measures m on m.dataset_id = v.dataset_id
 * and m.example_version = v.example_version` afterwards; what has no row is erased. Safe to run twice at once, and beside
 * erasures: the row of a text that goes meanwhile goes with it, and counts as erased.
 */
export async function ensureMeasures(
  { db, progress }: TaskContext,
  snapshot: SnapshotKey,
  { filter = null, share = [0, 1] }: EnsureOptions = {},
): Promise<Ensured> {
  const { datasetId } = snapshot;
  const versions = await snapshotCount(db, snapshot, filter);
  const { missing } = await unmeasuredCount(db, snapshot, filter);
  const say = (done: number) =>
    progress(share[0] + ((share[1] - share[0]) * done) / Math.max(missing, 1), `measured ${done} of ${missing} texts`);
  let made = 0;
  if (missing > 0) {
    say(0);
    for await (const portion of unmeasuredVersions(db, snapshot, filter))
      for (const batch of batchesOf(portion)) {
        made += await measureBatch(db, datasetId, batch);
        say(Math.min(made, missing));
      }
  }
  const { erased } = await unmeasuredCount(db, snapshot, filter);
  return { versions, made, erased };
}

async function measureBatch(db: TaskContext["db"], datasetId: number, exampleVersions: number[]): Promise<number> {
  const texts = await textsOfVersions(db, datasetId, exampleVersions);
  const rows = texts.map(({ exampleVersion, content, text }) => ({
    exampleVersion,
    content,
    ...measuresOf(datasetId, text),
  }));
  if (rows.length > 0) await keepMeasures(db, datasetId, rows);
  return rows.length;
}

/** Versions with a text, in batches of so many and of so many bytes. */
function* batchesOf(portion: readonly UnmeasuredVersion[]): Generator<number[]> {
  let batch: number[] = [];
  let bytes = 0;
  for (const version of portion) {
    if (version.bytes === null) continue;
    if (batch.length === TEXTS_AT_A_TIME || (batch.length > 0 && bytes + version.bytes > BYTES_AT_A_TIME)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(version.exampleVersion);
    bytes += version.bytes;
  }
  if (batch.length > 0) yield batch;
}
