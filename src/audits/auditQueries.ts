// Which statements read audits, sign-offs and external analyses?
import { textsByCommitment } from "../activities/queries.js";
import type { Population, SnapshotKey } from "../activities/snapshot.js";
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import type { AuditFamily, AuditNumbers } from "./auditNumbers.js";
import type { SignoffDecision } from "./tables.js";

export interface AuditRow {
  datasetId: number;
  audit: number;
  number: number;
  /** Commitment, hex. */
  titleKey: string;
  asOf: number;
  population: Population;
  candidate: number | null;
  /** Hex. */
  scopeDigest: string;
  exampleVersionCount: number;
  question: Record<string, unknown>;
  families: AuditFamily[];
  methodVersion: string;
  seed: number;
  lexicons: AuditNumbers["lexicons"];
  /** Commitment, hex. */
  numbersKey: string;
  activityNumber: number;
}

const AUDIT = `d.dataset_id as "datasetId", d.audit, d.audit as number, encode(d.title, 'hex') as "titleKey", d.as_of as "asOf",
  d.population, d.candidate, encode(d.scope_digest, 'hex') as "scopeDigest", d.example_version_count as "exampleVersionCount",
  d.question, d.families, d.method_version as "methodVersion", d.seed, d.lexicons, encode(d.numbers, 'hex') as "numbersKey",
  d.activity as "activityNumber"`;

