// Which tables hold facts, and which column is a row's own id?
import { getTableColumns, getTableName } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

export interface FactTable {
  table: PgTable;
  name: string;
  /** The property of the row's own id where rows can be superseded or referred to; null for link tables. */
  id: string | null;
  supersedable: boolean;
}

const tables = new Map<string, FactTable>();

/** Registers a table whose rows are made by activities: only such a table can be written, and every one is verified. */
export function factTable(table: PgTable, id: string | null): void {
  const name = getTableName(table);
  tables.set(name, { table, name, id, supersedable: "supersededBy" in getTableColumns(table) });
}

export function factTables(): FactTable[] {
  return [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function factOf(table: PgTable): FactTable {
  const fact = tables.get(getTableName(table));
  if (!fact) throw new Error(`${getTableName(table)} is not registered with factTable`);
  return fact;
}
