import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "../../src/platform/requestLimits.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
beforeAll(async () => {
  world = await startWorld({ CORS_ORIGINS: "https://dashboard.example" });
  await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { dataset { id } } }`);
});
afterAll(() => world.stop());

const DOCUMENT = JSON.stringify({ query: "{ __typename }" });
const MUTATION = 'mutation { createDataset(input: { slug: "forged", title: "Forged" }) { dataset { slug } } }';

/** Sends bytes as they are; every answer but a plain page must be JSON without a stack. */
async function exchange(init: RequestInit & { path?: string; token?: string | null } = {}) {
  const { path = "/graphql", token = world.adminToken, ...rest } = init;
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(rest.headers as object),
  };
  const response = await fetch(`${world.url}${path}`, { method: "POST", ...rest, headers });
  const text = await response.text();
  expect(text).not.toMatch(/<html|\bat .*\.(js|ts):\d+|node_modules/i);
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

async function slugs(): Promise<string[]> {
  const { datasets } = await world.ask(`{ datasets(first: 100) { nodes { slug } } }`);
  return datasets.nodes.map((node: { slug: string }) => node.slug);
}

describe("only POST with application/json in UTF-8 is executed", () => {
  it.each(["GET", "PUT", "DELETE", "PATCH"])("%s is answered 405 with Allow", async (method) => {
    const body = method === "GET" ? {} : { body: JSON.stringify({ query: MUTATION }) };
    const answer = await exchange({ method, path: `/graphql?query=${encodeURIComponent(MUTATION)}`, ...body });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
    expect(answer.json().errors[0].extensions.code).toBe("BAD_REQUEST");
    expect(await slugs()).not.toContain("forged");
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=latin1",
    "application/json; charset=utf-7",
    "application/graphql",
  ])("%s is answered 415 and not executed", async (type) => {
    const answer = await exchange({ body: JSON.stringify({ query: MUTATION }), headers: { "content-type": type } });
    expect(answer).toMatchObject({ status: 415 });
    expect(answer.json().errors[0].extensions.code).toBe("BAD_REQUEST");
    expect(await slugs()).not.toContain("forged");
  });

  it("a compressed body is answered 415", async () => {
    const answer = await exchange({ body: gzipSync(DOCUMENT), headers: { "content-encoding": "gzip" } });
    expect(answer.status).toBe(415);
  });

  it("an Accept that cannot be met is answered 406", async () => {
    expect((await exchange({ body: DOCUMENT, headers: { accept: "text/csv" } })).status).toBe(406);
  });
});

describe("a body that is no request is answered 400 in JSON", () => {
  it.each([
    "",
    "{",
    "null",
    "[]",
    `"x"`,
    "7",
    "{}",
    `{"query": 7}`,
    `{"query": ""}`,
    `{"query": "{"}`,
    `{"query": "{ __typename }", "variables": [7]}`,
    `{"query": "{ __typename }", "operationName": "Other"}`,
  ])("%s", async (body) => {
    const answer = await exchange({ body });
    expect(answer.status).toBe(400);
    expect(answer.json().errors[0].extensions.code).toMatch(
      /^(BAD_REQUEST|GRAPHQL_PARSE_FAILED|OPERATION_RESOLUTION_FAILURE)$/,
    );
  });

  it("bytes that are not UTF-8", async () => {
    const answer = await exchange({ body: Buffer.from([0x22, 0xff, 0x22]) });
    expect(answer).toMatchObject({ status: 400 });
  });

  it("a list of requests", async () => {
    expect((await exchange({ body: JSON.stringify(Array(100).fill({ query: "{ __typename }" })) })).status).toBe(400);
  });

  it.each([100_000, LIMITS.bodyDepth + 1])("%i arrays in arrays", async (levels) => {
    const body = `{"query":"{ __typename }","variables":{"x":${"[".repeat(levels)}${"]".repeat(levels)}}}`;
    expect(await exchange({ body })).toMatchObject({ status: 400 });
  });
});

describe("a body that is too large is answered 413 in JSON", () => {
  const withNote = (query: string, bytes: number) => JSON.stringify({ query, variables: { note: "x".repeat(bytes) } });
  const RATE = `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount } }`;

  it.each([
    ["a query", `{ __typename }`],
    ["a query that has a bulk mutation's name in a comment", `# submitRatings\n{ __typename }`],
    [
      "a mutation with an alias of a bulk mutation's name",
      `mutation { submitRatings: createDataset(input: { slug: "forged", title: "F" }) { dataset { slug } } }`,
    ],
    [
      "a mutation that is only partly bulk",
      `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount } createDataset(input: { slug: "forged", title: "F" }) { dataset { slug } } }`,
    ],
  ])("%s", async (_what, query) => {
    const answer = await exchange({ body: withNote(query, LIMITS.bodyBytes) });
    expect(answer.status).toBe(413);
    expect(answer.json().errors[0].extensions.code).toBe("PAYLOAD_TOO_LARGE");
    expect((await exchange({ body: withNote("{ __typename }", 1000) })).status).toBe(200);
    expect(await slugs()).not.toContain("forged");
  });

  it("more than a bulk body, and still the connection is answered", async () => {
    expect((await exchange({ body: withNote(RATE, LIMITS.bulkBodyBytes) })).status).toBe(413);
  });

  it("a large body of a bulk mutation is read, but only from those who are signed in", async () => {
    expect((await exchange({ body: withNote(RATE, LIMITS.bodyBytes) })).status).not.toBe(413);
    expect((await exchange({ body: withNote(RATE, LIMITS.bodyBytes), token: null })).status).toBe(413);
  });
});

