import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releaseDigest } from "../../src/releases/releaseDigest.js";
import { splitOf } from "../../src/releases/splitOf.js";
import { verifyRecords } from "../../src/releases/verifyRecords.js";
import { looselyNormalised } from "../../src/examples/exampleContent.js";
import { sha256 } from "../../src/platform/digest.js";
import type { World } from "../support/world.js";
import {
  createDownload,
  cut,
  decide,
  download,
  exampleOf,
  idOf,
  importInto,
  linesOf,
  logOf,
  prepare,
  rate,
  recordsOf,
  release,
  SLUG,
  startReleaseWorld,
} from "./releaseWorld.js";

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => idOf(from + i));

describe("a release, from decisions to a file that proves itself", () => {
  let world: World;
  let first: any;
  beforeAll(async () => {
    world = await startReleaseWorld();
    await decide(world, "ACCEPT", ids(1, 30));
    await decide(world, "REJECT", ids(31, 33));
    await decide(world, "WITHDRAW", ids(34, 34));
    const said = (id: string, annotator: string, value: number) => ({
      externalId: id,
      criterion: "helpfulness",
      annotator,
      value,
    });
    await rate(world, [
      said("ex-01", "ada", 4),
      said("ex-01", "ben", 5),
      said("ex-01", "cyd", 2),
      said("ex-02", "ben", 3),
    ]);
    await rate(world, [said("ex-02", "bot", 1)]);
    await rate(world, [said("ex-02", "cyd", 1)], { stratum: "GOLD" });
    await rate(world, [said("ex-01", "cyd", 3)]);
  });
  afterAll(() => world.stop());

  it("prepares a candidate: its members, splits, root and what stands in the way", async () => {
    const { candidate, activity, userErrors } = await prepare(world, {
      categoryDimension: "intent",
      qualityCriterion: "helpfulness",
      requestKey: "prepare-1",
    });
    expect(userErrors).toEqual([]);
    expect(activity).toMatchObject({ kind: "CANDIDATE", number: candidate.at.number + 1 });
    expect(candidate).toMatchObject({ number: 1, memberCount: 30, ready: true, minimumVersion: "0.0.0" });
    expect(candidate.selection).toMatchObject({
      population: "ACCEPTED",
      filter: null,
      categoryDimension: "intent",
      qualityCriterion: "helpfulness@1",
      qualityRule: "MEAN",
      splits: { train: 0.9, validation: 0.05, test: 0.05 },
    });
    expect(candidate.snapshot).toEqual({
      population: "RELEASE",
      exampleCount: 30,
      scopeDigest: candidate.scopeDigest,
      activity: { number: candidate.at.number },
    });
    expect(candidate.gates.filter((gate: any) => !gate.passed).map((gate: any) => gate.name)).toEqual(
      expect.arrayContaining(["RATED_SHARE"]),
    );
    first = candidate;
  });

  it("gives the same candidate to a repeated request key, and refuses the key with other content", async () => {
    const again = await prepare(world, {
      categoryDimension: "intent",
      qualityCriterion: "helpfulness",
      requestKey: "prepare-1",
    });
    expect(again).toMatchObject({ replayed: true, candidate: { id: first.id, root: first.root } });
    const other = await prepare(world, { requestKey: "prepare-1" });
    expect(other).toMatchObject({ candidate: null, userErrors: [{ code: "REQUEST_KEY_REUSED" }] });
  });

  it("cuts it in one activity, once", async () => {
    const input = { requestKey: "cut-1.0.0", notes: "The first.", message: "Ship it" };
    const { release: made, activity, userErrors } = await cut(world, first.id, "1.0.0", input);
    expect(userErrors).toEqual([]);
    expect(activity.kind).toBe("RELEASE");
    expect(made).toMatchObject({
      version: "1.0.0",
      memberCount: 30,
      root: first.root,
      status: "PUBLISHED",
      notes: "The first.",
      candidate: { id: first.id, release: { version: "1.0.0" } },
    });
    const again = await cut(world, first.id, "1.0.0", input);
    expect(again).toMatchObject({ replayed: true, activity: { number: activity.number }, release: { id: made.id } });
    const twice = await cut(world, first.id, "1.0.1");
    expect(twice.userErrors).toMatchObject([{ code: "CANDIDATE_ALREADY_CUT", path: ["candidateId"] }]);
    const { uid } = await logOf(world);
    expect(made.digest).toBe(releaseDigest(Buffer.from(made.root, "hex"), uid, made.selection).toString("hex"));
  });

  it("downloads the same bytes twice, in the order of split and id, and they give root and digest", async () => {
    const text = await download(world, "1.0.0");
    expect(await download(world, "1.0.0")).toBe(text);
    expect(await verifyRecords(linesOf(text))).toEqual({
      memberCount: 30,
      erasedCount: 0,
      root: first.root,
      firstBad: null,
    });
    const records = recordsOf(text);
    const keys = records.map((record) => `${record.split} ${record.id}`);
    expect(keys).toEqual([...keys].sort());
    expect(records.find((record) => record.id === "ex-01")).toEqual({
      annotator_id: "ada",
      category: "qa",
      context: [],
      id: "ex-01",
      licence: "CC-BY-4.0",
      prompt: "What is 1?",
      quality_rating: 4,
      response: "It is 1.",
      salt: expect.stringMatching(/^[0-9a-f]+$/),
      source: "web",
      split: expect.any(String),
      version: 1,
    });
    expect(records.find((record) => record.id === "ex-02")).toMatchObject({ quality_rating: 3, category: "chat" });
    expect(records.find((record) => record.id === "ex-03")).toMatchObject({ quality_rating: null });
  });

  it("draws each split from seed and prompt, as anyone can who has the file", async () => {
    const { uid } = await logOf(world);
    for (const { prompt, split } of recordsOf(await download(world, "1.0.0"))) {
      const group = sha256(looselyNormalised(prompt)).toString("hex");
      expect(split).toBe(splitOf(uid, group, { train: 0.9, validation: 0.05, test: 0.05 }));
    }
  });

  it("downloads messages as trainers load them", async () => {
    const [line, ...rest] = linesOf(await download(world, "1.0.0", "MESSAGES"));
    const { id } = JSON.parse(line!);
    const n = Number(id.slice(3));
    expect(line).toBe(
      `{"id":"${id}","messages":[{"content":"What is ${n}?","role":"user"},{"content":"It is ${n}.","role":"assistant"}],"split":"${JSON.parse(line!).split}"}`,
    );
    expect(rest).toHaveLength(29);
  });

  it("answers numbers on its snapshot, the same for ever", async () => {
    const query = `query ($slug: String!) { dataset(slug: $slug) {
      release(version: "1.0.0") { snapshot { exampleCount scopeDigest activity { number } agreement(criterion: "helpfulness") { overall { unitCount raterCount } } } }
      snapshot(at: { release: "1.0.0" }) { exampleCount population scopeDigest examples(first: 2, orderBy: { field: EXTERNAL_ID, direction: ASC }) { nodes { example { externalId } } } }
    } }`;
    const before = await world.ask(query, { slug: SLUG });
    expect(before.dataset.release.snapshot).toMatchObject({
      exampleCount: 30,
      scopeDigest: first.scopeDigest,
      agreement: { overall: { unitCount: 2 } },
    });
    expect(before.dataset.snapshot).toMatchObject({
      exampleCount: 30,
      population: "RELEASE",
      scopeDigest: first.scopeDigest,
    });
    expect(before.dataset.snapshot.examples.nodes.map((node: any) => node.example.externalId)).toEqual([
      "ex-01",
      "ex-02",
    ]);
    await rate(world, [
      { externalId: "ex-05", criterion: "helpfulness", annotator: "ada", value: 1 },
      { externalId: "ex-05", criterion: "helpfulness", annotator: "ben", value: 5 },
    ]);
    await importInto(world, [exampleOf(6, { response: "It is six." })], { onConflict: "NEW_VERSION" });
    expect(await world.ask(query, { slug: SLUG })).toEqual(before);
    expect(await download(world, "1.0.0")).toContain("It is 6.");
  });

  it("says of each example why it is in, or not", async () => {
    await importInto(world, [exampleOf(41)]);
    const query = `query ($slug: String!, $id: String!) { dataset(slug: $slug) { example(externalId: $id) {
      membership(release: "1.0.0") { member because message } none: membership(release: "9.9.9") { member } } } }`;
    const because = async (id: string) => (await world.ask(query, { slug: SLUG, id })).dataset.example;
    const member = await because("ex-06");
    expect(member).toMatchObject({ membership: { member: true, because: "MEMBER" }, none: null });
    expect(member.membership.message).toContain("version 1 of ex-06");
    expect((await because("ex-31")).membership).toMatchObject({
      member: false,
      because: "NOT_ACCEPTED_THEN",
      message: expect.stringContaining("REJECT"),
    });
    expect((await because("ex-40")).membership).toMatchObject({
      because: "NOT_ACCEPTED_THEN",
      message: expect.stringContaining("undecided"),
    });
    expect((await because("ex-34")).membership).toMatchObject({
      because: "WITHDRAWN_THEN",
      message: expect.stringMatching(/decision \d+ was WITHDRAW, by .* in activity \d+/),
    });
    expect((await because("ex-41")).membership).toMatchObject({
      because: "CREATED_LATER",
      message: expect.stringContaining("activity"),
    });
  });

  it("refuses a version that is too small for what changed, and names the smallest", async () => {
    await decide(world, "ACCEPT", ["ex-06", "ex-41"]);
    const revised = await prepare(world, { categoryDimension: "intent", qualityCriterion: "helpfulness" });
    expect(revised.candidate).toMatchObject({ memberCount: 31, minimumVersion: "2.0.0" });
    const minor = await cut(world, revised.candidate.id, "1.1.0");
    expect(minor).toMatchObject({
      release: null,
      activity: null,
      userErrors: [{ code: "VERSION_TOO_SMALL", path: ["version"] }],
    });
    expect((await cut(world, revised.candidate.id, "1.0.0")).userErrors).toMatchObject([{ code: "ALREADY_EXISTS" }]);
    expect((await cut(world, revised.candidate.id, "two")).userErrors).toMatchObject([{ code: "INVALID_VALUE" }]);
    expect((await cut(world, revised.candidate.id, "2.0.0")).release).toMatchObject({ version: "2.0.0" });
  });

  it("keeps every example in the split of its first release, whatever seed and shares come later", async () => {
    const splitsOf = async (version: string) =>
      new Map(recordsOf(await download(world, version)).map((record) => [record.id, record.split]));
    const before = await splitsOf("1.0.0");
    await importInto(world, [exampleOf(42, { prompt: "  what is 7 " }), exampleOf(43)]);
    await decide(world, "ACCEPT", ["ex-42", "ex-43"]);
    await release(world, "3.0.0", { splitSeed: "another", splits: { test: 1 } });
    const after = await splitsOf("3.0.0");
    for (const [id, split] of before) expect(after.get(id)).toBe(split);
    expect(after.get("ex-42")).toBe(before.get("ex-07"));
    expect(after.get("ex-43")).toBe("test");
  });

  it("lists which examples two releases do not share", async () => {
    const query = `query ($slug: String!, $after: String) { dataset(slug: $slug) { releaseDiff(from: "1.0.0", to: "3.0.0") {
      addedCount removedCount revisedCount movedSplitCount restatedCount minimumBump from { version }
      added(first: 2, after: $after) { nodes { externalId fromVersion toVersion toSplit example { externalId } } pageInfo { hasNextPage endCursor } totalCount { value } }
      revised(first: 10) { nodes { externalId fromVersion toVersion } }
      restated(first: 1) { nodes { externalId } } removed(last: 5) { nodes { externalId } }
    } none: releaseDiff(from: "1.0.0", to: "8.0.0") { addedCount } } }`;
    const { dataset } = await world.ask(query, { slug: SLUG });
    const diff = dataset.releaseDiff;
    expect(dataset.none).toBeNull();
    expect(diff).toMatchObject({
      addedCount: 3,
      removedCount: 0,
      revisedCount: 1,
      movedSplitCount: 0,
      minimumBump: "MAJOR",
      from: { version: "1.0.0" },
    });
    expect(diff.added).toMatchObject({
      nodes: [
        { externalId: "ex-41", fromVersion: null, toVersion: 1, example: { externalId: "ex-41" } },
        { externalId: "ex-42" },
      ],
      pageInfo: { hasNextPage: true },
      totalCount: { value: 3 },
    });
    expect(diff.revised.nodes).toEqual([{ externalId: "ex-06", fromVersion: 1, toVersion: 2 }]);
    expect(diff.restated.nodes).toHaveLength(1);
    const next = await world.ask(query, { slug: SLUG, after: diff.added.pageInfo.endCursor });
    expect(next.dataset.releaseDiff.added.nodes).toMatchObject([{ externalId: "ex-43" }]);
  });

  it("pages through members by split, and shows one to be in the tree", async () => {
    const query = `query ($slug: String!, $after: String) { dataset(slug: $slug) { releases(first: 10) { nodes { id version status } totalCount { value } } candidates(first: 10) { nodes { number ready } }
      release(version: "2.0.0") { root splits { name count }
        members(first: 20, after: $after, split: train) { nodes { externalId position split leaf exampleVersion { prompt labels { value } } } pageInfo { hasNextPage endCursor } totalCount { value } }
        inclusion(externalId: "ex-06") { position size leaf path root } none: inclusion(externalId: "ex-31") { root } } } }`;
    const { dataset } = await world.ask(query, { slug: SLUG });
    const { members, inclusion, root, splits, none } = dataset.release;
    expect(dataset.releases.nodes.map((node: any) => node.version)).toEqual(["1.0.0", "2.0.0", "3.0.0"]);
    expect(members.totalCount.value).toBe(splits.find((one: any) => one.name === "train").count);
    expect(members.nodes).toHaveLength(20);
    expect(members.nodes[0]).toMatchObject({
      split: "train",
      exampleVersion: { prompt: expect.stringContaining("What is"), labels: [{ value: expect.any(String) }] },
    });
    const rest = await world.ask(query, { slug: SLUG, after: members.pageInfo.endCursor });
    expect(20 + rest.dataset.release.members.nodes.length).toBe(members.totalCount.value);
    expect(inclusion).toMatchObject({ size: 31, root });
    expect(none).toBeNull();
  });

  it("is found by id through node, and verifies, with the whole log", async () => {
    const { dataset } = await world.ask(
      `query ($slug: String!) { dataset(slug: $slug) { release(version: "1.0.0") { id verify { verified memberCount erasedCount firstBad { message } } } } }`,
      { slug: SLUG },
    );
    expect(dataset.release.verify).toEqual({ verified: true, memberCount: 30, erasedCount: 0, firstBad: null });
    const { node } = await world.ask(`query ($id: ID!) { node(id: $id) { ... on Release { version } } }`, {
      id: dataset.release.id,
    });
    expect(node).toEqual({ version: "1.0.0" });
    expect((await logOf(world)).verifyLog).toMatchObject({ verified: true, firstBad: null });
  });

  it("is deprecated and revoked with a reason, and then not handed out", async () => {
    const set = async (version: string, status: string, reason: string) =>
      (
        await world.ask(
          `mutation ($input: SetReleaseStatusInput!) { setReleaseStatus(input: $input) { activity { kind } release { status statusReason } userErrors { code } } }`,
          { input: { dataset: SLUG, version, status, reason } },
        )
      ).setReleaseStatus;
    const { download: open } = await createDownload(world, "2.0.0");
    expect(await set("2.0.0", "DEPRECATED", "Use 3.0.0")).toMatchObject({
      activity: { kind: "RELEASE_STATUS" },
      release: { status: "DEPRECATED", statusReason: "Use 3.0.0" },
    });
    expect(await set("2.0.0", "DEPRECATED", "Use 3.0.0")).toMatchObject({ activity: null, userErrors: [] });
    expect((await fetch(open.url)).status).toBe(200);
    expect(await set("2.0.0", "REVOKED", "A licence ended")).toMatchObject({ release: { status: "REVOKED" } });
    expect(await set("2.0.0", "DEPRECATED", "Not so bad")).toMatchObject({
      userErrors: [{ code: "STATUS_NOT_ALLOWED" }],
    });
    expect(await set("2.0.0", "PUBLISHED", "After all")).toMatchObject({
      userErrors: [{ code: "STATUS_NOT_ALLOWED" }],
    });
    expect(await set("2.0.0", "REVOKED", " ")).toMatchObject({ userErrors: [{ code: "INVALID_VALUE" }] });
    expect(await set("7.0.0", "REVOKED", "Gone")).toMatchObject({
      release: null,
      userErrors: [{ code: "UNKNOWN_RELEASE" }],
    });
    expect(await createDownload(world, "2.0.0")).toMatchObject({
      download: null,
      userErrors: [{ code: "STATUS_NOT_ALLOWED" }],
    });
    expect((await fetch(open.url)).status).toBe(410);
  });
});
