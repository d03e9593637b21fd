import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.js";
import { tokenWithRole } from "./tokenWithRole.js";

const PUBLISH = /* GraphQL */ `
  mutation ($input: PublishCriteriaInput!) {
    publishCriteria(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      unchangedCount
      criterionVersions {
        id
        key
        version
        question
        scale {
          level
          categories
          minimum
          maximum
        }
        supersededBy {
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
const helpfulness = {
  key: "helpfulness",
  question: "How far does it help?",
  level: "ORDINAL",
  categories: [1, 2, 3, 4, 5],
};
const correctness = {
  key: "correctness",
  question: "Is it true?",
  level: "NOMINAL",
  categories: ["yes", "no", "cannot tell"],
};

describe("publishing criteria", () => {
  let world: World;
  const publish = async (input: object, token?: string) =>
    (await world.ask(PUBLISH, { input: { dataset: "house", ...input } }, token)).publishCriteria;
  beforeAll(async () => {
    world = await startWorld();
    await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { userErrors { message } } }`);
  });
  afterAll(() => world.stop());

  it("publishes questions with their scales, once", async () => {
    const first = await publish({ criteria: [helpfulness, correctness], requestKey: "criteria-1" });
    expect(first).toMatchObject({
      activity: { number: 2, kind: "CRITERION_PUBLICATION" },
      replayed: false,
      acceptedCount: 2,
      userErrors: [],
    });
    expect(first.criterionVersions[0]).toMatchObject({
      key: "helpfulness",
      version: 1,
      question: "How far does it help?",
      scale: { level: "ORDINAL", categories: [1, 2, 3, 4, 5], minimum: null, maximum: null },
      supersededBy: null,
    });
    const again = await publish({ criteria: [helpfulness, correctness], requestKey: "criteria-1" });
    expect(again).toMatchObject({ activity: { number: 2 }, replayed: true, acceptedCount: 2 });
    const same = await publish({ criteria: [correctness, helpfulness] });
    expect(same).toMatchObject({ activity: null, acceptedCount: 0, unchangedCount: 2, userErrors: [] });
  });

  it("takes other content only as a new version, which follows the latest", async () => {
    const other = { ...helpfulness, question: "How much does it help?" };
    const refused = await publish({ criteria: [other] });
    expect(refused).toMatchObject({
      activity: null,
      userErrors: [{ code: "CONTENT_CONFLICT", path: ["criteria", "0", "key"], index: 0 }],
    });
    const revised = await publish({ criteria: [other], onConflict: "NEW_VERSION" });
    expect(revised).toMatchObject({
      acceptedCount: 1,
      criterionVersions: [{ version: 2, question: "How much does it help?" }],
    });
    const { dataset } = await world.ask(`{ dataset(slug: "house") {
      criterion(key: "helpfulness") { key latest { version } versions(first: 5) { nodes { id version supersededBy { number } } totalCount { value } } }
      criteria(first: 1) { nodes { key } pageInfo { hasNextPage } totalCount { value } }
      verifyLog { verified }
    } }`);
    expect(dataset).toMatchObject({
      criterion: {
        latest: { version: 2 },
        versions: {
          nodes: [
            { version: 1, supersededBy: { number: 3 } },
            { version: 2, supersededBy: null },
          ],
          totalCount: { value: 2 },
        },
      },
      criteria: { nodes: [{ key: "helpfulness" }], pageInfo: { hasNextPage: true }, totalCount: { value: 2 } },
      verifyLog: { verified: true },
    });
    const { node } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on CriterionVersion { version question } } }`,
      {
        id: dataset.criterion.versions.nodes[0].id,
      },
    );
    expect(node).toEqual({ version: 1, question: "How far does it help?" });
  });

  it("says of each criterion what is wrong with it, and takes the others", async () => {
    const bad = (fields: object) => ({ question: "?", ...fields });
    const answer = await publish({
      criteria: [
        bad({ key: "a@1", level: "NOMINAL", categories: ["x", "y"] }),
        bad({ key: "nul\0", level: "NOMINAL", categories: ["x", "y"] }),
        bad({ key: "one", level: "NOMINAL", categories: ["x"] }),
        bad({ key: "twice", level: "NOMINAL", categories: ["x", "y", "x"] }),
        bad({ key: "mixed", level: "NOMINAL", categories: ["1", 2] }),
        bad({ key: "missing", level: "ORDINAL", minimum: 1, maximum: 5 }),
        bad({ key: "falling", level: "ORDINAL", categories: [1, 10, 2] }),
        bad({ key: "words", level: "INTERVAL", categories: ["a", "b"] }),
        bad({ key: "below", level: "RATIO", minimum: -1 }),
        bad({ key: "empty", level: "INTERVAL", minimum: 5, maximum: 5 }),
        bad({ key: "both", level: "INTERVAL", categories: [1, 2], maximum: 2 }),
        bad({ key: "blank", question: " ", level: "RATIO" }),
        bad({ key: "long", level: "NOMINAL", categories: ["x", "y".repeat(201)] }),
        bad({ key: "seconds", question: "How long?", level: "RATIO", maximum: 60 }),
        bad({ key: "seconds", question: "How long?", level: "RATIO", maximum: 60 }),
        bad({ key: "huge", level: "INTERVAL", categories: [-1e308, 1e308] }),
        bad({ key: "tiny", level: "RATIO", minimum: 5e-324 }),
      ],
    });
    expect(answer.userErrors.map((error: any) => [error.index, error.code, error.path[2]])).toEqual([
      [0, "INVALID_VALUE", "key"],
      [1, "INVALID_TEXT", "key"],
      [2, "INVALID_VALUE", "categories"],
      [3, "INVALID_VALUE", "categories"],
      [4, "INVALID_VALUE", "categories"],
      [5, "INVALID_VALUE", "categories"],
      [6, "INVALID_VALUE", "categories"],
      [7, "INVALID_VALUE", "categories"],
      [8, "INVALID_VALUE", "minimum"],
      [9, "INVALID_VALUE", "maximum"],
      [10, "INVALID_VALUE", "maximum"],
      [11, "INVALID_VALUE", "question"],
      [12, "INVALID_VALUE", "categories"],
      [14, "DUPLICATE_IN_BATCH", "key"],
      [15, "INVALID_VALUE", "categories"],
      [16, "INVALID_VALUE", "minimum"],
    ]);
    expect(answer).toMatchObject({
      acceptedCount: 1,
      criterionVersions: [{ key: "seconds", scale: { minimum: 0, maximum: 60 } }, { key: "seconds" }],
    });
  });

  it("refuses a category that is neither text nor a finite number", async () => {
    const answer = await world.send(PUBLISH, {
      input: { dataset: "house", criteria: [{ ...correctness, categories: [true, null] }] },
    });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    const literal = await world.send(
      `mutation { publishCriteria(input: { dataset: "house", criteria: [{ key: "k", question: "?", level: RATIO, categories: [1e999, 2] }] }) { replayed } }`,
    );
    expect(literal.errors?.[0]?.extensions.code).toMatch(/BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED/);
  });

  it("lets curators publish, and neither annotators nor viewers", async () => {
    const answer = await publish({ criteria: [correctness] }, await tokenWithRole(world, "house", "CURATOR"));
    expect(answer.unchangedCount).toBe(1);
    for (const role of ["VIEWER", "ANNOTATOR", "REVIEWER"]) {
      const refused = await world.send(
        PUBLISH,
        { input: { dataset: "house", criteria: [correctness] } },
        await tokenWithRole(world, "house", role),
      );
      expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
  });
});
