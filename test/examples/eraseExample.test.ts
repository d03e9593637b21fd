import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import { addDataset, exampleOf, importInto, latestOf, startExampleWorld, verified } from "./exampleWorld.js";

const ERASE = /* GraphQL */ `
  mutation ($input: EraseExampleInput!) {
    eraseExample(input: $input) {
      activity {
        number
        kind
      }
      erasedCount
      userErrors {
        code
        path
      }
      example {
        externalId
        versions(first: 10) {
          nodes {
            erased
            turns {
              content
            }
            prompt
            response
            attributes
            promptWords
            labels {
              value
            }
          }
        }
      }
    }
  }
`;

describe("erasing an example", () => {
  let world: World;
  const erase = async (input: object): Promise<any> =>
    (await world.ask(ERASE, { input: { dataset: "house", reason: "asked for", ...input } })).eraseExample;
  const sent = [exampleOf("a", { labels: [{ dimension: "intent", value: "qa" }] }), exampleOf("b")];
  beforeAll(async () => {
    world = await startExampleWorld();
    await importInto(world, sent, { requestKey: "import-1" });
    await importInto(world, [exampleOf("a", { response: "Second." })], { onConflict: "NEW_VERSION" });
  });
  afterAll(() => world.stop());

  it("deletes the texts of all versions, keeps everything else, and the log verifies", async () => {
    const { dataset } = await world.ask(`{ dataset(slug: "house") { head { exampleCount scopeDigest } } }`);
    const answer = await erase({ externalId: "a" });
    expect(answer).toMatchObject({ activity: { kind: "ERASURE" }, erasedCount: 3, userErrors: [] });
    const gone = {
      erased: true,
      turns: null,
      prompt: null,
      response: null,
      attributes: null,
      promptWords: 3,
      labels: [{ value: "qa" }],
    };
    expect(answer.example).toEqual({ externalId: "a", versions: { nodes: [gone, gone] } });
    expect(await latestOf(world, "b")).toMatchObject({ erased: false, prompt: "What is b?" });
    expect((await world.ask(`{ dataset(slug: "house") { head { exampleCount scopeDigest } } }`)).dataset).toEqual(
      dataset,
    );
    await verified(world);
  });

  it("is done once", async () => {
    expect(await erase({ externalId: "a" })).toMatchObject({ activity: null, erasedCount: 0, userErrors: [] });
  });

  it("does not let the content come back, and answers the old request as before", async () => {
    expect(await importInto(world, sent, { requestKey: "import-1" })).toMatchObject({
      replayed: true,
      acceptedCount: 2,
    });
    expect(await importInto(world, [sent[0]!], { onConflict: "NEW_VERSION" })).toMatchObject({
      activity: null,
      userErrors: [{ code: "CONTENT_ERASED" }],
    });
    const revise = `mutation { reviseExamples(input: { dataset: "house", revisions: [{ externalId: "a", prompt: "x", response: "y" }] }) { userErrors { code } } }`;
    expect((await world.ask(revise)).reviseExamples.userErrors).toEqual([{ code: "CONTENT_ERASED" }]);
  });

  it("asks for a reason, and for an example of this dataset", async () => {
    expect(await erase({ externalId: "b", reason: " " })).toMatchObject({
      activity: null,
      userErrors: [{ code: "INVALID_VALUE", path: ["reason"] }],
    });
    expect(await erase({ externalId: "nobody" })).toMatchObject({ userErrors: [{ code: "UNKNOWN_EXAMPLE" }] });
    await addDataset(world, "foreign");
    await importInto(world, [exampleOf("far")], { dataset: "foreign" });
    const { dataset } = await world.ask(`{ dataset(slug: "foreign") { example(externalId: "far") { id } } }`);
    const refused = await world.send(ERASE, {
      input: { dataset: "house", reason: "x", exampleId: dataset.example.id },
    });
    expect(refused.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await latestOf(world, "far", "foreign")).erased).toBe(false);
  });
});
