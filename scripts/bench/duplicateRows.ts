// What does it cost to look up the near-duplicates of one text among a million?
import { createHash } from "node:crypto";
import { comparedText } from "../../src/measures/comparedText.js";
import { measuresOf, METHOD } from "../../src/measures/measuresOf.js";
import { keepMeasuresStatement, type MeasuresOfVersion } from "../../src/measures/queries.js";
import type { BenchWorld } from "./benchWorld.js";
import { loadedDataset } from "./loadedDataset.js";
import { alternate, milliseconds, type Bench } from "./measure.js";

const UNITS = 1_000_000;
const LOOKED_UP = 200;
/** Of each text that is looked up: so many say nearly the same, and so many of 40 to 168 words share one key and say something else. */
const NEAR = 3;
const SEEMING = 17;

const LOOK_UP = `query ($slug: String!, $prompt: String!, $response: String!) { dataset(slug: $slug) { head {
  nearDuplicatesOf(prompt: $prompt, response: $response) { candidateCount matches(first: 10) { nodes { similarity exampleVersion { number } } } } } } }`;

interface Text {
  prompt: string;
  response: string;
}

const SLUG = "duplicates-1m";

/** Words of letters that no other text has, the same in every run. */
function textOf(name: string, words = 100): Text {
  const letters = (hash: string) => hash.replace(/[0-9]/g, (digit) => "ghijklmnop"[Number(digit)]!);
  const wordOf = (i: number) => letters(createHash("md5").update(`${name} ${i}`).digest("hex").slice(0, 7));
  return { prompt: `What is ${name}?`, response: Array.from({ length: words }, (_, i) => wordOf(i)).join(" ") };
}

const lookedUp = (i: number): Text => textOf(`q${"abcdefghij"[i % 10]}${i}`);
/** With its last words changed. */
const nearOf = ({ prompt, response }: Text, k: number): Text => ({
  prompt,
  response: `${response} and ${k} more to say`,
});

/** Rows that are read when a text is looked up have real texts and keys; of the others the keys are drawn. */
async function load(world: BenchWorld): Promise<void> {
  const { sql } = world;
  const { datasetId, head } = await loadedDataset(world, SLUG, { units: 0 });
  const known = [datasetId, UNITS];
  await sql.query("begin");
  await sql.query("set local session_replication_role = replica");
  await sql.query("set local maintenance_work_mem = '512MB'");
  const { rows } = await sql.query(`select indexdef from pg_indexes where indexname = 'measures_by_band_key'`);
  await sql.query(`drop index measures_by_band_key`);
  await sql.query(`insert into examples select $1, i, 'ex-' || i, $3 from generate_series(1, $2::int) i`, [
    ...known,
    head,
  ]);
  await sql.query(
    `insert into example_versions (dataset_id, example_version, example, version, content, source, turn_count, prompt_words, response_words, activity)
     select $1, i, i, 1, sha256(('d' || i)::bytea), 1, 2, 5, 100, $3 from generate_series(1, $2::int) i`,
    [...known, head],
  );
  const planted = plantedTexts();
  await sql.query(
    `insert into contents (dataset_id, commitment, salt, text) select $1, sha256(('d' || i)::bytea), '\\x00',
       '{"attributes":{},"turns":[{"content":"What?","role":"user"},{"content":"' || md5(i::text) || ' ' || md5((i + 0.5)::text) || '","role":"assistant"}]}'
     from generate_series($3::int, $2::int) i`,
    [...known, planted.length + 1],
  );
  await sql.query(
    `insert into measures (dataset_id, example_version, content, method, characters, format, band_keys, shingles, words_key, sentences, bullets, headings,
       bold, hedges, sycophantic_openings, apologies, refusals, exclamation_marks, question_marks, emoji, em_dashes)
     select $1, i, sha256(('d' || i)::bytea), ${METHOD}, 65, '{PLAIN}', array(select hashint8extended(i::bigint * 25 + k, 7) from generate_series(1, 25) k),
       30, hashint8extended(i, 9), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from generate_series($3::int, $2::int) i`,
    [...known, planted.length + 1],
  );
  for (let from = 0; from < planted.length; from += 1_000)
    await loadPlanted(world, datasetId, from, planted.slice(from, from + 1_000));
  await sql.query(rows[0]!.indexdef);
  await sql.query(
    `update datasets set counters = counters || jsonb_build_object('example', $2::int, 'exampleVersion', $2::int) where dataset_id = $1`,
    known,
  );
  await sql.query("commit");
  await sql.query("vacuum analyze");
}

interface Planted extends Text {
  /** The text of which it has one key although it says something else. */
  seems: Text | null;
}

function plantedTexts(): Planted[] {
  return Array.from({ length: LOOKED_UP }, (_, i) => lookedUp(i)).flatMap((text, i) => [
    ...Array.from({ length: NEAR }, (__, k): Planted => ({ ...nearOf(text, k), seems: null })),
    ...Array.from({ length: SEEMING }, (__, k): Planted => ({ ...textOf(`s${i}x${k}`, 40 + 8 * k), seems: text })),
  ]);
}

async function loadPlanted({ sql }: BenchWorld, datasetId: number, from: number, texts: Planted[]): Promise<void> {
  const contents = texts.map(({ prompt, response }) =>
    JSON.stringify({
      attributes: {},
      turns: [
        { content: prompt, role: "user" },
        { content: response, role: "assistant" },
      ],
    }),
  );
  await sql.query(
    `insert into contents (dataset_id, commitment, salt, text) select $1, sha256(('d' || $2::int + i)::bytea), '\\x00', t.text
     from unnest($3::text[]) with ordinality t(text, i)`,
    [datasetId, from, contents],
  );
  const rows = texts.map(({ seems }, i): MeasuresOfVersion => {
    const exampleVersion = from + i + 1;
    const measures = measuresOf(datasetId, contents[i]!);
    if (seems) measures.bandKeys[i % 25] = comparedText(datasetId, seems.prompt, seems.response).bandKeys[i % 25]!;
    return { exampleVersion, content: createHash("sha256").update(`d${exampleVersion}`).digest(), ...measures };
  });
  const { text, values } = keepMeasuresStatement(datasetId, rows);
  await sql.query(text, values);
}

export function duplicateBenches(world: BenchWorld): Bench[] {
  let loading: Promise<void> | undefined;
  let next = 0;
  const lookUp = () =>
    milliseconds(async () => {
      const text = lookedUp(next++ % LOOKED_UP);
      const answer = await world.ask(LOOK_UP, { slug: SLUG, ...text });
      const { candidateCount, matches } = answer.dataset.head.nearDuplicatesOf;
      if (matches.nodes.length !== NEAR || candidateCount <= NEAR)
        throw new Error(`${matches.nodes.length} near-duplicates of ${candidateCount} candidates were found`);
    });
  const pointRead = async () => {
    const id = 1 + ((next * 7919) % UNITS);
    return milliseconds(() =>
      world.sql.query({
        name: "pointRead",
        text: `select v.content from example_versions v join datasets d using (dataset_id) where d.slug = $1 and v.example_version = $2`,
        values: [SLUG, id],
      }),
    );
  };
  return [
    {
      name: "duplicates.lookup.1m",
      unit: "ms",
      better: "lower",
      goal: 20,
      against: "a prepared read of one row by its key, on a connection to the database",
      async run() {
        await (loading ??= load(world));
        for (let i = 0; i < 50; i++) await lookUp();
        return alternate(201, lookUp, pointRead);
      },
    },
  ];
}
