import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { factTables } from "../../src/platform/facts.js";
import { startAssay, type RunningAssay } from "../../src/startAssay.js";
import { readConfig } from "../../src/platform/config.js";
import { makeLog } from "../../src/platform/log.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makeDataset } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const REGISTER = `mutation ($input: RegisterSourcesInput!) { registerSources(input: $input) { activity { number } replayed userErrors { code } } }`;
const VERIFY = `query ($slug: String!, $from: Int, $to: Int) { dataset(slug: $slug) { verifyLog(from: $from, to: $to) { verified activityCount head headDigest firstBad { number reason } } } }`;

async function verify(slug: string, range: { from?: number; to?: number } = {}) {
  return (await world.ask(VERIFY, { slug, ...range })).dataset.verifyLog;
}

/** Somebody who owns the database and goes around every trigger; undone afterwards unless kept. */
async function tampering(
  work: (client: pg.Client, datasetId: number) => Promise<void>,
  slug: string,
  look: () => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    const { rows } = await client.query("select dataset_id from datasets where slug = $1", [slug]);
    await work(client, rows[0].dataset_id);
    await look();
  } finally {
    await client.end();
  }
}

describe("the numbers of a log", () => {
  it("have no gaps, and follow the order of commits, under many writers on several servers", async () => {
    await makeDataset(world, "busy");
    const url = new URL(world.ownerUrl);
    const second: RunningAssay = await startAssay(
      readConfig({ DATABASE_URL: url.href, PORT: "0", LOG_LEVEL: "silent" }),
      makeLog("silent"),
    );
    try {
      const servers = [world.url, second.url];
      const answers = await Promise.all(
        Array.from({ length: 80 }, async (_, i) => {
          const response = await fetch(`${servers[i % 2]}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json", authorization: `Bearer ${world.adminToken}` },
            body: JSON.stringify({
              query: REGISTER,
              variables: {
                input: {
                  dataset: "busy",
                  requestKey: `busy-${i % 60}-key`,
                  sources: [{ key: `s${i % 60}`, kind: "HUMAN_DEMONSTRATION", title: "S" }],
                },
              },
            }),
          });
          return ((await response.json()) as any).data.registerSources;
        }),
      );
      const numbers = answers.map((answer) => answer.activity.number);
      expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 2));
      expect(answers.filter((answer) => answer.replayed)).toHaveLength(20);
    } finally {
      await second.stop();
    }
    const { dataset } = await world.ask(
      `{ dataset(slug: "busy") { activities(first: 100) { nodes { number recordedAt digest previousDigest } totalCount { value } } } }`,
    );
    const nodes: Array<{ number: number; recordedAt: string; digest: string; previousDigest: string }> =
      dataset.activities.nodes;
    expect(nodes.map((node) => node.number)).toEqual(Array.from({ length: 61 }, (_, i) => i + 1));
    expect(nodes.slice(1).map((node) => node.previousDigest)).toEqual(nodes.slice(0, -1).map((node) => node.digest));
    expect(nodes.map((node) => node.recordedAt)).toEqual(nodes.map((node) => node.recordedAt).sort());
    expect(await verify("busy")).toMatchObject({ verified: true, activityCount: 61, head: 61 });
  });

  it("can be followed from any number, without a gap and without a double", async () => {
    const seen: number[] = [];
    for (let since = 0; ; since = seen.at(-1)!) {
      const { dataset } = await world.ask(
        `query ($since: Int) { dataset(slug: "busy") { activities(first: 7, since: $since) { nodes { number } } } }`,
        { since },
      );
      if (dataset.activities.nodes.length === 0) break;
      seen.push(...dataset.activities.nodes.map((node: { number: number }) => node.number));
    }
    expect(seen).toEqual(Array.from({ length: 61 }, (_, i) => i + 1));
  });
});

describe("verifying a log", () => {
  let full: FullDataset;
  let head: number;
  beforeAll(async () => {
    full = await makeFullDataset(world, "sound");
    await world.ask(
      `mutation { openBatches(input: { dataset: "sound", requestKey: "asked-once", batches: [{ key: "late", title: "Late" }] }) { userErrors { code } } }`,
    );
    ({ head } = await verify("sound"));
  });

  it("finds a log sound in which everything happened that can happen, as a whole and in parts", async () => {
    expect(await verify("sound")).toMatchObject({ verified: true, activityCount: head, firstBad: null });
    expect(await verify("sound", { from: 3, to: 5 })).toMatchObject({ verified: true, activityCount: 3 });
    for (const range of [{ from: 0 }, { from: -3 }, { from: head + 1 }, { from: head + 100 }, { from: 5, to: 3 }])
      expect([range, await verify("sound", range)]).toMatchObject([range, { verified: true, firstBad: null }]);
    expect(full.ids.Activity!.length).toBeGreaterThan(0);
  });

  const ratingActivity = `select min(activity) from ratings where dataset_id = $1`;
  it.each<[string, string, string, string]>([
    [
      "a rating's value changed",
      "ROWS_CHANGED",
      "update ratings set category = (category + 1) % 5 where dataset_id = $1 and rating = 2",
      ratingActivity,
    ],
    ["a row gone", "ROWS_CHANGED", "delete from ratings where dataset_id = $1 and rating = 3", ratingActivity],
    [
      "a row too many",
      "ROWS_CHANGED",
      "insert into usages (dataset_id, activity, noun, id) select $1, 3, 'source', 999",
      "select 3",
    ],
    [
      "a row that became superseded",
      "ROWS_CHANGED",
      "update ratings set superseded_by = 4 where dataset_id = $1 and rating = 2",
      "select 4",
    ],
    [
      "a row that ends with an activity yet to come",
      "ROWS_CHANGED",
      "update ratings set superseded_by = 2000000000 where dataset_id = $1 and rating = 2",
      "select activity from ratings where dataset_id = $1 and rating = 2",
    ],
    [
      "a superseded row that ends later",
      "ROWS_CHANGED",
      "update example_versions set superseded_by = superseded_by + 1 where dataset_id = $1 and superseded_by is not null",
      "select activity from activities where dataset_id = $1 and kind = 'REVISION'",
    ],
    [
      "a row moved to another activity",
      "ROWS_CHANGED",
      "update sources set activity = 3 where dataset_id = $1 and source = 1",
      "select 2",
    ],
    [
      "the kind of an activity changed",
      "HEADER_CHANGED",
      "update activities set kind = 'RATING' where dataset_id = $1 and activity = 3",
      "select 3",
    ],
    [
      "the time of an activity changed",
      "HEADER_CHANGED",
      "update activities set recorded_at = recorded_at - interval '1 day' where dataset_id = $1 and activity = 4",
      "select 4",
    ],
    [
      "the agent of an activity changed",
      "HEADER_CHANGED",
      "update activities set agent = agent + 1 where dataset_id = $1 and activity = 5",
      "select 5",
    ],
    [
      "the answer of an activity changed",
      "HEADER_CHANGED",
      "update activities set outcome = outcome || '{\"accepted\": 99}' where dataset_id = $1 and activity = 5",
      "select 5",
    ],
    [
      "a digest changed",
      "HEADER_CHANGED",
      "update activities set digest = sha256(digest) where dataset_id = $1 and activity = 4",
      "select 4",
    ],
    [
      "a link changed",
      "CHAIN_BROKEN",
      "update activities set previous_digest = sha256(digest) where dataset_id = $1 and activity = 6",
      "select 6",
    ],
    ["an activity gone", "MISSING", "delete from activities where dataset_id = $1 and activity = 4", "select 4"],
    [
      "the last activity gone",
      "MISSING",
      "delete from activities where dataset_id = $1 and activity = (select head from datasets where dataset_id = $1)",
      "select head from datasets where dataset_id = $1",
    ],
    [
      "the head moved back",
      "HEAD_MISMATCH",
      "update datasets set head = head - 1 where dataset_id = $1",
      "select head from datasets where dataset_id = $1",
    ],
    [
      "a text changed",
      "TEXT_CHANGED",
      "update contents set text = text || '.' where dataset_id = $1 and commitment = (select terms from source_versions where dataset_id = $1 and terms is not null limit 1)",
      "select 2",
    ],
    [
      "the digest of a request changed",
      "TEXT_CHANGED",
      "update contents set text = 'other' where dataset_id = $1 and commitment = (select request_digest from activities where dataset_id = $1 and request_digest is not null order by activity limit 1)",
      "select min(activity) from activities where dataset_id = $1 and request_digest is not null",
    ],
    [
      "a message changed",
      "TEXT_CHANGED",
      "update contents set text = 'other' where dataset_id = $1 and commitment = (select message from activities where dataset_id = $1 and message is not null limit 1)",
      "select min(activity) from activities where dataset_id = $1 and message is not null",
    ],
  ])("notices %s", async (_what, reason, change, where) => {
    await tampering(
      async (client, datasetId) => {
        const keys = await snapshotOf(client, datasetId);
        undo = () => restore(client, keys);
        const changed = await client.query(change, change.includes("$1") ? [datasetId] : []);
        expect(changed.rowCount).toBeGreaterThan(0);
        number = Object.values(
          (await client.query(where, where.includes("$1") ? [datasetId] : [])).rows[0],
        )[0] as number;
      },
      "sound",
      async () => {
        try {
          expect(await verify("sound")).toMatchObject({ verified: false, firstBad: { number, reason } });
        } finally {
          await undo();
        }
        expect(await verify("sound")).toMatchObject({ verified: true });
      },
    );
  });
  let number = 0;
  let undo: () => Promise<void> = async () => {};

  it("notices two activities that changed places", async () => {
    await tampering(
      async (client, datasetId) => {
        const keys = await snapshotOf(client, datasetId);
        undo = () => restore(client, keys);
        await client.query(
          "update activities set activity = case activity when 3 then -4 else -3 end where dataset_id = $1 and activity in (3, 4)",
          [datasetId],
        );
        await client.query("update activities set activity = -activity where dataset_id = $1 and activity < 0", [
          datasetId,
        ]);
      },
      "sound",
      async () => {
        expect(await verify("sound")).toMatchObject({ verified: false, firstBad: { number: 3 } });
        await undo();
      },
    );
  });

  it("does not notice a tail cut off with its head set back: the digest kept elsewhere does", async () => {
    const { headDigest } = await verify("sound");
    await tampering(
      async (client, datasetId) => {
        const keys = await snapshotOf(client, datasetId);
        undo = () => restore(client, keys);
        await client.query(
          "delete from activities where dataset_id = $1 and activity = (select head from datasets where dataset_id = $1)",
          [datasetId],
        );
        await client.query(
          "update datasets d set head = d.head - 1, head_digest = a.digest from activities a where d.dataset_id = $1 and a.dataset_id = $1 and a.activity = d.head - 1",
          [datasetId],
        );
      },
      "sound",
      async () => {
        const cut = await verify("sound");
        expect(cut.verified).toBe(true);
        expect(cut.headDigest).not.toBe(headDigest);
        await undo();
      },
    );
  });
});

/** Copies of a dataset's rows in temporary tables. */
async function snapshotOf(client: pg.Client, datasetId: number): Promise<{ tables: string[]; datasetId: number }> {
  const tables = [...factTables().map((fact) => fact.name), "activities", "contents", "datasets"];
  for (const table of tables) {
    await client.query(`drop table if exists pg_temp.kept_${table}`);
    await client.query(`create temp table kept_${table} as select * from ${table} where dataset_id = ${datasetId}`);
  }
  return { tables, datasetId };
}

async function restore(
  client: pg.Client,
  { tables, datasetId }: { tables: string[]; datasetId: number },
): Promise<void> {
  await client.query("begin");
  for (const table of tables) {
    await client.query(`delete from ${table} where dataset_id = ${datasetId}`);
    await client.query(`insert into ${table} select * from pg_temp.kept_${table}`);
  }
  await client.query("commit");
}

describe("the role the server runs as", () => {
  const refused = async (text: string) =>
    world.db.rowsOnce(text).then(
      () => "done",
      (error: { code: string }) => error.code,
    );
  /** Insufficient privilege, or our own triggers. */
  const NO = ["42501", "23000"];

  it("can neither change nor delete facts, nor empty their tables, nor take their triggers away", async () => {
    const facts = [...factTables().map((fact) => fact.name), "activities"];
    expect(facts.length).toBeGreaterThan(20);
    for (const table of facts)
      for (const text of [
        `update ${table} set activity = activity`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
        `drop trigger facts_stay on ${table}`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} add column x int`,
        `drop table ${table}`,
      ])
        expect([text, await refused(text)]).toEqual([text, expect.toSatisfy((code: string) => NO.includes(code))]);
  });

  it("cannot set a superseded row in force again, nor supersede it twice", async () => {
    for (const { name, supersedable } of factTables())
      if (supersedable) {
        const text = `update ${name} set superseded_by = null where superseded_by is not null`;
        const found = await world.db.rowsOnce(`select 1 from ${name} where superseded_by is not null limit 1`);
        if (found.length > 0) expect([name, await refused(text)]).toEqual([name, "23000"]);
      }
  });

  it("cannot go around triggers, become another role, or delete a text that no erasure names", async () => {
    for (const text of [
      "set session_replication_role = replica",
      "set role postgres",
      "alter role assay_app superuser",
      "create or replace function assay_refuse_change() returns trigger language plpgsql as $$ begin return new; end $$",
      "delete from contents",
      "update contents set text = ''",
      "truncate contents",
      "drop schema public cascade",
      "copy datasets to program 'true'",
    ])
      expect([text, await refused(text)]).toEqual([
        text,
        expect.toSatisfy((code: string) => [...NO, "22023"].includes(code)),
      ]);
  });

  it("cannot pass off a table of its own as the erasures", async () => {
    const attempt = world.db.inTransaction(async (tx) => {
      await tx.rowsOnce("create temp table erasures on commit drop as select dataset_id, commitment from contents");
      await tx.rowsOnce("delete from contents");
    });
    await expect(attempt).rejects.toMatchObject({ code: "23000" });
  });
});
