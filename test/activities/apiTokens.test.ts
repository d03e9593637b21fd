import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newTokenSecret, isWellFormedToken } from "../../src/activities/apiToken.js";
import { issueToken, makeDataset, makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

const WHO = `{ viewer { key } }`;
/** The time for which a server may go on trusting a token it has seen. */
const TRUST = 2_200;

let world: World;
let curator: string;
beforeAll(async () => {
  world = await startWorld();
  await makeDataset(world, "house");
  await makeDataset(world, "other");
  curator = await makePrincipal(world, "curator", { house: "CURATOR", other: "CURATOR" });
});
afterAll(() => world.stop());

async function idOf(secret: string): Promise<string> {
  const { apiTokens } = await world.ask(`{ apiTokens(first: 100) { nodes { id prefix } } }`);
  return apiTokens.nodes.find((node: { prefix: string }) => secret.startsWith(node.prefix)).id;
}

async function asOwner(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

describe("an API token", () => {
  it("signs its principal in", async () => {
    expect(await world.ask(WHO, {}, curator)).toEqual({ viewer: { key: "curator" } });
  });

  it("with a checksum that does not fit is refused without asking the database", async () => {
    const good = newTokenSecret();
    const bad = good.slice(0, -1) + (good.endsWith("A") ? "B" : "A");
    expect([isWellFormedToken(good), isWellFormedToken(bad)]).toEqual([true, false]);
    const before = world.db.statementCount;
    for (const token of [bad, "assay_", "assay_short", good.toUpperCase(), `${good}x`])
      expect(await world.send(WHO, {}, token)).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
      });
    expect(world.db.statementCount).toBe(before);
  });

  it("that nobody was given is refused", async () => {
    expect(await world.send(WHO, {}, newTokenSecret())).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
    });
  });

  it("is answered alike whatever is wrong with it", async () => {
    const answers = await Promise.all(
      [newTokenSecret(), "assay_x", "a.b.c", "x".repeat(10_000)].map((token) => world.send(WHO, {}, token)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it("ends when it is revoked, and revoking it again changes nothing", async () => {
    const secret = await issueToken(world, { principal: "curator" });
    const tokenId = await idOf(secret);
    expect((await world.send(WHO, {}, secret)).status).toBe(200);
    const REVOKE = `mutation ($tokenId: ID!) { revokeApiToken(input: { tokenId: $tokenId }) { activity { kind } apiToken { revoked } userErrors { code } } }`;
    expect((await world.ask(REVOKE, { tokenId })).revokeApiToken).toEqual({
      activity: { kind: "TOKEN_REVOCATION" },
      apiToken: { revoked: true },
      userErrors: [],
    });
    await sleep(TRUST);
    expect((await world.send(WHO, {}, secret)).status).toBe(401);
    expect((await world.ask(REVOKE, { tokenId })).revokeApiToken).toMatchObject({ activity: null, userErrors: [] });
  });

  it("ends when its time is over", async () => {
    const secret = await issueToken(world, { principal: "curator" });
    await asOwner(`update api_tokens set expires_at = now() - interval '1 second' where prefix = $1`, [
      secret.slice(0, 12),
    ]);
    expect((await world.send(WHO, {}, secret)).status).toBe(401);
  });

  it("of another principal can be neither seen nor revoked, and looks like one that is not there", async () => {
    const tokenId = await idOf(world.adminToken);
    const REVOKE = `mutation ($tokenId: ID!) { revokeApiToken(input: { tokenId: $tokenId }) { activity { number } userErrors { code } } }`;
    const foreign = await world.ask(REVOKE, { tokenId }, curator);
    expect(foreign.revokeApiToken).toEqual({ activity: null, userErrors: [{ code: "UNKNOWN_TOKEN" }] });
    const { apiTokens } = await world.ask(`{ apiTokens(first: 100) { nodes { principal } } }`, {}, curator);
    expect(new Set(apiTokens.nodes.map((node: { principal: string }) => node.principal))).toEqual(new Set(["curator"]));
    expect(await world.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: tokenId }, curator)).toEqual({
      node: null,
    });
  });

  it("is kept as a hash that cannot sign in", async () => {
    const { rows } = await asOwner(
      `select encode(hash, 'hex') as hash, encode(hash, 'base64') as base64, prefix from api_tokens`,
    );
    for (const row of rows)
      for (const guess of [row.hash, row.base64, row.prefix, `assay_${row.hash.slice(0, 36)}`])
        expect((await world.send(WHO, {}, guess)).status).toBe(401);
    expect(JSON.stringify(rows)).not.toContain(curator);
  });
});

