import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.js";

const REGISTER = /* GraphQL */ `
  mutation ($input: RegisterSourcesInput!) {
    registerSources(input: $input) {
      activity {
        number
        kind
        agent {
          label
        }
      }
      replayed
      acceptedCount
      unchangedCount
      sources {
        id
        key
        kind
        licence
        filtered {
          upstreamName
          rowsIn
        }
        terms
      }
      userErrors {
        code
        path
        index
        message
      }
    }
  }
`;
const web = {
  key: "web",
  kind: "FILTERED_DATASET",
  title: "Web answers",
  licence: "CC-BY-4.0",
  terms: "Say whose it is.",
  filtered: { upstreamName: "web-qa", rowsIn: 900 },
};

describe("registering sources", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await world.ask(
      `mutation { createDataset(input: { slug: "house", title: "House" }) { dataset { id } userErrors { message } } }`,
    );
  });
  afterAll(() => world.stop());

  it("records an activity that a verification finds sound", async () => {
    const { registerSources } = await world.ask(REGISTER, {
      input: { dataset: "house", sources: [web], requestKey: "sources-1" },
    });
    expect(registerSources).toMatchObject({
      activity: { number: 2, kind: "SOURCE_REGISTRATION" },
      replayed: false,
      acceptedCount: 1,
      userErrors: [],
    });
    expect(registerSources.sources[0]).toMatchObject({
      key: "web",
      filtered: { rowsIn: 900 },
      terms: "Say whose it is.",
    });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { verifyLog { verified activityCount rowCount firstBad { reason message } } head { activity { number } } } }`,
    );
    expect(dataset.verifyLog).toMatchObject({ verified: true, activityCount: 2, firstBad: null });
  });

  it("gives the first answer to a repeated request key and adds nothing", async () => {
    const { registerSources } = await world.ask(REGISTER, {
      input: { dataset: "house", sources: [web], requestKey: "sources-1" },
    });
    expect(registerSources).toMatchObject({ activity: { number: 2 }, replayed: true, acceptedCount: 1 });
  });

  it("refuses a request key with other content", async () => {
    const { registerSources } = await world.ask(REGISTER, {
      input: { dataset: "house", sources: [{ ...web, title: "Other" }], requestKey: "sources-1" },
    });
    expect(registerSources).toMatchObject({ activity: null, userErrors: [{ code: "REQUEST_KEY_REUSED" }] });
  });

  it("takes the same content as no change, and other content only as a new version", async () => {
    const same = await world.ask(REGISTER, { input: { dataset: "house", sources: [web] } });
    expect(same.registerSources).toMatchObject({ activity: null, unchangedCount: 1 });
    const other = { ...web, title: "Web answers, 2024" };
    const refused = await world.ask(REGISTER, { input: { dataset: "house", sources: [other] } });
    expect(refused.registerSources).toMatchObject({
      activity: null,
      userErrors: [{ code: "CONTENT_CONFLICT", path: ["sources", "0", "key"], index: 0 }],
    });
    const revised = await world.ask(REGISTER, {
      input: { dataset: "house", sources: [other], onConflict: "NEW_VERSION" },
    });
    expect(revised.registerSources).toMatchObject({ activity: { number: 3 }, acceptedCount: 1 });
  });

  it("names what is wrong with an item and takes the others", async () => {
    const bad = { key: "x", kind: "MODEL_GENERATED", title: "X", licence: "free as in beer" };
    const { registerSources } = await world.ask(REGISTER, {
      input: { dataset: "house", sources: [bad, { ...bad, key: "y", licence: null }] },
    });
    expect(registerSources).toMatchObject({
      acceptedCount: 1,
      userErrors: [{ code: "INVALID_VALUE", path: ["sources", "0", "licence"] }],
    });
  });

  it("names a key that cannot be stored, and takes the others", async () => {
    const sources = [
      { ...web, key: "a\0b" },
      { key: "z", kind: "HUMAN_DEMONSTRATION", title: "Z" },
    ];
    const { registerSources } = await world.ask(REGISTER, { input: { dataset: "house", sources } });
    expect(registerSources).toMatchObject({
      acceptedCount: 1,
      userErrors: [{ code: "INVALID_TEXT", path: ["sources", "0", "key"] }],
    });
  });

  it("finds a source by id through node, and hides it from those who may not see it", async () => {
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { source(key: "web") { id } sources(first: 10) { nodes { key } totalCount { value precision } } } }`,
    );
    expect(dataset.sources).toEqual({
      nodes: [{ key: "web" }, { key: "y" }, { key: "z" }],
      totalCount: { value: 3, precision: "EXACT" },
    });
    const node = await world.ask(`query ($id: ID!) { node(id: $id) { id ... on Source { key } } }`, {
      id: dataset.source.id,
    });
    expect(node.node).toEqual({ id: dataset.source.id, key: "web" });
    await world.ask(`mutation { createPrincipal(input: { key: "stranger", kind: SCRIPT }) { principal { key } } }`);
    const issued = await world.ask(
      `mutation { issueApiToken(input: { principal: "stranger", label: "test" }) { secret userErrors { message } } }`,
    );
    const hidden = await world.ask(
      `query ($id: ID!) { node(id: $id) { id } }`,
      { id: dataset.source.id },
      issued.issueApiToken.secret,
    );
    expect(hidden.node).toBeNull();
  });
});
