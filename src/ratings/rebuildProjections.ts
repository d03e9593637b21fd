// What should tallies, histogram and rater tallies be, by the facts alone?
import type { Db } from "../platform/db.js";
import { currentNow } from "./factQueries.js";
import { COUNTED, MOMENTS, RATER } from "./projectionQueries.js";

/** Makes all three anew from the facts, in a transaction, under the dataset's lock. What was kept before has no influence. */
export async function rebuildProjections(tx: Db, datasetId: number): Promise<void> {
  await tx.rows(`/* rebuild: lock */ select head from datasets where dataset_id = $1 for no key update`, [datasetId]);
  for (const table of ["tallies", "histogram", "rater_tallies"])
    await tx.rows(`/* rebuild: empty ${table} */ delete from ${table} where dataset_id = $1`, [datasetId]);
  await tx.rows(CATEGORICAL, [datasetId]);
  await tx.rows(CONTINUOUS, [datasetId]);
  await rebuildHistogram(tx, datasetId);
  await rebuildRaters(tx, datasetId);
}

/**
 * Two bytes a category, in the criterion's order. The number added before taking the low bytes lies 65,536 below what an
 * integer holds: a count that does not fit two bytes is an error and does not wrap.
 */
const CATEGORICAL = `/* rebuild: vectors */ insert into tallies (dataset_id, criterion_version, example_version, counts, n)
  with counted as (
    select r.criterion_version as c, r.example_version as e, r.category, count(*) as n from ratings r ${RATER}
    where r.dataset_id = $1 and r.category is not null and ${COUNTED} group by 1, 2, 3),
  places as (
    select u.c, u.e, place.category from (select distinct c, e from counted) u
    join criterion_versions cv on cv.dataset_id = $1 and cv.criterion_version = u.c
    cross join lateral generate_series(0, jsonb_array_length(cv.categories) - 1) place(category))
  select $1, p.c, p.e,
    string_agg(substring(int4send((coalesce(k.n, 0) + 2147418112)::int) from 3 for 2), '' order by p.category), sum(k.n)::int
  from places p left join counted k on k.c = p.c and k.e = p.e and k.category = p.category group by p.c, p.e`;

const CONTINUOUS = `/* rebuild: moments */ insert into tallies (dataset_id, criterion_version, example_version, n, sum, sum_of_squares)
  select $1, r.criterion_version, r.example_version, ${MOMENTS} from ratings r ${RATER}
  where r.dataset_id = $1 and r.score is not null and ${COUNTED} group by r.criterion_version, r.example_version`;

async function rebuildHistogram(tx: Db, datasetId: number): Promise<void> {
  const { condition, values } = currentNow(datasetId);
  await tx.rows(
    `/* rebuild: histogram */ insert into histogram (dataset_id, criterion_version, counts, units)
     select $1, t.criterion_version, t.counts, count(*) from tallies t
     join example_versions v on v.dataset_id = $1 and v.example_version = t.example_version and ${condition}
     where t.dataset_id = $1 and t.counts is not null group by t.criterion_version, t.counts`,
    values.list,
  );
}

async function rebuildRaters(tx: Db, datasetId: number): Promise<void> {
  const { condition, values } = currentNow(datasetId);
  await tx.rows(
    `/* rebuild: raters */ insert into rater_tallies (dataset_id, criterion_version, annotator, ratings)
     select $1, r.criterion_version, r.annotator, count(*) from ratings r ${RATER}
     join example_versions v on v.dataset_id = $1 and v.example_version = r.example_version and ${condition}
     where r.dataset_id = $1 and ${COUNTED} group by r.criterion_version, r.annotator`,
    values.list,
  );
}
