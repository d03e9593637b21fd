// Which statements does agreement read?
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import type { MeasurementLevel } from "../guidelines/tables.js";
import type { Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { Value } from "../statistics/ratingPatterns.js";
import type { MomentsRow } from "./intervalAlpha.js";

export interface MeasuredCriterion {
  datasetUid: string;
  criterionVersion: number;
  key: string;
  version: number;
  level: MeasurementLevel;
  /** Null on a continuous scale. */
  categories: Value[] | null;
}

/** A criterion's version, or its latest, as of the snapshot; null where there is none. */
export async function measuredCriterion(
  db: Db,
  { datasetId, activity }: SnapshotKey,
  key: string,
  version: number | null,
): Promise<MeasuredCriterion | null> {
  const rows = await db.rows<MeasuredCriterion>(
    `/* measuredCriterion */ select d.uid as "datasetUid", v.criterion_version as "criterionVersion", c.key, v.version, v.level, v.categories
     from datasets d
     join criteria c on c.dataset_id = d.dataset_id and c.key = $2
     join criterion_versions v on v.dataset_id = c.dataset_id and v.criterion = c.criterion
     where d.dataset_id = $1 and v.activity <= $3 and ($4::int is null or v.version = $4) order by v.version desc limit 1`,
    [datasetId, key, activity, version],
  );
  return rows[0] ?? null;
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

export interface HeadPattern {
  /** Two bytes a category, big-endian; null where nothing is counted. */
  counts: Buffer | null;
  units: number | null;
  raters: number;
}

const RATERS = `(select count(*) from rater_tallies t where t.dataset_id = $1 and t.criterion_version = $2 and t.ratings > 0) as raters`;

/** The kept histogram, read in one statement with the head; empty where the head is not (or no longer) this activity. */
export function headHistogram(
  db: Db,
  { datasetId, activity }: SnapshotKey,
  criterionVersion: number,
): Promise<HeadPattern[]> {
  return db.rows<HeadPattern>(
    `/* headHistogram */ select h.counts, h.units, ${RATERS}
     from datasets d left join histogram h on h.dataset_id = d.dataset_id and h.criterion_version = $2 and h.units <> 0
     where d.dataset_id = $1 and d.head = $3`,
    [datasetId, criterionVersion, activity],
  );
}

/** The kept moments of units of the snapshot's population, likewise; a row without n where nothing is counted. */
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
    `/* headMoments */ select m.*, ${RATERS}
     from datasets d left join (
       select k.n, k.sum, k.sum_of_squares as "sumOfSquares", count(*)::int as units
       from tallies k join example_versions e on e.dataset_id = k.dataset_id and e.example_version = k.example_version
       where k.dataset_id = $1 and k.criterion_version = $2 and k.n > 0 and ${inSnapshot(snapshot, "e", values)}
       group by 1, 2, 3) m on true
     where d.dataset_id = $1 and d.head = ${head}`,
    values.list,
  );
}
