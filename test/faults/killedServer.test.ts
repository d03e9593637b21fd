import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/check/step.js";
import { freshDatabase } from "../support/database.js";

const MAIN = join(ROOT, "dist", "src", "main.js");
const ROUNDS = 5;

interface Running {
  url: string;
  token: string | null;
  child: ChildProcess;
  ended: Promise<number | null>;
  log(): string;
}

describe.skipIf(!existsSync(MAIN))("a server process (needs npm run build)", () => {
  let urls: { ownerUrl: string; appUrl: string };
  let folder: string;
  let current: Running | undefined;
  beforeAll(async () => {
    urls = await freshDatabase();
    folder = mkdtempSync(join(tmpdir(), "assay-faults-"));
  });
  afterAll(async () => {
    current?.child.kill("SIGKILL");
    await current?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<Running> {
    const env = {
      PATH: process.env.PATH,
      DATABASE_URL: urls.appUrl,
      DATABASE_OWNER_URL: urls.ownerUrl,
      PORT: "0",
      ASSAY_DATA_DIR: folder,
      LOG_LEVEL: "debug",
    };
    const child = spawn(process.execPath, [MAIN], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let logged = "";
    child.stderr!.on("data", (chunk: Buffer) => (logged += chunk.toString()));
    const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
    const url = await new Promise<string>((done, failed) => {
      child.stdout!.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const found = /listens at (http:\S+)\/graphql[\s\S]*Database:.*\n/.exec(said);
        if (found) done(found[1]!);
      });
      child.once("exit", (code) => failed(new Error(`the server ended with ${code}: ${logged}`)));
    });
    await sleep(20);
    return (current = {
      url,
      token: /shown this once: (\S+)/.exec(said)?.[1] ?? null,
      child,
      ended,
      log: () => logged,
    });
  }

  async function ask(token: string, query: string, variables: object): Promise<any> {
    const response = await fetch(`${current!.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: any; errors?: unknown[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  const REGISTER = `mutation ($input: RegisterSourcesInput!) { registerSources(input: $input) { activity { number } replayed acceptedCount userErrors { code } } }`;
  const sources = (key: string) => ({
    dataset: "house",
    requestKey: `${key}-request`,
    sources: [1, 2, 3].map((i) => ({ key: `${key}-${i}`, kind: "HUMAN_DEMONSTRATION", title: "T", terms: "Terms." })),
  });

  it("killed at any moment, and asked again with the same keys, loses and doubles nothing", async () => {
    const token = (await start()).token!;
    expect(token).toMatch(/^assay_/);
    await ask(token, `mutation { createDataset(input: { slug: "house", title: "House" }) { dataset { id } } }`, {});
    const keys = Array.from({ length: ROUNDS * 6 }, (_, i) => `kill-${i}`);
    const answered = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const sent = Promise.all(
        keys
          .filter((key) => !answered.has(key))
          .map(async (key, i) => {
            await sleep(i * 4);
            const { registerSources } = await ask(token, REGISTER, { input: sources(key) });
            expect(registerSources).toMatchObject({ acceptedCount: 3, userErrors: [] });
            answered.set(key, registerSources.activity.number);
          })
          .map((one) => one.catch(() => {})),
      );
      await sleep(10 + Math.random() * 60);
      current!.child.kill("SIGKILL");
      await current!.ended;
      await sent;
      expect((await start()).token).toBeNull();
    }
    const acknowledged = new Map(answered);
    for (const key of keys)
      answered.set(key, (await ask(token, REGISTER, { input: sources(key) })).registerSources.activity.number);
    for (const [key, number] of acknowledged) expect(answered.get(key)).toBe(number);
    expect([...answered.values()].sort((a, b) => a - b)).toEqual(keys.map((_, i) => i + 2));
    const { dataset } = await ask(
      token,
      `{ dataset(slug: "house") { sources(first: 1) { totalCount { value } } verifyLog { verified } } }`,
      {},
    );
    expect(dataset).toEqual({ sources: { totalCount: { value: keys.length * 3 } }, verifyLog: { verified: true } });
    expect(current!.log()).not.toContain(token);
  });

  it("asked to stop, answers what it is answering and then ends well", async () => {
    const client = new pg.Client({ connectionString: urls.ownerUrl });
    await client.connect();
    await client.query("begin");
    await client.query("select from datasets where slug = 'instance' for no key update");
    const { token } = { token: await freshToken(client) };
    const answer = ask(
      token,
      `mutation { createDataset(input: { slug: "late", title: "Late" }) { dataset { slug } } }`,
      {},
    );
    await sleep(300);
    current!.child.kill("SIGTERM");
    await sleep(300);
    await client.query("commit");
    await client.end();
    expect(await answer).toEqual({ createDataset: { dataset: { slug: "late" } } });
    expect(await current!.ended).toBe(0);
  });

  it("that cannot start says why in a sentence, and ends with 1", async () => {
    const wrong: Array<[Record<string, string>, RegExp]> = [
      [{ PORT: "70000", JWT_SECRET: "short" }, /PORT.*\n.*JWT_SECRET must have at least 32 characters/],
      [{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, /ECONNREFUSED/],
      [{ CORS_ORIGINS: "*" }, /list the origins/],
    ];
    for (const [environment, message] of wrong) {
      const env = { PATH: process.env.PATH, ASSAY_DATA_DIR: folder, ...environment };
      const child = spawn(process.execPath, [MAIN], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      child.stderr!.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const code = await new Promise((done) => child.once("close", done));
      expect([code, said]).toEqual([1, expect.stringMatching(message)]);
      expect(said).not.toMatch(/^\s+at /m);
    }
  });

  /** The secret of a token is known only when it is made: this one is put beside the admin's. */
  async function freshToken(client: pg.Client): Promise<string> {
    const { newTokenSecret, tokenHash } = await import("../../src/activities/apiToken.js");
    const secret = newTokenSecret();
    await client.query(
      `insert into api_tokens (dataset_id, token, principal, label, prefix, hash, expires_at, activity)
       values (0, 1000, 1, 'test', 'x', $1, now() + interval '1 day', 1)`,
      [tokenHash(secret)],
    );
    await client.query("commit");
    await client.query("begin");
    await client.query("select from datasets where slug = 'instance' for no key update");
    return secret;
  }
});
