// Which statements read decisions?
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import type { Verdict } from "./tables.js";

export interface DecisionRow {
  datasetId: number;
  decision: number;
  exampleVersionId: number;
  verdict: Verdict;
  /** Commitment, hex. */
  reasonKey: string | null;
  activityNumber: number;
  supersededByNumber: number | null;
}

const DECISION = `d.dataset_id as "datasetId", d.decision, d.example_version as "exampleVersionId", d.verdict,
  encode(d.reason, 'hex') as "reasonKey", d.activity as "activityNumber", d.superseded_by as "supersededByNumber"`;

export async function decisionsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<DecisionRow | null>> {
  const rows = await db.rows<DecisionRow>(
    `/* decisionsById */ select ${DECISION} from decisions d where d.dataset_id = $1 and d.decision = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.decision);
}

/** A version's key for its decision: as of an activity, or as it is now. */
export function decisionKey(exampleVersion: number, asOf: number | null): string {
  return `${exampleVersion} ${asOf ?? ""}`;
}

/** The decision in force on each version, as of an activity each; null where it is undecided. */
export async function decisionsOnVersions(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<DecisionRow | null>> {
  const asked = keys.map((key) => key.split(" ")).map(([id, at]) => ({ id: Number(id), at: at ? Number(at) : null }));
  const rows = await db.rows<DecisionRow & { position: number }>(
    `/* decisionsOnVersions */ select u.o as position, d.* from unnest($2::int[], $3::int[]) with ordinality u(id, at, o)
     join lateral (select ${DECISION} from decisions d where d.dataset_id = $1 and d.example_version = u.id
       and case when u.at is null then d.superseded_by is null
                else d.activity <= u.at and (d.superseded_by is null or d.superseded_by > u.at) end limit 1) d on true`,
    [datasetId, asked.map((one) => one.id), asked.map((one) => one.at)],
  );
  const positions = keys.map((_, i) => i + 1);
  return inKeyOrder(positions, rows, (row) => row.position);
}

/** What was decided on each version, the last first, at most 100. */
export async function decisionHistories(db: Db, datasetId: number, keys: readonly number[]): Promise<DecisionRow[][]> {
  const rows = await db.rows<DecisionRow>(
    `/* decisionHistories */ select d.* from unnest($2::int[]) u(id)
     join lateral (select ${DECISION} from decisions d where d.dataset_id = $1 and d.example_version = u.id
       order by d.decision desc limit 100) d on true
     order by d.decision desc`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.exampleVersionId);
}

/** What an activity decided, in the order it was submitted in. */
export function decisionsOfActivity(db: Db, datasetId: number, activity: number): Promise<DecisionRow[]> {
  return db.rows<DecisionRow>(
    `/* decisionsOfActivity */ select ${DECISION} from decisions d where d.dataset_id = $1 and d.activity = $2 order by d.decision`,
    [datasetId, activity],
  );
}

/** The ids of the clauses that each decision cites. */
export async function clausesOfDecisions(db: Db, datasetId: number, keys: readonly number[]): Promise<number[][]> {
  const rows = await db.rows<{ decision: number; clause: number }>(
    `/* clausesOfDecisions */ select k.decision, k.clause from decision_clauses k
     where k.dataset_id = $1 and k.decision = any($2::int[]) order by k.clause`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.decision).map((found) => found.map((row) => row.clause));
}

/** A decision with what it says, to compare another with. */
export interface DecisionInForce {
  decision: number;
  exampleVersion: number;
  verdict: Verdict;
  hasReason: boolean;
  /** Null where there is none or it was erased. */
  reason: string | null;
  clauses: number[];
}

/** The decisions in force on versions. The laterals keep a generic plan on the indexes while a dataset is new. */
export function decisionsInForce(
  db: Db,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<DecisionInForce[]> {
  return db.rows<DecisionInForce>(
    `/* decisionsInForce */ select d.decision, d.example_version as "exampleVersion", d.verdict, d.reason is not null as "hasReason",
       c.text as reason, k.clauses
     from unnest($2::int[]) u(id)
     join lateral (select * from decisions d
       where d.dataset_id = $1 and d.example_version = u.id and d.superseded_by is null limit 1) d on true
     left join lateral (select c.text from contents c where c.dataset_id = $1 and c.commitment = d.reason limit 1) c on true
     cross join lateral (select coalesce(json_agg(k.clause), '[]') as clauses from decision_clauses k
       where k.dataset_id = $1 and k.decision = d.decision) k`,
    [datasetId, [...new Set(exampleVersions)]],
  );
}

/** The commitments to all reasons ever given on versions, and to the digests of the requests that brought them. */
export async function reasonsOnVersions(
  db: Db,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<Buffer[]> {
  const rows = await db.rows<{ commitment: Buffer }>(
    `/* reasonsOnVersions */ with reasoned as (
       select d.reason, d.activity from decisions d
       where d.dataset_id = $1 and d.example_version = any($2::int[]) and d.reason is not null)
     select reason as commitment from reasoned
     union select a.request_digest from reasoned r join activities a on a.dataset_id = $1 and a.activity = r.activity
       where a.request_digest is not null`,
    [datasetId, [...exampleVersions]],
  );
  return rows.map((row) => row.commitment);
}
