// Which statements read batches?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";

export interface BatchRow {
  datasetId: number;
  batch: number;
  key: string;
  title: string;
  /** The rules the round works under; null where it has none of its own. */
  guidelineVersionId: number | null;
  activityNumber: number;
}

const BATCH = `b.dataset_id as "datasetId", b.batch, b.key, b.title, b.guideline_version as "guidelineVersionId",
  b.activity as "activityNumber"`;

export async function batchesById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<BatchRow | null>> {
  const rows = await db.rows<BatchRow>(
    `/* batchesById */ select ${BATCH} from batches b where b.dataset_id = $1 and b.batch = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.batch);
}

export async function batchesByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<BatchRow | null>> {
  const rows = await db.rows<BatchRow>(
    `/* batchesByKey */ select ${BATCH} from batches b where b.dataset_id = $1 and b.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}

export function batchesPage(db: Db, datasetId: number, slice: Slice): Promise<BatchRow[]> {
  return db.rows<BatchRow>(
    `/* batchesPage */ select ${BATCH} from batches b
     where b.dataset_id = $1 and ${sliceById("b.batch", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function batchCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* batchCount */ select count(*) as n from (select 1 from batches where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}
