// What does a database hold, as text that can be compared? The embedded Postgres ships no pg_dump.
import type pg from "pg";

const TABLES = `select c.oid, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r' order by c.relname collate "C"`;

const COLUMNS = `select format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end,
    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

/** Postgres 18 keeps "not null" as a constraint too; the columns say it already. */
const CONSTRAINTS = `select format('  constraint %I %s', conname, pg_get_constraintdef(oid)) as line
  from pg_constraint where conrelid = $1 and contype <> 'n' order by conname collate "C"`;

const INDEXES = `select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i
  where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by 1`;

const TRIGGERS = `select pg_get_triggerdef(oid) || ';' as line from pg_trigger
  where tgrelid = $1 and not tgisinternal order by tgname collate "C"`;

const FUNCTIONS = `select pg_get_functiondef(p.oid) || ';' as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'public' order by p.proname collate "C"`;

/** Tables, constraints, indexes, triggers and functions of schema public, sorted. */
export async function describeCatalogue(client: pg.Client): Promise<string> {
  const lines = async (text: string, values: unknown[] = []) =>
    (await client.query<{ line: string }>(text, values)).rows.map((row) => row.line);
  const parts: string[] = [];
  const tables = await client.query<{ oid: number; name: string }>(TABLES);
  for (const { oid, name } of tables.rows) {
    const body = [...(await lines(COLUMNS, [oid])), ...(await lines(CONSTRAINTS, [oid]))];
    parts.push(`create table ${name} (\n${body.join(",\n")}\n);`);
    parts.push(...(await lines(INDEXES, [oid])), ...(await lines(TRIGGERS, [oid])));
  }
  parts.push(...(await lines(FUNCTIONS)).map((text) => text.trim()));
  return `-- What all migrations give, described from the catalogue. Written by: node dist/scripts/checkMigrations.js --write\n\n${parts.join("\n\n")}\n`;
}
