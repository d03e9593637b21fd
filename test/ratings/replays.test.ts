import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueToken, makePrincipal } from "../support/people.js";
import { publishRules, startRatedWorld, type RatedWorld } from "./ratedWorld.js";

describe("submitting ratings again, as others and elsewhere", () => {
  let world: RatedWorld;
  beforeAll(async () => {
    world = await startRatedWorld();
  });
  afterAll(() => world.stop());
  const good = (externalId: string, annotator: string, value: unknown) => ({
    externalId,
    criterion: "good",
    annotator,
    value,
  });
  const count = async () => (await world.db.rowsOnce<{ n: number }>("select count(*) as n from ratings"))[0]!.n;

  it("gives the first answer to a repeated request key, with the refused items, and adds nothing", async () => {
    const items = [good("e1", "ada", 4), good("e1", "ada", 9), good("e1", "ada", 2)];
    const first = await world.rate(items, { requestKey: "ratings-1" });
    const before = await count();
    await world.rate([good("e1", "ada", 1)]);
    const again = await world.rate(items, { requestKey: "ratings-1" });
    expect(again.replayed).toBe(true);
    expect(again.userErrors).toEqual(first.userErrors);
    expect(again.ratings.map((rating: any) => rating?.number ?? null)).toEqual(
      first.ratings.map((rating: any) => rating?.number ?? null),
    );
    expect(again.activity).toEqual(first.activity);
    expect(await count()).toBe(before + 1);
  });

  it("refuses the key with other content", async () => {
    const other = await world.rate([good("e1", "ada", 3)], { requestKey: "ratings-1" });
    expect(other).toMatchObject({ activity: null, acceptedCount: 0, userErrors: [{ code: "REQUEST_KEY_REUSED" }] });
  });

  it("knows the key again after the token was rotated, but not from another principal", async () => {
    const token = await makePrincipal(world, "script", { house: "CURATOR" });
    const first = await world.rate([good("e2", "ada", 4)], { requestKey: "ratings-2" }, token);
    const rotated = await issueToken(world, { principal: "script" });
    const again = await world.rate([good("e2", "ada", 4)], { requestKey: "ratings-2" }, rotated);
    expect(again).toMatchObject({ replayed: true, activity: { number: first.activity.number } });
    const other = await makePrincipal(world, "other", { house: "CURATOR" });
    expect(await world.rate([good("e2", "ada", 4)], { requestKey: "ratings-2" }, other)).toMatchObject({
      replayed: false,
      acceptedCount: 1,
    });
  });

  it("leaves the key free where nothing was taken", async () => {
    const early = await world.rate([good("later", "ada", 4)], { requestKey: "ratings-3" });
    expect(early).toMatchObject({ activity: null, userErrors: [{ code: "UNKNOWN_EXAMPLE" }] });
    await world.importExamples(["later"]);
    expect(await world.rate([good("later", "ada", 4)], { requestKey: "ratings-3" })).toMatchObject({
      replayed: false,
      acceptedCount: 1,
    });
  });

  it("lets raters rate as their own annotators only, enrol nobody, and see only what they said", async () => {
    const token = await makePrincipal(world, "rater", { house: "ANNOTATOR" });
    const key = { annotators: [{ key: "mine", principal: "rater", kind: "MODEL" }] };
    await world.ask(
      `mutation ($input: EnrolAnnotatorsInput!) { enrolAnnotators(input: $input) { userErrors { message } } }`,
      { input: { dataset: "house", ...key } },
    );
    const submit = `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount userErrors { code path } } }`;
    const ratings = [good("e3", "mine", 4), good("e3", "ada", 4), good("e3", "nobody", 4)];
    const { submitRatings } = await world.ask(
      submit,
      { input: { dataset: "house", guidelineVersion: "style@1.0", enrol: true, ratings } },
      token,
    );
    expect(submitRatings).toEqual({
      acceptedCount: 1,
      userErrors: [1, 2].map((index) => ({
        code: "NOT_YOUR_ANNOTATOR",
        path: ["ratings", String(index), "annotator"],
      })),
    });
    await world.rate([good("e3", "ada", 1)]);
    const mine = `{ dataset(slug: "house") { example(externalId: "e3") { latest { myRatings(first: 5) { nodes { value } totalCount { value } } } } } }`;
    expect((await world.ask(mine, {}, token)).dataset.example.latest.myRatings).toEqual({
      nodes: [{ value: 4 }],
      totalCount: { value: 1 },
    });
    const all = await world.send(
      `{ dataset(slug: "house") { example(externalId: "e3") { latest { ratings(first: 5) { nodes { value } } } } } }`,
      {},
      token,
    );
    expect(all.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const viewer = await makePrincipal(world, "viewer", { house: "VIEWER" });
    const refused = await world.send(submit, { input: { dataset: "house", ratings: [] } }, viewer);
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("does not take a version of another dataset, nor find ratings there", async () => {
    await world.ask(`mutation { createDataset(input: { slug: "barn", title: "Barn" }) { userErrors { message } } }`);
    await publishRules(world, "barn");
    const [foreign] = await world.importExamples(["b1"], "Yes.", "barn");
    const payload = await world.rate([{ exampleVersionId: foreign, criterion: "good", annotator: "ada", value: 1 }]);
    expect(payload).toMatchObject({
      activity: null,
      userErrors: [{ code: "UNKNOWN_EXAMPLE", path: ["ratings", "0", "exampleVersionId"] }],
    });
  });

  it("shows ratings as of a snapshot, through node only to those who may read them", async () => {
    const first = await world.rate([good("e4", "ada", 1)]);
    await world.rate([good("e4", "ada", 5)]);
    const { dataset } = await world.ask(
      `query ($at: Int!) { dataset(slug: "house") { snapshot(at: { activity: $at }) { examples(first: 10, filter: { externalIds: ["e4"] }) { nodes { ratings(first: 5) { nodes { id value } } } } } } }`,
      { at: first.activity.number },
    );
    const [node] = dataset.snapshot.examples.nodes[0].ratings.nodes;
    expect(node.value).toBe(1);
    const asked = `query ($id: ID!) { node(id: $id) { ... on Rating { value repeat } } }`;
    expect((await world.ask(asked, { id: node.id })).node).toEqual({ value: 1, repeat: 0 });
    const stranger = await makePrincipal(world, "stranger");
    expect((await world.ask(asked, { id: node.id }, stranger)).node).toBeNull();
  });

  it("reads the ratings of many versions in as many statements as of one", async () => {
    const statements = async (first: number) => {
      const before = world.db.statementCount;
      await world.ask(
        `query ($first: Int!) { dataset(slug: "house") { head { examples(first: $first) { nodes { ratings(first: 10) { nodes { value annotator { key } } totalCount { value } } } } } } }`,
        { first },
      );
      return world.db.statementCount - before;
    };
    expect(await statements(6)).toBe(await statements(1));
  });
});