export async function auditsById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<AuditRow | null>> {
  const rows = await db.rows<AuditRow>(
    `/* auditsById */ select ${AUDIT} from audits d where d.dataset_id = $1 and d.audit = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.audit);
}

/** The audit that an activity recorded, for answering it. */
export async function auditOfActivity(db: Db, datasetId: number, activity: number): Promise<AuditRow | null> {
  const rows = await db.rows<AuditRow>(
    `/* auditOfActivity */ select ${AUDIT} from audits d where d.dataset_id = $1 and d.activity = $2`,
    [datasetId, activity],
  );
  return rows[0] ?? null;
}

export function auditsPage(db: Db, datasetId: number, slice: Slice): Promise<AuditRow[]> {
  return db.rows<AuditRow>(
    `/* auditsPage */ select ${AUDIT} from audits d
     where d.dataset_id = $1 and ${sliceById("d.audit", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function auditCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* auditCount */ select count(*) as n from (select 1 from audits where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}

/** Audits of exactly these example versions, by scope digest (hex), whatever snapshot they were reached by. */
export async function auditsOfScopes(db: Db, datasetId: number, keys: readonly string[]): Promise<AuditRow[][]> {
  const rows = await db.rows<AuditRow>(
    `/* auditsOfScopes */ select ${AUDIT} from audits d where d.dataset_id = $1 and d.scope_digest = any($2::bytea[]) order by d.audit`,
    [datasetId, keys.map((key) => Buffer.from(key, "hex"))],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.scopeDigest);
}

/** The numbers of audits; null where there is no such audit, or its text is gone. */
export async function numbersOfAudits(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<AuditNumbers | null>> {
  const rows = await auditsById(db, datasetId, keys);
  const commitments = [...new Set(rows.flatMap((row) => row?.numbersKey ?? []))];
  const texts = await textsByCommitment(db, datasetId, commitments);
  const byKey = new Map(commitments.map((key, i) => [key, texts[i] ?? null]));
  return rows.map((row) => {
    const text = row && byKey.get(row.numbersKey);
    return text ? (JSON.parse(text) as AuditNumbers) : null;
  });
}

export interface AuditHead {
  audit: number;
  /** Who recorded it. */
  authorUid: string;
  asOf: number;
  population: Population;
  candidate: number | null;
  hasHigh: boolean;
}

/** What verbs and sign-offs ask of an audit. */
export async function auditHeads(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<AuditHead | null>> {
  const rows = await db.rows<AuditHead>(
    `/* auditHeads */ select d.audit, g.principal_uid as "authorUid", d.as_of as "asOf", d.population, d.candidate,
       exists (select from findings f where f.dataset_id = d.dataset_id and f.audit = d.audit and f.severity = 'HIGH') as "hasHigh"
     from audits d
     join activities a on a.dataset_id = d.dataset_id and a.activity = d.activity
     join agents g on g.dataset_id = a.dataset_id and g.agent = a.agent
     where d.dataset_id = $1 and d.audit = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.audit);
}

export interface SignoffRow {
  datasetId: number;
  auditSignoff: number;
  audit: number;
  decision: SignoffDecision;
  /** Commitment, hex. */
  statementKey: string;
  principalUid: string;
  agentId: number;
  activityNumber: number;
  supersededByNumber: number | null;
}

/** Every sign-off of audits, in order, superseded ones too. */
export async function signoffsOfAudits(db: Db, datasetId: number, keys: readonly number[]): Promise<SignoffRow[][]> {
  const rows = await db.rows<SignoffRow>(
    `/* signoffsOfAudits */ select s.dataset_id as "datasetId", s.audit_signoff as "auditSignoff", s.audit, s.decision,
       encode(s.statement, 'hex') as "statementKey", g.principal_uid as "principalUid", a.agent as "agentId",
       s.activity as "activityNumber", s.superseded_by as "supersededByNumber"
     from audit_signoffs s
     join activities a on a.dataset_id = s.dataset_id and a.activity = s.activity
     join agents g on g.dataset_id = a.dataset_id and g.agent = a.agent
     where s.dataset_id = $1 and s.audit = any($2::int[]) order by s.audit_signoff`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.audit);
}

export interface ExternalAnalysisRow {
  datasetId: number;
  externalAnalysis: number;
  number: number;
  auditNumber: number | null;
  asOf: number;
  population: Population;
  candidate: number | null;
  /** Hex. */
  fileDigest: string | null;
  /** Commitment, hex. */
  analysisKey: string;
  activityNumber: number;
}

const ANALYSIS = `e.dataset_id as "datasetId", e.external_analysis as "externalAnalysis", e.external_analysis as number,
  e.audit as "auditNumber", e.as_of as "asOf", e.population, e.candidate, encode(e.file_digest, 'hex') as "fileDigest",
  encode(e.analysis, 'hex') as "analysisKey", e.activity as "activityNumber"`;

export async function analysesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ExternalAnalysisRow | null>> {
  const rows = await db.rows<ExternalAnalysisRow>(
    `/* analysesById */ select ${ANALYSIS} from external_analyses e where e.dataset_id = $1 and e.external_analysis = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.externalAnalysis);
}

/** Which external analyses: of an audit, of a snapshot, or all. */
export interface AnalysesAsked {
  audit: number | null;
  snapshot: SnapshotKey | null;
}

const ASKED = `($2::int is null or e.audit = $2)
  and ($3::int is null or (e.as_of = $3 and e.population = $4 and e.candidate is not distinct from $5::int))`;

function askedValues({ audit, snapshot }: AnalysesAsked): unknown[] {
  return [audit, snapshot?.activity ?? null, snapshot?.population ?? null, snapshot?.candidate ?? null];
}

export function analysesPage(
  db: Db,
  datasetId: number,
  asked: AnalysesAsked,
  slice: Slice,
): Promise<ExternalAnalysisRow[]> {
  return db.rows<ExternalAnalysisRow>(
    `/* analysesPage */ select ${ANALYSIS} from external_analyses e
     where e.dataset_id = $1 and ${ASKED} and ${sliceById("e.external_analysis", ["$6", "$7", "$8"], slice.backwards)}`,
    [datasetId, ...askedValues(asked), ...sliceValues(slice)],
  );
}

export async function analysisCount(db: Db, datasetId: number, asked: AnalysesAsked): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* analysisCount */ select count(*) as n from (select 1 from external_analyses e
     where e.dataset_id = $1 and ${ASKED} limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, ...askedValues(asked)],
  );
  return rows[0]!.n;
}

export async function analysisOfActivity(
  db: Db,
  datasetId: number,
  activity: number,
): Promise<ExternalAnalysisRow | null> {
  const rows = await db.rows<ExternalAnalysisRow>(
    `/* analysisOfActivity */ select ${ANALYSIS} from external_analyses e where e.dataset_id = $1 and e.activity = $2`,
    [datasetId, activity],
  );
  return rows[0] ?? null;
}
