// Which examples do two releases not share?
import type { Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { DIFF, DIFF_KINDS, type DiffKind } from "./cutQueries.js";
import type { Split } from "./splitOf.js";

export interface ReleaseChangeRow {
  externalId: string;
  fromVersion: number | null;
  toVersion: number | null;
  fromSplit: Split | null;
  toSplit: Split | null;
}

const ID = `coalesce(b.facets, a.facets) ->> 'id' collate "C"`;

/** The examples of one kind of change, by external id. */
export function changesPage(
  db: Db,
  datasetId: number,
  { from, to, kind }: { from: number; to: number; kind: DiffKind },
  { after, before, limit, backwards }: Slice,
): Promise<ReleaseChangeRow[]> {
  return db.rows<ReleaseChangeRow>(
    `/* changesPage ${kind} */ with ${DIFF}
     select * from (select (${ID}) as "externalId", (a.facets ->> 'version')::int as "fromVersion",
         (b.facets ->> 'version')::int as "toVersion", a.split as "fromSplit", b.split as "toSplit"
       from a full join b on a.example = b.example where ${DIFF_KINDS[kind]}) x
     where ($4::text is null or x."externalId" > $4 collate "C") and ($5::text is null or x."externalId" < $5 collate "C")
     order by x."externalId" collate "C" ${backwards ? "desc" : "asc"} limit $6`,
    [datasetId, from, to, after?.[0] ?? null, before?.[0] ?? null, limit],
  );
}
