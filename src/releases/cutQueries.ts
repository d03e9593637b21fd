// Which statements does a cut look at, and how do two releases differ?
import type { Db } from "../platform/db.js";
import type { DiffCounts } from "./versionBump.js";

/** What a page of a diff is taken from: members of two candidates by example. */
export const DIFF = `a as materialized (select v.example, m.example_version, m.split, m.leaf, m.facets from candidate_members m
    join example_versions v on v.dataset_id = m.dataset_id and v.example_version = m.example_version
    where m.dataset_id = $1 and m.candidate = $2),
  b as materialized (select v.example, m.example_version, m.split, m.leaf, m.facets from candidate_members m
    join example_versions v on v.dataset_id = m.dataset_id and v.example_version = m.example_version
    where m.dataset_id = $1 and m.candidate = $3)`;

export const DIFF_KINDS = {
  ADDED: "a.example is null",
  REMOVED: "b.example is null",
  REVISED: "a.example_version <> b.example_version",
  MOVED_SPLIT: "a.split <> b.split",
  RESTATED: "a.example_version = b.example_version and a.split = b.split and a.leaf <> b.leaf",
} as const;
export type DiffKind = keyof typeof DIFF_KINDS;

/** How candidate `to` differs from candidate `from`. An example can be both revised and in another split. */
export async function diffCounts(db: Db, datasetId: number, from: number, to: number): Promise<DiffCounts> {
  const count = (kind: DiffKind) => `count(*) filter (where ${DIFF_KINDS[kind]})`;
  const rows = await db.rows<DiffCounts>(
    `/* diffCounts */ with ${DIFF}
     select ${count("ADDED")} as "addedCount", ${count("REMOVED")} as "removedCount", ${count("REVISED")} as "revisedCount",
       ${count("MOVED_SPLIT")} as "movedSplitCount", ${count("RESTATED")} as "restatedCount"
     from a full join b on a.example = b.example`,
    [datasetId, from, to],
  );
  return rows[0]!;
}

export interface CutVersion {
  version: string;
  candidate: number;
}

/** Every version that was released, and of which candidate. */
export function cutVersions(db: Db, datasetId: number): Promise<CutVersion[]> {
  return db.rows<CutVersion>(
    `/* cutVersions */ select r.version, r.candidate from releases r where r.dataset_id = $1`,
    [datasetId],
  );
}

export interface LostMember {
  externalId: string;
  because: "ERASED" | "WITHDRAWN";
  activity: number;
}

/** Members that were erased or withdrawn after the candidate's activity: it reads the few events since, not all members. */
export function lostMembers(
  db: Db,
  datasetId: number,
  { candidate, at }: { candidate: number; at: number },
): Promise<LostMember[]> {
  return db.rows<LostMember>(
    `/* lostMembers */ with lost as (
       select v.example_version, 'ERASED' as because, e.activity from erasures e
         join lateral (select example_version from example_versions v
           where v.dataset_id = e.dataset_id and v.content = e.commitment) v on true
         where e.dataset_id = $1 and e.activity > $3
       union all
       select d.example_version, 'WITHDRAWN', d.activity from decisions d
         where d.dataset_id = $1 and d.activity > $3 and d.verdict = 'WITHDRAW' and d.superseded_by is null)
     select m.facets ->> 'id' as "externalId", lost.because, lost.activity from lost
     join candidate_members m on m.dataset_id = $1 and m.candidate = $2 and m.example_version = lost.example_version
     order by m.position`,
    [datasetId, candidate, at],
  );
}
