// Which statements read and move the log?
import type { Db, Tx } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import { inKeyOrder } from "../platform/loaders.js";
import { LIMITS } from "../platform/requestLimits.js";
import type { Outcome } from "./plan.js";
import type { Ids } from "./verb.js";

/** A dataset whose row this transaction has locked: its head and counters move in memory and are written once. */
export interface LockedDataset extends Ids {
  datasetId: number;
  uid: string;
  head: number;
  digest: Buffer;
  /** The time of this transaction's activities: never before the previous one's. */
  now: Date;
  counters: Record<string, number>;
  nextActivity: number;
}

/** Locks a dataset. "no key update", since "update" would block every insert with a foreign key to datasets. */
export async function lockDataset(tx: Tx, datasetId: number): Promise<LockedDataset> {
  const rows = await tx.rows<Omit<LockedDataset, "take" | "nextActivity">>(
    `/* lockDataset */ select dataset_id as "datasetId", uid, head, head_digest as digest, counters,
       greatest(head_at, date_trunc('milliseconds', clock_timestamp())) as now
     from datasets where dataset_id = $1 for no key update`,
    [datasetId],
  );
  const row = rows[0];
  if (!row) throw new Error(`dataset ${datasetId} does not exist`);
  return {
    ...row,
    nextActivity: row.head + 1,
    take(noun, count = 1) {
      const first = (row.counters[noun] ?? 0) + 1;
      row.counters[noun] = first + count - 1;
      return first;
    },
  };
}

/** The statement that writes what the transaction's activities made of head and counters. */
export function moveHead(locked: LockedDataset): { text: string; values: unknown[] } {
  return {
    text: `update datasets set head = $2, head_digest = $3, head_at = $4, counters = $5::jsonb where dataset_id = $1`,
    values: [locked.datasetId, locked.head, locked.digest, locked.now, JSON.stringify(locked.counters)],
  };
}

export interface Replay {
  activity: number;
  kind: string;
  /** Digest of the input, hex; null where what it brought was erased, and with it what could be guessed from. */
  requestDigest: string | null;
  outcome: Outcome;
}

/** Who acts, and what they did before with a request key: null where they have no agent, or did nothing with it. */
export interface Earlier {
  agent: number | null;
  replay: Replay | null;
}

/** Agents and earlier activities by principal and request key, in the order asked; under the lock, in one statement. */
export async function findEarlier(
  tx: Tx,
  datasetId: number,
  asked: ReadonlyArray<{ principalUid: string; requestKey: string | null }>,
): Promise<Earlier[]> {
  const rows = await tx.rows<Replay & { agent: number | null }>(
    `/* findEarlier */ select g.agent, a.activity, a.kind, c.text as "requestDigest", a.outcome
     from unnest($2::uuid[], $3::text[]) with ordinality u(uid, key, i)
     left join lateral (select agent from agents g where g.dataset_id = $1 and g.principal_uid = u.uid limit 1) g on true
     left join lateral (select activity, kind, outcome, request_digest from activities a
       where a.dataset_id = $1 and a.agent = g.agent and a.request_key = u.key limit 1) a on true
     left join lateral (select text from contents c where c.dataset_id = $1 and c.commitment = a.request_digest limit 1) c on true
     order by u.i`,
    [datasetId, asked.map((a) => a.principalUid), asked.map((a) => a.requestKey)],
  );
  return rows.map(({ agent, ...replay }) => ({ agent, replay: replay.activity === null ? null : replay }));
}

/** Deletes contents; a trigger refuses any that no erasure names. */
export async function deleteContents(tx: Tx, datasetId: number, commitments: readonly Buffer[]): Promise<void> {
  await tx.rows(`/* deleteContents */ delete from contents where dataset_id = $1 and commitment = any($2::bytea[])`, [
    datasetId,
    [...commitments],
  ]);
}

/** Texts by commitment (hex); null where erased. Refused where they are too many to be held in memory at once. */
export async function textsByCommitment(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<string | null>> {
  const max = LIMITS.textBytes;
  const rows = await db.rows<{ key: string; text: string; bytes: number }>(
    `/* textsByCommitment */ select encode(commitment, 'hex') as key, case when bytes <= $3 then text end as text, bytes
     from (select commitment, text, sum(octet_length(text)) over () as bytes from contents
           where dataset_id = $1 and commitment = any($2::bytea[])) asked`,
    [datasetId, keys.map((key) => Buffer.from(key, "hex")), max],
  );
  const requested = rows[0]?.bytes ?? 0;
  if (requested > max)
    throw refusal("QUERY_TOO_COMPLEX", `the texts have ${requested} bytes, at most ${max} are read; ask for fewer`, {
      limit: "textBytes",
      requested,
      max,
    });
  return inKeyOrder(keys, rows, (row) => row.key).map((row) => row?.text ?? null);
}

export interface DatasetRow {
  datasetId: number;
  uid: string;
  slug: string;
  title: string;
  head: number;
}
const DATASET = `dataset_id as "datasetId", uid, slug, title, head`;

export async function datasetBySlug(db: Db, slug: string): Promise<DatasetRow | null> {
  const rows = await db.rows<DatasetRow>(`/* datasetBySlug */ select ${DATASET} from datasets where slug = $1`, [slug]);
  return rows[0] ?? null;
}

export async function datasetById(db: Db, datasetId: number): Promise<DatasetRow | null> {
  const rows = await db.rows<DatasetRow>(`/* datasetById */ select ${DATASET} from datasets where dataset_id = $1`, [
    datasetId,
  ]);
  return rows[0] ?? null;
}

export async function datasetByUid(db: Db, uid: string): Promise<DatasetRow | null> {
  const rows = await db.rows<DatasetRow>(`/* datasetByUid */ select ${DATASET} from datasets where uid = $1`, [uid]);
  return rows[0] ?? null;
}

/** Datasets by uid, for ids that name theirs; the instance stands in for the dataset that batch reads are of. */
export async function datasetsByUid(
  db: Db,
  _instance: number,
  uids: readonly string[],
): Promise<Array<DatasetRow | null>> {
  const rows = await db.rows<DatasetRow>(
    `/* datasetsByUid */ select ${DATASET} from datasets where uid = any($1::uuid[])`,
    [[...uids]],
  );
  return inKeyOrder(uids, rows, (row) => row.uid);
}

/** Whether this principal's request key was used in the dataset before: then the heavy work need not be done again. */
export async function requestKnown(
  db: Db,
  datasetId: number,
  principalUid: string,
  requestKey: string | null,
): Promise<boolean> {
  if (requestKey === null || !/^[\x21-\x7e]+$/.test(requestKey)) return false;
  const rows = await db.rows(
    `/* requestKnown */ select 1 from agents g join activities a on a.dataset_id = g.dataset_id and a.agent = g.agent
     where g.dataset_id = $1 and g.principal_uid = $2 and a.request_key = $3`,
    [datasetId, principalUid, requestKey],
  );
  return rows.length > 0;
}
