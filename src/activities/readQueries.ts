// Which statements read datasets, people and activities?
import { sliceById, sliceValues, type Slice, COUNT_LIMIT } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";
import type { ActivityKind } from "./activityKinds.js";

const ACTIVITY = `a.dataset_id as "datasetId", a.activity, a.activity as number, a.kind, a.agent as "agentId",
  a.recorded_at as "recordedAt", a.request_key as "requestKey", encode(a.message, 'hex') as "messageKey",
  encode(a.digest, 'hex') as digest, encode(a.previous_digest, 'hex') as "previousDigest",
  encode(a.rows_digest, 'hex') as "rowsDigest", a.outcome`;

export interface ActivityRow {
  datasetId: number;
  activity: number;
  number: number;
  kind: ActivityKind;
  agentId: number;
  recordedAt: Date;
  requestKey: string | null;
  messageKey: string | null;
  digest: string;
  previousDigest: string;
  rowsDigest: string;
  outcome: Record<string, unknown>;
}

export async function activitiesByNumber(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ActivityRow | null>> {
  const rows = await db.rows<ActivityRow>(
    `/* activitiesByNumber */ select ${ACTIVITY} from activities a where a.dataset_id = $1 and a.activity = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.activity);
}

/** Activities in order, of some kinds or all, after a number. */
export async function activitiesPage(
  db: Db,
  datasetId: number,
  filter: { since: number; kinds: readonly string[] | null },
  slice: Slice,
): Promise<ActivityRow[]> {
  return db.rows<ActivityRow>(
    `/* activitiesPage */ select ${ACTIVITY} from activities a
     where a.dataset_id = $1 and a.activity > $2 and ($3::text[] is null or a.kind = any($3))
       and ${sliceById("a.activity", ["$4", "$5", "$6"], slice.backwards)}`,
    [datasetId, filter.since, filter.kinds, ...sliceValues(slice)],
  );
}

export async function activityCount(
  db: Db,
  datasetId: number,
  filter: { since: number; kinds: readonly string[] | null },
): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* activityCount */ select count(*) as n from (select 1 from activities a
     where a.dataset_id = $1 and a.activity > $2 and ($3::text[] is null or a.kind = any($3)) limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, filter.since, filter.kinds],
  );
  return rows[0]!.n;
}

export interface AgentRow {
  datasetId: number;
  agent: number;
  kind: string;
  label: string;
}
const AGENT = `g.dataset_id as "datasetId", g.agent, g.kind, g.label`;

export async function agentsById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<AgentRow | null>> {
  const rows = await db.rows<AgentRow>(
    `/* agentsById */ select ${AGENT} from agents g where g.dataset_id = $1 and g.agent = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.agent);
}

export async function agentsPage(db: Db, datasetId: number, slice: Slice): Promise<AgentRow[]> {
  return db.rows<AgentRow>(
    `/* agentsPage */ select ${AGENT} from agents g
     where g.dataset_id = $1 and ${sliceById("g.agent", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

/** Rows of one of our own tables under a dataset, counted up to the limit. */
export async function rowCount(db: Db, table: "agents" | "principals", datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* rowCount */ select count(*) as n from (select 1 from ${table} where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}

export interface DatasetListRow {
  datasetId: number;
  uid: string;
  slug: string;
  title: string;
  headNumber: number;
}
const DATASET = `d.dataset_id as "datasetId", d.uid, d.slug, d.title, d.head as "headNumber"`;

export async function datasetRowsById(
  db: Db,
  _instance: number,
  keys: readonly number[],
): Promise<Array<DatasetListRow | null>> {
  const rows = await db.rows<DatasetListRow>(
    `/* datasetRowsById */ select ${DATASET} from datasets d where d.dataset_id = any($1::int[])`,
    [[...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.datasetId);
}

export async function datasetRowBySlug(db: Db, slug: string): Promise<DatasetListRow | null> {
  const rows = await db.rows<DatasetListRow>(
    `/* datasetRowBySlug */ select ${DATASET} from datasets d where d.slug = $1`,
    [slug],
  );
  return rows[0] ?? null;
}

/** Datasets among the given ids (null: all but the instance). */
export async function datasetsPage(db: Db, ids: readonly number[] | null, slice: Slice): Promise<DatasetListRow[]> {
  return db.rows<DatasetListRow>(
    `/* datasetsPage */ select ${DATASET} from datasets d
     where d.dataset_id > 0 and ($1::int[] is null or d.dataset_id = any($1))
       and ${sliceById("d.dataset_id", ["$2", "$3", "$4"], slice.backwards)}`,
    [ids, ...sliceValues(slice)],
  );
}

export async function datasetCount(db: Db, ids: readonly number[] | null): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* datasetCount */ select count(*) as n from datasets where dataset_id > 0 and ($1::int[] is null or dataset_id = any($1))`,
    [ids],
  );
  return rows[0]!.n;
}

export interface PrincipalRow {
  datasetId: number;
  principal: number;
  key: string;
  kind: string;
}
const PRINCIPAL = `p.dataset_id as "datasetId", p.principal, p.key, p.kind`;

export async function principalsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<PrincipalRow | null>> {
  const rows = await db.rows<PrincipalRow>(
    `/* principalsById */ select ${PRINCIPAL} from principals p where p.dataset_id = $1 and p.principal = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.principal);
}

export async function principalsByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<PrincipalRow | null>> {
  const rows = await db.rows<PrincipalRow>(
    `/* principalsByKey */ select ${PRINCIPAL} from principals p where p.dataset_id = $1 and p.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}

export async function principalsPage(db: Db, slice: Slice): Promise<PrincipalRow[]> {
  return db.rows<PrincipalRow>(
    `/* principalsPage */ select ${PRINCIPAL} from principals p
     where p.dataset_id = 0 and ${sliceById("p.principal", ["$1", "$2", "$3"], slice.backwards)}`,
    sliceValues(slice),
  );
}

export interface ApiTokenRow {
  datasetId: number;
  token: number;
  principalId: number;
  label: string;
  prefix: string;
  scopes: string[] | null;
  datasetSlugs: string[] | null;
  expiresAt: Date;
  revoked: boolean;
}
const TOKEN = `t.dataset_id as "datasetId", t.token, t.principal as "principalId", t.label, t.prefix, t.scopes,
  t.dataset_slugs as "datasetSlugs", t.expires_at as "expiresAt", t.superseded_by is not null as revoked`;

export async function apiTokensById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ApiTokenRow | null>> {
  const rows = await db.rows<ApiTokenRow>(
    `/* apiTokensById */ select ${TOKEN} from api_tokens t where t.dataset_id = $1 and t.token = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.token);
}

/** Tokens of one principal, or of all (null). */
export async function apiTokensPage(db: Db, principal: number | null, slice: Slice): Promise<ApiTokenRow[]> {
  return db.rows<ApiTokenRow>(
    `/* apiTokensPage */ select ${TOKEN} from api_tokens t
     where t.dataset_id = 0 and ($1::int is null or t.principal = $1)
       and ${sliceById("t.token", ["$2", "$3", "$4"], slice.backwards)}`,
    [principal, ...sliceValues(slice)],
  );
}

export async function apiTokenCount(db: Db, principal: number | null): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* apiTokenCount */ select count(*) as n from api_tokens where dataset_id = 0 and ($1::int is null or principal = $1)`,
    [principal],
  );
  return rows[0]!.n;
}

/** The token made by an activity of the instance, for answering it. */
export async function apiTokenOfActivity(db: Db, activity: number): Promise<ApiTokenRow | null> {
  const rows = await db.rows<ApiTokenRow>(
    `/* apiTokenOfActivity */ select ${TOKEN} from api_tokens t where t.dataset_id = 0 and t.activity = $1`,
    [activity],
  );
  return rows[0] ?? null;
}

export interface MemberRow {
  member: number;
  principalId: number;
  role: string;
}

export async function membersPage(db: Db, registration: number, slice: Slice): Promise<MemberRow[]> {
  return db.rows<MemberRow>(
    `/* membersPage */ select m.member, m.principal as "principalId", m.role from members m
     where m.dataset_id = 0 and m.registration = $1 and m.superseded_by is null
       and ${sliceById("m.member", ["$2", "$3", "$4"], slice.backwards)}`,
    [registration, ...sliceValues(slice)],
  );
}

/** Members in force of a dataset, for checking a change and for counting. */
export async function membersInForce(db: Db, registration: number): Promise<MemberRow[]> {
  return db.rows<MemberRow>(
    `/* membersInForce */ select m.member, m.principal as "principalId", m.role from members m
     where m.dataset_id = 0 and m.registration = $1 and m.superseded_by is null`,
    [registration],
  );
}

export interface PersonRow {
  principal: number;
  name: string | null;
  contact: string | null;
}

export async function peopleById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<PersonRow | null>> {
  const rows = await db.rows<PersonRow>(
    `/* peopleById */ select principal, name, contact from people where dataset_id = $1 and principal = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.principal);
}

export interface PersonRequest {
  activity: number;
  commitment: Buffer;
}

/** The digests that are still there of the requests that set a principal's personal data. */
export function personRequests(db: Db, principal: number): Promise<PersonRequest[]> {
  return db.rows<PersonRequest>(
    `/* personRequests */ select a.activity, a.request_digest as commitment from usages u
     join activities a on a.dataset_id = 0 and a.activity = u.activity and a.kind = 'PERSONAL_DATA'
     join contents c on c.dataset_id = 0 and c.commitment = a.request_digest
     where u.dataset_id = 0 and u.noun = 'principal' and u.id = $1 order by a.activity`,
    [principal],
  );
}
