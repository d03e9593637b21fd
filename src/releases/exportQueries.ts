// Which statements read a release's records, page by page?
import type { Db } from "../platform/db.js";
import type { RecordFacets } from "./standardRecord.js";

export interface ExportRow {
  position: number;
  leaf: Buffer;
  facets: RecordFacets;
  language: string | null;
  /** Null where erased. */
  text: string | null;
  salt: Buffer | null;
}

/** Texts in memory at a time are those of one page: a content has at most 1 MiB. */
const PAGE = 64;

/** The next records of a candidate in the order of the leaves. */
export function exportPage(db: Db, datasetId: number, candidate: number, after: number): Promise<ExportRow[]> {
  return db.rows<ExportRow>(
    `/* exportPage */ select m.position, m.leaf, m.facets, v.language, c.text, c.salt from candidate_members m
     join lateral (select language, content from example_versions v
       where v.dataset_id = m.dataset_id and v.example_version = m.example_version limit 1) v on true
     left join lateral (select text, salt from contents c
       where c.dataset_id = m.dataset_id and c.commitment = v.content limit 1) c on true
     where m.dataset_id = $1 and m.candidate = $2 and m.position > $3 order by m.position limit ${PAGE}`,
    [datasetId, candidate, after],
  );
}

/** All records of a candidate, read as they are taken. */
export async function* exportRows(db: Db, datasetId: number, candidate: number): AsyncGenerator<ExportRow[]> {
  for (let after = -1; ;) {
    const rows = await exportPage(db, datasetId, candidate, after);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.position;
  }
}
