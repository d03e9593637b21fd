// Which statements read findings, what became of them, and waivers?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import type { Severity } from "./severity.js";
import type { FindingStatus } from "./tables.js";

export interface FindingRow {
  datasetId: number;
  finding: number;
  number: number;
  auditNumber: number;
  testKey: string;
  severity: Severity;
  activityNumber: number;
}

const FINDING = `f.dataset_id as "datasetId", f.finding, f.finding as number, f.audit as "auditNumber", f.test_key as "testKey",
  f.severity, f.activity as "activityNumber"`;

export async function findingsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<FindingRow | null>> {
  const rows = await db.rows<FindingRow>(
    `/* findingsById */ select ${FINDING} from findings f where f.dataset_id = $1 and f.finding = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.finding);
}

export interface FindingsAsked {
  audit: number;
  severities: readonly Severity[] | null;
  statuses: readonly FindingStatus[] | null;
  /** When the statuses are asked for: a waiver that has expired by then leaves its finding open. */
  at: Date;
}

/** A finding's status at a time, of the status and the waiver in force. */
const STATUS_AT = (at: string) => `coalesce((select case
    when s.status = 'WAIVED' and not exists (select from waivers w where w.dataset_id = s.dataset_id and w.finding = s.finding
      and w.superseded_by is null and w.expires_at > ${at}) then 'OPEN' else s.status end
  from finding_statuses s where s.dataset_id = f.dataset_id and s.finding = f.finding and s.superseded_by is null), 'OPEN')`;

const ASKED = `f.dataset_id = $1 and f.audit = $2 and ($3::text[] is null or f.severity = any($3))
  and ($4::text[] is null or ${STATUS_AT("$5::timestamptz")} = any($4))`;
const askedValues = ({ audit, severities, statuses, at }: FindingsAsked) => [audit, severities, statuses, at];

/** In the order of the audit's tests. */
export function findingsPage(db: Db, datasetId: number, asked: FindingsAsked, slice: Slice): Promise<FindingRow[]> {
  return db.rows<FindingRow>(
    `/* findingsPage */ select ${FINDING} from findings f where ${ASKED}
       and ${sliceById("f.finding", ["$6", "$7", "$8"], slice.backwards)}`,
    [datasetId, ...askedValues(asked), ...sliceValues(slice)],
  );
}

export async function findingCount(db: Db, datasetId: number, asked: FindingsAsked): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* findingCount */ select count(*) as n from (select 1 from findings f where ${ASKED} limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, ...askedValues(asked)],
  );
  return rows[0]!.n;
}

export interface SeverityCount {
  audit: number;
  severity: Severity;
  count: number;
}

/** How many findings of each severity audits have; severities without one are left out. */
export async function severityCounts(db: Db, datasetId: number, keys: readonly number[]): Promise<SeverityCount[][]> {
  const rows = await db.rows<SeverityCount>(
    `/* severityCounts */ select f.audit, f.severity, count(*) as count from findings f
     where f.dataset_id = $1 and f.audit = any($2::int[]) group by f.audit, f.severity`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.audit);
}

export interface StatusRow {
  datasetId: number;
  findingStatus: number;
  finding: number;
  status: FindingStatus;
  /** Commitment, hex. */
  reasonKey: string;
  clauseId: number | null;
  activityNumber: number;
  supersededByNumber: number | null;
}

/** Every status that was ever set on findings, in order. */
export async function statusesOfFindings(db: Db, datasetId: number, keys: readonly number[]): Promise<StatusRow[][]> {
  const rows = await db.rows<StatusRow>(
    `/* statusesOfFindings */ select s.dataset_id as "datasetId", s.finding_status as "findingStatus", s.finding, s.status,
       encode(s.reason, 'hex') as "reasonKey", s.clause as "clauseId", s.activity as "activityNumber",
       s.superseded_by as "supersededByNumber"
     from finding_statuses s where s.dataset_id = $1 and s.finding = any($2::int[]) order by s.finding_status`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.finding);
}

export interface WaiverRow {
  datasetId: number;
  waiver: number;
  number: number;
  finding: number;
  /** Commitments, hex. */
  reasonKey: string;
  mitigationKey: string | null;
  expiresAt: Date;
  activityNumber: number;
  supersededByNumber: number | null;
}

const WAIVER = `w.dataset_id as "datasetId", w.waiver, w.waiver as number, w.finding, encode(w.reason, 'hex') as "reasonKey",
  encode(w.mitigation, 'hex') as "mitigationKey", w.expires_at as "expiresAt", w.activity as "activityNumber",
  w.superseded_by as "supersededByNumber"`;

export async function waiversById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<WaiverRow | null>> {
  const rows = await db.rows<WaiverRow>(
    `/* waiversById */ select ${WAIVER} from waivers w where w.dataset_id = $1 and w.waiver = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.waiver);
}

