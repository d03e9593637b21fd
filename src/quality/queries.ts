// Which statements read feedback?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db, Tx } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";

export interface FeedbackRow {
  datasetId: number;
  feedback: number;
  annotatorId: number;
  criterionVersionId: number;
  asOfNumber: number;
  /** Commitment, hex: numbers and words. */
  reportKey: string;
  activityNumber: number;
}

const FEEDBACK = `f.dataset_id as "datasetId", f.feedback, f.annotator as "annotatorId", f.criterion_version as "criterionVersionId",
  f.as_of as "asOfNumber", encode(f.report, 'hex') as "reportKey", f.activity as "activityNumber"`;

export async function feedbackById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<FeedbackRow | null>> {
  const rows = await db.rows<FeedbackRow>(
    `/* feedbackById */ select ${FEEDBACK} from feedback f where f.dataset_id = $1 and f.feedback = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.feedback);
}

/** What an activity sent; null where it sent nothing. */
export async function feedbackOfActivity(db: Db, datasetId: number, activity: number): Promise<FeedbackRow | null> {
  const rows = await db.rows<FeedbackRow>(
    `/* feedbackOfActivity */ select ${FEEDBACK} from feedback f where f.dataset_id = $1 and f.activity = $2`,
    [datasetId, activity],
  );
  return rows[0] ?? null;
}

/** Whose feedback is asked for. */
export interface FeedbackAsked {
  /** Key; null for everybody's. */
  annotator: string | null;
  /** Only what was sent to annotators that this principal acts as; null for everybody's. */
  principalUid: string | null;
}

const ASKED = `f.dataset_id = $1
  and ($2::text is null or f.annotator in (select t.annotator from annotators t where t.dataset_id = $1 and t.key = $2))
  and ($3::uuid is null or f.annotator in (select t.annotator from annotators t
    join agents g on g.dataset_id = $1 and g.agent = t.agent where t.dataset_id = $1 and g.principal_uid = $3))`;

/** In the order it was sent in. */
export function feedbackPage(
  db: Db,
  datasetId: number,
  { annotator, principalUid }: FeedbackAsked,
  slice: Slice,
): Promise<FeedbackRow[]> {
  return db.rows<FeedbackRow>(
    `/* feedbackPage */ select ${FEEDBACK} from feedback f
     where ${ASKED} and ${sliceById("f.feedback", ["$4", "$5", "$6"], slice.backwards)}`,
    [datasetId, annotator, principalUid, ...sliceValues(slice)],
  );
}

export async function feedbackCount(
  db: Db,
  datasetId: number,
  { annotator, principalUid }: FeedbackAsked,
): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* feedbackCount */ select count(*) as n from (select 1 from feedback f where ${ASKED} limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, annotator, principalUid],
  );
  return rows[0]!.n;
}

export interface AcknowledgementRow {
  datasetId: number;
  feedback: number;
  /** Commitment, hex. */
  commentKey: string | null;
  activityNumber: number;
}

/** Of each feedback; null where it was not acknowledged. */
export async function acknowledgementsOfFeedback(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<AcknowledgementRow | null>> {
  const rows = await db.rows<AcknowledgementRow>(
    `/* acknowledgementsOfFeedback */ select a.dataset_id as "datasetId", a.feedback, encode(a.comment, 'hex') as "commentKey",
       a.activity as "activityNumber"
     from feedback_acknowledgements a where a.dataset_id = $1 and a.feedback = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.feedback);
}

export interface FeedbackSent {
  feedback: number;
  /** Who acts as the annotator; null where nobody signs in as it. */
  principalUid: string | null;
  isAcknowledged: boolean;
}

/** To whom a feedback was sent; under the lock. Null where there is none. */
export async function feedbackSent(tx: Tx, datasetId: number, feedback: number | null): Promise<FeedbackSent | null> {
  const rows = await tx.rows<FeedbackSent>(
    `/* feedbackSent */ select f.feedback, g.principal_uid as "principalUid",
       exists (select from feedback_acknowledgements a where a.dataset_id = $1 and a.feedback = f.feedback) as "isAcknowledged"
     from feedback f
     join annotators t on t.dataset_id = $1 and t.annotator = f.annotator
     join agents g on g.dataset_id = $1 and g.agent = t.agent
     where f.dataset_id = $1 and f.feedback = $2`,
    [datasetId, feedback],
  );
  return rows[0] ?? null;
}
