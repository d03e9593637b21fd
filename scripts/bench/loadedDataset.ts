// How does a benchmark come by a dataset with many ratings: rules through the API, rows by bulk load?
import { projectLoaded } from "./projectLoaded.js";
import type { BenchWorld } from "./benchWorld.js";

export interface LoadedDataset {
  slug: string;
  datasetId: number;
  /** External ids are ex-1 … ex-N; version ids are 1 … N. */
  units: number;
  ratings: number;
}

export const RATERS = 5;
export const CATEGORIES = [1, 2, 3, 4, 5];

const loaded = new Map<string, Promise<LoadedDataset>>();

/** A dataset with units examples, each rated by annotators a1 … a5 on one criterion; made once for all rows that ask. */
export function loadedDataset(world: BenchWorld, slug: string, units: number): Promise<LoadedDataset> {
  let dataset = loaded.get(slug);
  if (!dataset) loaded.set(slug, (dataset = load(world, slug, units)));
  return dataset;
}

async function load(world: BenchWorld, slug: string, units: number): Promise<LoadedDataset> {
  await makeRules(world, slug);
  const { rows } = await world.sql.query<{ dataset_id: number; head: number }>(
    "select dataset_id, head from datasets where slug = $1",
    [slug],
  );
  const { dataset_id: datasetId, head } = rows[0]!;
  if (units > 0) await loadRows(world, datasetId, head, units);
  return { slug, datasetId, units, ratings: units * RATERS };
}

/** Through the API: dataset, source, criterion, guideline, ten annotators. */
async function makeRules(world: BenchWorld, slug: string): Promise<void> {
  const input = (fields: Record<string, unknown>) => ({ input: { dataset: slug, ...fields } });
  await world.ask(
    `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { userErrors { message } } }`,
    { input: { slug, title: slug } },
  );
  await world.ask(
    `mutation ($input: RegisterSourcesInput!) { registerSources(input: $input) { userErrors { message } } }`,
    input({ sources: [{ key: "web", kind: "FILTERED_DATASET", title: "Web", licence: "CC0-1.0" }] }),
  );
  await world.ask(
    `mutation ($input: PublishCriteriaInput!) { publishCriteria(input: $input) { userErrors { message } } }`,
    input({ criteria: [{ key: "helpfulness", question: "How helpful?", level: "ORDINAL", categories: CATEGORIES }] }),
  );
  await world.ask(
    `mutation ($input: PublishGuidelineInput!) { publishGuideline(input: $input) { userErrors { message } } }`,
    input({
      key: "rules",
      version: "1.0",
      title: "Rules",
      clauses: [{ number: "1", title: "One", text: "Be helpful." }],
      criteria: ["helpfulness"],
    }),
  );
  await world.ask(
    `mutation ($input: EnrolAnnotatorsInput!) { enrolAnnotators(input: $input) { userErrors { message } } }`,
    input({ annotators: Array.from({ length: 2 * RATERS }, (_, i) => ({ key: `a${i + 1}` })) }),
  );
}

/** By bulk load: examples, versions, texts, ratings; then the projections from the facts. Not linked to the chain. */
async function loadRows({ sql }: BenchWorld, datasetId: number, head: number, units: number): Promise<void> {
  await sql.query("begin");
  await sql.query(`insert into examples select $1, i, 'ex-' || i, $2 from generate_series(1, $3::int) i`, [
    datasetId,
    head,
    units,
  ]);
  await sql.query(
    `insert into contents (dataset_id, commitment, salt, text, hash) select $1, sha256(('c' || i)::bytea), '\\x00', 'text ' || i, sha256(('h' || i)::bytea)
     from generate_series(1, $2::int) i`,
    [datasetId, units],
  );
  await sql.query(
    `insert into example_versions (dataset_id, example_version, example, version, content, source, turn_count, prompt_words, response_words, activity)
     select $1, i, i, 1, sha256(('c' || i)::bytea), 1, 2, 5, 20 + i % 400, $2 from generate_series(1, $3::int) i`,
    [datasetId, head, units],
  );
  await sql.query(
    `insert into ratings (dataset_id, rating, criterion_version, example_version, annotator, guideline_version, category, stratum, repeat, activity)
     select $1, (i - 1) * ${RATERS} + a, 1, i, a, 1,
       least(4, greatest(0, (hashint4(i) & 7) % 5 + case when hashint4(i * 31 + a) & 3 = 0 then (hashint4(a * 7 + i) & 3) - 1 else 0 end)), 'OPEN', 0, $2
     from generate_series(1, $3::int) i, generate_series(1, ${RATERS}) a`,
    [datasetId, head, units],
  );
  await sql.query(
    `update datasets set counters = counters || jsonb_build_object('example', $2::int, 'exampleVersion', $2::int, 'rating', $2::int * ${RATERS})
     where dataset_id = $1`,
    [datasetId, units],
  );
  await sql.query("commit");
  await sql.query("analyze");
  await sql.query("begin");
  await projectLoaded(sql, datasetId);
  await sql.query("commit");
  await sql.query("analyze tallies, histogram, rater_tallies");
}
