// How does a statement over many facts get a plan that does not depend on statistics being there?
import type { Database, Tx } from "../platform/db.js";

/** Grouping a million units spills to disk by the 4 MB that Postgres allows where nothing is said: 14 s then, 10 without. */
const WORK_MEMORY = "64MB";

/**
 * Runs reads that join many rows in a transaction of their own, which sees one state of the database, without nested loops.
 * On tables that were just filled and are not yet analysed, the planner expects one row of each and loops over all labels,
 * annotators and decisions for every rating: 9,000 ratings by label took 10 s so, and take 0.025 s by hash joins. With nested
 * loops off, older versions of Postgres reckon costs at which they would compile small plans; so compiling is off, too, and
 * measured no gain.
 */
export function withHashJoins<T>(db: Database, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.inTransaction(async (tx) => {
    await tx.rows(`/* oneState */ set transaction isolation level repeatable read, read only`);
    await tx.rows(
      `/* hashJoins */ select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '${WORK_MEMORY}', true)`,
    );
    return read(tx);
  });
}
