// How are many rows written in one statement, and what are they as bytes?
import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import { getTableColumns, getTableName } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "./db.js";

export interface Column {
  /** As in TypeScript. */
  property: string;
  /** As in Postgres. */
  name: string;
  type: string;
}

export interface TableShape {
  name: string;
  columns: Column[];
  insert: string;
}

const shapes = new WeakMap<PgTable, TableShape>();

/** A table's columns and its insert-many statement, made once. */
export function shapeOf(table: PgTable): TableShape {
  let shape = shapes.get(table);
  if (shape === undefined) shapes.set(table, (shape = describe(table)));
  return shape;
}

function describe(table: PgTable): TableShape {
  const name = getTableName(table);
  const columns = Object.entries(getTableColumns(table)).map(([property, column]) => ({
    property,
    name: column.name,
    type: column.getSQLType(),
  }));
  const names = columns.map((c) => c.name).join(", ");
  // jsonb travels as text: pg would turn a JavaScript array into a Postgres one.
  const selected = columns.map((c) => (c.type === "jsonb" ? `${c.name}::jsonb` : c.name)).join(", ");
  const arrays = columns.map((c, i) => `$${i + 1}::${c.type === "jsonb" ? "text" : c.type}[]`).join(", ");
  return {
    name,
    columns,
    insert: `/* insert ${name} */ insert into ${name} (${names}) select ${selected} from unnest(${arrays}) as u(${names})`,
  };
}

export type Row = Record<string, unknown>;

/** Inserts rows by one INSERT … SELECT FROM unnest. A property that is missing is null. */
export async function insertRows(tx: Tx, table: PgTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const shape = shapeOf(table);
  await tx.rows(
    shape.insert,
    shape.columns.map((column) => columnArray(rows, column)),
  );
}

const NUMERIC = new Set(["integer", "double precision", "smallint", "boolean"]);

function columnArray(rows: readonly Row[], column: Column): unknown {
  const values = rows.map((row) => row[column.property] ?? null);
  if (NUMERIC.has(column.type)) return `{${values.map((v) => (v === null ? "NULL" : String(v))).join(",")}}`;
  if (column.type === "jsonb") return values.map((v) => (v === null ? null : canonicalize(v)));
  if (column.type === "bytea") return byteaArray(values as Array<Buffer | null>);
  return values;
}

function byteaArray(values: Array<Buffer | null>): string {
  return `{${values.map((v) => (v === null ? "NULL" : `"\\\\x${v.toString("hex")}"`)).join(",")}}`;
}

/**
 * SHA-256 of a row over tagged, length-prefixed bytes: the table's name, then every column but superseded_by, as name and
 * value. Two rows that differ anywhere differ here. Hex, since sorting and joining strings is what the caller does.
 */
export function rowDigest(table: PgTable, row: Row): string {
  const shape = shapeOf(table);
  let bytes = tagged("table", shape.name);
  for (const column of shape.columns) {
    if (column.property === "supersededBy") continue;
    bytes += tagged(column.name, encode(row[column.property] ?? null));
  }
  return hash("sha256", bytes, "hex");
}

function tagged(tag: string, value: string): string {
  return `${tag.length}:${tag}${Buffer.byteLength(value)}:${value}`;
}

/** A value as a type letter and text; the letter keeps null, "" and 0 apart. */
function encode(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "number") return `n${Object.is(value, -0) ? 0 : value}`;
  if (typeof value === "string") return `t${value}`;
  if (typeof value === "boolean") return value ? "b1" : "b0";
  if (Buffer.isBuffer(value)) return `x${value.toString("hex")}`;
  if (value instanceof Date) return `d${value.toISOString()}`;
  return `j${canonicalize(value)}`;
}
