import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePrincipal } from "../support/people.js";
import type { World } from "../support/world.js";
import { addDataset, exampleOf, importInto, latestOf, startExampleWorld, verified } from "./exampleWorld.js";

const REVISE = /* GraphQL */ `
  mutation ($input: ReviseExamplesInput!) {
    reviseExamples(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      unchangedCount
      examples {
        index
        externalId
        status
        exampleVersion {
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

describe("editing examples", () => {
  let world: World;
  const revise = async (revisions: object[], more = {}): Promise<any> =>
    (await world.ask(REVISE, { input: { dataset: "house", revisions, ...more } })).reviseExamples;
  beforeAll(async () => {
    world = await startExampleWorld();
    const turns = [
      { role: "USER", content: "a" },
      { role: "ASSISTANT", content: "b" },
    ];
    await importInto(world, [
      exampleOf("draft", {
        system: "s",
        context: turns,
        attributes: { k: 1 },
        language: "en",
        batch: "pilot",
        labels: [{ dimension: "intent", value: "qa" }],
      }),
      exampleOf("plain"),
      exampleOf("third"),
    ]);
  });
  afterAll(() => world.stop());

  it("makes a new version from the parts that are given and keeps the draft", async () => {
    const answer = await revise([{ externalId: "draft", response: "Better.", author: "ada", expectedVersion: 1 }], {
      requestKey: "revise-1",
    });
    expect(answer).toMatchObject({
      activity: { kind: "REVISION" },
      acceptedCount: 1,
      examples: [{ status: "REVISED", exampleVersion: { version: 2 } }],
    });
    const latest = await latestOf(world, "draft");
    expect(latest).toMatchObject({
      version: 2,
      prompt: "What is draft?",
      response: "Better.",
      attributes: { k: 1 },
      language: "en",
      author: { key: "ada" },
      batch: { key: "pilot" },
      turnCount: 5,
      labels: [{ dimension: "intent", value: "qa" }],
      derivedFrom: [{ version: 1 }],
    });
    expect(latest.turns[0]).toEqual({ role: "SYSTEM", content: "s" });
    const again = await revise([{ externalId: "draft", response: "Better.", author: "ada", expectedVersion: 1 }], {
      requestKey: "revise-1",
    });
    expect(again).toEqual({ ...answer, replayed: true });
    const { dataset } = await world.ask(`{ dataset(slug: "house") { example(externalId: "draft") { versions(first: 5) {
      totalCount { value } nodes { version response erased supersededBy { number } derivedInto { version } } } } } }`);
    expect(dataset.example.versions).toMatchObject({
      totalCount: { value: 2 },
      nodes: [
        {
          version: 1,
          response: "It is draft.",
          supersededBy: { number: answer.activity.number },
          derivedInto: [{ version: 2 }],
        },
        { version: 2, supersededBy: null },
      ],
    });
    await verified(world);
  });

  it("finds examples by id, and takes turns, attributes and labels as they are given", async () => {
    const { dataset } = await world.ask(`{ dataset(slug: "house") { example(externalId: "plain") { id number } } }`);
    const turns = [
      { role: "USER", content: "q" },
      { role: "ASSISTANT", content: "r" },
    ];
    const edit = {
      exampleId: dataset.example.id,
      turns,
      attributes: { n: 2 },
      labels: [{ dimension: "topic", value: "x" }],
      language: "de",
    };
    expect(await revise([edit])).toMatchObject({ acceptedCount: 1, examples: [{ externalId: "plain" }] });
    expect(await latestOf(world, "plain")).toMatchObject({
      prompt: "q",
      response: "r",
      attributes: { n: 2 },
      language: "de",
      labels: [{ value: "x" }],
    });
    expect(await revise([edit])).toMatchObject({
      activity: null,
      unchangedCount: 1,
      examples: [{ status: "UNCHANGED" }],
    });
  });

  it("refuses what is stale, unknown, foreign, doubled or broken, item by item", async () => {
    await addDataset(world, "foreign");
    await importInto(world, [exampleOf("far")], { dataset: "foreign" });
    const { dataset } = await world.ask(`{ dataset(slug: "foreign") { id example(externalId: "far") { id } } }`);
    const answer = await revise([
      { externalId: "draft", response: "x", expectedVersion: 1 },
      { externalId: "nobody", response: "x" },
      { exampleId: dataset.example.id, response: "x" },
      { exampleId: dataset.id, response: "x" },
      { exampleId: "rubbish", response: "x" },
      { response: "x" },
      { externalId: "draft", response: " " },
      { externalId: "draft", response: "a\u0000" },
      { externalId: "draft", response: "ok", author: "nobody" },
      { externalId: "draft", response: "ok" },
      { externalId: "draft", response: "ok again" },
    ]);
    expect(answer.userErrors.map((e: any) => [e.code, e.path.slice(1).join(".")])).toEqual([
      ["STALE_VERSION", "0.expectedVersion"],
      ["UNKNOWN_EXAMPLE", "1.externalId"],
      ["UNKNOWN_EXAMPLE", "2.externalId"],
      ["UNKNOWN_EXAMPLE", "3.externalId"],
      ["UNKNOWN_EXAMPLE", "4.externalId"],
      ["UNKNOWN_EXAMPLE", "5.externalId"],
      ["INVALID_VALUE", "6.response"],
      ["INVALID_TEXT", "7.response"],
      ["UNKNOWN_ANNOTATOR", "8.author"],
      ["DUPLICATE_IN_BATCH", "10.externalId"],
    ]);
    expect(answer.acceptedCount).toBe(1);
  });

  it("lets one of two edits of the same version through where both say which version they expect", async () => {
    const { version } = await latestOf(world, "third");
    const both = await Promise.all(
      ["one", "two"].map((response) => revise([{ externalId: "third", response, expectedVersion: version }])),
    );
    expect(both.map((answer) => answer.acceptedCount).sort()).toEqual([0, 1]);
    expect(both.flatMap((answer) => answer.userErrors.map((e: any) => e.code))).toEqual(["STALE_VERSION"]);
    await verified(world);
  });

  it("brings a withdrawn example back as an undecided version", async () => {
    const count = async (): Promise<number> =>
      (await world.ask(`{ dataset(slug: "house") { head { exampleCount } } }`)).dataset.head.exampleCount;
    const before = await count();
    await world.ask(
      `mutation { decideExamples(input: { dataset: "house", decisions: [{ externalId: "third", verdict: WITHDRAW }] }) { userErrors { message } } }`,
    );
    expect(await count()).toBe(before - 1);
    expect(await revise([{ externalId: "third", response: "mended" }])).toMatchObject({ acceptedCount: 1 });
    expect(await count()).toBe(before);
    await verified(world);
  });

  it("enrols authors only for those who may enrol", async () => {
    const reviewer = await makePrincipal(world, "reviewer", { house: "REVIEWER" });
    await importInto(world, [exampleOf("by-a-reviewer")]);
    const input = {
      dataset: "house",
      enrol: true,
      revisions: [{ externalId: "by-a-reviewer", response: "New.", author: "ghost" }],
    };
    expect((await world.ask(REVISE, { input }, reviewer)).reviseExamples).toMatchObject({
      acceptedCount: 0,
      userErrors: [{ code: "UNKNOWN_ANNOTATOR", path: ["revisions", "0", "author"] }],
    });
    expect((await world.ask(REVISE, { input })).reviseExamples).toMatchObject({ acceptedCount: 1, userErrors: [] });
  });
});
