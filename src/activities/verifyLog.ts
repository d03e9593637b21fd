// Does a log still say what it said?
import type { Db } from "../platform/db.js";
import { factTables, type FactTable } from "../platform/facts.js";
import { rowDigest, shapeOf, type Row } from "../platform/insert.js";
import { activityDigest, genesisDigest, rowsDigest, supersededName, type ActivityHeader } from "./recordActivities.js";

export interface BadActivity {
  number: number;
  reason: "MISSING" | "CHAIN_BROKEN" | "ROWS_CHANGED" | "HEADER_CHANGED" | "HEAD_MISMATCH" | "TEXT_CHANGED";
  message: string;
}

export interface Verification {
  verified: boolean;
  activityCount: number;
  rowCount: number;
  head: number;
  headDigest: string;
  firstBad: BadActivity | null;
}

/** Activities, and items accepted by them, verified at a time: bounds the memory, but for one activity's own rows. */
const CHUNK = 200;
const CHUNK_ITEMS = 20_000;

type Stored = ActivityHeader & { digest: Buffer };

/** Recomputes the digests of activities from..to out of the rows as they are, and names the first that differs. */
export async function verifyLog(
  db: Db,
  datasetId: number,
  range: { from: number; to: number | null },
): Promise<Verification> {
  const [dataset] = await db.rows<{ uid: string; head: number; headDigest: Buffer }>(
    `/* verifyLog head */ select uid, head, head_digest as "headDigest" from datasets where dataset_id = $1`,
    [datasetId],
  );
  const { uid, head, headDigest } = dataset!;
  const to = Math.min(range.to ?? head, head);
  const first = Math.max(1, Math.min(range.from, head + 1));
  const result: Verification = {
    verified: false,
    activityCount: 0,
    rowCount: 0,
    head,
    headDigest: headDigest.toString("hex"),
    firstBad: null,
  };
  let previous = await digestBefore(db, datasetId, uid, first);
  for (let from = first, last = 0; from <= to && !result.firstBad; from = last + 1) {
    last = await chunkEnd(db, datasetId, from, to);
    previous = await verifyChunk(db, datasetId, uid, { from, to: last }, previous, result);
  }
  if (!result.firstBad && to === head && head > 0 && !previous.equals(headDigest))
    result.firstBad = {
      number: head,
      reason: "HEAD_MISMATCH",
      message: "the dataset's head digest is not that of its last activity",
    };
  result.firstBad ??= await changedText(db, datasetId, { from: first, to });
  result.firstBad ??= await beyondHead(db, datasetId);
  result.verified = result.firstBad === null;
  return result;
}

/** The last activity of the chunk that begins with from. */
async function chunkEnd(db: Db, datasetId: number, from: number, to: number): Promise<number> {
  const [row] = await db.rows<{ last: number | null }>(
    `/* chunkEnd */ select max(activity) as last from (
       select activity, sum(case jsonb_typeof(outcome -> 'accepted') when 'number' then (outcome ->> 'accepted')::numeric else 0 end)
         over (order by activity) as items
       from activities where dataset_id = $1 and activity between $2 and $3) a where items <= $4`,
    [datasetId, from, Math.min(from + CHUNK - 1, to), CHUNK_ITEMS],
  );
  return Math.max(from, row?.last ?? from);
}

/** Rows that say they end with an activity that is yet to come: out of force, with no activity to say why. */
async function beyondHead(db: Db, datasetId: number): Promise<BadActivity | null> {
  const parts = factTables()
    .filter((fact) => fact.supersedable)
    .map(
      ({ name }) => `select '${name}' as name, min(activity) as number from ${name}
        where dataset_id = $1 and superseded_by > (select head from datasets where dataset_id = $1)`,
    );
  const [first] = await db.rows<{ name: string; number: number }>(
    `/* beyondHead */ select * from (${parts.join(" union all ")}) r where number is not null order by number limit 1`,
    [datasetId],
  );
  if (!first) return null;
  const message = `a row of ${first.name} that activity ${first.number} wrote ends with an activity that did not happen`;
  return { number: first.number, reason: "ROWS_CHANGED", message };
}

/** A text that is not the one its commitment was made of, and the first activity that refers to it. */
async function changedText(
  db: Db,
  datasetId: number,
  { from, to }: { from: number; to: number },
): Promise<BadActivity | null> {
  const changed = await db.rows<{ commitment: Buffer }>(
    `/* changedText */ select commitment from contents
     where dataset_id = $1 and sha256(salt || convert_to(text, 'UTF8')) <> commitment`,
    [datasetId],
  );
  if (changed.length === 0) return null;
  const references = factTables().flatMap(({ table, name }) =>
    shapeOf(table)
      .columns.filter((column) => column.type === "bytea")
      .map((column) => `select activity from ${name} where dataset_id = $1 and ${column.name} = any($2::bytea[])`),
  );
  const [first] = await db.rows<{ number: number | null }>(
    `/* referring */ select min(activity) as number from (
       select activity from activities where dataset_id = $1 and (message = any($2::bytea[]) or request_digest = any($2::bytea[]))
       union all ${references.join(" union all ")}) r where activity between $3 and $4`,
    [datasetId, changed.map((row) => row.commitment), from, to],
  );
  if (!first?.number) return null;
  return {
    number: first.number,
    reason: "TEXT_CHANGED",
    message: `a text that activity ${first.number} wrote is not what it was`,
  };
}

