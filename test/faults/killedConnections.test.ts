import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDataset } from "../support/people.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { startWorld, type World } from "../support/world.js";

const KILLS = 60;
const CLIENTS = 8;
const SUBMISSIONS = 40;

let world: World;
let full: FullDataset;
beforeAll(async () => {
  world = await startWorld();
  full = await makeFullDataset(world, "house");
  await makeDataset(world, "other");
});
afterAll(() => world.stop());

const RATE = `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { activity { number } replayed acceptedCount userErrors { code message } } }`;

/** Terminates backends of the server, preferring those at work, until stopped; counts them. */
function startKilling(): { kills: () => number; stop: () => Promise<void> } {
  let kills = 0;
  let stopping = false;
  const done = (async () => {
    const client = new pg.Client({ connectionString: world.ownerUrl });
    await client.connect();
    while (!stopping) {
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'assay' and datname = current_database() and pid <> pg_backend_pid()
         order by state = 'idle', random() limit 1`,
      );
      kills += rowCount ?? 0;
      await sleep(Math.random() * 60);
    }
    await client.end();
  })();
  return {
    kills: () => kills,
    stop: async () => {
      stopping = true;
      await done;
    },
  };
}

/** As a script does it: the same request key until there is an answer. Whatever happens must be said to be temporary. */
async function submit(
  requestKey: string,
  ratings: object[],
): Promise<{ number: number; replayed: boolean; tries: number }> {
  for (let tries = 1; ; tries++) {
    const { status, data, errors } = await world.send(RATE, {
      input: { dataset: "house", requestKey, guidelineVersion: full.guidelineVersion, ratings },
    });
    const answer = data?.submitRatings;
    if (!errors && answer) {
      expect(answer).toMatchObject({ acceptedCount: ratings.length, userErrors: [] });
      return { number: answer.activity.number, replayed: answer.replayed, tries };
    }
    expect([status === 200 || status === 503, errors!.map((error) => error.extensions.code)]).toEqual([
      true,
      errors!.map(() => "UNAVAILABLE"),
    ]);
    await sleep(Math.random() * 30);
  }
}

it("connections killed in the middle of submissions that are sent again lose nothing and double nothing", async () => {
  const before = (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset.head.activity
    .number;
  const killer = startKilling();
  const answers: Array<{ number: number; replayed: boolean; tries: number }> = [];
  const keys: string[] = [];
  for (let round = 0; killer.kills() < KILLS; round++)
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let i = 0; i < SUBMISSIONS / CLIENTS; i++) {
          const requestKey = `kill-${round}-${client}-${i}`;
          keys.push(requestKey);
          const ratings = full.examples.slice(0, 5).map((externalId, e) => ({
            externalId,
            criterion: full.criterion,
            annotator: full.annotators[client % 3],
            value: 1 + ((round + client + i + e) % 5),
            seconds: round * 1000 + client * 100 + i,
          }));
          answers.push(await submit(requestKey, ratings));
        }
      }),
    );
  await killer.stop();
  expect(killer.kills()).toBeGreaterThanOrEqual(50);
  expect(answers.some((answer) => answer.tries > 1)).toBe(true);

  // One activity for each key, gapless, with its five ratings each.
  expect(answers.map((answer) => answer.number).sort((a, b) => a - b)).toEqual(keys.map((_, i) => before + 1 + i));
  const rows = await world.db.rowsOnce<{ key: string; n: number }>(
    `select a.request_key as key, count(*)::int as n from activities a join ratings r using (dataset_id, activity) where a.request_key like 'kill-%' group by 1`,
  );
  expect(rows).toHaveLength(keys.length);
  expect(new Set(rows.map((row) => row.n))).toEqual(new Set([5]));
  const [inForce] = await world.db.rowsOnce<{ n: number; units: number }>(
    `select count(*)::int as n, count(distinct (example_version, criterion_version, annotator))::int as units from ratings where superseded_by is null`,
  );
  expect(inForce!.n).toBe(inForce!.units);
  const { dataset } = await world.ask(`{ dataset(slug: "house") { verifyLog { verified firstBad { message } } } }`);
  expect(dataset.verifyLog).toEqual({ verified: true, firstBad: null });
});

it("what is kept beside the facts is what the facts give, after all that", async () => {
  const { rebuildProjections } = await import("../../src/ratings/rebuildProjections.js");
  const kept = () =>
    Promise.all(
      ["tallies", "histogram", "rater_tallies"].map((table) =>
        world.db.rowsOnce(
          `select t.*::text as row from ${table} t where dataset_id = 1 and coalesce((to_jsonb(t) ->> 'units')::int, 1) <> 0 order by 1`,
        ),
      ),
    );
  const before = await kept();
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  const { rows } = await client.query("select dataset_id from datasets where slug = 'house'");
  await client.end();
  await world.db.inTransaction((tx) => rebuildProjections(tx, rows[0].dataset_id));
  expect(await kept()).toEqual(before);
  expect(before.flat().length).toBeGreaterThan(0);
});
