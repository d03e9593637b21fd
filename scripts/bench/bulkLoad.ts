// How do millions of ratings come into a database within minutes?
import type pg from "pg";
import { projectLoaded } from "./projectLoaded.js";

export interface BulkLoad {
  datasetId: number;
  head: number;
  units: number;
  annotators: number;
  /** Over how many activities after the head the ratings come in; 0: with the head. */
  activities: number;
}

const RATERS = 5;
export const TOPICS = 10;

/**
 * Examples, versions, texts, a label of ten topics each, ratings; then the projections from the facts. Not linked to the
 * chain, and without looking at foreign keys, which would take most of the time.
 */
export async function bulkLoad(sql: pg.Client, load: BulkLoad): Promise<void> {
  await sql.query("begin");
  await sql.query("set local session_replication_role = replica");
  await loadExamples(sql, load);
  await loadRatings(sql, load);
  await sql.query(
    `update datasets set head = head + $3, counters = counters || jsonb_build_object('example', $2::int, 'exampleVersion', $2::int,
       'label', $2::int, 'rating', $2::int * ${RATERS}) where dataset_id = $1`,
    [load.datasetId, load.units, load.activities],
  );
  await sql.query("commit");
  await sql.query("vacuum analyze");
  await sql.query("begin");
  await projectLoaded(sql, load.datasetId);
  await sql.query("commit");
  await sql.query("vacuum analyze tallies");
  await sql.query("analyze histogram, rater_tallies");
}

async function loadExamples(sql: pg.Client, { datasetId, head, units }: BulkLoad): Promise<void> {
  const some = [datasetId, head, units];
  await sql.query(`insert into examples select $1, i, 'ex-' || i, $2 from generate_series(1, $3::int) i`, some);
  await sql.query(
    `insert into contents (dataset_id, commitment, salt, text, hash) select $1, sha256(('c' || i)::bytea), '\\x00', 'text ' || i, sha256(('h' || i)::bytea)
     from generate_series(1, $2::int) i`,
    [datasetId, units],
  );
  await sql.query(
    `insert into example_versions (dataset_id, example_version, example, version, content, source, turn_count, prompt_words, response_words, activity)
     select $1, i, i, 1, sha256(('c' || i)::bytea), 1, 2, 5, 20 + i % 400, $2 from generate_series(1, $3::int) i`,
    some,
  );
  await sql.query(
    `insert into labels (dataset_id, label, example_version, dimension, value, method, activity)
     select $1, i, i, 'topic', 'topic-' || (hashint4(i) & 1048575) % ${TOPICS}, 'SOURCE', $2 from generate_series(1, $3::int) i`,
    some,
  );
}

/** Annotators take turns, so that every two of them meet; values lie around what hash gives each unit. */
async function loadRatings(
  sql: pg.Client,
  { datasetId, head, units, annotators, activities }: BulkLoad,
): Promise<void> {
  await sql.query(
    `insert into activities (dataset_id, activity, kind, agent, recorded_at, outcome, rows_digest, previous_digest, digest)
     select $1::int, $2::int + i, 'RATING', 1, now() + i * interval '1 second', '{}', sha256(('r' || $1 || i)::bytea), sha256(('p' || $1 || i)::bytea), sha256(('d' || $1 || i)::bytea)
     from generate_series(1, $3::int) i`,
    [datasetId, head, activities],
  );
  const annotator =
    annotators > 2 * RATERS
      ? `1 + ((hashint4(i) & 65535) + a * (1 + (hashint4(i * 7) & 65535) % ${Math.floor((annotators - 1) / RATERS)})) % ${annotators}`
      : "a";
  await sql.query(
    `insert into ratings (dataset_id, rating, criterion_version, example_version, annotator, guideline_version, category, stratum, repeat, activity)
     select $1, (i - 1) * ${RATERS} + a, 1, i, ${annotator}, 1,
       least(4, greatest(0, (hashint4(i) & 7) % 5 + case when hashint4(i * 31 + a) & 3 = 0 then (hashint4(a * 7 + i) & 3) - 1 else 0 end)),
       'OPEN', 0, $2 + (i::bigint * $4 / $3)::int
     from generate_series(1, $3::int) i, generate_series(1, ${RATERS}) a`,
    [datasetId, head, units, activities],
  );
}
