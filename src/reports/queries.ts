// Which statements keep and find reports?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Db } from "../platform/db.js";

/** A kept report; null where none is. */
export async function keptReport(db: Db, datasetId: number, key: Buffer): Promise<object | null> {
  const rows = await db.rows<{ report: string }>(
    `/* keptReport */ select report from kept_reports where dataset_id = $1 and key = $2`,
    [datasetId, key],
  );
  return rows[0] ? (JSON.parse(rows[0].report) as object) : null;
}

/** Keeps it; one that is there already is the same. */
export async function keepReport(
  db: Db,
  kept: { snapshot: SnapshotKey; key: Buffer; kind: string; report: object; milliseconds: number },
): Promise<void> {
  const { snapshot, key, kind, report, milliseconds } = kept;
  await db.rows(
    `/* keepReport */ insert into kept_reports (dataset_id, key, kind, as_of, report, milliseconds)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [snapshot.datasetId, key, kind, snapshot.activity, JSON.stringify(report), milliseconds],
  );
}