describe("what a token is limited to", () => {
  const REGISTER = `mutation ($dataset: String!) { registerSources(input: { dataset: $dataset, sources: [{ key: "k", kind: HUMAN_DEMONSTRATION, title: "K" }] }) { acceptedCount } }`;

  it("by scopes: what is not in them is forbidden, whatever its principal may", async () => {
    const reader = await issueToken(world, { principal: "curator", scopes: ["dataset:read", "example:read"] });
    expect((await world.ask(`{ dataset(slug: "house") { slug } }`, {}, reader)).dataset).toEqual({ slug: "house" });
    expect(await world.send(REGISTER, { dataset: "house" }, reader)).toMatchObject({
      errors: [{ extensions: { code: "FORBIDDEN" } }],
    });
    const log = await world.send(
      `{ dataset(slug: "house") { activities(first: 1) { nodes { number } } } }`,
      {},
      reader,
    );
    expect(log.errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("by datasets: another one looks as if it were not there", async () => {
    const limited = await issueToken(world, { principal: "curator", datasets: ["house"] });
    expect((await world.ask(`{ datasets(first: 10) { nodes { slug } } }`, {}, limited)).datasets.nodes).toEqual([
      { slug: "house" },
    ]);
    expect(await world.ask(`{ dataset(slug: "other") { slug } }`, {}, limited)).toEqual({ dataset: null });
    const foreign = await world.send(REGISTER, { dataset: "other" }, limited);
    const missing = await world.send(REGISTER, { dataset: "another" }, limited);
    expect(foreign.errors![0]!.extensions.code).toBe("NOT_FOUND");
    expect(JSON.stringify(foreign).replaceAll("other", "X")).toBe(JSON.stringify(missing).replaceAll("another", "X"));
    const { dataset } = await world.ask(`{ dataset(slug: "other") { id } }`);
    expect(await world.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: dataset.id }, limited)).toEqual({
      node: null,
    });
  });

  it("holds for an admin's token too", async () => {
    const limited = await issueToken(world, { datasets: ["house"] });
    expect(await world.ask(`{ dataset(slug: "other") { slug } }`, {}, limited)).toEqual({ dataset: null });
    expect((await world.ask(`{ datasets(first: 10) { nodes { slug } } }`, {}, limited)).datasets.nodes).toEqual([
      { slug: "house" },
    ]);
    const unscoped = await world.send(
      `mutation { createDataset(input: { slug: "third", title: "T" }) { dataset { slug } } }`,
      {},
      limited,
    );
    expect(unscoped.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("passes on to the tokens it issues, and no more can be asked for", async () => {
    const limited = await issueToken(world, { principal: "curator", scopes: ["dataset:read"], datasets: ["house"] });
    const child = await issueToken(world, {}, limited);
    expect(await world.ask(`{ dataset(slug: "other") { slug } }`, {}, child)).toEqual({ dataset: null });
    const ISSUE = `mutation ($input: IssueApiTokenInput!) { issueApiToken(input: $input) { secret userErrors { code path } } }`;
    for (const more of [
      { scopes: ["example:import"] },
      { datasets: ["other"] },
      { principal: "admin" },
      { scopes: ["no:such"] },
    ]) {
      const { issueApiToken } = await world.ask(ISSUE, { input: { label: "more", ...more } }, limited);
      expect(issueApiToken).toMatchObject({ secret: null, userErrors: [{ path: [Object.keys(more)[0]] }] });
    }
  });

  it("the secret is not shown again to a repeated request", async () => {
    const ISSUE = `mutation { issueApiToken(input: { label: "once", requestKey: "token-once-1" }) { secret replayed apiToken { prefix } } }`;
    const first = (await world.ask(ISSUE)).issueApiToken;
    const again = (await world.ask(ISSUE)).issueApiToken;
    expect(again).toEqual({ secret: null, replayed: true, apiToken: first.apiToken });
  });
});

it("a role that is taken away is gone within the time of trust", async () => {
  const token = await makePrincipal(world, "leaver", { house: "VIEWER" });
  expect((await world.ask(`{ dataset(slug: "house") { slug } }`, {}, token)).dataset).not.toBeNull();
  await world.ask(
    `mutation { setMember(input: { dataset: "house", principal: "leaver", role: null }) { userErrors { code } } }`,
  );
  await sleep(TRUST);
  expect((await world.send(`{ dataset(slug: "house") { slug } }`, {}, token)).data?.dataset ?? null).toBeNull();
});
