import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import {
  cut,
  decide,
  exampleOf,
  idOf,
  importInto,
  prepare,
  PREPARE,
  rate,
  recordsOf,
  release,
  download,
  SLUG,
  startReleaseWorld,
} from "./releaseWorld.js";

const failed = (candidate: any) =>
  candidate.gates.filter((gate: any) => !gate.passed).map((gate: any) => `${gate.name} ${gate.level}`);
const gateOf = (candidate: any, name: string) => candidate.gates.find((gate: any) => gate.name === name);

describe("what stands in the way of a release", () => {
  let world: World;
  beforeAll(async () => {
    world = await startReleaseWorld(12);
  });
  afterAll(() => world.stop());

  it("blocks a candidate without members, and names the gates when it is cut", async () => {
    const { candidate } = await prepare(world);
    expect(candidate).toMatchObject({
      memberCount: 0,
      ready: false,
      root: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    });
    const refused = await cut(world, candidate.id, "1.0.0");
    expect(refused).toMatchObject({
      activity: null,
      release: null,
      userErrors: [{ code: "GATE_FAILED", path: ["candidateId"] }],
    });
    expect(refused.userErrors[0].message).toContain("MEMBERS_EXIST: 0 members; required: at least 1 member");
  });

  it("warns of undecided members of CURRENT and blocks rejected ones, which a filter can leave out", async () => {
    await decide(world, "ACCEPT", [idOf(1), idOf(2), idOf(3)]);
    await decide(world, "NEEDS_WORK", [idOf(4)]);
    const { candidate } = await prepare(world, { population: "CURRENT" });
    expect(failed(candidate)).toEqual(expect.arrayContaining(["NONE_REJECTED BLOCK", "ALL_ACCEPTED WARN"]));
    expect(gateOf(candidate, "NONE_REJECTED").observed).toBe("1 of 12: ex-04");
    const chosen = await prepare(world, { population: "CURRENT", filter: { verdicts: ["ACCEPT", "UNDECIDED"] } });
    expect(chosen.candidate).toMatchObject({
      memberCount: 11,
      ready: true,
      selection: { filter: { verdicts: ["ACCEPT", "UNDECIDED"] } },
    });
  });

  it("blocks members whose source states no licence", async () => {
    await importInto(world, [exampleOf(20, { source: "unclear" })]);
    await decide(world, "ACCEPT", [idOf(20)]);
    const { candidate } = await prepare(world);
    expect(failed(candidate)).toContain("LICENCES_STATED BLOCK");
    expect(gateOf(candidate, "LICENCES_STATED").observed).toBe("1 of 4: ex-20");
    const others = await prepare(world, { filter: { sources: ["web"] } });
    expect(others.candidate).toMatchObject({ memberCount: 3, ready: true });
    await decide(world, "WITHDRAW", [idOf(20)]);
  });

  it("warns of the same content twice, and keeps it in one split", async () => {
    await importInto(world, [exampleOf(21, { prompt: "What is 1?", response: "It is 1." })]);
    await decide(world, "ACCEPT", [idOf(21)]);
    const { candidate } = await prepare(world);
    expect(gateOf(candidate, "EXACT_DUPLICATES")).toMatchObject({
      level: "WARN",
      passed: false,
      observed: "1 of 4: ex-21",
    });
    expect(candidate.ready).toBe(true);
  });

  it("makes categories and ratings by what was asked for", async () => {
    const value = (annotator: string, criterion: string, given: unknown) => ({
      externalId: idOf(1),
      annotator,
      criterion,
      value: given,
    });
    await rate(world, [
      value("ada", "tone", "warm"),
      value("ben", "tone", "warm"),
      value("cyd", "tone", "plain"),
      value("ada", "helpfulness", 2),
      value("ben", "helpfulness", 5),
    ]);
    const { candidate } = await prepare(world, { qualityCriterion: "tone" });
    expect(candidate.selection).toMatchObject({ qualityCriterion: "tone@1", qualityRule: "MAJORITY" });
    await release(world, "0.1.0", { qualityCriterion: "tone", categoryDimension: "intent" });
    const one = (records: any[]) => records.find((record) => record.id === idOf(1));
    expect(one(recordsOf(await download(world, "0.1.0")))).toMatchObject({ quality_rating: "warm", category: "qa" });
    await release(world, "1.0.0", { qualityCriterion: "helpfulness@1", qualityRule: "MEDIAN" });
    expect(one(recordsOf(await download(world, "1.0.0")))).toMatchObject({ quality_rating: 3.5, category: null });
  });

  it.each([
    [{ population: "ALL_VERSIONS" }, "INVALID_VALUE", ["population"]],
    [{ population: "RELEASE" }, "INVALID_VALUE", ["population"]],
    [{ categoryDimension: "mood" }, "UNKNOWN_DIMENSION", ["categoryDimension"]],
    [{ qualityCriterion: "beauty" }, "UNKNOWN_CRITERION", ["qualityCriterion"]],
    [{ qualityCriterion: "helpfulness@9" }, "UNKNOWN_CRITERION", ["qualityCriterion"]],
    [{ qualityRule: "MEAN" }, "INVALID_VALUE", ["qualityRule"]],
    [{ qualityCriterion: "tone", qualityRule: "MEAN" }, "INVALID_VALUE", ["qualityRule"]],
    [{ splits: { train: 0.5 } }, "INVALID_VALUE", ["splits"]],
    [{ splits: { train: -1, test: 2 } }, "INVALID_VALUE", ["splits"]],
    [{ splitSeed: "" }, "INVALID_VALUE", ["splitSeed"]],
  ])("refuses %j", async (input, code, path) => {
    const refused = await prepare(world, input);
    expect(refused).toMatchObject({ candidate: null, activity: null, userErrors: [{ code, path }] });
  });

  it.each([[{ splitSeed: "a\0b" }], [{ qualityCriterion: "a\0b" }], [{ filter: { externalIds: ["\ud800"] } }]])(
    "refuses text that cannot be stored: %j",
    async (input) => {
      const { errors } = await world.send(PREPARE, { input: { dataset: SLUG, ...input } });
      expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    },
  );

  it("refuses to cut what is no candidate of the dataset", async () => {
    const { send } = world;
    const cutting = (candidateId: string) =>
      send(`mutation ($input: CutReleaseInput!) { cutRelease(input: $input) { userErrors { code } } }`, {
        input: { dataset: SLUG, candidateId, version: "9.0.0" },
      });
    expect((await cutting("nonsense")).errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    const { dataset } = await world.ask(
      `query ($slug: String!) { dataset(slug: $slug) { id release(version: "1.0.0") { id } } }`,
      { slug: SLUG },
    );
    expect((await cutting(dataset.release.id)).errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    const { candidate } = await prepare(world);
    const bytes = Buffer.from(candidate.id, "base64url");
    bytes.writeUInt32BE(9999, 18);
    expect((await cutting(bytes.toString("base64url"))).data.cutRelease.userErrors).toMatchObject([
      { code: "UNKNOWN_CANDIDATE" },
    ]);
    bytes[2]! ^= 1;
    expect((await cutting(bytes.toString("base64url"))).errors![0]!.extensions.code).toBe("NOT_FOUND");
  });

  it("asks again at the cut: a member withdrawn since the candidate was prepared stops it", async () => {
    const { candidate } = await prepare(world);
    await decide(world, "WITHDRAW", [idOf(2)]);
    const refused = await cut(world, candidate.id, "3.0.0");
    expect(refused).toMatchObject({ release: null, userErrors: [{ code: "GATE_FAILED" }] });
    expect(refused.userErrors[0].message).toMatch(/ex-02 \(withdrawn by activity \d+\).*prepare it again/);
    await release(world, "3.0.0");
  });
});
