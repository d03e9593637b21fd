// Was an audit made of exactly the example versions that are there now?
import { datasetRowsById } from "../activities/readQueries.js";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { scopeDigest } from "../examples/snapshotQueries.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Context } from "../platform/context.js";
import type { Db } from "../platform/db.js";
import { withPreparedFilter } from "../platform/filters.js";
import type { AuditRow } from "./auditQueries.js";

export interface Staleness {
  isStale: boolean;
  /** Hex. */
  scopeDigest: string;
  scopeDigestNow: string;
  snapshotNow: SnapshotKey;
}

/**
 * Against a candidate's members; or against the snapshot of the same population at the head, with the audit's filter. The
 * audit of a candidate is never stale against that candidate. A rating changes nothing; an import does. Null where there is no
 * such candidate, or it may not be seen.
 */
export async function stalenessOf(
  context: Context,
  audit: AuditRow,
  candidate: number | null,
): Promise<Staleness | null> {
  const snapshotNow = candidate === null ? await sameNow(context, audit) : await membersOf(context, audit, candidate);
  if (!snapshotNow) return null;
  const filter = candidate === null ? ((audit.question.filter as ExampleFilter | null | undefined) ?? null) : null;
  const scopeDigestNow = (await digestNow(context, snapshotNow, filter))!;
  return { isStale: scopeDigestNow !== audit.scopeDigest, scopeDigest: audit.scopeDigest, scopeDigestNow, snapshotNow };
}

/** Audits without a filter share a digest: a list of them reads the ids of a snapshot once. */
function digestNow(context: Context, snapshot: SnapshotKey, filter: ExampleFilter | null): Promise<string | null> {
  if (filter === null) return context.load(digestsOfSnapshots, snapshot.datasetId, JSON.stringify(snapshot));
  return withPreparedFilter(context, filter, snapshot, async (prepared) =>
    (await scopeDigest(context.db, snapshot, prepared)).toString("hex"),
  );
}

/** Keys are JSON of snapshots. */
async function digestsOfSnapshots(db: Db, _datasetId: number, keys: readonly string[]): Promise<string[]> {
  const digests: string[] = [];
  for (const key of keys) digests.push((await scopeDigest(db, JSON.parse(key) as SnapshotKey)).toString("hex"));
  return digests;
}

async function sameNow({ load }: Context, { datasetId, population, candidate, asOf }: AuditRow): Promise<SnapshotKey> {
  if (population === Population.RELEASE) return { datasetId, activity: asOf, population, candidate };
  const dataset = await load(datasetRowsById, 0, datasetId);
  return { datasetId, activity: dataset!.headNumber, population, candidate };
}

async function membersOf(context: Context, { datasetId }: AuditRow, candidate: number): Promise<SnapshotKey | null> {
  const dataset = await context.load(datasetRowsById, 0, datasetId);
  return snapshotAt(context, dataset!, { candidate }, null);
}
