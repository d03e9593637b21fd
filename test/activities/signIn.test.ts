import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeVerifyJwt } from "../../src/activities/verifyJwt.js";
import { startWorld, type World } from "../support/world.js";

const WHO = `{ viewer { key } }`;
const SECRET = "a secret of more than thirty-two characters";
const ISSUER = "https://issuer.example/";
const AUDIENCE = "assay";
const now = () => Math.floor(Date.now() / 1000);
const good = () => ({ iss: ISSUER, aud: AUDIENCE, sub: "ada", iat: now(), exp: now() + 600 });

const part = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Any header and payload, signed with HMAC. */
function forge(header: object, payload: unknown, key: string | Buffer = SECRET): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}
const hs256 = (claims: object) => forge({ alg: "HS256", typ: "JWT" }, { ...good(), ...claims });

async function makePerson(world: World, subject: string, issuer: string): Promise<void> {
  await world.ask(
    `mutation ($subject: String!, $issuer: String!) { createPrincipal(input: { key: $subject, kind: HUMAN, subject: $subject, issuer: $issuer }) { principal { key } } }`,
    { subject, issuer },
  );
}

async function expectRefused(world: World, token: string): Promise<void> {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: `mutation { createDataset(input: { slug: "forged", title: "F" }) { dataset { slug } } }`,
    }),
  });
  const body = (await response.json()) as { errors: Array<{ message: string; extensions: object }>; data?: unknown };
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toContain("invalid_token");
  expect(body).toEqual({
    errors: [
      {
        message: "The bearer token is not valid: not known, expired or revoked.",
        extensions: { code: "UNAUTHENTICATED" },
      },
    ],
  });
}

