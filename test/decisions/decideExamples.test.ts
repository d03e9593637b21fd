import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenWithRole } from "../guidelines/tokenWithRole.js";
import { startDecidedWorld, type DecidedWorld } from "./decidedWorld.js";

describe("deciding on examples", () => {
  let world: DecidedWorld;
  let versions: string[];
  beforeAll(async () => {
    world = await startDecidedWorld();
    versions = await world.importExamples(5);
  });
  afterAll(() => world.stop());
  const accept = {
    externalId: "e1",
    verdict: "ACCEPT",
    reason: "Right and short.",
    clauses: ["style@1#2.1", "style@1#1"],
    clientRef: "row 1",
  };

  it("takes verdicts with reason and clauses, once", async () => {
    const answer = await world.decide([accept, { exampleVersionId: versions[1], verdict: "REJECT" }], {
      requestKey: "decide-1",
    });
    expect(answer).toMatchObject({
      activity: { number: 5, kind: "DECISION" },
      acceptedCount: 2,
      unchangedCount: 0,
      userErrors: [],
    });
    expect(answer.decisions).toMatchObject([
      {
        verdict: "ACCEPT",
        reason: "Right and short.",
        clauses: [{ name: "style@1#1" }, { name: "style@1#2.1" }],
        exampleVersion: { externalId: { externalId: "e1" }, version: 1 },
        supersededBy: null,
      },
      { verdict: "REJECT", reason: null, clauses: [] },
    ]);
    const again = await world.decide([accept, { exampleVersionId: versions[1], verdict: "REJECT" }], {
      requestKey: "decide-1",
    });
    expect(again).toMatchObject({ activity: { number: 5 }, replayed: true, acceptedCount: 2 });
    expect(again.decisions.map((one: any) => one.id)).toEqual(answer.decisions.map((one: any) => one.id));
    expect(await world.decide([accept], { requestKey: "decide-1" })).toMatchObject({
      activity: null,
      userErrors: [{ code: "REQUEST_KEY_REUSED" }],
    });
  });

  it("takes the same decision as no change, and another in its place", async () => {
    const same = { ...accept, clauses: [...accept.clauses].reverse(), clientRef: null };
    expect(await world.decide([same])).toMatchObject({ activity: null, unchangedCount: 1, decisions: [] });
    for (const [i, other] of [
      { ...same, clauses: [] },
      { ...same, reason: null, clauses: [] },
      { ...same, verdict: "NEEDS_WORK", reason: null, clauses: [] },
    ].entries())
      expect(await world.decide([other])).toMatchObject({ activity: { number: 6 + i }, acceptedCount: 1 });
    const { dataset } = await world.ask(`{ dataset(slug: "house") { example(externalId: "e1") { latest {
      decision { verdict } decisions { verdict reason activity { number } supersededBy { number } } } } verifyLog { verified firstBad { message } } } }`);
    expect(dataset.example.latest).toMatchObject({
      decision: { verdict: "NEEDS_WORK" },
      decisions: [
        { verdict: "NEEDS_WORK", activity: { number: 8 }, supersededBy: null },
        { verdict: "ACCEPT", reason: null, activity: { number: 7 }, supersededBy: { number: 8 } },
        { verdict: "ACCEPT", reason: "Right and short.", activity: { number: 6 }, supersededBy: { number: 7 } },
        { verdict: "ACCEPT", reason: "Right and short.", activity: { number: 5 }, supersededBy: { number: 6 } },
      ],
    });
    expect(dataset.verifyLog).toMatchObject({ verified: true });
  });

  it("lets the later of two in one submission replace the earlier", async () => {
    const answer = await world.decide([
      { externalId: "e3", verdict: "REJECT", reason: "First thought." },
      { externalId: "e3", verdict: "REJECT", reason: "First thought." },
      { exampleVersionId: versions[2], verdict: "ACCEPT" },
    ]);
    expect(answer).toMatchObject({ activity: { number: 9 }, acceptedCount: 2, unchangedCount: 1 });
    expect(answer.decisions).toMatchObject([
      { verdict: "REJECT", supersededBy: { number: 9 } },
      { verdict: "ACCEPT", supersededBy: null },
    ]);
    const both = await world.decide([
      { externalId: "e3", verdict: "REJECT" },
      { externalId: "e3", verdict: "ACCEPT", reason: "After all." },
    ]);
    expect(both).toMatchObject({ activity: { number: 10 }, acceptedCount: 2 });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { verifyLog { verified firstBad { message } } example(externalId: "e3") { latest { decision { reason } decisions { verdict } } } } }`,
    );
    expect(dataset.verifyLog.verified).toBe(true);
    expect(dataset.example.latest).toMatchObject({ decision: { reason: "After all." }, decisions: { length: 4 } });
  });

  it("says of each item why it cannot be taken, and takes the others or none", async () => {
    const { dataset } = await world.ask(`{ dataset(slug: "house") { id } }`);
    const items = [
      { externalId: "nobody", verdict: "ACCEPT" },
      { verdict: "ACCEPT" },
      { externalId: "e4", exampleVersionId: versions[3], verdict: "ACCEPT" },
      { exampleVersionId: "not an id", verdict: "ACCEPT" },
      { exampleVersionId: dataset.id, verdict: "ACCEPT" },
      { externalId: "e4", verdict: "REJECT", clauses: ["style@1#9"] },
      { externalId: "e4", verdict: "REJECT", reason: " " },
      { externalId: "e4", verdict: "REJECT", reason: "nul\0" },
      { externalId: "nul\0", verdict: "REJECT" },
      { externalId: "e4", verdict: "ACCEPT", clientRef: "a" },
      { externalId: "e5", verdict: "ACCEPT", clientRef: "a" },
      { externalId: "\ud800", verdict: "REJECT" },
    ];
    const answer = await world.decide(items);
    expect(answer.userErrors.map((error: any) => [error.index, error.code, error.path[2]])).toEqual([
      [0, "UNKNOWN_EXAMPLE", "externalId"],
      [1, "INVALID_VALUE", "externalId"],
      [2, "INVALID_VALUE", "externalId"],
      [3, "INVALID_VALUE", "exampleVersionId"],
      [4, "INVALID_VALUE", "exampleVersionId"],
      [5, "UNKNOWN_CLAUSE", "clauses"],
      [6, "INVALID_VALUE", "reason"],
      [7, "INVALID_TEXT", "reason"],
      [8, "INVALID_TEXT", "externalId"],
      [10, "DUPLICATE_CLIENT_REF", "clientRef"],
      [11, "INVALID_TEXT", "externalId"],
    ]);
    expect(answer).toMatchObject({ acceptedCount: 1, decisions: [{ verdict: "ACCEPT" }] });
    const none = await world.decide([{ externalId: "e5", verdict: "ACCEPT" }, items[0]!], { mode: "ATOMIC" });
    expect(none).toMatchObject({ activity: null, acceptedCount: 0, userErrors: [{ code: "UNKNOWN_EXAMPLE" }] });
    const many = await world.decide(Array.from({ length: 5001 }, () => ({ externalId: "e5", verdict: "ACCEPT" })));
    expect(many).toMatchObject({ activity: null, userErrors: [{ code: "TOO_MANY_ITEMS", path: ["decisions"] }] });
  });

  it("refuses a version that another has followed, says which, and begins undecided on that one", async () => {
    await world.importExamples(5, "Maybe.");
    const stale = await world.decide([{ exampleVersionId: versions[2], verdict: "REJECT" }]);
    expect(stale).toMatchObject({
      activity: null,
      userErrors: [{ code: "STALE_VERSION", path: ["decisions", "0", "exampleVersionId"] }],
    });
    expect(stale.userErrors[0].message).toBe(
      "version 1 of e3 was followed by version 2; read that one and decide on it",
    );
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { example(externalId: "e3") { latest { decision { verdict } } versions(first: 1) { nodes { decision { verdict } } } } } }`,
    );
    expect(dataset.example).toEqual({
      latest: { decision: null },
      versions: { nodes: [{ decision: { verdict: "ACCEPT" } }] },
    });
  });

  it("reaches no example of another dataset", async () => {
    await world.ask(`mutation { createDataset(input: { slug: "other", title: "Other" }) { userErrors { message } } }`);
    const answer = await world.decide(
      [
        { exampleVersionId: versions[0], verdict: "ACCEPT" },
        { externalId: "e1", verdict: "ACCEPT" },
      ],
      { dataset: "other" },
    );
    expect(answer).toMatchObject({
      activity: null,
      userErrors: [{ code: "UNKNOWN_EXAMPLE" }, { code: "UNKNOWN_EXAMPLE" }],
    });
  });

  it("lets reviewers decide and viewers read, and annotators do neither", async () => {
    const [reviewer, viewer, annotator] = [
      await tokenWithRole(world, "house", "REVIEWER"),
      await tokenWithRole(world, "house", "VIEWER"),
      await tokenWithRole(world, "house", "ANNOTATOR"),
    ];
    expect(
      await world.decide([{ externalId: "e5", verdict: "REJECT", reason: "By a reviewer." }], {}, reviewer),
    ).toMatchObject({ acceptedCount: 1 });
    const mutation = `mutation { decideExamples(input: { dataset: "house", mode: PER_ITEM, decisions: [] }) { replayed } }`;
    for (const token of [viewer, annotator])
      expect((await world.send(mutation, {}, token)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const query = `{ dataset(slug: "house") { example(externalId: "e5") { latest { decision { id reason activity { agent { label } } } } } } }`;
    const { dataset } = await world.ask(query, {}, viewer);
    expect(dataset.example.latest.decision).toMatchObject({
      reason: "By a reviewer.",
      activity: { agent: { label: "reviewer" } },
    });
    const hidden = await world.send(query, {}, annotator);
    expect(hidden.data.dataset.example.latest.decision).toBeNull();
    expect(hidden.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const node = `query ($id: ID!) { node(id: $id) { ... on Decision { verdict } } }`;
    expect((await world.ask(node, { id: dataset.example.latest.decision.id }, viewer)).node).toEqual({
      verdict: "REJECT",
    });
    expect((await world.ask(node, { id: dataset.example.latest.decision.id }, annotator)).node).toBeNull();
  });
});
