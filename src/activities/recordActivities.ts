// How are planned activities written: numbers, digests, rows?
import canonicalize from "canonicalize";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "../platform/db.js";
import { digestOf, sha256 } from "../platform/digest.js";
import { factOf } from "../platform/facts.js";
import { insertTogether, rowDigest, shapeOf, type Row } from "../platform/insert.js";
import { addText, type Plan } from "./plan.js";
import { deleteContents, moveHead, type LockedDataset } from "./queries.js";
import { activities, agents as agentsTable, contents, usages } from "./tables.js";
import type { ActivityKind } from "./activityKinds.js";
import type { Command } from "./verb.js";

export interface Planned {
  activity: number;
  kind: ActivityKind;
  command: Command<unknown>;
  plan: Plan;
}

/** The fields of an activity that its digest covers, as they are stored. */
export interface ActivityHeader {
  activity: number;
  kind: string;
  agent: number;
  token: number | null;
  recordedAt: Date;
  requestKey: string | null;
  requestDigest: Buffer | null;
  message: Buffer | null;
  outcome: unknown;
  rowsDigest: Buffer;
  previousDigest: Buffer;
}

/** Digest of an activity: its header, the previous digest, and the digest over all rows it generated and superseded. */
export function activityDigest(datasetUid: string, header: ActivityHeader): Buffer {
  return digestOf("assay.activity.v1", [
    datasetUid,
    String(header.activity),
    header.kind,
    String(header.agent),
    String(header.token),
    header.recordedAt.toISOString(),
    header.requestKey === null ? "-" : `+${header.requestKey}`,
    header.requestDigest ?? "",
    header.message ?? "",
    sha256(canonicalize(header.outcome)!),
    header.rowsDigest,
    header.previousDigest,
  ]);
}

/** What stands before activity 1. */
export function genesisDigest(datasetUid: string): Buffer {
  return digestOf("assay.genesis.v1", [datasetUid]);
}

/** Digest over the sorted digests of rows: "+" and a row's digest for a generated one, "-" and its name for a superseded one. */
export function rowsDigest(generated: string[], superseded: string[]): Buffer {
  return sha256([...generated.map((d) => `+${d}`), ...superseded.map((d) => `-${d}`)].sort().join("\n"));
}

/** How a superseded row is named in the digest of the activity that superseded it. */
export function supersededName(table: PgTable, id: number): string {
  return `${shapeOf(table).name} ${id}`;
}

/** Writes the activities and everything they plan, with the new head, in one statement for the whole group. */
export async function recordActivities(
  tx: Tx,
  locked: LockedDataset,
  agents: Map<string, number>,
  planned: ReadonlyArray<Planned>,
): Promise<void> {
  if (planned.length === 0) return;
  const { datasetId } = locked;
  const headers = planned.map((one) => headerOf(locked, agents, one));
  const texts = planned.flatMap((one) => one.plan.contents.map((content) => ({ datasetId, ...content })));
  await supersedeRows(tx, datasetId, planned);
  const tables = [...rowsByTable(planned)].map(([table, rows]) => ({ table, rows }));
  const parts = [{ table: activities, rows: headers }, { table: contents, rows: texts }, ...tables];
  await insertTogether(tx, parts, moveHead(locked));
  const erased = planned.flatMap((one) => one.plan.erased);
  if (erased.length > 0) await deleteContents(tx, datasetId, erased);
}

