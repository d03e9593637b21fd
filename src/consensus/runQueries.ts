// Which statements keep the posteriors of a fit, and read them?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Database, Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { sliceByCertainty, type CertaintySlice } from "./queries.js";

/** Older fits of a criterion version go when a new one is kept: each holds a row for every unit. */
const KEPT_FITS = 5;
const UNITS_AT_A_TIME = 20_000;

/** The place of a unit whose most probable categories are tied. */
export const TIED = -1;

/** Units in columns: the most probable category, its probability, and how many ratings it rests on. */
export interface FittedUnits {
  exampleVersion: ArrayLike<number>;
  category: Int32Array;
  certainty: Float64Array;
  ratings: Int32Array;
}

export interface FitOf {
  datasetId: number;
  /** Of the report. */
  key: Buffer;
  criterionVersion: number;
  activity: number;
}

/** Keeps the units of a fit in the place of those that were kept of it, and lets go of the oldest of the criterion version. */
export async function keepFit(db: Database, fit: FitOf, units: FittedUnits): Promise<void> {
  const { datasetId, key, criterionVersion, activity } = fit;
  await db.inTransaction(async (tx) => {
    await tx.rows(`/* replaceFit */ delete from consensus_runs where dataset_id = $1 and key = $2`, [datasetId, key]);
    const [run] = await tx.rows<{ run: number }>(
      `/* keepFit */ insert into consensus_runs (dataset_id, key, criterion_version, as_of) values ($1, $2, $3, $4) returning run`,
      [datasetId, key, criterionVersion, activity],
    );
    for (let from = 0; from < units.category.length; from += UNITS_AT_A_TIME)
      await keepUnits(tx, datasetId, run!.run, units, from);
  });
  await dropOldFits(db, datasetId, criterionVersion);
}

/** In a transaction of its own, which sees what others kept meanwhile. */
function dropOldFits(db: Database, datasetId: number, criterionVersion: number): Promise<unknown> {
  return db.inTransaction((tx) =>
    tx.rows(
      `/* dropOldFits */ delete from consensus_runs where dataset_id = $1 and criterion_version = $2 and run not in (
         select run from consensus_runs where dataset_id = $1 and criterion_version = $2 order by run desc limit ${KEPT_FITS})`,
      [datasetId, criterionVersion],
    ),
  );
}

async function keepUnits(tx: Db, datasetId: number, run: number, units: FittedUnits, from: number): Promise<void> {
  const part = (column: ArrayLike<number>) =>
    Array.from({ length: Math.min(UNITS_AT_A_TIME, column.length - from) }, (_, i) => column[from + i]!);
  await tx.rows(
    `/* keepFittedUnits */ insert into consensus_values (dataset_id, run, example_version, category, certainty, ratings)
     select $1, $2, * from unnest($3::int[], $4::smallint[], $5::float8[], $6::int[])`,
    [datasetId, run, part(units.exampleVersion), part(units.category), part(units.certainty), part(units.ratings)],
  );
}

/** The run under which a fit's posteriors are kept; null where they are not. A fit that is kept again has another run. */
export async function keptRun(db: Db, datasetId: number, key: Buffer): Promise<number | null> {
  const rows = await db.rows<{ run: number }>(
    `/* keptRun */ select max(run) as run from consensus_runs where dataset_id = $1 and key = $2 having count(*) > 0`,
    [datasetId, key],
  );
  return rows[0]?.run ?? null;
}

/** Asked after reading: a run that is still there was there for every statement before. */
export async function runIsKept(db: Db, datasetId: number, run: number): Promise<boolean> {
  const rows = await db.rows(`/* runIsKept */ select from consensus_runs where dataset_id = $1 and run = $2`, [
    datasetId,
    run,
  ]);
  return rows.length > 0;
}

export interface FittedRow {
  exampleVersion: number;
  category: number;
  certainty: number;
  ratings: number;
}
const FITTED = `cv.example_version as "exampleVersion", cv.category, cv.certainty, cv.ratings from consensus_values cv
  where cv.dataset_id = $1 and cv.run = $2`;

/** A page of a fit's units by number. */
export function fittedPage(db: Db, datasetId: number, run: number, slice: Slice): Promise<FittedRow[]> {
  return db.rows<FittedRow>(
    `/* fittedPage */ select ${FITTED} and ${sliceById("cv.example_version", ["$3", "$4", "$5"], slice.backwards)}`,
    [datasetId, run, ...sliceValues(slice)],
  );
}

/** A page of a fit's units, the least certain first. */
export function leastCertainFitted(
  db: Db,
  datasetId: number,
  run: number,
  slice: CertaintySlice,
): Promise<FittedRow[]> {
  const values = new Values();
  values.add(datasetId);
  values.add(run);
  const part = sliceByCertainty("cv", slice, values);
  return db.rowsOnce<FittedRow>(`/* leastCertainFitted */ select ${FITTED} ${part}`, values.list);
}

/** Counts as connections do. */
export async function fittedCount(db: Db, datasetId: number, run: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* fittedCount */ select count(*) as n from (select ${FITTED} limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, run],
  );
  return rows[0]!.n;
}

/** The most probable category of every unit of a fit. */
export function fittedCategories(
  db: Db,
  datasetId: number,
  run: number,
): Promise<Array<Pick<FittedRow, "exampleVersion" | "category">>> {
  return db.rows(`/* fittedCategories */ select ${FITTED}`, [datasetId, run]);
}
