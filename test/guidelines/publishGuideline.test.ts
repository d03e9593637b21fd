import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.js";
import { tokenWithRole } from "./tokenWithRole.js";

const PUBLISH = /* GraphQL */ `
  mutation ($input: PublishGuidelineInput!) {
    publishGuideline(input: $input) {
      activity {
        number
        kind
      }
      replayed
      guidelineVersion {
        id
        key
        version
        name
        title
        changeNote
        requiresQualification
        supersededBy {
          number
        }
        clauses {
          number
          name
          title
          text
          examples {
            text
            note
          }
          counterexamples {
            text
            note
          }
        }
        criteria {
          key
          version
        }
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`;
const clauses = [
  {
    number: "1",
    title: "Say only what is true",
    text: "Work a calculation out **again**.",
    examples: [{ text: "500 seconds.", note: "Can be checked." }, { text: "Not known." }],
    counterexamples: [{ text: "A spider is an insect.", note: "Arachnid." }],
  },
  { number: "1.1", title: "Admit what cannot be known", text: "If you are not sure, say so." },
];
const first = { key: "house-style", version: "1.0", title: "House style", clauses, criteria: ["helpfulness", "tone"] };
const second = {
  ...first,
  version: "2.0",
  changeNote: "α of tone was 0.3 in the pilot, so 1.1 is sharper.",
  criteria: ["helpfulness@1", "tone"],
};

