import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenWithRole } from "../guidelines/tokenWithRole.js";
import { startWorld, type World } from "../support/world.js";

const OPEN = /* GraphQL */ `
  mutation ($input: OpenBatchesInput!) {
    openBatches(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      unchangedCount
      batches {
        id
        key
        title
        guidelineVersion {
          name
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
const pilot = { key: "pilot", title: "Pilot: do the rules work?", guidelineVersion: "style@1" };

describe("opening batches", () => {
  let world: World;
  const open = async (batches: object[], fields: object = {}) =>
    (await world.ask(OPEN, { input: { dataset: "house", batches, ...fields } })).openBatches;
  beforeAll(async () => {
    world = await startWorld();
    await world.ask(`mutation {
      createDataset(input: { slug: "house", title: "House" }) { userErrors { message } }
      publishGuideline(input: { dataset: "house", key: "style", version: "1", title: "Style", clauses: [], criteria: [] }) { userErrors { message } }
    }`);
  });
  afterAll(() => world.stop());

  it("opens a round of work under a guideline version, once", async () => {
    const answer = await open([pilot, { key: "round-2", title: "Round 2" }], { requestKey: "batches-1" });
    expect(answer).toMatchObject({
      activity: { number: 3, kind: "BATCH_OPENING" },
      acceptedCount: 2,
      batches: [
        { key: "pilot", guidelineVersion: { name: "style@1" }, activity: { number: 3 } },
        { guidelineVersion: null },
      ],
      userErrors: [],
    });
    expect(await open([pilot, { key: "round-2", title: "Round 2" }], { requestKey: "batches-1" })).toMatchObject({
      activity: { number: 3 },
      replayed: true,
    });
    expect(await open([pilot])).toMatchObject({ activity: null, unchangedCount: 1 });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { batch(key: "pilot") { id title } batches(last: 1) { nodes { key } totalCount { value } } verifyLog { verified } } }`,
    );
    expect(dataset).toMatchObject({
      batch: { title: pilot.title },
      batches: { nodes: [{ key: "round-2" }], totalCount: { value: 2 } },
      verifyLog: { verified: true },
    });
    const { node } = await world.ask(`query ($id: ID!) { node(id: $id) { ... on Batch { key } } }`, {
      id: dataset.batch.id,
    });
    expect(node).toEqual({ key: "pilot" });
  });

  it("says of each batch why it cannot be opened, and opens the others", async () => {
    const answer = await open([
      { ...pilot, title: "Other" },
      { ...pilot, guidelineVersion: null },
      { key: "", title: "T" },
      { key: "a", title: " " },
      { key: "b", title: "T", guidelineVersion: "style@2" },
      { key: "c", title: "nul\0" },
      { key: "d", title: "T" },
    ]);
    expect(answer.userErrors.map((error: any) => [error.index, error.code, error.path[2]])).toEqual([
      [0, "CONTENT_CONFLICT", "key"],
      [1, "DUPLICATE_IN_BATCH", "key"],
      [2, "INVALID_VALUE", "key"],
      [3, "INVALID_VALUE", "title"],
      [4, "UNKNOWN_GUIDELINE_VERSION", "guidelineVersion"],
      [5, "INVALID_TEXT", "title"],
    ]);
    expect(answer.acceptedCount).toBe(1);
  });

  it("refuses those who may not", async () => {
    const answer = await world.send(
      OPEN,
      { input: { dataset: "house", batches: [pilot] } },
      await tokenWithRole(world, "house", "VIEWER"),
    );
    expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
