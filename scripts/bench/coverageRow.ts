// What does coverage over two dimensions cost at a million examples?
import type { BenchWorld } from "./benchWorld.js";
import { alternate, milliseconds, type Bench } from "./measure.js";

const SLUG = "coverage-1m";
const EXAMPLES = 1_000_000;
const TOPICS = 10;
const SOURCES = ["HUMAN_DEMONSTRATION", "FILTERED_DATASET", "MODEL_GENERATED"];

const COVERAGE = `query ($slug: String!) { dataset(slug: $slug) { head {
  coverage(dimensions: [{ by: LABEL, dimension: "topic" }, { by: SOURCE_KIND }]) {
    cache exampleCount cells { keys count share interval { low high } } association { chiSquare cramersV adjustedResiduals } } } } }`;
const MOVE_HEAD = `mutation ($input: OpenBatchesInput!) { openBatches(input: $input) { userErrors { message } } }`;

/** The counts of the cells, as anybody would ask for them. */
const GROUP_BY = `select l.value, s.kind, count(*) from example_versions v
  left join labels l on l.dataset_id = v.dataset_id and l.example_version = v.example_version and l.dimension = 'topic'
    and l.superseded_by is null
  join sources s on s.dataset_id = v.dataset_id and s.source = v.source
  where v.dataset_id = $1 and v.superseded_by is null group by 1, 2`;

/** Examples from three sources, each with a label of ten topics and one of ten without. */
async function load(world: BenchWorld): Promise<number> {
  const send = (mutation: string, type: string, fields: object) =>
    world.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { message } } }`, {
      input: fields,
    });
  await send("createDataset", "CreateDatasetInput", { slug: SLUG, title: SLUG });
  const sources = SOURCES.map((kind) => ({ key: kind.toLowerCase(), kind, title: kind }));
  await send("registerSources", "RegisterSourcesInput", { dataset: SLUG, sources });
  const { rows } = await world.sql.query<{ dataset_id: number; head: number }>(
    "select dataset_id, head from datasets where slug = $1",
    [SLUG],
  );
  const { dataset_id: datasetId, head } = rows[0]!;
  const some = [datasetId, head, EXAMPLES];
  const insert = async (text: string) => world.sql.query(text, some);
  await world.sql.query("begin");
  await world.sql.query("set local session_replication_role = replica");
  await insert(`insert into examples select $1, i, 'ex-' || i, $2 from generate_series(1, $3::int) i`);
  await insert(`insert into example_versions (dataset_id, example_version, example, version, content, source, turn_count,
      prompt_words, response_words, activity)
    select $1, i, i, 1, sha256(('c' || i)::bytea), 1 + (hashint4(i * 3) & 1048575) % ${SOURCES.length}, 2, 5, 20 + i % 400, $2
    from generate_series(1, $3::int) i`);
  await insert(`insert into labels (dataset_id, label, example_version, dimension, value, method, activity)
    select $1, i, i, 'topic', 'topic-' || (hashint4(i) & 1048575) % ${TOPICS}, 'SOURCE', $2
    from generate_series(1, $3::int) i where i % 10 > 0`);
  await world.sql.query(
    `update datasets set counters = counters || jsonb_build_object('example', $2::int, 'exampleVersion', $2::int, 'label', $2::int)
     where dataset_id = $1`,
    [datasetId, EXAMPLES],
  );
  await world.sql.query("commit");
  await world.sql.query("vacuum analyze examples, example_versions, labels");
  return datasetId;
}

/** Two dimensions on a million example versions, cold, over HTTP. */
export const coverageBench = (world: BenchWorld): Bench => ({
  name: "coverage.2d.1m",
  unit: "ms",
  better: "lower",
  goal: 1.5,
  against: "the plain GROUP BY it needs",
  async run() {
    const datasetId = await load(world);
    let moves = 0;
    const cold = async () => {
      const batches = [{ key: `moved-${++moves}`, title: "Move the head" }];
      await world.ask(MOVE_HEAD, { input: { dataset: SLUG, batches } });
      return milliseconds(async () => {
        const { coverage } = (await world.ask(COVERAGE, { slug: SLUG })).dataset.head;
        if (coverage.cache !== "MISS") throw new Error("the answer had been computed before");
        if (coverage.exampleCount !== EXAMPLES) throw new Error(`${coverage.exampleCount} examples, not ${EXAMPLES}`);
      });
    };
    return alternate(7, cold, () => milliseconds(() => world.sql.query(GROUP_BY, [datasetId])));
  },
});
