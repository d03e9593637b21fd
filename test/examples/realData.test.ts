// Do real sets go in through the API and come back as they were?
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import { latestOf, startExampleWorld, verified } from "./exampleWorld.js";

const folder = resolve(import.meta.dirname, "../../../shared/data/sft");
const absent = existsSync(folder) ? "" : `skipped, there is no ${folder}`;

const IMPORT = `mutation ($input: ImportExamplesInput!) {
  importExamples(input: $input) { acceptedCount unchangedCount userErrors { code path message index } } }`;

interface Item {
  externalId: string;
  [field: string]: unknown;
}

/** Split on the byte 0x0A only: a text may hold U+2028. */
function rowsOf(name: string): any[] {
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

describe.skipIf(absent)(`real sets ${absent}`, () => {
  let world: World;
  beforeAll(async () => {
    world = await startExampleWorld("real");
  });
  afterAll(() => world.stop());

  /** Imports all in chunks; gives the counts and the problems with the external id they are about. */
  async function importAll(items: Item[]): Promise<{ accepted: number; unchanged: number; problems: any[] }> {
    const sum = { accepted: 0, unchanged: 0, problems: [] as any[] };
    for (let i = 0; i < items.length; i += 1000) {
      const examples = items.slice(i, i + 1000);
      const { importExamples: answer } = await world.ask(IMPORT, {
        input: { dataset: "real", defaults: { source: "web" }, examples },
      });
      sum.accepted += answer.acceptedCount;
      sum.unchanged += answer.unchangedCount;
      sum.problems.push(...answer.userErrors.map((e: any) => ({ ...e, externalId: examples[e.index]!.externalId })));
    }
    return sum;
  }

  async function sameAsSent(items: Item[], every: number): Promise<void> {
    for (let i = 0; i < items.length; i += every) {
      const { externalId, prompt, response, attributes = {} } = items[i]!;
      expect(await latestOf(world, externalId, "real")).toMatchObject({ prompt, response, attributes });
    }
  }

  it("flan_cot: 33,443 rows, U+2028 and all", { timeout: 240_000 }, async () => {
    const items = rowsOf("flan_cot.jsonl.gz").map((row): Item => ({
      externalId: row.id,
      prompt: row.question,
      response: `${row.explanation}\n${row.answer}`,
      attributes: { line: row.line },
      labels: [{ dimension: "task", value: row.task }],
    }));
    expect(items.length).toBe(33_443);
    const { accepted, problems } = await importAll(items);
    expect([accepted, problems]).toEqual([33_443, []]);
    await sameAsSent(items, 2000);
    await sameAsSent(
      items.filter((item) => ["gsm8k-2381", "gsm8k-7388", "strategyqa-966", "aqua-37"].includes(item.externalId)),
      1,
    );
    const { dataset } = await world.ask(`{ dataset(slug: "real") { head { exampleCount
      examples(first: 1, filter: { labels: [{ dimension: "task", values: ["qasc"] }] }) { totalCount { value } } } } }`);
    expect(dataset.head).toEqual({ exampleCount: 33_443, examples: { totalCount: { value: 1084 } } });
    expect(await importAll(items.slice(5000, 7000))).toEqual({ accepted: 0, unchanged: 2000, problems: [] });
  });

  it("gpteacher: 14,131 rows with markup, code and empty inputs", { timeout: 240_000 }, async () => {
    const items = rowsOf("gpteacher.jsonl.gz").map((row): Item => ({
      externalId: `${row.subset}-${row.index}`,
      response: row.response,
      prompt: row.input === "" ? row.instruction : `${row.instruction}\n\n${row.input}`,
    }));
    const { accepted, problems } = await importAll(items);
    const empty = items.filter(
      (item) => String(item["response"]).trim() === "" || String(item["prompt"]).trim() === "",
    );
    expect(problems.map((problem) => problem.externalId)).toEqual(empty.map((item) => item.externalId));
    expect(accepted).toBe(items.length - empty.length);
    await sameAsSent(
      items.filter((item) => !empty.includes(item)),
      1500,
    );
  });

  it("oasst pairs: 687 answers with the turns before them", async () => {
    const items = rowsOf("oasst_en100.pairs.jsonl").map((row): Item => ({
      externalId: row.message_id,
      prompt: row.prompt,
      response: row.response,
      context: row.context.map((turn: any) => ({
        role: turn.role === "assistant" ? "ASSISTANT" : "USER",
        content: turn.text ?? turn.content,
      })),
      attributes: { rank: row.rank, emojis: row.emojis, synthetic: row.synthetic, model_name: row.model_name },
      language: "en",
    }));
    expect(await importAll(items)).toEqual({ accepted: 687, unchanged: 0, problems: [] });
    await sameAsSent(items, 70);
  });

  it("oasst trees: every answer is a conversation, derived from the answer it follows", async () => {
    const items = rowsOf("oasst_en100.trees.jsonl").flatMap((tree) => conversationsOf(tree.prompt, [], null));
    const { accepted, problems } = await importAll(items);
    expect([accepted, problems]).toEqual([items.length, []]);
    const nested = items.find((item) => (item["derivedFrom"] as string[]).length > 0)!;
    const latest = await latestOf(world, nested.externalId, "real");
    expect(latest.turns).toEqual(nested["turns"]);
    expect(latest.derivedFrom.map((version: any) => version.example.externalId)).toEqual(nested["derivedFrom"]);
  });

  it("self-instruct seeds: 175 tasks, whatever their text starts with", async () => {
    const items = rowsOf("self_instruct_seed_tasks.jsonl").map((row): Item => {
      const [{ input, output }] = row.instances;
      const prompt = input === "" ? row.instruction : `${row.instruction}\n${input}`;
      return {
        externalId: row.id,
        prompt,
        response: output,
        labels: [{ dimension: "kind", value: row.is_classification ? "classification" : "generation" }],
      };
    });
    expect(await importAll(items)).toEqual({ accepted: 175, unchanged: 0, problems: [] });
    await sameAsSent(items, 1);
  });

  it("and the log of it all verifies", { timeout: 240_000 }, async () => {
    const { activityCount } = await verified(world, "real");
    expect(activityCount).toBeGreaterThan(50);
  });
});

/** Each assistant message of a tree as the conversation that ends in it. */
function conversationsOf(message: any, before: object[], parent: string | null): Item[] {
  const isAnswer = message.role === "assistant";
  const turns = [...before, { role: isAnswer ? "ASSISTANT" : "USER", content: message.text }];
  const externalId = `tree-${message.message_id}`;
  const own = isAnswer ? [{ externalId, turns, derivedFrom: parent === null ? [] : [parent] }] : [];
  const next = isAnswer ? externalId : parent;
  return [...own, ...(message.replies ?? []).flatMap((reply: any) => conversationsOf(reply, turns, next))];
}
