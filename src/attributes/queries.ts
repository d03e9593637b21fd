// Which statements read and write what annotators consented to be known about them?
import type { Db, Tx } from "../platform/db.js";
import type { GroupCount, PairCount } from "./attributeReport.js";

export interface AttributeRow {
  annotator: number;
  attribute: string;
  value: string;
  consent: string;
  purpose: string | null;
  grantedAt: Date;
}

const ATTRIBUTE = `p.annotator, p.attribute, p.value, p.consent, p.purpose, p.granted_at as "grantedAt"`;

/** Everything known of annotators. */
export function attributesOfAnnotators(
  tx: Tx,
  datasetId: number,
  annotators: readonly number[],
): Promise<AttributeRow[]> {
  return tx.rows<AttributeRow>(
    `/* attributesOfAnnotators */ select ${ATTRIBUTE} from annotator_attributes p
     where p.dataset_id = $1 and p.annotator = any($2::int[])`,
    [datasetId, [...annotators]],
  );
}

/** What is known of the annotators that a principal acts as, for nobody but that principal. */
export function attributesOfPrincipal(
  db: Db,
  datasetId: number,
  principalUid: string,
): Promise<Array<AttributeRow & { annotatorKey: string }>> {
  return db.rows<AttributeRow & { annotatorKey: string }>(
    `/* attributesOfPrincipal */ select t.key as "annotatorKey", ${ATTRIBUTE} from agents g
     join annotators t on t.dataset_id = $1 and t.agent = g.agent
     join annotator_attributes p on p.dataset_id = $1 and p.annotator = t.annotator
     where g.dataset_id = $1 and g.principal_uid = $2 order by t.key, p.attribute`,
    [datasetId, principalUid],
  );
}

/** People by group of each attribute that is known of anybody; null counts those of whom it is not known. */
export async function groupCounts(db: Db, datasetId: number): Promise<Map<string, GroupCount[]>> {
  const rows = await db.rows<{ attribute: string; value: string | null; count: number }>(
    `/* groupCounts */ with people as (select annotator from annotators where dataset_id = $1 and kind = 'HUMAN'),
       known as (select attribute, value, count(*) as n from annotator_attributes where dataset_id = $1 group by 1, 2)
     select attribute, value, n::int as count from known
     union all select attribute, null, ((select count(*) from people) - sum(n))::int from known group by attribute
     order by attribute, value`,
    [datasetId],
  );
  const counts = new Map<string, GroupCount[]>();
  for (const { attribute, ...group } of rows) counts.set(attribute, [...(counts.get(attribute) ?? []), group]);
  return counts;
}

/** People by the groups of two attributes; null where one is not known. */
export function pairCounts(db: Db, datasetId: number, rows: string, columns: string): Promise<PairCount[]> {
  return db.rows<PairCount>(
    `/* pairCounts */ select a.value as row, b.value as column, count(*)::int as count from annotators t
     left join annotator_attributes a on a.dataset_id = $1 and a.annotator = t.annotator and a.attribute = $2
     left join annotator_attributes b on b.dataset_id = $1 and b.annotator = t.annotator and b.attribute = $3
     where t.dataset_id = $1 and t.kind = 'HUMAN' group by 1, 2 order by 1, 2`,
    [datasetId, rows, columns],
  );
}

/**
 * The group of each annotator of whom an attribute is known, by annotator id. Only for a task that computes over many people
 * and whose answer shows none of them: nothing else may read it, and no field of the API may give it out.
 */
export async function groupsOfAnnotators(db: Db, datasetId: number, attribute: string): Promise<Map<number, string>> {
  const rows = await db.rows<{ annotator: number; value: string }>(
    `/* groupsOfAnnotators */ select annotator, value from annotator_attributes
     where dataset_id = $1 and attribute = $2 order by annotator`,
    [datasetId, attribute],
  );
  return new Map(rows.map(({ annotator, value }) => [annotator, value]));
}

export interface AttributeRequest {
  activity: number;
  commitment: Buffer;
}

/** The digests that are still there of requests about attributes of annotators: what they set could be guessed from them. */
export function attributeRequests(
  tx: Tx,
  datasetId: number,
  annotators: readonly number[],
): Promise<AttributeRequest[]> {
  return tx.rows<AttributeRequest>(
    `/* attributeRequests */ select distinct a.activity, a.request_digest as commitment from usages u
     join activities a on a.dataset_id = $1 and a.activity = u.activity and a.kind = 'ATTRIBUTES'
     join contents c on c.dataset_id = $1 and c.commitment = a.request_digest
     where u.dataset_id = $1 and u.noun = 'annotator' and u.id = any($2::int[]) order by a.activity`,
    [datasetId, [...annotators]],
  );
}

export interface AttributeToKeep {
  annotator: number;
  attribute: string;
  value: string;
}

/** What all of them share. */
export interface KeptUnder {
  consent: string;
  purpose: string | null;
  grantedAt: Date | null;
  activity: number;
}

/** Keeps values, in place of what was known; a grant without a time is of now. */
export async function keepAttributes(
  tx: Tx,
  datasetId: number,
  rows: readonly AttributeToKeep[],
  { consent, purpose, grantedAt, activity }: KeptUnder,
): Promise<void> {
  await tx.rows(
    `/* keepAttributes */ insert into annotator_attributes
       (dataset_id, annotator, attribute, value, consent, purpose, granted_at, activity)
     select $1, u.annotator, u.attribute, u.value, $5, $6, coalesce($7::timestamptz, now()), $8
     from unnest($2::int[], $3::text[], $4::text[]) u(annotator, attribute, value)
     on conflict (dataset_id, annotator, attribute) do update set value = excluded.value, consent = excluded.consent,
       purpose = excluded.purpose, granted_at = excluded.granted_at, activity = excluded.activity`,
    [
      datasetId,
      rows.map((row) => row.annotator),
      rows.map((row) => row.attribute),
      rows.map((row) => row.value),
      consent,
      purpose,
      grantedAt,
      activity,
    ],
  );
}

/** Forgets values. */
export async function forgetAttributes(
  tx: Tx,
  datasetId: number,
  rows: ReadonlyArray<{ annotator: number; attribute: string }>,
): Promise<void> {
  await tx.rows(
    `/* forgetAttributes */ delete from annotator_attributes p using unnest($2::int[], $3::text[]) u(annotator, attribute)
     where p.dataset_id = $1 and p.annotator = u.annotator and p.attribute = u.attribute`,
    [datasetId, rows.map((row) => row.annotator), rows.map((row) => row.attribute)],
  );
}
