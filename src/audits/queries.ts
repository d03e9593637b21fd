// Which statements read what an audit is about, but for its examples and ratings?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Db } from "../platform/db.js";
import type { AuditedCriterion } from "./auditQuestion.js";

/** The latest version of each criterion as of the snapshot, by key. */
export function auditedCriteria(db: Db, { datasetId, activity }: SnapshotKey): Promise<AuditedCriterion[]> {
  return db.rows<AuditedCriterion>(
    `/* auditedCriteria */ select distinct on (c.key) v.criterion_version as "criterionVersion", c.key, v.version, v.level,
       v.categories, v.minimum, v.maximum
     from criteria c join criterion_versions v on v.dataset_id = c.dataset_id and v.criterion = c.criterion
     where c.dataset_id = $1 and v.activity <= $2 order by c.key, v.version desc`,
    [datasetId, activity],
  );
}

export interface ModelAnnotator {
  annotator: number;
  key: string;
}

export function modelAnnotators(db: Db, { datasetId, activity }: SnapshotKey): Promise<ModelAnnotator[]> {
  return db.rows<ModelAnnotator>(
    `/* modelAnnotators */ select annotator, key from annotators where dataset_id = $1 and kind = 'MODEL' and activity <= $2
     order by annotator`,
    [datasetId, activity],
  );
}

/** Of these annotators those that are people. */
export async function peopleAmong(db: Db, { datasetId }: SnapshotKey, annotators: Iterable<number>): Promise<number[]> {
  const rows = await db.rows<{ annotator: number }>(
    `/* peopleAmong */ select annotator from annotators where dataset_id = $1 and annotator = any($2::int[]) and kind = 'HUMAN'
     order by annotator`,
    [datasetId, [...annotators]],
  );
  return rows.map(({ annotator }) => annotator);
}

/** The lexicons that name groups of people or people, in their latest versions, as name@version. */
export async function lexiconsOfPeople(
  db: Db,
  { datasetId }: SnapshotKey,
  kinds: readonly string[],
): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(
    `/* lexiconsOfPeople */ select key || '@' || version as name from lexicon_versions
     where dataset_id = $1 and superseded_by is null and kinds ?| $2::text[] order by key`,
    [datasetId, kinds],
  );
  return rows.map(({ name }) => name);
}

/** Attributes that some annotator consented to be known. */
export async function knownAttributes(db: Db, { datasetId }: SnapshotKey): Promise<string[]> {
  const rows = await db.rows<{ attribute: string }>(
    `/* knownAttributes */ select distinct attribute from annotator_attributes where dataset_id = $1 order by attribute`,
    [datasetId],
  );
  return rows.map(({ attribute }) => attribute);
}
