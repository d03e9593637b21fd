// How does a benchmark come by a dataset with many ratings: rules through the API, rows by bulk load?
import type { BenchWorld } from "./benchWorld.js";
import { bulkLoad } from "./bulkLoad.js";

export interface LoadedDataset {
  slug: string;
  datasetId: number;
  /** External ids are ex-1 … ex-N; version ids are 1 … N. */
  units: number;
  ratings: number;
  /** The last activity. */
  head: number;
}

export const RATERS = 5;
export const CATEGORIES = [1, 2, 3, 4, 5];

export interface Load {
  units: number;
  /** How many annotators there are; each unit is rated by five of them. */
  annotators?: number;
  /** Over how many activities the ratings came in; all in one where absent. */
  activities?: number;
}

const loaded = new Map<string, Promise<LoadedDataset>>();

/** A dataset with units examples, each rated by five annotators on one criterion; made once for all rows that ask. */
export function loadedDataset(world: BenchWorld, slug: string, load: Load): Promise<LoadedDataset> {
  let dataset = loaded.get(slug);
  if (!dataset) loaded.set(slug, (dataset = make(world, slug, load)));
  return dataset;
}

async function make(world: BenchWorld, slug: string, load: Load): Promise<LoadedDataset> {
  const { units, annotators = 2 * RATERS } = load;
  await makeRules(world, slug, annotators);
  const { rows } = await world.sql.query<{ dataset_id: number; head: number }>(
    "select dataset_id, head from datasets where slug = $1",
    [slug],
  );
  const { dataset_id: datasetId, head } = rows[0]!;
  const activities = load.activities ?? 0;
  if (units > 0) await bulkLoad(world.sql, { datasetId, head, units, annotators, activities });
  return { slug, datasetId, units, ratings: units * RATERS, head: head + activities };
}

/** Through the API: dataset, source, criterion, guideline, annotators. */
async function makeRules(world: BenchWorld, slug: string, annotators: number): Promise<void> {
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
    input({ annotators: Array.from({ length: annotators }, (_, i) => ({ key: `a${i + 1}` })) }),
  );
}
