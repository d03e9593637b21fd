// Which statements does agreement read?
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import type { Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { MomentsRow } from "./intervalAlpha.js";
import type { CountedRatings, Measured } from "./question.js";

export interface MeasuredCriterion extends Measured {
  datasetUid: string;
  /** Null where it was not asked for, or is not of this activity. */
  kept: KeptHistogram | null;
}

/** What is kept per unit, added up. */
export interface KeptHistogram {
  raters: number;
  /** Count vectors, hex of two bytes a category, and how many units have them. */
  vectors: Array<[counts: string, units: number]>;
}

const RATERS = `(select count(*) from rater_tallies t where t.dataset_id = d.dataset_id
  and t.criterion_version = v.criterion_version and t.ratings > 0)`;
/** The histogram of the kept count vectors, over d (datasets) and v (criterion_versions). */
const KEPT = `jsonb_build_object('raters', ${RATERS}, 'vectors', (
  select coalesce(jsonb_agg(jsonb_build_array(encode(h.counts, 'hex'), h.units)), '[]') from histogram h
  where h.dataset_id = d.dataset_id and h.criterion_version = v.criterion_version and h.units <> 0))`;

/**
 * A criterion's version, or its latest, as of the snapshot; null where there is none. With the kept histogram where that
 * is asked for: in the one statement that also sees whether the head still is the snapshot's activity.
 */
export async function measuredCriterion(
  db: Db,
  { datasetId, activity }: SnapshotKey,
  key: string,
  version: number | null,
  withKept: boolean,
): Promise<MeasuredCriterion | null> {
  const rows = await db.rows<MeasuredCriterion>(
    `/* measuredCriterion */ select d.uid as "datasetUid", v.criterion_version as "criterionVersion", c.key, v.version, v.level, v.categories,
       case when $5 and d.head = $3 then ${KEPT} end as kept
     from datasets d
     join criteria c on c.dataset_id = d.dataset_id and c.key = $2
     join lateral (select * from criterion_versions v where v.dataset_id = c.dataset_id and v.criterion = c.criterion
       and v.activity <= $3 and ($4::int is null or v.version = $4) order by v.version desc limit 1) v on true
     where d.dataset_id = $1`,
    [datasetId, key, activity, version, withKept],
  );
  return rows[0] ?? null;
}

/** The kept histogram of a criterion version; null where the head is not, or no longer, the snapshot's activity. */
export async function keptHistogram(
  db: Db,
  { datasetId, activity }: SnapshotKey,
  criterionVersion: number,
): Promise<KeptHistogram | null> {
  const rows = await db.rows<{ kept: KeptHistogram }>(
    `/* keptHistogram */ select ${KEPT} as kept from datasets d
     join criterion_versions v on v.dataset_id = d.dataset_id and v.criterion_version = $3
     where d.dataset_id = $1 and d.head = $2`,
    [datasetId, activity, criterionVersion],
  );
  return rows[0]?.kept ?? null;
}

/** Whether what is kept is of the snapshot's activity. */
export async function headIs(db: Db, { datasetId, activity }: SnapshotKey): Promise<boolean> {
  const rows = await db.rows(`/* headIs */ select from datasets where dataset_id = $1 and head = $2`, [
    datasetId,
    activity,
  ]);
  return rows.length > 0;
}

/** All versions of a criterion as of the snapshot, oldest first. */
export function criterionVersionsAt(db: Db, { datasetId, activity }: SnapshotKey, key: string): Promise<Measured[]> {
  return db.rows<Measured>(
    `/* criterionVersionsAt */ select v.criterion_version as "criterionVersion", c.key, v.version, v.level, v.categories
     from criteria c join criterion_versions v on v.dataset_id = c.dataset_id and v.criterion = c.criterion
     where c.dataset_id = $1 and c.key = $3 and v.activity <= $2 order by v.version`,
    [datasetId, activity, key],
  );
}

/** The criteria that exist as of the snapshot, as key@version, up to 50. */
export async function criterionNames(db: Db, { datasetId, activity }: SnapshotKey): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(
    `/* criterionNames */ select c.key || '@' || v.version as name
     from criterion_versions v join criteria c on c.dataset_id = v.dataset_id and c.criterion = v.criterion
     where v.dataset_id = $1 and v.activity <= $2 order by c.key, v.version limit 50`,
    [datasetId, activity],
  );
  return rows.map((row) => row.name);
}

/**
 * The kept moments of units of the snapshot's population, a row without n where nothing is counted; no row where the head
 * is not, or no longer, the snapshot's activity.
 */
export function headMoments(
  db: Db,
  snapshot: SnapshotKey,
  criterionVersion: number,
): Promise<Array<{ raters: number } & (MomentsRow | { n: null })>> {
  const values = new Values();
  values.add(snapshot.datasetId);
  values.add(criterionVersion);
  const head = values.add(snapshot.activity);
  return db.rowsOnce(
    `/* headMoments */ select m.*, ${RATERS} as raters
     from datasets d join criterion_versions v on v.dataset_id = d.dataset_id and v.criterion_version = $2 left join (
       select k.n, k.sum, k.sum_of_squares as "sumOfSquares", count(*)::int as units
       from tallies k join example_versions e on e.dataset_id = k.dataset_id and e.example_version = k.example_version
       where k.dataset_id = $1 and k.criterion_version = $2 and k.n > 0 and ${inSnapshot(snapshot, "e", values)}
       group by 1, 2, 3) m on true
     where d.dataset_id = $1 and d.head = ${head}`,
    values.list,
  );
}

/** The first activity that rated on a criterion version, as of the snapshot; null where none did. */
export async function firstRating(
  db: Db,
  { datasetId, activity }: SnapshotKey,
  criterionVersion: number,
): Promise<number | null> {
  const rows = await db.rows<{ activity: number }>(
    `/* firstRating */ select activity from ratings where dataset_id = $1 and criterion_version = $2 and activity <= $3
     order by activity limit 1`,
    [datasetId, criterionVersion, activity],
  );
  return rows[0]?.activity ?? null;
}

/** Whose ratings count, of how many annotators in all. */
export async function countedAnnotators(
  db: Db,
  { datasetId }: SnapshotKey,
  { annotatorKinds, annotators }: CountedRatings,
): Promise<{ counted: number[]; all: number }> {
  const rows = await db.rows<{ annotator: number; counts: boolean }>(
    `/* countedAnnotators */ select annotator, kind = any($2::text[]) and ($3::text[] is null or key = any($3)) as counts
     from annotators where dataset_id = $1`,
    [datasetId, annotatorKinds, annotators],
  );
  return { counted: rows.flatMap(({ annotator, counts }) => (counts ? [annotator] : [])), all: rows.length };
}

/** Who has a rating that counts by default, at the head. */
export async function keptRaters(db: Db, { datasetId }: SnapshotKey, criterionVersion: number): Promise<number[]> {
  const rows = await db.rows<{ annotator: number }>(
    `/* keptRaters */ select annotator from rater_tallies where dataset_id = $1 and criterion_version = $2 and ratings > 0`,
    [datasetId, criterionVersion],
  );
  return rows.map(({ annotator }) => annotator);
}
