// Which statement reads a release's standing for changing it?
import type { Db } from "../platform/db.js";
import type { ReleaseStatus } from "./queries.js";

export interface StatusRow {
  release: number;
  releaseStatus: number;
  status: ReleaseStatus;
  reason: string | null;
}

/** The standing in force of a release; null where there is no such release. */
export async function statusByVersion(db: Db, datasetId: number, version: string): Promise<StatusRow | null> {
  if (!version.isWellFormed() || version.includes("\0")) return null;
  const rows = await db.rows<StatusRow>(
    `/* statusByVersion */ select r.release, st.release_status as "releaseStatus", st.status, st.reason from releases r
     join release_statuses st on st.dataset_id = r.dataset_id and st.release = r.release and st.superseded_by is null
     where r.dataset_id = $1 and r.version = $2`,
    [datasetId, version],
  );
  return rows[0] ?? null;
}
