// How much memory does the server take at most over a whole bias audit of 200,000 examples?
import { readFileSync } from "node:fs";
import { packageRoot } from "../../src/platform/packageRoot.js";
import type { BenchWorld } from "./benchWorld.js";
import { loadedDataset } from "./loadedDataset.js";
import type { Bench } from "./measure.js";

const SLUG = "audited";
const UNITS = 200_000;
const ANNOTATORS = 100;
const WAIT_MILLISECONDS = 500;

/** On a server of its own: all families on texts of 50 words that mention people, with a million ratings and two attributes of annotators. */
export function auditMemoryBench(world: BenchWorld): Bench {
  return {
    name: "audit.memory.200k",
    unit: "MB",
    better: "lower",
    goal: 512,
    against: "1 MB",
    async run() {
      await auditedDataset(world);
      await world.restartServer();
      await auditOnce(world);
      const value = peakOf(world.serverPid);
      return { value, limit: 1, ratio: value };
    },
  };
}

function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

async function auditedDataset(world: BenchWorld): Promise<void> {
  const { datasetId } = await loadedDataset(world, SLUG, { units: UNITS, annotators: ANNOTATORS });
  await world.sql.query("begin");
  await world.sql.query("set local session_replication_role = replica");
  await world.sql.query(TEXTS, [datasetId]);
  await world.sql.query(ATTRIBUTES, [datasetId]);
  await world.sql.query("commit");
  await world.sql.query("vacuum analyze contents");
  for (const name of ["gendered-nouns", "person-nouns", "descriptors"]) {
    const pack = new URL(`scripts/lexicons/${name}.json`, packageRoot());
    await world.ask(`mutation ($input: LoadLexiconInput!) { loadLexicon(input: $input) { userErrors { message } } }`, {
      input: { dataset: SLUG, ...JSON.parse(readFileSync(pack, "utf8")) },
    });
  }
}

/** 41 words each of a vocabulary of 5,000, in three sentences; a woman, a man, both or nobody in them. */
const TEXTS = `update contents c set text = jsonb_build_object('attributes', '{}'::jsonb, 'turns', jsonb_build_array(
    jsonb_build_object('role', 'user', 'content', 'What does the ' || (array['woman', 'man', 'old woman', 'dog'])[1 + v.example_version % 4] || ' say of number ' || v.example_version || '?'),
    jsonb_build_object('role', 'assistant', 'content', 'The ' || (array['girl', 'young man', 'cat', 'father'])[1 + (hashint4(v.example_version) & 3)] || ' says: ' || w.words || '. I think so.')))::text
  from example_versions v, lateral (select string_agg('w' || ((hashint4(v.example_version * 40 + i) & 8191) % 5000) || 'x', ' ') as words from generate_series(1, 30) i) w
  where v.dataset_id = $1 and c.dataset_id = $1 and c.commitment = v.content`;

const ATTRIBUTES = `insert into annotator_attributes (dataset_id, annotator, attribute, value, consent, granted_at, activity)
  select a.dataset_id, a.annotator, t.attribute, case when t.attribute = 'gender' then (array['female', 'male'])[1 + a.annotator % 2]
    else (array['young', 'middle', 'old'])[1 + a.annotator % 3] end, 'bench@1', now(), a.activity
  from annotators a, unnest(array['gender', 'age']) t(attribute) where a.dataset_id = $1`;

async function auditOnce(world: BenchWorld): Promise<void> {
  const question = { dimensions: ["topic"] };
  const { computeBiasAudit } = await world.ask(
    `mutation ($input: ComputeBiasAuditInput!) { computeBiasAudit(input: $input) { job { number } userErrors { message } } }`,
    { input: { dataset: SLUG, question } },
  );
  for (;;) {
    const { dataset } = await world.ask(
      `query ($slug: String!, $number: Int!) { dataset(slug: $slug) { job(number: $number) { state step problem } } }`,
      { slug: SLUG, number: computeBiasAudit.job.number },
    );
    const { state, problem } = dataset.job;
    if (state === "DONE") break;
    if (state === "FAILED" || state === "CANCELLED") throw new Error(`the audit ended as ${state}: ${problem}`);
    await new Promise((done) => setTimeout(done, WAIT_MILLISECONDS));
  }
  await world.ask(
    `query ($slug: String!) { dataset(slug: $slug) { head { biasAudit(dimensions: ["topic"]) { exampleVersionCount tests(first: 100) { nodes { key } } } } } }`,
    { slug: SLUG },
  );
}
