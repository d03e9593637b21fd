import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueToken, makeDataset, makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";
import { encodeGlobalId } from "../../src/platform/nodes.js";

let world: World;
let annotator: string;
beforeAll(async () => {
  world = await startWorld();
  for (const slug of ["house", "secret"]) await makeDataset(world, slug);
  annotator = await makePrincipal(world, "anna", { house: "ANNOTATOR" });
});
afterAll(() => world.stop());

const codeOf = async (query: string, token: string) =>
  (await world.send(query, {}, token)).errors?.[0]?.extensions.code ?? null;

describe("an annotator", () => {
  it("reaches no other dataset by an id that pairs its own dataset's uid with another's number", async () => {
    const { dataset } = await world.ask(`{ dataset(slug: "house") { id uid } }`);
    const ids = [0, 1, 2].map((number) => encodeGlobalId("Dataset", dataset.uid, number));
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Dataset { slug } } }`;
    expect((await world.ask(query, { ids }, annotator)).nodes).toEqual([null, { slug: "house" }, null]);
    const own = await world.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: dataset.id }, annotator);
    expect(own.node.id).toBe(dataset.id);
  });

  it("learns of an activity that it happened, but not who did it, with which note, and what they were answered", async () => {
    const activity = (fields: string) => `{ dataset(slug: "house") { head { activity { ${fields} } } } }`;
    expect(await codeOf(activity("number kind recordedAt digest"), annotator)).toBeNull();
    for (const fields of ["agent { label }", "message", "outcome", "requestKey"])
      expect([fields, await codeOf(activity(fields), annotator)]).toEqual([fields, "FORBIDDEN"]);
  });

  it("cannot ask by a filter or a population for what it may not read", async () => {
    const filtered = (filter: string) =>
      `{ dataset(slug: "house") { head { examples(first: 1, filter: ${filter}) { nodes { number } } } } }`;
    for (const filter of [`{ authors: ["ada"] }`, `{ verdicts: [ACCEPT] }`])
      expect([filter, await codeOf(filtered(filter), annotator)]).toEqual([filter, "FORBIDDEN"]);
    expect(await codeOf(filtered(`{ languages: ["en"] }`), annotator)).toBeNull();
    const accepted = `{ dataset(slug: "house") { snapshot(population: ACCEPTED) { exampleCount } } }`;
    expect(await codeOf(accepted, annotator)).toBe("FORBIDDEN");
  });
});

describe("an admin's token that is limited", () => {
  it("to a dataset administers nothing else, and reads that dataset whole", async () => {
    const limited = await issueToken(world, { datasets: ["house"] });
    for (const query of [`{ principals(first: 1) { nodes { key } } }`, `{ instance { uid } }`])
      expect([query, await codeOf(query, limited)]).toEqual([query, "FORBIDDEN"]);
    const { datasets } = await world.ask(`{ datasets(first: 5) { nodes { slug } } }`, {}, limited);
    expect(datasets.nodes).toEqual([{ slug: "house" }]);
  });

  it("to a dataset its principal is no member of works there", async () => {
    await makePrincipal(world, "second", { secret: "OWNER" });
    await world.ask(`mutation { setMember(input: { dataset: "secret", principal: "admin" }) { userErrors { code } } }`);
    const limited = await issueToken(world, { datasets: ["secret"] });
    const query = `{ datasets(first: 5) { nodes { slug head { exampleCount activity { agent { label } } } } } }`;
    expect((await world.ask(query, {}, limited)).datasets.nodes).toMatchObject([{ slug: "secret" }]);
    expect((await world.ask(`{ dataset(slug: "house") { uid } }`, {}, limited)).dataset).toBeNull();
  });

  it("to some permissions shows only its principal's tokens, and neither issues nor revokes another's", async () => {
    const scoped = await issueToken(world, { scopes: ["rating:submit"] });
    const tokens = (token?: string) =>
      world.ask(`{ apiTokens(first: 100) { nodes { id principal } } }`, {}, token).then((data) => data.apiTokens.nodes);
    expect(new Set((await tokens(scoped)).map((one: any) => one.principal))).toEqual(new Set(["admin"]));
    expect((await world.ask(`{ datasets(first: 5) { nodes { slug } } }`, {}, scoped)).datasets.nodes).toEqual([]);
    const others = (await tokens()).find((one: any) => one.principal === "anna");
    const answers = await world.ask(
      `mutation ($id: ID!) {
        revokeApiToken(input: { tokenId: $id }) { userErrors { code } }
        issueApiToken(input: { label: "more", principal: "anna" }) { secret userErrors { code } } }`,
      { id: others.id },
      scoped,
    );
    expect(answers).toEqual({
      revokeApiToken: { userErrors: [{ code: "UNKNOWN_TOKEN" }] },
      issueApiToken: { secret: null, userErrors: [{ code: "UNKNOWN_PRINCIPAL" }] },
    });
  });
});
