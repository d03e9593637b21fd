// Which statements move tallies, histogram and rater tallies?
import type { Tx } from "../platform/db.js";
import { intArray } from "./factQueries.js";
import type { Unit } from "./submission.js";

interface UnitKey {
  criterionVersion: number;
  exampleVersion: number;
}

export interface TallyMoves {
  /** New vectors of units, hex. */
  tallies: Array<UnitKey & { counts: string; n: number }>;
  /** Units of which nothing is counted any more. */
  emptied: UnitKey[];
  /** Units more or fewer that have a vector. */
  vectors: Array<{ criterionVersion: number; counts: string; by: number }>;
  raters: Array<{ criterionVersion: number; annotator: number; by: number }>;
}

/** The least of what was touched: 0 asks for a sweep, less is a projection that does not belong to its facts. */
interface Least {
  units: number | null;
  ratings: number | null;
}

const HISTOGRAM_CONFLICT = `on conflict (dataset_id, criterion_version, counts)
  do update set units = h.units + excluded.units returning units`;
const RATERS_CONFLICT = `on conflict (dataset_id, criterion_version, annotator)
  do update set ratings = r.ratings + excluded.ratings returning ratings`;
const LEAST = `(select min(units) from moved_vectors) as units, (select min(ratings) from moved_raters) as ratings`;

/**
 * One statement for all three. The new vectors are computed beforehand: upserting them took 2 to 6 % less than adding in
 * SQL, and a bytea has no plus. Counts are exact under the dataset's lock.
 */
export async function moveTallies(tx: Tx, datasetId: number, moves: TallyMoves): Promise<void> {
  const { tallies, vectors, raters, emptied } = moves;
  const [least] = await tx.rows<Least>(
    `/* moveTallies */ with moved_tallies as (
       insert into tallies as t (dataset_id, criterion_version, example_version, counts, n)
       select $1, u.c, u.e, u.counts, u.n from unnest($2::int[], $3::int[], $4::bytea[], $5::int[]) u(c, e, counts, n)
       on conflict (dataset_id, criterion_version, example_version) do update set counts = excluded.counts, n = excluded.n),
     moved_vectors as (
       insert into histogram as h (dataset_id, criterion_version, counts, units)
       select $1, u.c, u.counts, u.units from unnest($6::int[], $7::bytea[], $8::int[]) u(c, counts, units) ${HISTOGRAM_CONFLICT}),
     moved_raters as (
       insert into rater_tallies as r (dataset_id, criterion_version, annotator, ratings)
       select $1, u.c, u.a, u.ratings from unnest($9::int[], $10::int[], $11::int[]) u(c, a, ratings) ${RATERS_CONFLICT})
     select ${LEAST}`,
    [
      datasetId,
      intArray(tallies.map((t) => t.criterionVersion)),
      intArray(tallies.map((t) => t.exampleVersion)),
      byteaArray(tallies.map((t) => t.counts)),
      intArray(tallies.map((t) => t.n)),
      intArray(vectors.map((v) => v.criterionVersion)),
      byteaArray(vectors.map((v) => v.counts)),
      intArray(vectors.map((v) => v.by)),
      intArray(raters.map((r) => r.criterionVersion)),
      intArray(raters.map((r) => r.annotator)),
      intArray(raters.map((r) => r.by)),
    ],
  );
  if (emptied.length > 0) await deleteTallies(tx, datasetId, emptied);
  await sweep(tx, datasetId, least!);
}

function byteaArray(hex: readonly string[]): string {
  return `{${hex.map((one) => `"\\\\x${one}"`).join(",")}}`;
}

async function deleteTallies(tx: Tx, datasetId: number, units: readonly UnitKey[]): Promise<void> {
  await tx.rows(
    `/* deleteTallies */ delete from tallies t using unnest($2::int[], $3::int[]) u(c, e)
     where t.dataset_id = $1 and t.criterion_version = u.c and t.example_version = u.e`,
    [datasetId, intArray(units.map((u) => u.criterionVersion)), intArray(units.map((u) => u.exampleVersion))],
  );
}

