// Which statements read annotators, their profiles and qualifications?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";

export type AnnotatorKind = "HUMAN" | "MODEL";
export type AnnotatorStatus = "ACTIVE" | "PAUSED" | "RETIRED";

export interface AnnotatorRow {
  datasetId: number;
  annotator: number;
  key: string;
  kind: AnnotatorKind;
  agentId: number;
  /** Who may rate as it; null where it has no sign-in. Never shown beside the pseudonym without member:read. */
  principalUid: string | null;
  /** The profile in force. */
  profile: number;
  status: AnnotatorStatus;
  expertise: string[];
  languages: string[];
  activityNumber: number;
}

const ANNOTATOR = `t.dataset_id as "datasetId", t.annotator, t.key, t.kind, t.agent as "agentId", g.principal_uid as "principalUid",
  p.profile, p.status, p.expertise, p.languages, p.activity as "activityNumber"`;
/** From annotators t: its agent and its profile in force. */
const OF_ANNOTATOR = `join lateral (select * from agents g where g.dataset_id = t.dataset_id and g.agent = t.agent limit 1) g on true
  join lateral (select * from annotator_profiles p
    where p.dataset_id = t.dataset_id and p.annotator = t.annotator and p.superseded_by is null limit 1) p on true`;

export async function annotatorsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<AnnotatorRow | null>> {
  const rows = await db.rows<AnnotatorRow>(
    `/* annotatorsById */ select ${ANNOTATOR} from annotators t ${OF_ANNOTATOR}
     where t.dataset_id = $1 and t.annotator = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.annotator);
}

export async function annotatorsByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<AnnotatorRow | null>> {
  const rows = await db.rows<AnnotatorRow>(
    `/* annotatorsByKey */ select ${ANNOTATOR} from annotators t ${OF_ANNOTATOR}
     where t.dataset_id = $1 and t.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}

export function annotatorsPage(db: Db, datasetId: number, slice: Slice): Promise<AnnotatorRow[]> {
  return db.rows<AnnotatorRow>(
    `/* annotatorsPage */ select ${ANNOTATOR} from annotators t ${OF_ANNOTATOR}
     where t.dataset_id = $1 and ${sliceById("t.annotator", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function annotatorCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* annotatorCount */ select count(*) as n from (select 1 from annotators where dataset_id = $1 limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}

export interface QualificationRow {
  qualification: number;
  annotator: number;
  guidelineVersion: number;
}

/** The qualifications in force of each annotator. */
export async function qualificationsOfAnnotators(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<QualificationRow[][]> {
  const rows = await db.rows<QualificationRow>(
    `/* qualificationsOfAnnotators */ select q.qualification, q.annotator, q.guideline_version as "guidelineVersion"
     from qualifications q
     where q.dataset_id = $1 and q.annotator = any($2::int[]) and q.superseded_by is null order by q.guideline_version`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.annotator);
}

export interface EnrollablePrincipal {
  uid: string;
  key: string;
  kind: "HUMAN" | "SCRIPT" | "MODEL";
  isMember: boolean;
  /** Its agent in the dataset, and the annotator it is there; null for none. */
  agent: number | null;
  annotatorKey: string | null;
}

/** Principals of the instance, as they stand in a dataset. */
export async function principalsToEnrol(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<EnrollablePrincipal | null>> {
  const rows = await db.rows<EnrollablePrincipal>(
    `/* principalsToEnrol */ select p.uid, p.key, p.kind, g.agent, t.key as "annotatorKey",
       exists (select from members m where m.dataset_id = 0 and m.registration = $1 and m.principal = p.principal
         and m.superseded_by is null) as "isMember"
     from principals p
     left join agents g on g.dataset_id = $1 and g.principal_uid = p.uid
     left join annotators t on t.dataset_id = $1 and t.agent = g.agent
     where p.dataset_id = 0 and p.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}
