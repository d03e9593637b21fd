import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getIntrospectionQuery, type GraphQLObjectType } from "graphql";
import { answerText } from "../../src/platform/answerText.js";
import { COSTS } from "../../src/platform/documentCost.js";
import { LIMITS } from "../../src/platform/requestLimits.js";
import { assaySchema } from "../../src/schema.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { dataset { id } } }`);
});
afterAll(() => world.stop());

const repeat = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(" ");
const nested = (levels: number) =>
  '{ dataset(slug: "house") { head { ' +
  "dataset { head { ".repeat(levels) +
  "population" +
  " }".repeat(2 * levels + 3);

async function refusal(query: string, variables = {}, token?: string | null) {
  const { status, data, errors } = await world.send(query, variables, token);
  return { status, data, ...errors?.[0]?.extensions, message: errors?.[0]?.message };
}

describe("a document over a limit is refused before it runs, with the numbers", () => {
  it.each([
    ["aliases", 31, `{ ${repeat(31, (i) => `a${i}: __typename`)} }`],
    ["rootFields", 21, `{ ${repeat(21, () => "__typename")} }`],
    ["rootMutations", 11, `mutation { ${repeat(11, () => "__typename")} }`],
    ["depth", 17, nested(7)],
    [
      "depth",
      17,
      `{ ...A } fragment A on Query { ... on Query { dataset(slug: "house") { ...B } } } fragment B on Dataset { head { ${"dataset { head { ".repeat(6)} population activity { agent { id } } ${"} } ".repeat(6)} } }`,
    ],
    [
      "directives",
      51,
      `{ ${repeat(17, (i) => `a${i}: __typename ${"@include(if: true) ".repeat(1)}`)} ${repeat(34, () => "__typename @include(if: true)")} }`,
    ],
    ["operations", 11, repeat(11, (i) => `query Q${i} { __typename }`)],
  ])("%s: %i", async (limit, requested, query) => {
    const variables = limit === "operations" ? { operationName: "Q0" } : {};
    const response = await fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${world.adminToken}` },
      body: JSON.stringify({ query, ...variables }),
    });
    const { errors, data } = (await response.json()) as { errors: Array<{ extensions: object }>; data?: unknown };
    expect(response.status).toBe(400);
    expect(data).toBeUndefined();
    const rootFields = limit === "directives" ? { limit: "rootFields" } : { limit, requested };
    expect(errors[0]!.extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX", ...rootFields });
  });

  it("reads no more than the tokens", async () => {
    const query = `{ ${repeat(LIMITS.tokens, () => "__typename")} }`;
    expect(await refusal(query)).toMatchObject({ status: 400, data: undefined, code: "GRAPHQL_PARSE_FAILED" });
  });

  it.each([11, 21, 40])("answers 2^%i leaves of fragments in fragments with a refusal", async (n) => {
    const fragments = repeat(
      n,
      (i) => `fragment F${i} on Dataset { ${i + 1 < n ? `head { dataset { ...F${i + 1} ...F${i + 1} } }` : "slug"} }`,
    );
    const flat = repeat(n, (i) => `fragment F${i} on Dataset { ${i + 1 < n ? `...F${i + 1} ...F${i + 1}` : "slug"} }`);
    expect(await refusal(`{ dataset(slug: "house") { ...F0 } } ${fragments}`)).toMatchObject({
      status: 400,
      code: "QUERY_TOO_COMPLEX",
    });
    expect(await refusal(`{ dataset(slug: "house") { ...F0 } } ${flat}`)).toMatchObject({
      status: 400,
      code: "QUERY_TOO_COMPLEX",
    });
  });

  it("names a cycle of fragments", async () => {
    expect(await refusal(`{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }`)).toMatchObject({
      status: 400,
      code: "GRAPHQL_VALIDATION_FAILED",
    });
  });

  it("gives at most 5 messages for many mistakes", async () => {
    const { errors } = await world.send(`{ ${repeat(500, (i) => `nothing${i}`)} }`);
    expect(errors!.length).toBeLessThanOrEqual(6);
    const coercion = await world.send(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
      ids: Array(10_000).fill({}),
    });
    expect(coercion.status).toBe(400);
    expect(coercion.errors!.length).toBeLessThanOrEqual(6);
  });
});

describe("the cost of a request", () => {
  const PAGES = `query ($n: Int = 100) { datasets(first: $n) { nodes { activities(first: $n) { nodes { agent { id } } } } } }`;

  it("is said beside every answer", async () => {
    const response = await fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${world.adminToken}` },
      body: JSON.stringify({
        query: `{ datasets(first: 10) { nodes { activities(first: 5) { nodes { number agent { label } } totalCount { value } } } } }`,
      }),
    });
    const { extensions } = (await response.json()) as { extensions: unknown };
    // 1 connection + 10 datasets, each with 1 connection, a count of 50 and its object's own, 5 activities and 5 agents
    expect(extensions).toEqual({ cost: { requested: 1 + 10 * (1 + 1 + 50 + 5 * 2), max: LIMITS.cost } });
  });

  it("is multiplied through lists, with variables and their defaults, and refused with the numbers", async () => {
    const found = await refusal(PAGES);
    expect(found).toMatchObject({
      status: 400,
      code: "QUERY_TOO_COMPLEX",
      limit: "cost",
      cost: { requested: 20_201, max: LIMITS.cost },
    });
    expect((await refusal(PAGES, { n: 50 })).code).toBeUndefined();
  });

  it("counts what a directive leaves out: the worst case", async () => {
    const query = `query ($no: Boolean = false) { datasets(first: 100) { nodes { activities(first: 100) @include(if: $no) { nodes { agent { id } } } } } }`;
    expect(await refusal(query)).toMatchObject({ code: "QUERY_TOO_COMPLEX", limit: "cost" });
  });

  it.each([-1, 101, 2 ** 31 - 1])("names first when it is %i", async (first) => {
    const literal = await world.send(`{ datasets(first: ${first}) { nodes { slug } } }`);
    expect(literal.errors![0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", argument: "first" } });
    const variable = await world.send(`query ($n: Int) { datasets(first: $n) { nodes { slug } } }`, { n: first });
    expect(variable.errors![0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", argument: "first" } });
  });

  it("asks for exactly one of first and last", async () => {
    expect(await refusal(`{ datasets { nodes { slug } } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
      argument: "first",
    });
    expect(await refusal(`{ datasets(first: 1, last: 1) { nodes { slug } } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
    });
  });

  it("is known to apiLimits", async () => {
    const { apiLimits } = await world.ask(
      `{ apiLimits { tokens depth aliases cost page bodyBytes bulkItems { mutation items } } }`,
    );
    expect(apiLimits).toMatchObject({
      tokens: 2000,
      cost: LIMITS.cost,
      bulkItems: expect.arrayContaining([{ mutation: "submitRatings", items: 5000 }]),
    });
  });
});

it("every field that has a cost of its own is in the schema", async () => {
  const schema = await assaySchema();
  for (const name of Object.keys(COSTS)) {
    const [type, field] = name.split(".") as [string, string];
    expect([name, field in (schema.getType(type) as GraphQLObjectType).getFields()]).toEqual([name, true]);
  }
});

describe("texts that are too large", () => {
  const source = `registerSources(input: { dataset: "house", sources: [{ key: "us", kind: HUMAN_DEMONSTRATION, title: "Us" }] }) { acceptedCount }`;
  const IMPORT = `mutation ($input: ImportExamplesInput!) { importExamples(input: $input) { acceptedCount userErrors { code path } } }`;
  const importTexts = async (from: number, to: number) => {
    const prompt = (i: number) => `${i} ${"x".repeat(1_040_000)}`;
    const examples = Array.from({ length: to - from }, (_, i) => from + i).map((i) => ({
      externalId: `long-${i}`,
      prompt: prompt(i),
      response: "Yes.",
    }));
    return (await world.ask(IMPORT, { input: { dataset: "house", defaults: { source: "us" }, examples } }))
      .importExamples;
  };

  it("to be held at once are refused by a page, and shown by smaller ones", async () => {
    await world.ask(`mutation { ${source} }`);
    for (let i = 0; i < 70; i += 14) expect(await importTexts(i, i + 14)).toMatchObject({ acceptedCount: 14 });
    const page = (first: number) =>
      `{ dataset(slug: "house") { head { examples(first: ${first}) { nodes { prompt } } } } }`;
    expect(await refusal(page(100))).toMatchObject({ code: "QUERY_TOO_COMPLEX", limit: "textBytes" });
    expect((await world.ask(page(10))).dataset.head.examples.nodes).toHaveLength(10);
  });

  it("to be a message are refused", async () => {
    const input = { dataset: "house", message: "x".repeat(10_001), examples: [] };
    const { importExamples } = await world.ask(IMPORT, { input });
    expect(importExamples).toEqual({ acceptedCount: 0, userErrors: [{ code: "INVALID_VALUE", path: ["message"] }] });
  });

  it("to be one JSON text are refused in its place", () => {
    const answer = { data: { toJSON: () => "x".repeat(2 ** 30) } };
    expect(JSON.parse(answerText(answer as never)).errors[0].extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX" });
  });
});

describe("who is not signed in", () => {
  it("sees no schema, however it asks", async () => {
    for (const query of [
      `{ __schema { types { name } } }`,
      `{ ...F } fragment F on Query { __type(name: "Dataset") { name } }`,
      `{ ... on Query { __schema { queryType { name } } } }`,
    ])
      expect(await refusal(query, {}, null)).toMatchObject({ status: 401, data: undefined, code: "UNAUTHENTICATED" });
    expect(await world.send(`{ __typename }`, {}, null)).toMatchObject({ status: 200, data: { __typename: "Query" } });
  });

  it("is offered no names of the schema for a mistyped one; who is signed in is", async () => {
    const typo = `{ datasetz(first: 1) { nodes { slug } } }`;
    expect((await refusal(typo, {}, null)).message).not.toContain("Did you mean");
    expect((await refusal(typo)).message).toContain("Did you mean");
    const argument = `{ dataset(slugg: "x") { slug } }`;
    expect((await refusal(argument, {}, null)).message).not.toContain("Did you mean");
  });
});

it("who is signed in sees the schema, as GraphiQL asks for it", async () => {
  const { __schema } = await world.ask(getIntrospectionQuery());
  expect(__schema.types.length).toBeGreaterThan(50);
});

it("a refusal for one viewer does not depend on what another was answered", async () => {
  const query = `{ __schema { queryType { name } } }`;
  expect(await refusal(query)).toMatchObject({ status: 200 });
  expect(await refusal(query, {}, null)).toMatchObject({ status: 401 });
  expect(await refusal(query)).toMatchObject({ status: 200 });
});

describe("text that cannot be stored as it came", () => {
  const CREATE = `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { slug } userErrors { code } } }`;
  it.each([
    ["a NUL in an input", CREATE, { input: { slug: "nul", title: "a\0b" } }, "input.title"],
    ["a lone surrogate in an input", CREATE, { input: { slug: "lone", title: "\ud800" } }, "input.title"],
    ["a NUL in a variable", `query ($slug: String!) { dataset(slug: $slug) { slug } }`, { slug: "a\0" }, "slug"],
    ["a NUL in a literal", String.raw`{ dataset(slug: "a\u0000") { slug } }`, {}, "slug"],
    [
      "a NUL in a literal of an input",
      String.raw`mutation { createDataset(input: { slug: "x", title: "\u0000" }) { dataset { slug } } }`,
      {},
      "input.title",
    ],
  ])("%s is refused and named", async (_what, query, variables, argument) => {
    expect(await refusal(query, variables)).toMatchObject({ status: 400, code: "BAD_USER_INPUT", argument });
  });
});
