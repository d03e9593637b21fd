// Does a release that is selected and rated by consensus hold what it should, and can it be explained later?
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomNumbers } from "../statistics/sampleRatings.js";
import {
  cut,
  download,
  decide,
  idOf,
  prepare,
  rate,
  recordsOf,
  SLUG,
  startReleaseWorld,
} from "../releases/releaseWorld.js";
import type { World } from "../support/world.js";

let world: World;
let owner: pg.Client;
beforeAll(async () => {
  world = await startReleaseWorld(40);
  const random = randomNumbers(5);
  const ratings = Array.from({ length: 40 }, (_, i) => {
    const truth = 1 + Math.floor(random() * 5);
    const given = (wrong: number) => (random() < wrong ? 1 + Math.floor(random() * 5) : truth);
    const raters = [
      ["ada", 0.1],
      ["ben", 0.2],
      ["cyd", 0.6],
      ["bot", 0.9],
    ] as const;
    return raters.map(([annotator, wrong]) => ({
      externalId: idOf(i + 1),
      criterion: "helpfulness",
      annotator,
      value: given(wrong),
    }));
  });
  await rate(
    world,
    ratings.flat().filter((_, i) => i % 7 !== 3),
  );
  owner = new pg.Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.stop();
});

const CONSENSUS = `query ($slug: String!, $at: SnapshotAt) { dataset(slug: $slug) { snapshot(at: $at) {
  consensus(criterion: "helpfulness", rule: DAWID_SKENE, first: 100) { nodes { value certainty exampleVersion { example { externalId } } } } } } }`;

async function consensusAt(activity: number): Promise<Map<string, { value: number | null; certainty: number }>> {
  const { dataset } = await world.ask(CONSENSUS, { slug: SLUG, at: { activity } });
  const { nodes } = dataset.snapshot.consensus;
  return new Map(nodes.map((one: any) => [one.exampleVersion.example.externalId, one]));
}

const filter = { consensus: [{ criterion: "helpfulness", rule: "DAWID_SKENE", atLeast: 3, certaintyAtLeast: 0.8 }] };

async function why(externalId: string, version: string) {
  const query = `query ($slug: String!, $externalId: String!, $version: String!) { dataset(slug: $slug) {
    example(externalId: $externalId) { membership(release: $version) { member because message } } } }`;
  return (await world.ask(query, { slug: SLUG, externalId, version })).dataset.example.membership;
}

const fits = async () => (await owner.query(`select count(*)::int as n from consensus_runs`)).rows[0].n as number;

describe("a release by Dawid and Skene's consensus", () => {
  it("is prepared, cut, downloaded, verified and explained by the ratings at its activity, whatever comes later", async () => {
    const prepared = await prepare(world, {
      population: "CURRENT",
      filter,
      qualityCriterion: "helpfulness",
      qualityRule: "DAWID_SKENE",
    });
    expect(prepared.userErrors).toEqual([]);
    const { candidate } = prepared;
    expect(candidate.selection).toMatchObject({
      filter,
      qualityCriterion: "helpfulness@1",
      qualityRule: "DAWID_SKENE",
    });
    const consensus = await consensusAt(candidate.at.number);
    const members = [...consensus].filter(
      ([, { value, certainty }]) => value !== null && value >= 3 && certainty >= 0.8,
    );
    expect(members.length).toBeGreaterThan(5);
    expect(members.length).toBeLessThan(35);
    expect(candidate.memberCount).toBe(members.length);

    // Later ratings, all of them ones, and enough fits that the candidate's is let go.
    for (let i = 0; i < 6; i++) {
      const [a, b] = [2 * i + 1, 2 * i + 2];
      await rate(
        world,
        [a, b].map((j) => ({
          externalId: idOf(j),
          criterion: "helpfulness",
          annotator: "ada",
          value: 1,
          stratum: "RANDOM",
        })),
      );
      await consensusAt(candidate.at.number + i + 2);
    }
    expect(await fits()).toBe(5);

    const { release } = await cut(world, candidate.id, "1.0.0");
    expect(release.memberCount).toBe(members.length);
    const records = recordsOf(await download(world, "1.0.0"));
    expect(new Map(records.map((record) => [record.id, record.quality_rating]))).toEqual(
      new Map(members.map(([id, { value }]) => [id, value])),
    );
    const verify = `{ dataset(slug: "${SLUG}") { release(version: "1.0.0") { verify { verified } } } }`;
    expect((await world.ask(verify)).dataset.release.verify).toEqual({ verified: true });

    await owner.query(`delete from consensus_runs`);
    const isMember = new Set(members.map(([id]) => id));
    for (const externalId of [...consensus.keys()].slice(0, 12)) {
      const { member, because, message } = await why(externalId, "1.0.0");
      expect([externalId, member, because]).toEqual([
        externalId,
        isMember.has(externalId),
        isMember.has(externalId) ? "MEMBER" : "FILTERED_OUT",
      ]);
      if (!member) expect(message).toContain(`"rule":"DAWID_SKENE"`);
    }
    expect(await fits()).toBe(1);
  });

  it("counts in a snapshot of the release as it did", async () => {
    const query = `query ($slug: String!, $filter: ExampleFilter) { dataset(slug: $slug) { release(version: "1.0.0") { memberCount snapshot {
      examples(first: 100, filter: $filter) { totalCount { value } }
      consensus(criterion: "helpfulness", rule: DAWID_SKENE, first: 0) { totalCount { value } model { raters { ratingCount } } } } } } }`;
    const { memberCount, snapshot } = (await world.ask(query, { slug: SLUG, filter })).dataset.release;
    expect(snapshot.examples.totalCount.value).toBe(memberCount);
    expect(snapshot.consensus.totalCount.value).toBe(memberCount);
    expect(snapshot.consensus.model.raters).toHaveLength(3);
  });
});

