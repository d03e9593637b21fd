// Which statements read sources?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";
import type { SourceKind } from "./tables.js";

export interface SourceRow {
  datasetId: number;
  source: number;
  sourceVersion: number;
  key: string;
  kind: SourceKind;
  title: string;
  licence: string | null;
  /** Commitments, hex. */
  termsKey: string | null;
  contactKey: string | null;
  details: Record<string, unknown>;
  activityNumber: number;
}

/** A source with what is known of it now. */
const SOURCE = `s.dataset_id as "datasetId", s.source, v.source_version as "sourceVersion", s.key, s.kind, v.title, v.licence,
  encode(v.terms, 'hex') as "termsKey", encode(v.contact, 'hex') as "contactKey", v.details, v.activity as "activityNumber"`;
const FROM = `from sources s join source_versions v
  on v.dataset_id = s.dataset_id and v.source = s.source and v.superseded_by is null`;

export async function sourcesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<SourceRow | null>> {
  const rows = await db.rows<SourceRow>(
    `/* sourcesById */ select ${SOURCE} ${FROM} where s.dataset_id = $1 and s.source = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.source);
}

export async function sourcesByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<SourceRow | null>> {
  const rows = await db.rows<SourceRow>(
    `/* sourcesByKey */ select ${SOURCE} ${FROM} where s.dataset_id = $1 and s.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}

export async function sourcesPage(db: Db, datasetId: number, slice: Slice): Promise<SourceRow[]> {
  return db.rows<SourceRow>(
    `/* sourcesPage */ select ${SOURCE} ${FROM}
     where s.dataset_id = $1 and ${sliceById("s.source", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function sourceCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* sourceCount */ select count(*) as n from (select 1 from sources where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}
