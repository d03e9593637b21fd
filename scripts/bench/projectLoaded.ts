// How are the projections of a bulk-loaded dataset made?
import type pg from "pg";
import "../../src/schema.js"; // what is CURRENT is known where decisions are
import { rebuildProjections } from "../../src/ratings/rebuildProjections.js";

/** Rebuilds them from the facts in the client's transaction. */
export async function projectLoaded(client: pg.Client, datasetId: number): Promise<void> {
  const rows = async <Row>(text: string, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[];
  await rebuildProjections({ rows, rowsOnce: rows }, datasetId);
}
