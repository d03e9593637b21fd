// Which statements read ratings with the groups of their raters, under pseudonyms?
import { aliveAt, inSnapshot, type Population, type SnapshotKey } from "../activities/snapshot.js";
import { sliceById, sliceValues, COUNT_LIMIT, type Key, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import { Values } from "../platform/statement.js";

/** A group of fewer raters is not given out. */
export const FEWEST_RATERS = 5;

export interface LongTableAsked {
  snapshot: SnapshotKey;
  criterionVersion: number;
  attribute: string;
}

export interface LongTableCounts {
  rowCount: number;
  raterCount: number;
  /** Of raters whose group is not known, or too small. */
  leftOutRowCount: number;
  leftOutRaterCount: number;
}

/**
 * Ratings by people in force, of strata OPEN and RANDOM, of a snapshot; and the group of each of their raters where it is
 * known and at least FEWEST_RATERS of them are in it. As of now, whatever the snapshot: what was withdrawn is gone.
 */
function ratedWithGroups({ snapshot, criterionVersion, attribute }: LongTableAsked, values: Values): string {
  const dataset = values.add(snapshot.datasetId);
  const at = values.add(snapshot.activity);
  return `rated as (
      select r.example_version, r.annotator, r.category, r.score from ratings r
      join example_versions v on v.dataset_id = r.dataset_id and v.example_version = r.example_version
      join annotators t on t.dataset_id = r.dataset_id and t.annotator = r.annotator and t.kind = 'HUMAN'
      where r.dataset_id = ${dataset} and r.criterion_version = ${values.add(criterionVersion)} and ${aliveAt("r", at)}
        and r.stratum in ('OPEN', 'RANDOM') and ${inSnapshot(snapshot, "v", values)}),
    grouped as materialized (
      select p.annotator, p.value from annotator_attributes p
      where p.dataset_id = ${dataset} and p.attribute = ${values.add(attribute)}
        and exists (select from rated where rated.annotator = p.annotator)),
    kept as materialized (
      select annotator, value from grouped
      where value in (select value from grouped group by value having count(*) >= ${FEWEST_RATERS}))`;
}

export async function longTableCounts(db: Db, asked: LongTableAsked): Promise<LongTableCounts> {
  const values = new Values();
  const rows = await db.rowsOnce<LongTableCounts>(
    `/* longTableCounts */ with ${ratedWithGroups(asked, values)}
     select count(*) filter (where k.annotator is not null) as "rowCount", count(distinct k.annotator) as "raterCount",
       count(*) filter (where k.annotator is null) as "leftOutRowCount",
       count(distinct r.annotator) filter (where k.annotator is null) as "leftOutRaterCount"
     from rated r left join kept k on k.annotator = r.annotator`,
    values.list,
  );
  return rows[0]!;
}

export interface LongTableRow {
  datasetId: number;
  criterionVersion: number;
  asOf: number;
  exampleVersionId: number;
  rater: string;
  group: string;
  category: number | null;
  score: number | null;
}

/** Bytes of a pseudonym: among 100,000 raters, two are the same with a chance below 3 in 10,000,000,000. */
const PSEUDONYM_BYTES = 8;
const BLOCK = 64;

/** HMAC-SHA256 of an annotator's id, in SQL: the order of rows is by it, so it must be there. */
function pseudonymSql(key: Buffer, annotator: string, values: Values): string {
  const pad = (byte: number) => Buffer.from(Buffer.concat([key], BLOCK).map((one) => one ^ byte));
  const inner = `sha256(${values.add(pad(0x36))}::bytea || int4send(${annotator}))`;
  return `encode(substr(sha256(${values.add(pad(0x5c))}::bytea || ${inner}), 1, ${PSEUDONYM_BYTES}), 'hex')`;
}

/** In the order of the example versions, then of the pseudonyms, which says nothing about who it is. */
export async function longTablePage(db: Db, asked: LongTableAsked, key: Buffer, slice: Slice): Promise<LongTableRow[]> {
  const values = new Values();
  const parts = ratedWithGroups(asked, values);
  const beyond = (at: Key | null, sign: string) =>
    at ? `and (r.example_version, k.rater) ${sign} (${values.add(at[0])}::int, ${values.add(at[1])}::text)` : "";
  const direction = slice.backwards ? "desc" : "asc";
  const rows = await db.rowsOnce<LongTableRow>(
    `/* longTablePage */ with ${parts},
       named as materialized (select annotator, value, ${pseudonymSql(key, "annotator", values)} collate "C" as rater from kept)
     select r.example_version as "exampleVersionId", k.rater, k.value as "group", r.category, r.score
     from rated r join named k on k.annotator = r.annotator
     where true ${beyond(slice.after, ">")} ${beyond(slice.before, "<")}
     order by r.example_version ${direction}, k.rater ${direction} limit ${values.add(slice.limit)}`,
    values.list,
  );
  const { criterionVersion, snapshot } = asked;
  const shared = { datasetId: snapshot.datasetId, criterionVersion, asOf: snapshot.activity };
  return rows.map((row) => ({ ...row, ...shared }));
}

export interface LongTableExportRow extends LongTableCounts {
  datasetId: number;
  longTableExport: number;
  number: number;
  asOf: number;
  population: Population;
  candidate: number | null;
  criterionVersion: number;
  attribute: string;
  /** Commitment, hex. */
  keyKey: string;
  activityNumber: number;
}

const EXPORT = `x.dataset_id as "datasetId", x.long_table_export as "longTableExport", x.long_table_export as number,
  x.as_of as "asOf", x.population, x.candidate, x.criterion_version as "criterionVersion", x.attribute,
  x.row_count as "rowCount", x.rater_count as "raterCount", x.left_out_row_count as "leftOutRowCount",
  x.left_out_rater_count as "leftOutRaterCount", encode(x.key, 'hex') as "keyKey", x.activity as "activityNumber"`;

export async function exportsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<LongTableExportRow | null>> {
  const rows = await db.rows<LongTableExportRow>(
    `/* exportsById */ select ${EXPORT} from long_table_exports x where x.dataset_id = $1 and x.long_table_export = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.longTableExport);
}

/** The export that an activity made, for answering it. */
export async function exportOfActivity(
  db: Db,
  datasetId: number,
  activity: number,
): Promise<LongTableExportRow | null> {
  const rows = await db.rows<LongTableExportRow>(
    `/* exportOfActivity */ select ${EXPORT} from long_table_exports x where x.dataset_id = $1 and x.activity = $2`,
    [datasetId, activity],
  );
  return rows[0] ?? null;
}

export function exportsPage(db: Db, datasetId: number, slice: Slice): Promise<LongTableExportRow[]> {
  return db.rows<LongTableExportRow>(
    `/* exportsPage */ select ${EXPORT} from long_table_exports x
     where x.dataset_id = $1 and ${sliceById("x.long_table_export", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function exportCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* exportCount */ select count(*) as n from (select 1 from long_table_exports where dataset_id = $1
     limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}