describe("a JWT signed with the machine's secret", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ JWT_SECRET: SECRET, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE });
    await makePerson(world, "ada", ISSUER);
  });
  afterAll(() => world.stop());

  it("signs in the principal with its issuer and subject", async () => {
    expect(await world.ask(WHO, {}, hs256({}))).toEqual({ viewer: { key: "ada" } });
    expect(await world.ask(WHO, {}, hs256({ aud: ["elsewhere", AUDIENCE] }))).toEqual({ viewer: { key: "ada" } });
  });

  it("belongs to one principal: the same issuer and subject are not given twice", async () => {
    for (const issuer of [ISSUER, null, ""]) {
      const create = (key: string) =>
        world.ask(
          `mutation ($key: String!, $issuer: String) { createPrincipal(input: { key: $key, kind: HUMAN, subject: "twin", issuer: $issuer }) { userErrors { code path } } }`,
          { key, issuer },
        );
      const first = (await create(`twin-${issuer?.length}`)).createPrincipal.userErrors;
      const second = (await create(`twin-again-${issuer?.length}`)).createPrincipal.userErrors;
      expect(second).toEqual([{ code: "ALREADY_EXISTS", path: ["subject"] }]);
      expect(first).toEqual(issuer === "" ? second : []);
    }
  });

  const unsigned = (alg: string) => `${part({ alg })}.${part(good())}.`;
  const [header, , signature] = hs256({}).split(".");
  it.each([
    ["no algorithm", unsigned("none")],
    ["no algorithm, in capitals", unsigned("None")],
    ["another algorithm", forge({ alg: "HS512" }, good())],
    ["another secret", forge({ alg: "HS256" }, good(), "another secret of more than thirty-two characters")],
    ["an empty secret", forge({ alg: "HS256" }, good(), "")],
    ["an unknown critical header", forge({ alg: "HS256", crit: ["exp2"], exp2: 1 }, good())],
    ["an unencoded payload", forge({ alg: "HS256", b64: false, crit: ["b64"] }, good())],
    ["a subject nobody has", hs256({ sub: "nobody" })],
    ["no subject", hs256({ sub: undefined })],
    ["a subject that is no text", hs256({ sub: 7 })],
    ["an empty subject", hs256({ sub: "" })],
    ["an end in the past", hs256({ iat: now() - 700, exp: now() - 60 })],
    ["no end", hs256({ exp: undefined })],
    ["an end that is text", hs256({ exp: String(now() + 600) })],
    ["no beginning", hs256({ iat: undefined })],
    ["a life of more than a day", hs256({ exp: now() + 25 * 3600 })],
    ["a life without end", hs256({ exp: 1e300 })],
    ["a beginning in the future", hs256({ iat: now() + 3600, exp: now() + 7200 })],
    ["a validity in the future", hs256({ nbf: now() + 3600 })],
    ["another audience", hs256({ aud: "elsewhere" })],
    ["no audience", hs256({ aud: undefined })],
    ["another issuer", hs256({ iss: "https://issuer.example" })],
    ["no issuer", hs256({ iss: undefined })],
    ["a payload that was changed", `${header}.${part({ ...good(), sub: "admin" })}.${signature}`],
    ["no signature", hs256({}).replace(/[^.]+$/, "")],
    ["a signature cut short", hs256({}).slice(0, -4)],
    ["four parts", `${hs256({})}.x`],
    ["two parts", hs256({}).split(".").slice(0, 2).join(".")],
    ["a payload that is no object", forge({ alg: "HS256" }, "7")],
    ["a header that is no JSON", `${part("{")}.${part(good())}.x`],
  ])("is refused with %s", async (_what, token) => {
    await expectRefused(world, token);
  });

  it("is refused under any other scheme than Bearer, and twice in a header", async () => {
    for (const authorization of [
      "Basic YTpi",
      `Token ${hs256({})}`,
      "Bearer",
      "Bearer ",
      `Bearer ${hs256({})}, Bearer ${hs256({})}`,
    ]) {
      const response = await fetch(`${world.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: `{"query":"{ viewer { key } }"}`,
      });
      expect(response.status).toBe(401);
    }
  });
});

describe("a JWT signed by an identity provider", () => {
  let world: World;
  let issuer: Server;
  let jwks: JWK[] = [];
  let fetched = 0;
  let away = false;
  let rsa: Awaited<ReturnType<typeof generateKeyPair>>;
  let url: string;

  beforeAll(async () => {
    rsa = await generateKeyPair("RS256", { extractable: true });
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
    jwks = [
      { ...(await exportJWK(rsa.publicKey)), kid: "one", alg: "RS256", use: "sig" },
      { ...(weak.publicKey.export({ format: "jwk" }) as JWK), kid: "weak", alg: "RS256", use: "sig" },
    ];
    issuer = createServer((_request, response) => {
      fetched++;
      if (away) response.writeHead(500).end();
      else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys: jwks }));
    });
    await new Promise<void>((done) => issuer.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
    world = await startWorld({ JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE });
    await makePerson(world, "ada", ISSUER);
  });
  afterAll(async () => {
    await world.stop();
    issuer.close();
  });

  const signed = (header: object, key: CryptoKey = rsa.privateKey) =>
    new SignJWT(good()).setProtectedHeader({ alg: "RS256", kid: "one", ...header }).sign(key);

  it("signs in the principal with its issuer and subject", async () => {
    expect(await world.ask(WHO, {}, await signed({}))).toEqual({ viewer: { key: "ada" } });
  });

  it("is refused with the public key taken for a secret", async () => {
    const pem = createPublicKey({ key: jwks[0] as never, format: "jwk" }).export({ type: "spki", format: "pem" });
    await expectRefused(world, forge({ alg: "HS256", kid: "one" }, good(), pem as string));
    await expectRefused(world, forge({ alg: "HS256" }, good(), JSON.stringify(jwks[0])));
  });

  it("is refused with a key it brings itself, and nothing is fetched from where it points", async () => {
    const own = await generateKeyPair("RS256", { extractable: true });
    const jwk = await exportJWK(own.publicKey);
    let asked = 0;
    const evil = createServer((_request, response) => {
      asked++;
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: "mine" }] }));
    });
    await new Promise<void>((done) => evil.listen(0, "127.0.0.1", done));
    const at = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
    for (const header of [
      { jwk },
      { jku: at, kid: "mine" },
      { x5u: at },
      { kid: "../../dev/null" },
      { kid: "' or 1=1 --" },
      { kid: "__proto__" },
      { kid: 7 as never },
    ])
      await expectRefused(world, await signed(header, own.privateKey).catch(() => "a.b.c"));
    expect(asked).toBe(0);
    evil.close();
  });

  it("is refused, not failed, with a key that is too short", async () => {
    const signedPart = `${part({ alg: "RS256", kid: "weak" })}.${part(good())}`;
    await expectRefused(world, `${signedPart}.${part("x".repeat(128))}`);
  });

  it("with a hundred unknown key names asks the provider at most once", async () => {
    const before = fetched;
    for (let i = 0; i < 100; i++) await expectRefused(world, await signed({ kid: `unknown-${i}` }));
    expect(fetched - before).toBeLessThanOrEqual(1);
  });

  it("is answered UNAVAILABLE, not refused, while the provider cannot be reached and no key is known", async () => {
    away = true;
    const verify = makeVerifyJwt({ JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE });
    await expect(verify(await signed({}))).rejects.toMatchObject({ extensions: { code: "UNAVAILABLE" } });
    expect(await world.ask(WHO, {}, await signed({}))).toEqual({ viewer: { key: "ada" } });
    away = false;
    expect(await verify(await signed({}))).toEqual({ issuer: ISSUER, subject: "ada" });
  });
});

it("without a secret and without a provider no JWT signs in", async () => {
  const world = await startWorld();
  await expectRefused(world, hs256({}));
  await world.stop();
});