it("headers and addresses that are too long are answered 431", async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const asked = httpRequest(`${world.url}/graphql?${"x".repeat(20_000)}`, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    asked.on("error", reject).end();
  });
  expect(status).toBe(431);
});

describe("other origins", () => {
  it("get no permission to read answers unless they are listed", async () => {
    const evil = await exchange({ body: DOCUMENT, headers: { origin: "https://evil.example" } });
    expect(evil.headers.get("access-control-allow-origin")).toBeNull();
    const preflight = await exchange({
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    const listed = await exchange({ body: DOCUMENT, headers: { origin: "https://dashboard.example" } });
    expect(listed.headers.get("access-control-allow-origin")).toBe("https://dashboard.example");
  });
});

describe("names that JavaScript gives a meaning", () => {
  it("are names like any other in a body", async () => {
    const polluted = `{"query":"{ __typename }","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"variables":{"__proto__":{"polluted":1}}}`;
    expect(await exchange({ body: polluted })).toMatchObject({ status: 200 });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("are refused as fields of an input, and kept as they came in free objects", async () => {
    const REGISTER = `mutation ($input: RegisterSourcesInput!) { registerSources(input: $input) { acceptedCount userErrors { code message } sources { model { parameters } } } }`;
    const source = (extra: string, parameters: string) =>
      `{"query":${JSON.stringify(REGISTER)},"variables":{"input":{"dataset":"house","sources":[{"key":"m","kind":"MODEL_GENERATED","title":"M"${extra},"model":{"parameters":${parameters}}}]}}}`;
    expect(await exchange({ body: source(`,"__proto__":{"polluted":1}`, "{}") })).toMatchObject({ status: 400 });
    const kept = await exchange({ body: source("", `{"__proto__":{"polluted":1},"top_p":0.9}`) });
    expect(kept.json().data?.registerSources).toMatchObject({ userErrors: [] });
    expect(kept.text).toContain(`"__proto__":{"polluted":1}`);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const { dataset } = await world.ask(`{ dataset(slug: "house") { verifyLog { verified firstBad { message } } } }`);
    expect(dataset.verifyLog).toMatchObject({ verified: true });
  });
});

it.each(["//", "http://:bad/", "http://[::1"])(
  "the address %s, which cannot be read, is answered 400",
  async (path) => {
    const { port } = new URL(world.url);
    const status = await new Promise<number>((resolve, reject) => {
      const asked = httpRequest({ port, path, method: "GET" }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      asked.on("error", reject).end();
    });
    expect(status).toBe(400);
  },
);

it("a subscription and a persisted document are refused by name", async () => {
  const subscription = await exchange({ body: `{"query":"subscription { activities }"}` });
  expect(subscription.status).toBe(400);
  expect(subscription.json().errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  const sha256Hash = "0".repeat(64);
  const body = JSON.stringify({ query: "{ __typename }", extensions: { persistedQuery: { version: 1, sha256Hash } } });
  expect((await exchange({ body })).json().errors[0].extensions.code).toBe("PERSISTED_QUERY_NOT_SUPPORTED");
});

it("an address that is not there is answered 404, and a token in an address is no sign-in", async () => {
  expect((await exchange({ path: "/metrics", method: "GET" })).status).toBe(404);
  expect((await exchange({ path: "/nowhere" })).json().errors[0].extensions.code).toBe("NOT_FOUND");
  const inAddress = await exchange({
    path: `/graphql?access_token=${world.adminToken}`,
    token: null,
    body: JSON.stringify({ query: "{ viewer { key } }" }),
  });
  expect(inAddress.json().errors[0].extensions.code).toBe("UNAUTHENTICATED");
});

it("GraphiQL holds everything it needs and loads nothing from elsewhere", async () => {
  const response = await fetch(`${world.url}/graphiql`);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=["']?https?:/i);
});
