import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { makeDataset } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await makeDataset(world, "house");
});
afterAll(() => world.stop());

const REGISTER = `mutation { registerSources(input: { dataset: "house", requestKey: "away-request-1", sources: [{ key: "s", kind: HUMAN_DEMONSTRATION, title: "S" }] }) { activity { number } replayed } }`;

/** Shuts or opens the server's database, from another one. */
async function setOpen(open: boolean): Promise<void> {
  const name = new URL(world.ownerUrl).pathname.slice(1);
  const client = new pg.Client({ connectionString: inject("testCluster").superuserUrl });
  await client.connect();
  await client.query(`alter database ${name} with allow_connections ${open}`);
  if (!open) await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  await client.end();
}

it("while the database is away every request is answered UNAVAILABLE; when it is back, all goes on", async () => {
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
  await setOpen(false);
  try {
    expect((await fetch(`${world.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${world.url}/livez`)).status).toBe(200);
    for (const query of [`{ dataset(slug: "house") { slug } }`, REGISTER]) {
      const { errors, data } = await world.send(query);
      expect(errors!.map((error) => error.extensions.code)).toEqual(["UNAVAILABLE"]);
      expect(Object.values(data ?? {}).filter((one) => one !== null)).toEqual([]);
    }
  } finally {
    await setOpen(true);
  }
  expect((await world.ask(REGISTER)).registerSources).toEqual({ activity: { number: 2 }, replayed: false });
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
});