describe("publishing guidelines", () => {
  let world: World;
  const publish = async (input: object, token?: string) =>
    (await world.ask(PUBLISH, { input: { dataset: "house", ...input } }, token)).publishGuideline;
  const criteria = (question: string) =>
    world.ask(
      `mutation ($criteria: [CriterionInput!]!) { publishCriteria(input: { dataset: "house", criteria: $criteria, onConflict: NEW_VERSION }) { acceptedCount userErrors { message } } }`,
      {
        criteria: ["helpfulness", "tone"].map((key) => ({
          key,
          question,
          level: "ORDINAL",
          categories: ["low", "high"],
        })),
      },
    );
  beforeAll(async () => {
    world = await startWorld();
    await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { userErrors { message } } }`);
    await criteria("How far?");
  });
  afterAll(() => world.stop());

  it("publishes clauses with examples and counterexamples, and pins the criteria in force", async () => {
    const answer = await publish({ ...first, requestKey: "guideline-1" });
    expect(answer).toMatchObject({
      activity: { number: 3, kind: "GUIDELINE_PUBLICATION" },
      replayed: false,
      userErrors: [],
    });
    expect(answer.guidelineVersion).toMatchObject({
      name: "house-style@1.0",
      changeNote: null,
      requiresQualification: false,
      supersededBy: null,
      clauses: [
        {
          number: "1",
          name: "house-style@1.0#1",
          text: "Work a calculation out **again**.",
          examples: [
            { text: "500 seconds.", note: "Can be checked." },
            { text: "Not known.", note: null },
          ],
          counterexamples: [{ text: "A spider is an insect.", note: "Arachnid." }],
        },
        { number: "1.1", examples: [], counterexamples: [] },
      ],
      criteria: [
        { key: "helpfulness", version: 1 },
        { key: "tone", version: 1 },
      ],
    });
    expect(await publish({ ...first, requestKey: "guideline-1" })).toMatchObject({
      activity: { number: 3 },
      replayed: true,
      guidelineVersion: { name: "house-style@1.0" },
    });
  });

  it("takes the same content again as no change, and other content under the same version not at all", async () => {
    expect(await publish({ ...first, criteria: ["tone", "helpfulness"] })).toMatchObject({
      activity: null,
      guidelineVersion: { name: "house-style@1.0" },
      userErrors: [],
    });
    const others = [
      { ...first, title: "Other" },
      { ...first, requiresQualification: true },
      { ...first, criteria: ["tone"] },
      { ...first, clauses: [clauses[1], clauses[0]] },
      { ...first, clauses: [{ ...clauses[0], counterexamples: [] }, clauses[1]] },
    ];
    for (const other of others)
      expect(await publish(other)).toMatchObject({
        activity: null,
        guidelineVersion: null,
        userErrors: [{ code: "CONTENT_CONFLICT", path: ["version"] }],
      });
  });

  it("asks of every later version why it came about, and lets it pin an earlier criterion version", async () => {
    await criteria("How far really?");
    expect(await publish({ ...second, changeNote: null })).toMatchObject({
      userErrors: [{ code: "INVALID_VALUE", path: ["changeNote"] }],
    });
    const answer = await publish(second);
    expect(answer.guidelineVersion).toMatchObject({
      changeNote: second.changeNote,
      criteria: [
        { key: "helpfulness", version: 1 },
        { key: "tone", version: 2 },
      ],
    });
    expect(await publish(first)).toMatchObject({
      activity: null,
      guidelineVersion: { name: "house-style@1.0", supersededBy: { number: 5 } },
      userErrors: [],
    });
  });

  it("is found by name, by guideline and by id, and the log verifies", async () => {
    const { dataset } = await world.ask(`{ dataset(slug: "house") {
      guidelineVersion(name: "house-style@1.0") { id title guideline { key latest { version } } clauses { id } }
      missing: guidelineVersion(name: "house-style@1") { id }
      unnamed: guidelineVersion(name: "house-style") { id }
      guidelines(first: 10) { nodes { key versions(last: 1) { nodes { version } totalCount { value } } } totalCount { value } }
      verifyLog { verified firstBad { message } }
    } }`);
    expect(dataset).toMatchObject({
      guidelineVersion: { guideline: { key: "house-style", latest: { version: "2.0" } } },
      missing: null,
      unnamed: null,
      guidelines: {
        nodes: [{ key: "house-style", versions: { nodes: [{ version: "2.0" }], totalCount: { value: 2 } } }],
      },
      verifyLog: { verified: true },
    });
    const ids = [dataset.guidelineVersion.id, dataset.guidelineVersion.clauses[1].id];
    const { nodes } = await world.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on GuidelineVersion { name } ... on Clause { name guidelineVersion { name } } } }`,
      { ids },
    );
    expect(nodes).toEqual([
      { name: "house-style@1.0" },
      { name: "house-style@1.0#1.1", guidelineVersion: { name: "house-style@1.0" } },
    ]);
  });

  it("names all that is wrong, with its path", async () => {
    const answer = await publish({
      key: "a#b",
      version: "1 0",
      title: "",
      clauses: [
        { number: "1", title: "T", text: "x" },
        { number: "1", title: "T", text: " ", examples: [{ text: "" }] },
      ],
      criteria: ["helpfulness", "helpfulness@1", "nothing", "tone@9"],
    });
    expect(answer.userErrors.map((error: any) => `${error.code} ${error.path.join(".")}`)).toEqual([
      "INVALID_VALUE key",
      "INVALID_VALUE version",
      "INVALID_VALUE title",
      "INVALID_VALUE clauses.1.text",
      "INVALID_VALUE clauses.1.examples.0.text",
      "DUPLICATE_IN_BATCH clauses.1.number",
      "DUPLICATE_IN_BATCH criteria.1",
      "UNKNOWN_CRITERION criteria.2",
      "UNKNOWN_CRITERION criteria.3",
    ]);
    const unsound = await publish({ ...first, clauses: [{ ...clauses[0], text: "\ud800" }] });
    expect(unsound).toMatchObject({ userErrors: [{ code: "INVALID_TEXT", path: ["clauses", "0", "text"] }] });
  });

  it("lets curators publish, and shows viewers what they may not publish", async () => {
    const viewer = await tokenWithRole(world, "house", "VIEWER");
    const refused = await world.send(PUBLISH, { input: { dataset: "house", ...first } }, viewer);
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const seen = await world.ask(
      `{ dataset(slug: "house") { guidelineVersion(name: "house-style@2.0") { clauses { text } } } }`,
      {},
      viewer,
    );
    expect(seen.dataset.guidelineVersion.clauses).toHaveLength(2);
    const asCurator = await publish(first, await tokenWithRole(world, "house", "CURATOR"));
    expect(asCurator).toMatchObject({ activity: null, userErrors: [] });
  });

  it("reads a list of versions with their clauses in a number of statements that does not grow", async () => {
    const query = `{ dataset(slug: "house") { guidelines(first: 5) { nodes { versions(first: 5) { nodes { clauses { text examples { text note } } criteria { question } changeNote } } } } } }`;
    const ofOne = await statements(query.replace("versions(first: 5)", "versions(last: 1)"));
    expect(await statements(query)).toBeLessThanOrEqual(ofOne + 2); // signing in is remembered, but not for ever
    async function statements(document: string): Promise<number> {
      const before = world.db.statementCount;
      await world.ask(document);
      return world.db.statementCount - before;
    }
  });
});
