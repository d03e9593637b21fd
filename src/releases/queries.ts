// Which statements read candidates and releases?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import type { GateResult } from "./gates.js";
import type { Selection } from "./selection.js";
import type { Split } from "./splitOf.js";

export interface CandidateRow {
  datasetId: number;
  candidate: number;
  number: number;
  /** The activity whose state was selected from. */
  atNumber: number;
  selection: Selection;
  memberCount: number;
  scopeDigest: string;
  root: string;
  gates: GateResult[];
  activityNumber: number;
}

const CANDIDATE = `c.dataset_id as "datasetId", c.candidate, c.candidate as number, c.at as "atNumber", c.selection,
  c.member_count as "memberCount", encode(c.scope_digest, 'hex') as "scopeDigest", encode(c.root, 'hex') as root, c.gates,
  c.activity as "activityNumber"`;

export type ReleaseStatus = "PUBLISHED" | "DEPRECATED" | "REVOKED";

export interface ReleaseRow {
  datasetId: number;
  release: number;
  version: string;
  candidateId: number;
  atNumber: number;
  digest: string;
  root: string;
  memberCount: number;
  selection: Selection;
  gates: GateResult[];
  /** Commitment, hex. */
  notesKey: string | null;
  status: ReleaseStatus;
  statusReason: string | null;
  statusActivityNumber: number;
  activityNumber: number;
}

const RELEASE = `r.dataset_id as "datasetId", r.release, r.version, r.candidate as "candidateId", c.at as "atNumber",
  encode(r.digest, 'hex') as digest, encode(c.root, 'hex') as root, c.member_count as "memberCount", c.selection, c.gates,
  encode(r.notes, 'hex') as "notesKey", st.status, st.reason as "statusReason", st.activity as "statusActivityNumber",
  r.activity as "activityNumber"`;
const FROM_RELEASES = `from releases r
  join candidates c on c.dataset_id = r.dataset_id and c.candidate = r.candidate
  join release_statuses st on st.dataset_id = r.dataset_id and st.release = r.release and st.superseded_by is null`;

export async function candidatesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<CandidateRow | null>> {
  const rows = await db.rows<CandidateRow>(
    `/* candidatesById */ select ${CANDIDATE} from candidates c where c.dataset_id = $1 and c.candidate = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.candidate);
}

/** The candidate that an activity made, for answering it. */
export async function candidateOfActivity(db: Db, datasetId: number, activity: number): Promise<CandidateRow | null> {
  const rows = await db.rows<CandidateRow>(
    `/* candidateOfActivity */ select ${CANDIDATE} from candidates c where c.dataset_id = $1 and c.activity = $2`,
    [datasetId, activity],
  );
  return rows[0] ?? null;
}

export async function candidatesPage(db: Db, datasetId: number, slice: Slice): Promise<CandidateRow[]> {
  return db.rows<CandidateRow>(
    `/* candidatesPage */ select ${CANDIDATE} from candidates c
     where c.dataset_id = $1 and ${sliceById("c.candidate", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function releasesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ReleaseRow | null>> {
  const rows = await db.rows<ReleaseRow>(
    `/* releasesById */ select ${RELEASE} ${FROM_RELEASES} where r.dataset_id = $1 and r.release = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.release);
}

export async function releasesByVersion(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<ReleaseRow | null>> {
  const rows = await db.rows<ReleaseRow>(
    `/* releasesByVersion */ select ${RELEASE} ${FROM_RELEASES} where r.dataset_id = $1 and r.version = any($2::text[])`,
    [datasetId, keys.filter((key) => key.isWellFormed() && !key.includes("\0"))],
  );
  return inKeyOrder(keys, rows, (row) => row.version);
}

export async function releasesByCandidate(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ReleaseRow | null>> {
  const rows = await db.rows<ReleaseRow>(
    `/* releasesByCandidate */ select ${RELEASE} ${FROM_RELEASES} where r.dataset_id = $1 and r.candidate = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.candidateId);
}

export async function releasesPage(db: Db, datasetId: number, slice: Slice): Promise<ReleaseRow[]> {
  return db.rows<ReleaseRow>(
    `/* releasesPage */ select ${RELEASE} ${FROM_RELEASES}
     where r.dataset_id = $1 and ${sliceById("r.release", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function rowCount(db: Db, table: "candidates" | "releases", datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* rowCount ${table} */ select count(*) as n from (select 1 from ${table} where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}

export interface SplitCount {
  candidate: number;
  name: Split;
  count: number;
}

/** How many members each split of a candidate has, in the order of the leaves. */
export async function splitCounts(db: Db, datasetId: number, keys: readonly number[]): Promise<SplitCount[][]> {
  const rows = await db.rows<SplitCount>(
    `/* splitCounts */ select m.candidate, m.split as name, count(*) as count from candidate_members m
     where m.dataset_id = $1 and m.candidate = any($2::int[]) group by m.candidate, m.split order by m.split collate "C"`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.candidate);
}

export interface ReleaseMemberRow {
  datasetId: number;
  candidate: number;
  position: number;
  exampleVersionId: number;
  externalId: string;
  split: Split;
  leaf: string;
  atNumber: number;
}

/** Members in the order of the leaves, of one split or all. */
export async function membersPage(
  db: Db,
  datasetId: number,
  { candidate, split }: { candidate: number; split: Split | null },
  slice: Slice,
): Promise<ReleaseMemberRow[]> {
  return db.rows<ReleaseMemberRow>(
    `/* releaseMembersPage */ select m.dataset_id as "datasetId", m.candidate, m.position, m.example_version as "exampleVersionId",
       m.facets ->> 'id' as "externalId", m.split, encode(m.leaf, 'hex') as leaf, c.at as "atNumber"
     from candidate_members m join candidates c on c.dataset_id = m.dataset_id and c.candidate = m.candidate
     where m.dataset_id = $1 and m.candidate = $2 and ($3::text is null or m.split = $3)
       and ${sliceById("m.position", ["$4", "$5", "$6"], slice.backwards)}`,
    [datasetId, candidate, split, ...sliceValues(slice)],
  );
}

export async function memberCount(
  db: Db,
  datasetId: number,
  { candidate, split }: { candidate: number; split: Split | null },
): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* releaseMemberCount */ select count(*) as n from (select 1 from candidate_members m
     where m.dataset_id = $1 and m.candidate = $2 and ($3::text is null or m.split = $3) limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, candidate, split],
  );
  return rows[0]!.n;
}

/** A candidate's members as a snapshot: the numbers as they were at its activity. */
export function snapshotOf({
  datasetId,
  atNumber,
  candidate,
}: {
  datasetId: number;
  atNumber: number;
  candidate: number;
}): SnapshotKey {
  return { datasetId, activity: atNumber, population: Population.RELEASE, candidate };
}
