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
  /** The name as it stands in digests. */
  tag: string;
  /** What was encoded last: most columns of a batch hold the same value row after row. */
  last: { value: unknown; bytes: string };
}

export interface TableShape {
  name: string;
  columns: Column[];
  /** The columns that a row's digest covers. */
  digested: Column[];
  /** Names and placeholders from $1 on. */
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
    tag: `${column.name.length}:${column.name}`,
    last: { value: null, bytes: NOTHING },
  }));
  const digested = columns.filter((column) => column.property !== "supersededBy");
  return { name, columns, digested, insert: `/* insert ${name} */ ${insertText(name, columns, 1)}` };
}

/** Inserts what the arrays in the placeholders from $first on hold. */
function insertText(name: string, columns: readonly Column[], first: number): string {
  const names = columns.map((c) => c.name).join(", ");
  // jsonb travels as text: pg would turn a JavaScript array into a Postgres one.
  const selected = columns.map((c) => (c.type === "jsonb" ? `${c.name}::jsonb` : c.name)).join(", ");
  const arrays = columns.map((c, i) => `$${first + i}::${c.type === "jsonb" ? "text" : c.type}[]`).join(", ");
  return `insert into ${name} (${names}) select ${selected} from unnest(${arrays}) as u(${names})`;
}

export type Row = Record<string, unknown>;

export interface TableRows {
  table: PgTable;
  rows: readonly Row[];
}

const combined = new Map<string, string>();

/**
 * Inserts rows of several tables in one statement, so that a small activity is one round trip and not five; foreign keys
 * are checked when all of it is done. An update, whose placeholders are $1 and on, may go with it.
 */
export async function insertTogether(
  tx: Tx,
  parts: readonly TableRows[],
  update: { text: string; values: unknown[] },
): Promise<void> {
  const some = parts.filter((part) => part.rows.length > 0);
  const shapesOfParts = some.map((part) => shapeOf(part.table));
  const key = `${update.text} ${shapesOfParts.map((shape) => shape.name).join(" ")}`;
  let text = combined.get(key);
  if (text === undefined) combined.set(key, (text = combinedText(shapesOfParts, update)));
  const values = [...update.values];
  for (const { table, rows } of some)
    for (const column of shapeOf(table).columns) values.push(columnArray(rows, column));
  await tx.rows(text, values);
}

function combinedText(shapesOfParts: readonly TableShape[], update: { text: string; values: unknown[] }): string {
  let first = update.values.length + 1;
  const inserts = shapesOfParts.map(({ name, columns }) => {
    const text = `${name}_made as (${insertText(name, columns, first)})`;
    first += columns.length;
    return text;
  });
  const names = shapesOfParts.map((shape) => shape.name).join(", ");
  return `/* insert ${names} */ with ${inserts.join(",\n")} ${update.text}`;
}

const NUMERIC = new Set(["integer", "double precision", "smallint", "boolean"]);

/**
 * A column of rows as a Postgres array. Of a column that is null throughout nothing is sent: unnest fills up with nulls.
 * Written here, since pg's own conversion escapes every element with two regular expressions.
 */
function columnArray(rows: readonly Row[], { property, type }: Column): string {
  const write = NUMERIC.has(type) ? String : type === "jsonb" ? (v: unknown) => quoted(canonicalize(v)!) : element;
  let text = "";
  let known: unknown = null;
  let last = "NULL";
  let nulls = true;
  for (const row of rows) {
    const value = row[property] ?? null;
    if (value !== known) {
      known = value;
      last = value === null ? "NULL" : write(value);
      if (value !== null) nulls = false;
    }
    text += text === "" ? last : `,${last}`;
  }
  return nulls ? "{}" : `{${text}}`;
}

function element(value: unknown): string {
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString("hex")}"`;
  return quoted(value instanceof Date ? value.toISOString() : String(value));
}

function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, "\\$&") : text}"`;
}

/**
 * SHA-256 of a row over tagged, length-prefixed bytes: the table's name, then every column but superseded_by, as name and
 * value. Two rows that differ anywhere differ here. Hex, since sorting and joining strings is what the caller does.
 */
export function rowDigest(table: PgTable, row: Row): string {
  const shape = shapeOf(table);
  let bytes = `5:table${shape.name.length}:${shape.name}`;
  for (const { property, tag, last } of shape.digested) {
    const value = row[property] ?? null;
    // Objects may have been changed in between; plain values are known by themselves (NaN is not, and is encoded again).
    if (value !== last.value || typeof value === "object") {
      last.bytes = lengthPrefixed(value);
      last.value = value;
    }
    bytes += tag + last.bytes;
  }
  return hash("sha256", bytes, "hex");
}

/** A value as its length in bytes, a type letter and text; the letter keeps null, "" and 0 apart. */
function lengthPrefixed(value: unknown): string {
  if (value === null) return NOTHING;
  if (typeof value === "number") return ascii(`n${Object.is(value, -0) ? 0 : value}`);
  if (typeof value === "string") return `${Buffer.byteLength(value) + 1}:t${value}`;
  if (typeof value === "boolean") return value ? "2:b1" : "2:b0";
  if (Buffer.isBuffer(value)) return ascii(`x${value.toString("hex")}`);
  if (value instanceof Date) return ascii(`d${value.toISOString()}`);
  const json = canonicalize(value)!;
  return `${Buffer.byteLength(json) + 1}:j${json}`;
}

const NOTHING = "1:-";

function ascii(text: string): string {
  return `${text.length}:${text}`;
}
