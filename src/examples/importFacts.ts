// What does the dataset know of the examples, sources, batches and annotators that a write names?
import { inSnapshot, Population } from "../activities/snapshot.js";
import type { Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { LabelInput } from "./labelRules.js";

/** The latest version of an example as a check needs it. */
export interface KnownVersion {
  externalId: string;
  example: number;
  exampleVersion: number;
  version: number;
  /** SHA-256 of the content, hex; null where it was erased. */
  hash: string | null;
  source: number;
  author: number | null;
  batch: number | null;
  language: string | null;
  /** Labels in force. */
  labels: Array<LabelInput & { label: number }>;
}

/**
 * Latest versions by external id, those that exist. Laterals with a limit on purpose: plain joins keep a plan for small
 * tables while an import fills them. 32 batches of 1,000 into fresh tables with autovacuum off took 2 to 9 ms each here, and
 * with a parent each 30 to 84 ms, the last no longer than the first (on a machine with five times as much to do as it can).
 * Ordered by a sum, which no index holds: where a few versions have most of the labels, reading all labels of the dataset in
 * the order of their numbers seemed the cheaper plan, and took 17 ms an example.
 */
export async function knownVersions(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Map<string, KnownVersion>> {
  const rows = await db.rows<KnownVersion>(
    `/* knownVersions */ select u.key as "externalId", v.example, v.example_version as "exampleVersion", v.version,
       encode(c.hash, 'hex') as hash, v.source, v.author, v.batch, v.language,
       coalesce((select json_agg(json_build_object('label', l.label, 'dimension', l.dimension, 'value', l.value,
           'method', l.method, 'confidence', l.confidence) order by l.label + 0)
         from labels l where l.dataset_id = $1 and l.example_version = v.example_version and l.superseded_by is null), '[]') as labels
     from unnest($2::text[]) u(key)
     join lateral (select x.example from examples x where x.dataset_id = $1 and x.external_id = u.key limit 1) x on true
     join lateral (select * from example_versions v
       where v.dataset_id = $1 and v.example = x.example and v.superseded_by is null limit 1) v on true
     left join lateral (select c.hash from contents c where c.dataset_id = $1 and c.commitment = v.content limit 1) c on true`,
    [datasetId, [...new Set(keys)]],
  );
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** Which of these versions are in population CURRENT now. */
export async function currentAmong(db: Db, datasetId: number, versions: readonly number[]): Promise<Set<number>> {
  if (versions.length === 0) return new Set();
  const values = new Values();
  const now = { datasetId, activity: 0x7ffffffe, population: Population.CURRENT, candidate: null };
  const rows = await db.rowsOnce<{ id: number }>(
    `/* currentAmong */ select v.example_version as id from example_versions v
     where ${inSnapshot(now, "v", values)} and v.example_version = any(${values.add([...versions])}::int[])`,
    values.list,
  );
  return new Set(rows.map((row) => row.id));
}

export interface KnownKeys {
  sources: Map<string, number>;
  batches: Map<string, number>;
  annotators: Map<string, number>;
}

/** Ids of sources, batches and annotators by key, those that exist. */
export async function knownKeys(
  db: Db,
  datasetId: number,
  keys: { sources: readonly string[]; batches: readonly string[]; annotators: readonly string[] },
): Promise<KnownKeys> {
  const rows = await db.rows<{ noun: keyof KnownKeys; key: string; id: number }>(
    `/* knownKeys */ select 'sources' as noun, key, source as id from sources where dataset_id = $1 and key = any($2::text[])
     union all select 'batches', key, batch from batches where dataset_id = $1 and key = any($3::text[])
     union all select 'annotators', key, annotator from annotators where dataset_id = $1 and key = any($4::text[])`,
    [datasetId, [...new Set(keys.sources)], [...new Set(keys.batches)], [...new Set(keys.annotators)]],
  );
  const known: KnownKeys = { sources: new Map(), batches: new Map(), annotators: new Map() };
  for (const { noun, key, id } of rows) known[noun].set(key, id);
  return known;
}