/** Vectors that no unit has and raters without ratings go, so that what is kept equals what a rebuild gives. */
async function sweep(tx: Tx, datasetId: number, { units, ratings }: Least): Promise<void> {
  if ((units ?? 0) < 0 || (ratings ?? 0) < 0)
    throw new Error(
      `the projections of dataset ${datasetId} do not belong to its facts (${units} units, ${ratings} ratings); rebuild them`,
    );
  if (units === 0)
    await tx.rows(`/* sweepHistogram */ delete from histogram where dataset_id = $1 and units = 0`, [datasetId]);
  if (ratings === 0)
    await tx.rows(`/* sweepRaters */ delete from rater_tallies where dataset_id = $1 and ratings = 0`, [datasetId]);
}

/** What counts: in force, by a human annotator, of stratum OPEN or RANDOM. Ratings are r, annotators a. */
export const COUNTED = `r.superseded_by is null and r.stratum in ('OPEN', 'RANDOM') and a.kind = 'HUMAN'`;
export const RATER = `join annotators a on a.dataset_id = r.dataset_id and a.annotator = r.annotator`;

/** Sums in the order of ratings: floating point gives the same bits only in the same order. */
export const MOMENTS = `count(*)::int as n, sum(r.score order by r.rating) as sum, sum(r.score * r.score order by r.rating) as squares`;

/** Sums of units on continuous scales, anew from their ratings: adding and taking away would leave rounding behind. */
export async function moveContinuous(tx: Tx, datasetId: number, units: readonly Unit[]): Promise<void> {
  await tx.rows(
    `/* moveContinuous */ with touched as (
       select u.c, u.e, m.* from unnest($2::int[], $3::int[]) u(c, e)
       cross join lateral (select ${MOMENTS} from ratings r ${RATER}
         where r.dataset_id = $1 and r.criterion_version = u.c and r.example_version = u.e and ${COUNTED}) m),
     emptied as (
       delete from tallies t using touched u
       where t.dataset_id = $1 and t.criterion_version = u.c and t.example_version = u.e and u.n = 0)
     insert into tallies (dataset_id, criterion_version, example_version, n, sum, sum_of_squares)
     select $1, u.c, u.e, u.n, u.sum, u.squares from touched u where u.n > 0
     on conflict (dataset_id, criterion_version, example_version)
       do update set n = excluded.n, sum = excluded.sum, sum_of_squares = excluded.sum_of_squares`,
    [
      datasetId,
      intArray(units.map((unit) => unit.criterionVersion)),
      intArray(units.map((unit) => unit.version.exampleVersion)),
    ],
  );
}

/** Takes units into and out of the histogram, and their ratings to and from their raters, as versions come and go. */
export async function movePopulation(tx: Tx, datasetId: number, versions: ReadonlyMap<number, number>): Promise<void> {
  const [least] = await tx.rows<Least>(
    `/* movePopulation */ with versions as (select * from unnest($2::int[], $3::int[]) u(e, by)),
     moved_vectors as (
       insert into histogram as h (dataset_id, criterion_version, counts, units)
       select $1, t.criterion_version, t.counts, sum(u.by) from versions u
       cross join lateral (select * from tallies t where t.dataset_id = $1 and t.example_version = u.e and t.counts is not null limit 100000) t
       group by t.criterion_version, t.counts having sum(u.by) <> 0 ${HISTOGRAM_CONFLICT}),
     moved_raters as (
       insert into rater_tallies as r (dataset_id, criterion_version, annotator, ratings)
       select $1, c.criterion_version, c.annotator, sum(u.by) from versions u
       cross join lateral (select r.criterion_version, r.annotator from ratings r ${RATER}
         where r.dataset_id = $1 and r.example_version = u.e and ${COUNTED} limit 100000000) c
       group by c.criterion_version, c.annotator having sum(u.by) <> 0 ${RATERS_CONFLICT})
     select ${LEAST}`,
    [datasetId, intArray([...versions.keys()]), intArray([...versions.values()])],
  );
  await sweep(tx, datasetId, least!);
}
