// How fast do examples go in, and how long does a small write wait for a large import?
import { createHash } from "node:crypto";
import { contents } from "../../src/activities/tables.js";
import { examples, exampleVersions } from "../../src/examples/tables.js";
import type { BenchWorld } from "./benchWorld.js";
import { bareInsert, copyTable } from "./copyTable.js";
import { loadedDataset, type LoadedDataset } from "./loadedDataset.js";
import { alternate, milliseconds, quantile, type Bench } from "./measure.js";

const IMPORT = `mutation ($input: ImportExamplesInput!) { importExamples(input: $input) { acceptedCount userErrors { message } } }`;
const SUBMIT = `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount userErrors { message } } }`;
const PER_CALL = 1_000;
const WORDS =
  "the shelf holds a jar of honey and two letters from a friend who moved to the coast last spring because of work".split(
    " ",
  );

let next = 1;

/** About 20 words asked and 90 answered, each text different. */
function exampleOf(n: number): { externalId: string; prompt: string; response: string } {
  const text = (count: number, seed: number) =>
    Array.from({ length: count }, (_, i) => WORDS[(seed * 7 + i * (1 + (seed % 5))) % WORDS.length]).join(" ");
  return { externalId: `new-${n}`, prompt: `${n}: ${text(20, n)}?`, response: `${text(90, n + 3)}.` };
}

function nextExamples(): Array<ReturnType<typeof exampleOf>> {
  const first = next;
  next += PER_CALL;
  return Array.from({ length: PER_CALL }, (_, i) => exampleOf(first + i));
}

function importCall(world: BenchWorld, slug: string, batch: Array<ReturnType<typeof exampleOf>>): Promise<unknown> {
  return world.ask(IMPORT, {
    input: { dataset: slug, mode: "ATOMIC", defaults: { source: "web", language: "en" }, examples: batch },
  });
}

/** The like insert: the same texts and keys into copies of the three tables, one statement each, in one transaction. */
function likeInsert(
  world: BenchWorld,
  dataset: LoadedDataset,
  batch: Array<ReturnType<typeof exampleOf>>,
): () => Promise<unknown> {
  const { datasetId } = dataset;
  const rows = batch.map((example, i) => {
    const id = 50_000_000 + next + i;
    const text = JSON.stringify({
      attributes: {},
      turns: [
        { content: example.prompt, role: "user" },
        { content: example.response, role: "assistant" },
      ],
    });
    const digest = createHash("sha256").update(`${id}${text}`).digest();
    return { id, text, digest, externalId: `like-${id}` };
  });
  const statements = [
    bareInsert(
      world.sql,
      contents,
      rows.map((r) => ({
        datasetId,
        commitment: r.digest,
        salt: r.digest.subarray(0, 16),
        text: r.text,
        hash: r.digest,
        groupKey: r.digest,
      })),
    ),
    bareInsert(
      world.sql,
      examples,
      rows.map((r) => ({ datasetId, example: r.id, externalId: r.externalId, activity: 1 })),
    ),
    bareInsert(
      world.sql,
      exampleVersions,
      rows.map((r) => ({
        datasetId,
        exampleVersion: r.id,
        example: r.id,
        version: 1,
        content: r.digest,
        source: 1,
        language: "en",
        turnCount: 2,
        promptWords: 20,
        responseWords: 90,
        activity: 1,
      })),
    ),
  ];
  return async () => {
    await world.sql.query("begin");
    for (const statement of statements) await statement();
    await world.sql.query("commit");
  };
}

const importBench = (world: BenchWorld): Bench => ({
  name: "examples.import",
  unit: "examples/s",
  better: "higher",
  goal: 0.5,
  against: `the like insert of the same ${PER_CALL} texts into like tables`,
  async run() {
    const dataset = await loadedDataset(world, "bench-import", { units: 20_000 });
    await copyTable(world.sql, contents, dataset.datasetId);
    await copyTable(world.sql, examples, dataset.datasetId);
    await copyTable(world.sql, exampleVersions, dataset.datasetId);
    // The copy's versions refer to the copy's examples, as the original's do to its own.
    await world.sql.query(
      `alter table bench_example_versions drop constraint if exists bench_example_versions_dataset_id_example_fkey`,
    );
    const { rows } = await world.sql.query<{ conname: string }>(
      "select conname from pg_constraint where conrelid = 'bench_example_versions'::regclass and contype = 'f' and confrelid = 'examples'::regclass",
    );
    for (const { conname } of rows)
      await world.sql.query(`alter table bench_example_versions drop constraint "${conname}"`);
    await world.sql.query(
      `alter table bench_example_versions add foreign key (dataset_id, example) references bench_examples (dataset_id, example)`,
    );
    const perSecond = async (work: () => Promise<unknown>) => (PER_CALL * 1000) / (await milliseconds(work));
    return alternate(
      15,
      () => {
        const batch = nextExamples();
        return perSecond(() => importCall(world, dataset.slug, batch));
      },
      () => perSecond(likeInsert(world, dataset, nextExamples())),
    );
  },
});

const WRITES = 150;
let write = 0;

const waitBench = (world: BenchWorld): Bench => ({
  name: "write.wait.mixed",
  unit: "ms p99",
  better: "lower",
  goal: 10,
  against: "the same 10-rating write alone",
  async run() {
    const dataset = await loadedDataset(world, "bench-import", { units: 20_000 });
    const times = async () => {
      const list: number[] = [];
      for (let i = 0; i < WRITES; i++) list.push(await milliseconds(() => tenRatings(world, dataset.slug)));
      return list;
    };
    await times();
    const alone: number[] = [];
    const during: number[] = [];
    for (let round = 0; round < 3; round++) {
      alone.push(...(await times()));
      let importing = true;
      const imports = (async () => {
        while (importing) await importCall(world, dataset.slug, nextExamples());
      })();
      during.push(...(await times()));
      importing = false;
      await imports;
    }
    const value = quantile(during, 0.99);
    const limit = quantile(alone, 0.99);
    return { value, limit, ratio: value / limit };
  },
});

function tenRatings(world: BenchWorld, slug: string): Promise<unknown> {
  const n = write++;
  const ratings = Array.from({ length: 10 }, (_, i) => ({
    externalId: `ex-${((n * 10 + i) % 20_000) + 1}`,
    criterion: "helpfulness",
    annotator: `a${6 + (n % 5)}`,
    value: (i % 5) + 1,
  }));
  return world.ask(SUBMIT, { input: { dataset: slug, guidelineVersion: "rules@1.0", mode: "ATOMIC", ratings } });
}

export const importBenches = (world: BenchWorld): Bench[] => [importBench(world), waitBench(world)];
