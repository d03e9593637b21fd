// Which statements read units, what was said of them, and which of them are least certain?
import { inSnapshot, Population, type SnapshotKey } from "../activities/snapshot.js";
import { withHashJoins } from "../agreement/hashJoins.js";
import type { CountedRatings } from "../agreement/question.js";
import { saidStatement } from "../agreement/saidStatement.js";
import { filterCondition } from "../examples/exampleFilter.js";
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Database, Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { Scale, UnitRule } from "./consensusOf.js";
import { consensusSelect, GIVEN, saidOfUnit } from "./unitSql.js";

/** A unit, by its example version, and what was said of it: indexes of categories or scores, ascending. */
export interface UnitRow {
  exampleVersion: number;
  given: number[];
}

/**
 * The snapshot's example versions v, and what was said of each as u.given, by number. Each is looked up by itself (a lateral
 * aggregate leaves the planner no other way), so that a page costs what it holds, whatever is known of the tables.
 */
function ratedVersions(snapshot: SnapshotKey, question: CountedRatings, values: Values): string {
  values.add(snapshot.datasetId); // $1
  return `example_versions v join lateral (
      select array_agg(said.given order by said.given) as given from (${saidOfUnit(snapshot.activity, question, "v.example_version", values)}) said) u
      on u.given is not null
    where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(question.filter, "v", values, snapshot)}`;
}

/** A page of the units with a rating that counts, by number. */
export function unitsPage(db: Db, snapshot: SnapshotKey, question: CountedRatings, slice: Slice): Promise<UnitRow[]> {
  const values = new Values();
  const rated = ratedVersions(snapshot, question, values);
  const [after, before, limit] = sliceValues(slice).map((value) => values.add(value)) as [string, string, string];
  return db.rowsOnce<UnitRow>(
    `/* consensusUnits */ select v.example_version as "exampleVersion", u.given from ${rated}
     and ${sliceById("v.example_version", [after, before, limit], slice.backwards)}`,
    values.list,
  );
}

/** Counts as connections do. */
export async function unitCount(db: Db, snapshot: SnapshotKey, question: CountedRatings): Promise<number> {
  const values = new Values();
  const rows = await db.rowsOnce<{ n: number }>(
    `/* consensusUnitCount */ select count(*) as n from (
       select 1 from ${ratedVersions(snapshot, question, values)} limit ${COUNT_LIMIT + 1}) x`,
    values.list,
  );
  return rows[0]!.n;
}

/** What was said of some example versions; of those of which nothing was, no row. */
export function saidOfUnits(
  db: Db,
  snapshot: SnapshotKey,
  question: CountedRatings,
  exampleVersions: readonly number[],
): Promise<UnitRow[]> {
  const values = new Values();
  const rated = ratedVersions(
    { ...snapshot, population: Population.ALL_VERSIONS },
    { ...question, filter: null },
    values,
  );
  return db.rowsOnce<UnitRow>(
    `/* saidOfUnits */ select v.example_version as "exampleVersion", u.given from ${rated}
     and v.example_version = any(${values.add([...exampleVersions])}::int[])`,
    values.list,
  );
}

/** A slice of a list by certainty, then by number. */
export interface CertaintySlice extends Omit<Slice, "after" | "before"> {
  after: readonly [certainty: number, exampleVersion: number] | null;
  before: readonly [certainty: number, exampleVersion: number] | null;
}

/** The part of a statement that takes such a slice of rows of an alias. */
export function sliceByCertainty(alias: string, slice: CertaintySlice, values: Values): string {
  const columns = `${alias}.certainty, ${alias}.example_version`;
  const beyond = (key: CertaintySlice["after"], sign: string) =>
    key === null ? "" : `and (${columns}) ${sign} (${values.add(key[0])}::float8, ${values.add(key[1])}::int)`;
  const direction = slice.backwards ? "desc" : "asc";
  return `${beyond(slice.after, ">")} ${beyond(slice.before, "<")}
    order by ${alias}.certainty ${direction}, ${alias}.example_version ${direction} limit ${values.add(slice.limit)}`;
}

/** A page of the units, the least certain first. Certainty must be looked at in all units: 2 to 3 s for a million ratings. */
export function leastCertainPage(
  db: Database,
  snapshot: SnapshotKey,
  question: CountedRatings,
  { rule, scale }: { rule: UnitRule; scale: Scale },
  slice: CertaintySlice,
): Promise<Array<UnitRow & { certainty: number }>> {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const said = saidStatement(snapshot, question, null, values, `r.example_version, ${GIVEN}`);
  const units = consensusSelect(said, { rule, scale, by: "example_version" }, values);
  return withHashJoins(db, (tx) =>
    tx.rowsOnce(
      `/* leastCertain */ select c.example_version as "exampleVersion", c.given, c.certainty from (${units}) c
       where true ${sliceByCertainty("c", slice, values)}`,
      values.list,
    ),
  );
}
