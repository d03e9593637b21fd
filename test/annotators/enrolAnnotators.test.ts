import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.js";
import { tokenWithRole } from "../guidelines/tokenWithRole.js";

const ENROL = /* GraphQL */ `
  mutation ($input: EnrolAnnotatorsInput!) {
    enrolAnnotators(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      unchangedCount
      annotators {
        id
        key
        kind
        status
        expertise
        languages
        qualifiedFor {
          name
        }
        agent {
          kind
          label
        }
        activity {
          number
        }
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

describe("enrolling annotators", () => {
  let world: World;
  const enrol = async (annotators: object[], fields: object = {}, token?: string) =>
    (await world.ask(ENROL, { input: { dataset: "house", annotators, ...fields } }, token)).enrolAnnotators;
  beforeAll(async () => {
    world = await startWorld();
    await world.ask(`mutation {
      createDataset(input: { slug: "house", title: "House" }) { userErrors { message } }
      a: publishGuideline(input: { dataset: "house", key: "style", version: "1", title: "Style", clauses: [], criteria: [] }) { userErrors { message } }
      b: publishGuideline(input: { dataset: "house", key: "style", version: "2", title: "Style", changeNote: "Why.", clauses: [], criteria: [] }) { userErrors { message } }
    }`);
  });
  afterAll(() => world.stop());

  it("enrols people and models under pseudonyms, each with an agent of its own", async () => {
    const wren = { key: "wren", expertise: ["writing"], languages: ["en", "de"], qualifiedFor: ["style@1"] };
    const answer = await enrol([wren, { key: "judge-1", kind: "MODEL" }], { requestKey: "enrol-01" });
    expect(answer).toMatchObject({
      activity: { number: 4, kind: "ENROLMENT" },
      replayed: false,
      acceptedCount: 2,
      userErrors: [],
    });
    expect(answer.annotators).toMatchObject([
      {
        key: "wren",
        kind: "HUMAN",
        status: "ACTIVE",
        languages: ["en", "de"],
        qualifiedFor: [{ name: "style@1" }],
        agent: { kind: "HUMAN", label: "wren" },
      },
      { key: "judge-1", kind: "MODEL", expertise: [], agent: { kind: "MODEL", label: "judge-1" } },
    ]);
    expect(await enrol([wren, { key: "judge-1", kind: "MODEL" }], { requestKey: "enrol-01" })).toMatchObject({
      activity: { number: 4 },
      replayed: true,
      acceptedCount: 2,
    });
    expect(await enrol([wren, { key: "wren2" }, { key: "judge-1" }])).toMatchObject({
      activity: { number: 5 },
      acceptedCount: 1,
      unchangedCount: 2,
    });
  });

  it("changes what is said of a profile and keeps what is not", async () => {
    const answer = await enrol([{ key: "wren", status: "PAUSED", qualifiedFor: ["style@2"] }]);
    expect(answer.annotators).toMatchObject([
      {
        status: "PAUSED",
        expertise: ["writing"],
        languages: ["en", "de"],
        qualifiedFor: [{ name: "style@2" }],
        activity: { number: 6 },
      },
    ]);
    expect(await enrol([{ key: "wren" }])).toMatchObject({ activity: null, unchangedCount: 1 });
    expect(await enrol([{ key: "wren", qualifiedFor: [] }])).toMatchObject({
      acceptedCount: 1,
      annotators: [{ qualifiedFor: [], status: "PAUSED" }],
    });
    const { dataset } = await world.ask(`{ dataset(slug: "house") {
      annotator(key: "wren") { id status } annotators(first: 2) { nodes { key } totalCount { value } pageInfo { hasNextPage } } verifyLog { verified firstBad { message } }
    } }`);
    expect(dataset).toMatchObject({
      annotator: { status: "PAUSED" },
      annotators: {
        nodes: [{ key: "wren" }, { key: "judge-1" }],
        totalCount: { value: 3 },
        pageInfo: { hasNextPage: true },
      },
      verifyLog: { verified: true },
    });
    const { node } = await world.ask(`query ($id: ID!) { node(id: $id) { ... on Annotator { key } } }`, {
      id: dataset.annotator.id,
    });
    expect(node).toEqual({ key: "wren" });
  });

  it("links a member once, so that one person is one annotator", async () => {
    await tokenWithRole(world, "house", "ANNOTATOR");
    await world.ask(`mutation { createPrincipal(input: { key: "stranger", kind: HUMAN }) { principal { key } } }`);
    const curator = await tokenWithRole(world, "house", "CURATOR");
    const linked = await enrol([{ key: "lark", principal: "annotator" }], {}, curator);
    expect(linked).toMatchObject({ acceptedCount: 1, annotators: [{ key: "lark", agent: { label: "annotator" } }] });
    const answer = await enrol(
      [
        { key: "lark", principal: "annotator", status: "ACTIVE" },
        { key: "rook", principal: "annotator" },
        { key: "jay", principal: "stranger" },
        { key: "jay", principal: "nobody" },
        { key: "wren", principal: "curator" },
        { key: "robot", kind: "MODEL", principal: "curator" },
      ],
      {},
      curator,
    );
    expect(answer.userErrors.map((error: any) => [error.index, error.code, error.path[2]])).toEqual([
      [1, "DUPLICATE_IN_BATCH", "principal"],
      [2, "UNKNOWN_PRINCIPAL", "principal"],
      [3, "DUPLICATE_IN_BATCH", "key"],
      [4, "CONTENT_CONFLICT", "principal"],
      [5, "DUPLICATE_IN_BATCH", "principal"],
    ]);
    expect(await enrol([{ key: "rook", principal: "annotator" }], {}, curator)).toMatchObject({
      userErrors: [{ code: "ALREADY_EXISTS", path: ["annotators", "0", "principal"] }],
    });
    expect(await enrol([{ key: "robot", kind: "MODEL", principal: "curator" }], {}, curator)).toMatchObject({
      userErrors: [{ code: "INVALID_VALUE", path: ["annotators", "0", "principal"] }],
    });
  });

  it("enrols somebody whose first act it is, as the agent that acts", async () => {
    await world.ask(
      `mutation { createDataset(input: { slug: "second", title: "Second" }) { userErrors { message } } }`,
    );
    await world.ask(
      `mutation { createPrincipal(input: { key: "ada", kind: HUMAN }) { principal { key } } setMember(input: { dataset: "second", principal: "ada", role: OWNER }) { userErrors { message } } }`,
    );
    const { issueApiToken } = await world.ask(
      `mutation { issueApiToken(input: { principal: "ada", label: "own" }) { secret } }`,
    );
    const input = { dataset: "second", annotators: [{ key: "finch", principal: "ada" }] };
    const { enrolAnnotators } = await world.ask(ENROL, { input }, issueApiToken.secret);
    expect(enrolAnnotators).toMatchObject({ acceptedCount: 1, annotators: [{ agent: { label: "ada" } }] });
    const { dataset } = await world.ask(
      `{ dataset(slug: "second") { verifyLog { verified } agents(first: 10) { nodes { label } } activity(number: 2) { agent { label } } } }`,
    );
    expect(dataset).toEqual({
      verifyLog: { verified: true },
      agents: { nodes: [{ label: "admin" }, { label: "ada" }] },
      activity: { agent: { label: "ada" } },
    });
  });

  it("says of each annotator what is wrong", async () => {
    const answer = await enrol([
      { key: " " },
      { key: "nul\0" },
      { key: "a", languages: ["english please"] },
      { key: "b", expertise: ["x", "x"] },
      { key: "c", qualifiedFor: ["style@3"] },
      { key: "wren", kind: "MODEL" },
      { key: "d", expertise: [" "] },
    ]);
    expect(answer.userErrors.map((error: any) => [error.index, error.code, error.path[2]])).toEqual([
      [0, "INVALID_VALUE", "key"],
      [1, "INVALID_TEXT", "key"],
      [2, "INVALID_VALUE", "languages"],
      [3, "INVALID_VALUE", "expertise"],
      [4, "UNKNOWN_GUIDELINE_VERSION", "qualifiedFor"],
      [5, "CONTENT_CONFLICT", "kind"],
      [6, "INVALID_VALUE", "expertise"],
    ]);
    expect(answer.activity).toBeNull();
  });

  it("keeps annotators from annotators, and who they are from viewers", async () => {
    const [viewer, annotator] = [
      await tokenWithRole(world, "house", "VIEWER"),
      await tokenWithRole(world, "house", "ANNOTATOR"),
    ];
    const refused = await world.send(ENROL, { input: { dataset: "house", annotators: [{ key: "x" }] } }, viewer);
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const seen = await world.send(
      `{ dataset(slug: "house") { annotator(key: "lark") { key agent { label } } } }`,
      {},
      viewer,
    );
    expect(seen.data.dataset.annotator).toEqual({ key: "lark", agent: null });
    const list = await world.send(
      `{ dataset(slug: "house") { annotators(first: 1) { nodes { key } } } }`,
      {},
      annotator,
    );
    expect(list.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const { dataset } = await world.ask(`{ dataset(slug: "house") { annotator(key: "lark") { id } } }`);
    const node = await world.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: dataset.annotator.id }, annotator);
    expect(node.node).toBeNull();
  });
});
