// Are a snapshot's texts measured, so that one can be looked up among them?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { ensureMeasures } from "../measures/ensureMeasures.js";
import { METHOD } from "../measures/measuresOf.js";
import { unmeasuredCount } from "../measures/queries.js";
import type { Database, Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import type { Reach } from "../platform/filters.js";
import { defineTask, type TaskContext } from "../platform/tasks.js";

/** So many texts are measured while a request waits: some tenths of a second. */
export const MOST_MEASURED_WAITING = 2_000;

const measureTask = defineTask("measureTexts", (context: TaskContext, snapshot: SnapshotKey) =>
  ensureMeasures(context, snapshot),
);

/** Of each dataset of a database the activity up to which this process has seen every version measured. */
const seen = new WeakMap<Database, Map<number, number>>();

function measuredUpTo(db: Database): Map<number, number> {
  let known = seen.get(db);
  if (!known) seen.set(db, (known = new Map()));
  return known;
}

/**
 * Measures what is missing where it is little; throws BAD_USER_INPUT with how many are missing where it is much. What was
 * seen measured once is not looked for again: a look over a million versions takes half a second.
 */
export async function measuredFirst(reach: Reach, snapshot: SnapshotKey): Promise<void> {
  const { datasetId, activity } = snapshot;
  const upTo = measuredUpTo(reach.db);
  const known = upTo.get(datasetId) ?? 0;
  if (activity <= known) return;
  if (known > 0) {
    const added = await unmeasuredSince(reach.db, snapshot, known);
    if (added === 0) return void upTo.set(datasetId, activity);
    if (added <= MOST_MEASURED_WAITING) return measureAll(reach, snapshot);
  }
  const all = await unmeasuredCount(reach.db, { ...snapshot, population: Population.ALL_VERSIONS });
  if (all.missing <= MOST_MEASURED_WAITING) return measureAll(reach, snapshot);
  const { missing } = await unmeasuredCount(reach.db, snapshot);
  if (missing === 0) return;
  if (missing > MOST_MEASURED_WAITING) throw tooManyMissing(missing);
  await reach.tasks.run(measureTask, snapshot);
}

async function measureAll({ db, tasks }: Reach, snapshot: SnapshotKey): Promise<void> {
  const { datasetId, activity } = snapshot;
  const upTo = measuredUpTo(db);
  await tasks.run(measureTask, { ...snapshot, population: Population.ALL_VERSIONS, candidate: null });
  upTo.set(datasetId, Math.max(activity, upTo.get(datasetId) ?? 0));
}

/** Versions that came after an activity and have a text without measures. */
async function unmeasuredSince(db: Db, { datasetId, activity }: SnapshotKey, known: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* unmeasuredSince */ select count(*) as n from example_versions v
     join contents c on c.dataset_id = v.dataset_id and c.commitment = v.content
     where v.dataset_id = $1 and v.activity > $2 and v.activity <= $3 and not exists (
       select from measures m where m.dataset_id = v.dataset_id and m.example_version = v.example_version and m.method = $4)`,
    [datasetId, known, activity, METHOD],
  );
  return rows[0]!.n;
}

function tooManyMissing(missing: number) {
  const message =
    `${missing} texts of the snapshot are not measured yet, and at most ${MOST_MEASURED_WAITING} are while a request waits; ` +
    `start computeDuplicates on it, wait for the job, and ask again`;
  return refusal("BAD_USER_INPUT", message, { missing });
}
