// Which example versions are in a snapshot: how many, in which order, and which exactly?
import { createHash } from "node:crypto";
import { datasetById } from "../activities/queries.js";
import { inSnapshot, Population, registerPopulation, type SnapshotKey } from "../activities/snapshot.js";
import { COUNT_LIMIT, type Key, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { digestOf } from "../platform/digest.js";
import { Values } from "../platform/statement.js";
import { filterCondition } from "./exampleFilter.js";
import { EXAMPLE_OF_VERSION, VERSION, type ExampleVersionRow } from "./queries.js";
import type { ExampleFilter, ExampleOrder } from "./types.js";

registerPopulation(
  Population.ALL_VERSIONS,
  ({ activity }, alias, values) => `${alias}.activity <= ${values.add(activity)}`,
  () => "true",
);

/** What a list is ordered by: two columns that together name a version, and what its cursors hold. */
interface Ordering {
  columns: readonly [string, string];
  casts: readonly [string, string];
  keyTypes: readonly ["number" | "string", "number"];
  key: (row: ExampleVersionRow) => Key;
}

export const ORDERINGS: Record<ExampleOrder["field"], Ordering> = {
  NUMBER: {
    columns: ["v.example", "v.version"],
    casts: ["int", "int"],
    keyTypes: ["number", "number"],
    key: (row) => [row.example, row.version],
  },
  EXTERNAL_ID: {
    columns: ["x.external_id", "v.version"],
    casts: ["text", "int"],
    keyTypes: ["string", "number"],
    key: (row) => [row.externalId, row.version],
  },
  RECORDED: {
    columns: ["v.activity", "v.example_version"],
    casts: ["int", "int"],
    keyTypes: ["number", "number"],
    key: (row) => [row.activityNumber, row.exampleVersion],
  },
};

/** A page of a snapshot's versions; each remembers as of when it is shown. */
export async function snapshotPage(
  db: Db,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  order: ExampleOrder,
  slice: Slice,
): Promise<ExampleVersionRow[]> {
  const values = new Values();
  const { columns, casts } = ORDERINGS[order.field];
  const descending = (order.direction === "DESC") !== slice.backwards;
  const beyond = (key: Key | null, sign: string): string =>
    key
      ? `and (${columns.join(", ")}) ${sign} (${key.map((part, i) => `${values.add(part)}::${casts[i]}`).join(", ")})`
      : "";
  const [past, short] = order.direction === "DESC" ? ["<", ">"] : [">", "<"];
  const sorted = columns.map((column) => `${column} ${descending ? "desc" : "asc"}`).join(", ");
  // The page first, then what belongs to it: a table that is not analysed yet is sorted as a whole, but not joined as one.
  const rows = await db.rowsOnce<ExampleVersionRow>(
    `/* snapshotPage */ select ${VERSION} from (
       select v.* from example_versions v ${order.field === "EXTERNAL_ID" ? EXAMPLE_OF_VERSION : ""}
       where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
         ${beyond(slice.after, past)} ${beyond(slice.before, short)}
       order by ${sorted} limit ${values.add(slice.limit)}
     ) v ${EXAMPLE_OF_VERSION} order by ${sorted}`,
    values.list,
  );
  return rows.map((row) => ({ ...row, asOf: snapshot.activity }));
}

/** How many versions a snapshot holds; with a filter, how many it leaves; counted up to a limit where one is given. */
export async function snapshotCount(
  db: Db,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null = null,
  limit: number | null = null,
): Promise<number> {
  const values = new Values();
  const rows = await db.rowsOnce<{ n: number }>(
    `/* snapshotCount */ select count(*) as n from (select 1 from example_versions v
     where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
     ${limit === null ? "" : `limit ${values.add(limit)}`}) x`,
    values.list,
  );
  return rows[0]!.n;
}

/** Counts as connections do. */
export function snapshotCountUpToLimit(db: Db, snapshot: SnapshotKey, filter: ExampleFilter | null): Promise<number> {
  return snapshotCount(db, snapshot, filter, COUNT_LIMIT + 1);
}

const IDS_A_READ = 50_000;

/** The ids of a snapshot's versions, ascending, in portions. */
export async function* snapshotIds(
  db: Db,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null = null,
): AsyncGenerator<number[]> {
  for (let last = 0; ;) {
    const values = new Values();
    const rows = await db.rowsOnce<{ id: number }>(
      `/* snapshotIds */ select v.example_version as id from example_versions v
       where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
         and v.example_version > ${values.add(last)} order by 1 limit ${IDS_A_READ}`,
      values.list,
    );
    if (rows.length > 0) yield rows.map((row) => row.id);
    if (rows.length < IDS_A_READ) return;
    last = rows.at(-1)!.id;
  }
}

/** The scope digest of a snapshot, or of what a filter leaves of it. */
export async function scopeDigest(db: Db, snapshot: SnapshotKey, filter: ExampleFilter | null = null): Promise<Buffer> {
  const dataset = await datasetById(db, snapshot.datasetId);
  return scopeDigestOf(dataset!.uid, snapshotIds(db, snapshot, filter));
}

/**
 * SHA-256 of exactly which example versions: over the dataset's uid and the SHA-256 of their ids, ascending, four bytes each.
 * The same set gives the same digest, whatever activity and population it came by.
 */
export async function scopeDigestOf(
  datasetUid: string,
  portions: AsyncIterable<number[]> | Iterable<number[]>,
): Promise<Buffer> {
  const ids = createHash("sha256");
  for await (const portion of portions) {
    const bytes = Buffer.alloc(portion.length * 4);
    portion.forEach((id, i) => bytes.writeUInt32BE(id, i * 4));
    ids.update(bytes);
  }
  return digestOf("assay.scope.v1", [datasetUid, ids.digest()]);
}
