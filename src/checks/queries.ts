// Which statements read results of automatic checks?
import { aliveAt, inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { COUNT_LIMIT, type Slice } from "../platform/connections.js";
import type { Db, Tx } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import { Values } from "../platform/statement.js";
import { intArray, NOW } from "../ratings/factQueries.js";
import type { ResultInForce } from "./checkSubmittedResults.js";
import { codePoints } from "./checkResult.js";
import type { CheckLevel, CheckStatus } from "./tables.js";

export interface CheckResultRow {
  datasetId: number;
  result: number;
  check: string;
  checkVersion: string;
  parameters: Record<string, unknown>;
  exampleVersion: number;
  status: CheckStatus;
  level: CheckLevel;
  score: number | null;
  /** Commitment, hex. */
  findingsKey: string | null;
  activityNumber: number;
  supersededByNumber: number | null;
}

const RESULT = `k.dataset_id as "datasetId", k.result, r.name as "check", r.version as "checkVersion", r.parameters,
  k.example_version as "exampleVersion", k.status, k.level, k.score, encode(k.findings, 'hex') as "findingsKey",
  k.activity as "activityNumber", k.superseded_by as "supersededByNumber"`;
const OF_RUN = `join check_runs r on r.dataset_id = k.dataset_id and r.check_run = k.check_run`;

export async function checkResultsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<CheckResultRow | null>> {
  const rows = await db.rows<CheckResultRow>(
    `/* checkResultsById */ select ${RESULT} from check_results k ${OF_RUN}
     where k.dataset_id = $1 and k.result = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.result);
}

/** Results of an example version as of an activity, null for now; JSON is the key. */
export interface ResultsAsked {
  exampleVersion: number;
  /** toxicity in any version, toxicity@1.2 in that one; null for all. */
  check: string | null;
  /** Superseded ones, too. */
  all: boolean;
  asOf: number | null;
}

const MOST_SHOWN = 100;

/** That a run is of a check: by name in any version, or name@version. */
export const isOfCheck = (run: string, name: string) =>
  `(${run}.name = ${name} or ${run}.name || '@' || ${run}.version = ${name})`;

/** The last first, at most 100 of each version. */
export async function resultsOfVersions(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<CheckResultRow[][]> {
  const asked = keys.map((key) => JSON.parse(key) as ResultsAsked);
  const rows = await db.rows<CheckResultRow & { position: number }>(
    `/* resultsOfVersions */ select * from (
       select u.o as position, row_number() over (partition by u.o order by k.result desc) as place, ${RESULT}
       from unnest($2::int[], $3::text[], $4::boolean[], $5::int[]) with ordinality u(e, name, every, at, o)
       join check_results k on k.dataset_id = $1 and k.example_version = u.e and k.activity <= u.at
         and (u.every or k.superseded_by is null or k.superseded_by > u.at)
       ${OF_RUN} where u.name is null or ${isOfCheck("r", "u.name")}) found
     where place <= ${MOST_SHOWN} order by result desc`,
    [
      datasetId,
      asked.map((one) => one.exampleVersion),
      asked.map((one) => one.check),
      asked.map((one) => one.all),
      asked.map((one) => one.asOf ?? NOW),
    ],
  );
  const positions = keys.map((_, i) => i + 1);
  return groupedInKeyOrder(positions, rows, (row) => row.position);
}

export interface ResultsFilter {
  check?: string | null;
  status?: CheckStatus | null;
  level?: CheckLevel | null;
}

/** From and where of the results in force on the example versions of a snapshot. */
function resultsIn(snapshot: SnapshotKey, { check, status, level }: ResultsFilter, values: Values): string {
  const population = inSnapshot(snapshot, "v", values);
  const conditions = [
    population,
    `k.dataset_id = ${values.add(snapshot.datasetId)}`,
    aliveAt("k", values.add(snapshot.activity)),
    ...(check == null ? [] : [isOfCheck("r", `${values.add(check)}::text`)]),
    ...(status == null ? [] : [`k.status = ${values.add(status)}`]),
    ...(level == null ? [] : [`k.level = ${values.add(level)}`]),
  ];
  return `from example_versions v
    join check_results k on k.dataset_id = v.dataset_id and k.example_version = v.example_version ${OF_RUN}
    where ${conditions.join(" and ")}`;
}

/** In the order they were submitted in. */
export function checkResultsPage(
  db: Db,
  snapshot: SnapshotKey,
  filter: ResultsFilter,
  { after, before, limit, backwards }: Slice,
): Promise<CheckResultRow[]> {
  const values = new Values();
  const from = resultsIn(snapshot, filter, values);
  const reach = [
    ...(after === null ? [] : [`and k.result > ${values.add(after[0])}`]),
    ...(before === null ? [] : [`and k.result < ${values.add(before[0])}`]),
  ];
  return db.rowsOnce<CheckResultRow>(
    `/* checkResultsPage */ select ${RESULT} ${from} ${reach.join(" ")}
     order by k.result ${backwards ? "desc" : "asc"} limit ${values.add(limit)}`,
    values.list,
  );
}

export async function checkResultCount(db: Db, snapshot: SnapshotKey, filter: ResultsFilter): Promise<number> {
  const values = new Values();
  const rows = await db.rowsOnce<{ n: number }>(
    `/* checkResultCount */ select count(*)::int as n from
     (select 1 ${resultsIn(snapshot, filter, values)} limit ${COUNT_LIMIT + 1}) x`,
    values.list,
  );
  return rows[0]!.n;
}

export interface CheckCountRow {
  check: string;
  checkVersion: string;
  status: CheckStatus;
  level: CheckLevel;
  count: number;
}

const MOST_COUNTS = 1_000;

/** Results in force by check, version, status and level, at most 1,000 kinds. */
export function checkCounts(db: Db, snapshot: SnapshotKey, filter: ResultsFilter): Promise<CheckCountRow[]> {
  const values = new Values();
  return db.rowsOnce<CheckCountRow>(
    `/* checkCounts */ select r.name as "check", r.version as "checkVersion", k.status, k.level, count(*)::int as count
     ${resultsIn(snapshot, filter, values)} group by 1, 2, 3, 4 order by 1, 2, 4, 3 limit ${MOST_COUNTS}`,
    values.list,
  );
}

/** What an activity brought, in the order it was submitted in. */
export function resultsOfActivity(db: Db, datasetId: number, activity: number): Promise<CheckResultRow[]> {
  return db.rows<CheckResultRow>(
    `/* resultsOfActivity */ select ${RESULT} from check_results k ${OF_RUN}
     where k.dataset_id = $1 and k.activity = $2 order by k.result`,
    [datasetId, activity],
  );
}

/** Every run of checks by these names, with the digest of its parameters. */
export function runsOfChecks(
  tx: Tx,
  datasetId: number,
  names: readonly string[],
): Promise<Array<{ checkRun: number; name: string; version: string; digest: Buffer }>> {
  return tx.rows(
    `/* runsOfChecks */ select check_run as "checkRun", name, version, parameters_digest as digest from check_runs
     where dataset_id = $1 and name = any($2::text[])`,
    [datasetId, [...names]],
  );
}

/** The results in force on example versions, with their texts. */
export async function resultsInForce(
  tx: Tx,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<ResultInForce[]> {
  const rows = await tx.rows<ResultInForce & { has: boolean; text: string | null }>(
    `/* resultsInForce */ select k.result, k.example_version as "exampleVersion", k.check_run as "checkRun", k.status, k.level,
       k.score, k.findings is not null as has, c.text
     from unnest($2::int[]) u(e)
     join lateral (select * from check_results k where k.dataset_id = $1 and k.example_version = u.e
       and k.superseded_by is null) k on true
     left join lateral (select c.text from contents c where c.dataset_id = $1 and c.commitment = k.findings limit 1) c on true`,
    [datasetId, intArray(exampleVersions)],
  );
  return rows.map(({ has, text, ...row }) => (has && text === null ? row : { ...row, findings: text }));
}

/** How many code points each turn of example versions has; versions whose text is gone are left out. */
export async function turnLengths(
  tx: Tx,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<Map<number, number[]>> {
  const rows = await tx.rows<{ exampleVersion: number; text: string }>(
    `/* turnLengths */ select v.example_version as "exampleVersion", c.text from example_versions v
     join contents c on c.dataset_id = $1 and c.commitment = v.content
     where v.dataset_id = $1 and v.example_version = any($2::int[])`,
    [datasetId, intArray(exampleVersions)],
  );
  return new Map(
    rows.map(({ exampleVersion, text }) => {
      const { turns } = JSON.parse(text) as { turns: Array<{ content: string }> };
      return [exampleVersion, turns.map(({ content }) => codePoints(content))];
    }),
  );
}

/** The commitments to all that checks said of versions in words and places, and to the digests of the requests that brought it. */
export async function findingsOnVersions(
  tx: Tx,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<Buffer[]> {
  const rows = await tx.rows<{ commitment: Buffer }>(
    `/* findingsOnVersions */ with said as (select findings, activity from check_results
       where dataset_id = $1 and example_version = any($2::int[]) and findings is not null)
     select findings as commitment from said
     union select a.request_digest from said s join activities a on a.dataset_id = $1 and a.activity = s.activity
       where a.request_digest is not null`,
    [datasetId, [...exampleVersions]],
  );
  return rows.map((row) => row.commitment);
}
