// What is the bare insert measured against: a table with the same columns, keys, foreign keys and indexes?
import type { PgTable } from "drizzle-orm/pg-core";
import type pg from "pg";
import { shapeOf, type Row } from "../../src/platform/insert.js";

/** Makes bench_NAME like the table, with its foreign keys (to the real tables) and the given dataset's rows. */
export async function copyTable(sql: pg.Client, table: PgTable, datasetId: number): Promise<void> {
  const { name } = shapeOf(table);
  await sql.query(`drop table if exists bench_${name}`);
  await sql.query(`create table bench_${name} (like ${name} including all)`);
  const keys = await sql.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'f'",
    [name],
  );
  await sql.query(`insert into bench_${name} select * from ${name} where dataset_id = $1`, [datasetId]);
  for (const { definition } of keys.rows) await sql.query(`alter table bench_${name} add ${definition}`);
  await sql.query(`analyze bench_${name}`);
}

/** One auto-committed INSERT … SELECT FROM unnest of rows into bench_NAME. The arrays are made before, by bareInsert. */
export function bareInsert(sql: pg.Client, table: PgTable, rows: readonly Row[]): () => Promise<unknown> {
  const shape = shapeOf(table);
  const text = shape.insert.replaceAll(`insert into ${shape.name} `, `insert into bench_${shape.name} `);
  const values = shape.columns.map((column) => rows.map((row) => row[column.property] ?? null));
  return () => sql.query({ name: `bench ${shape.name}`, text, values });
}