/** Every waiver of findings, in order, replaced and withdrawn ones too. */
export async function waiversOfFindings(db: Db, datasetId: number, keys: readonly number[]): Promise<WaiverRow[][]> {
  const rows = await db.rows<WaiverRow>(
    `/* waiversOfFindings */ select ${WAIVER} from waivers w
     where w.dataset_id = $1 and w.finding = any($2::int[]) order by w.waiver`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.finding);
}

/** Whether waivers that were not replaced or withdrawn are asked for that have expired at a time, or those that have not. */
export interface WaiversAsked {
  at: Date;
  /** True for those that have not expired, false for those that have, null for both. */
  inForce: boolean | null;
}

const IN_FORCE = `w.superseded_by is null and ($3::boolean is null or (w.expires_at > $2::timestamptz) = $3)`;

export function waiversPage(
  db: Db,
  datasetId: number,
  { at, inForce }: WaiversAsked,
  slice: Slice,
): Promise<WaiverRow[]> {
  return db.rows<WaiverRow>(
    `/* waiversPage */ select ${WAIVER} from waivers w where w.dataset_id = $1 and ${IN_FORCE}
       and ${sliceById("w.waiver", ["$4", "$5", "$6"], slice.backwards)}`,
    [datasetId, at, inForce, ...sliceValues(slice)],
  );
}

export async function waiverCount(db: Db, datasetId: number, { at, inForce }: WaiversAsked): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* waiverCount */ select count(*) as n from (select 1 from waivers w where w.dataset_id = $1 and ${IN_FORCE}
       limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, at, inForce],
  );
  return rows[0]!.n;
}

export interface FindingHead {
  finding: number;
  audit: number;
  severity: Severity;
  /** The status in force as it was set, and its row; null where none was set. */
  status: FindingStatus | null;
  findingStatus: number | null;
  clause: number | null;
  /** Its text; null where erased, or none was set. */
  reason: string | null;
  /** The waiver that was not replaced or withdrawn. */
  waiver: number | null;
  expiresAt: Date | null;
}

const HEAD = `f.finding, f.audit, f.severity, s.status, s.finding_status as "findingStatus", s.clause,
  (select c.text from contents c where c.dataset_id = $1 and c.commitment = s.reason) as reason, w.waiver,
  w.expires_at as "expiresAt"`;
const HEADS = `from findings f
  left join finding_statuses s on s.dataset_id = f.dataset_id and s.finding = f.finding and s.superseded_by is null
  left join waivers w on w.dataset_id = f.dataset_id and w.finding = f.finding and w.superseded_by is null`;

/** How a finding stands; null where there is none. */
export async function findingHead(db: Db, datasetId: number, finding: number): Promise<FindingHead | null> {
  const rows = await db.rows<FindingHead>(
    `/* findingHead */ select ${HEAD} ${HEADS} where f.dataset_id = $1 and f.finding = $2`,
    [datasetId, finding],
  );
  return rows[0] ?? null;
}

/** How the findings of audits of some severities stand, in order. */
export function findingHeads(
  db: Db,
  datasetId: number,
  audits: readonly number[],
  severities: readonly Severity[],
): Promise<FindingHead[]> {
  return db.rows<FindingHead>(
    `/* findingHeads */ select ${HEAD} ${HEADS}
     where f.dataset_id = $1 and f.audit = any($2::int[]) and f.severity = any($3::text[]) order by f.finding`,
    [datasetId, [...audits], [...severities]],
  );
}

/** The database's clock, by which activities are recorded. */
export async function clock(db: Db): Promise<Date> {
  const rows = await db.rows<{ now: Date }>(`/* clock */ select date_trunc('milliseconds', clock_timestamp()) as now`);
  return rows[0]!.now;
}