async function digestBefore(db: Db, datasetId: number, uid: string, from: number): Promise<Buffer> {
  if (from <= 1) return genesisDigest(uid);
  const rows = await db.rows<{ digest: Buffer }>(
    `/* digestBefore */ select digest from activities where dataset_id = $1 and activity = $2`,
    [datasetId, from - 1],
  );
  return rows[0]?.digest ?? Buffer.alloc(0);
}

async function verifyChunk(
  db: Db,
  datasetId: number,
  uid: string,
  { from, to }: { from: number; to: number },
  previous: Buffer,
  result: Verification,
): Promise<Buffer> {
  const headers = await db.rows<Stored>(
    `/* verifyLog headers */ select activity, kind, agent, token, recorded_at as "recordedAt", request_key as "requestKey",
       request_digest as "requestDigest", message, outcome, rows_digest as "rowsDigest", previous_digest as "previousDigest", digest
     from activities where dataset_id = $1 and activity between $2 and $3 order by activity`,
    [datasetId, from, to],
  );
  const rows = await rowsOf(db, datasetId, from, to);
  for (let number = from; number <= to; number++) {
    const header = headers.find((one) => one.activity === number);
    const found = rows.get(number) ?? { generated: [], superseded: [] };
    result.firstBad = badness(uid, number, header, previous, rowsDigest(found.generated, found.superseded));
    if (result.firstBad) return previous;
    result.activityCount++;
    result.rowCount += found.generated.length;
    previous = header!.digest;
  }
  return previous;
}

function badness(
  uid: string,
  number: number,
  header: Stored | undefined,
  previous: Buffer,
  rows: Buffer,
): BadActivity | null {
  const bad = (reason: BadActivity["reason"], message: string) => ({ number, reason, message });
  if (!header) return bad("MISSING", `activity ${number} is not in the log`);
  if (!header.previousDigest.equals(previous))
    return bad(
      "CHAIN_BROKEN",
      `activity ${number} follows digest ${header.previousDigest.toString("hex")}, but the one before it has ${previous.toString("hex")}`,
    );
  if (!header.rowsDigest.equals(rows))
    return bad(
      "ROWS_CHANGED",
      `the rows of activity ${number} give ${rows.toString("hex")}; it recorded ${header.rowsDigest.toString("hex")}`,
    );
  const digest = activityDigest(uid, header);
  if (!header.digest.equals(digest))
    return bad(
      "HEADER_CHANGED",
      `the header of activity ${number} gives ${digest.toString("hex")}; it recorded ${header.digest.toString("hex")}`,
    );
  return null;
}

type RowDigests = Map<number, { generated: string[]; superseded: string[] }>;

async function rowsOf(db: Db, datasetId: number, from: number, to: number): Promise<RowDigests> {
  const digests: RowDigests = new Map();
  const of = (activity: number) => {
    let entry = digests.get(activity);
    if (!entry) digests.set(activity, (entry = { generated: [], superseded: [] }));
    return entry;
  };
  for (const fact of factTables()) {
    for (const row of await generatedRows(db, fact, datasetId, from, to))
      of(row.activity as number).generated.push(rowDigest(fact.table, row));
    if (!fact.supersedable) continue;
    for (const { id, by } of await supersededRows(db, fact, datasetId, from, to))
      of(by).superseded.push(supersededName(fact.table, id));
  }
  return digests;
}

function generatedRows(
  db: Db,
  { table, name }: FactTable,
  datasetId: number,
  from: number,
  to: number,
): Promise<Row[]> {
  const columns = shapeOf(table)
    .columns.map((column) => `${column.name} as "${column.property}"`)
    .join(", ");
  return db.rows(
    `/* generatedRows ${name} */ select ${columns} from ${name} where dataset_id = $1 and activity between $2 and $3`,
    [datasetId, from, to],
  );
}

function supersededRows(
  db: Db,
  fact: FactTable,
  datasetId: number,
  from: number,
  to: number,
): Promise<Array<{ id: number; by: number }>> {
  const id = shapeOf(fact.table).columns.find((column) => column.property === fact.id)!.name;
  return db.rows(
    `/* supersededRows ${fact.name} */ select ${id} as id, superseded_by as by from ${fact.name} where dataset_id = $1 and superseded_by between $2 and $3`,
    [datasetId, from, to],
  );
}