/** Completes the plan (agent, usages, message, activity numbers) and links it to the chain. */
function headerOf(locked: LockedDataset, agents: Map<string, number>, one: Planned): Row & ActivityHeader {
  const { plan, command, activity } = one;
  const viewer = command.scope.viewer;
  let agent = agents.get(viewer.principalUid) ?? agentPlanned(plan, viewer.principalUid);
  if (agent === undefined) {
    agents.set(viewer.principalUid, (agent = locked.take("agent")));
    plan.rows.unshift({
      table: agentsTable,
      rows: [{ agent, kind: viewer.kind, label: viewer.key, principalUid: viewer.principalUid }],
    });
  }
  const used = [...new Map(plan.used.map((use) => [`${use.noun} ${use.id}`, use])).values()];
  if (used.length > 0) plan.rows.push({ table: usages, rows: used.map((use) => ({ ...use })) });
  const message = addText(plan, command.message);
  const header = {
    datasetId: locked.datasetId,
    activity,
    kind: one.kind,
    agent,
    token: viewer.token?.id ?? null,
    recordedAt: locked.now,
    requestKey: command.requestKey,
    requestDigest: addText(plan, command.requestDigest?.toString("hex")),
    message,
    outcome: plan.outcome,
    rowsDigest: digestRows(locked.datasetId, activity, plan),
    previousDigest: locked.digest,
  };
  const digest = activityDigest(locked.uid, header);
  locked.head = activity;
  locked.digest = digest;
  return { ...header, digest };
}

/** The agent that the plan itself makes of a principal: somebody whose first act is to enrol themselves. */
function agentPlanned(plan: Plan, principalUid: string): number | undefined {
  const rows = plan.rows.flatMap((part) => (part.table === agentsTable ? part.rows : []));
  return rows.find((row) => row.principalUid === principalUid)?.agent as number | undefined;
}

function digestRows(datasetId: number, activity: number, plan: Plan): Buffer {
  const generated: string[] = [];
  const superseded: string[] = [];
  for (const { table, rows } of plan.rows) {
    const id = factOf(table).id;
    for (const row of rows) {
      row.datasetId = datasetId;
      row.activity = activity;
      generated.push(rowDigest(table, row));
      if (row.supersededBy === activity) superseded.push(supersededName(table, row[id!] as number));
    }
  }
  for (const { table, ids } of plan.superseded) for (const id of ids) superseded.push(supersededName(table, id));
  return rowsDigest(generated, superseded);
}

function rowsByTable(planned: ReadonlyArray<Planned>): Map<PgTable, Row[]> {
  const tables = new Map<PgTable, Row[]>();
  for (const { plan } of planned)
    for (const { table, rows } of plan.rows) {
      const known = tables.get(table);
      if (known) for (const row of rows) known.push(row);
      else tables.set(table, [...rows]);
    }
  return tables;
}

/** Sets superseded_by of rows in force: its own statement before the inserts, since unique indexes look at both. */
async function supersedeRows(tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>): Promise<void> {
  const tables = new Map<PgTable, Array<[id: number, activity: number]>>();
  for (const { plan, activity } of planned)
    for (const { table, ids } of plan.superseded)
      tables.set(table, [...(tables.get(table) ?? []), ...ids.map((id): [number, number] => [id, activity])]);
  for (const [table, all] of tables) {
    const made = idsMadeByOthers(planned, table);
    const pairs = all.filter(([id]) => !made.has(id));
    if (pairs.length === 0) continue;
    const shape = shapeOf(table);
    const id = shape.columns.find((column) => column.property === factOf(table).id)!.name;
    const updated = await tx.rows(
      `/* supersede ${shape.name} */ update ${shape.name} t set superseded_by = u.activity
       from unnest($2::int[], $3::int[]) u(id, activity)
       where t.dataset_id = $1 and t.${id} = u.id and t.superseded_by is null returning 1`,
      [datasetId, `{${pairs.map((p) => p[0]).join(",")}}`, `{${pairs.map((p) => p[1]).join(",")}}`],
    );
    if (updated.length !== pairs.length)
      throw new Error(`${shape.name}: ${pairs.length} rows to supersede, ${updated.length} were in force`);
  }
}

/** Rows that an earlier activity of the group makes come in as superseded by the later one; there is nothing to update. */
function idsMadeByOthers(planned: ReadonlyArray<Planned>, table: PgTable): Set<unknown> {
  if (planned.length === 1) return new Set();
  const id = factOf(table).id!;
  const parts = planned.flatMap(({ plan }) => plan.rows.filter((part) => part.table === table));
  return new Set(parts.flatMap(({ rows }) => rows.map((row) => row[id])));
}