describe("a release by the consensus of each example", () => {
  it("takes accepted examples by their mean, and explains the others", async () => {
    await decide(
      world,
      "ACCEPT",
      Array.from({ length: 30 }, (_, i) => idOf(i + 1)),
    );
    const byMean = { consensus: [{ criterion: "helpfulness@1", atLeast: 4, ratingsAtLeast: 2 }] };
    const { candidate } = await prepare(world, { filter: byMean, qualityCriterion: "helpfulness" });
    const { nodes } = (
      await world.ask(
        `query ($slug: String!, $at: SnapshotAt) { dataset(slug: $slug) { snapshot(at: $at, population: ACCEPTED) {
          consensus(criterion: "helpfulness", first: 100) { nodes { value ratingCount exampleVersion { example { externalId } } } } } } }`,
        { slug: SLUG, at: { activity: candidate.at.number } },
      )
    ).dataset.snapshot.consensus;
    const members = nodes.filter((one: any) => one.value >= 4 && one.ratingCount >= 2);
    expect(candidate.memberCount).toBe(members.length);
    expect(members.length).toBeGreaterThan(0);
    await cut(world, candidate.id, "2.0.0");
    const records = recordsOf(await download(world, "2.0.0"));
    expect(records.map((one) => [one.id, one.quality_rating]).sort()).toEqual(
      members.map((one: any) => [one.exampleVersion.example.externalId, one.value]).sort(),
    );
    const out = nodes.find((one: any) => one.value < 4).exampleVersion.example.externalId;
    expect(await why(out, "2.0.0")).toMatchObject({ member: false, because: "FILTERED_OUT" });
  });

  it("is refused with a criterion that is not there, and a rule that does not fit", async () => {
    const query = `mutation ($input: PrepareReleaseInput!) { prepareRelease(input: $input) { candidate { id } userErrors { code message path } } }`;
    const send = (more: object) => world.send(query, { input: { dataset: SLUG, population: "CURRENT", ...more } });
    const unknown = await send({ filter: { consensus: [{ criterion: "truth" }] } });
    expect(unknown.errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    expect(unknown.errors![0]!.message).toMatch(/helpfulness@1, tone@1/);
    const tied = await send({ qualityCriterion: "tone", qualityRule: "DAWID_SKENE" });
    expect(tied.data.prepareRelease).toMatchObject({ candidate: { id: expect.any(String) }, userErrors: [] });
    const misfit = await send({ qualityCriterion: "tone", qualityRule: "MEAN" });
    expect(misfit.data.prepareRelease.userErrors[0]).toMatchObject({ code: "INVALID_VALUE", path: ["qualityRule"] });
  });
});
