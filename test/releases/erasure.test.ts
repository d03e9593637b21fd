import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyRecords } from "../../src/releases/verifyRecords.js";
import type { World } from "../support/world.js";
import {
  cut,
  decide,
  download,
  idOf,
  linesOf,
  logOf,
  prepare,
  recordsOf,
  release,
  SLUG,
  startReleaseWorld,
} from "./releaseWorld.js";

const VERIFY = `query ($slug: String!, $version: String!) { dataset(slug: $slug) { release(version: $version) {
  verify { verified memberCount erasedCount root digest firstBad { externalId position message } } } } }`;

describe("a release whose text goes, or is tampered with", () => {
  let world: World;
  let made: any;
  const verify = async (version: string) => (await world.ask(VERIFY, { slug: SLUG, version })).dataset.release.verify;
  const erase = (externalId: string) =>
    world.ask(
      `mutation ($input: EraseExampleInput!) { eraseExample(input: $input) { erasedCount userErrors { code message } } }`,
      {
        input: { dataset: SLUG, externalId, reason: "Asked to by the person it is about" },
      },
    );
  beforeAll(async () => {
    world = await startReleaseWorld(10);
    await decide(
      world,
      "ACCEPT",
      Array.from({ length: 10 }, (_, i) => idOf(i + 1)),
    );
    made = await release(world, "1.0.0");
  });
  afterAll(() => world.stop());

  it("goes on verifying after an example was erased: file, release and log", async () => {
    const before = recordsOf(await download(world, "1.0.0"));
    const { eraseExample } = await erase(idOf(3));
    expect(eraseExample).toMatchObject({ userErrors: [] });
    const text = await download(world, "1.0.0");
    expect(text).not.toContain("What is 3?");
    const erased = recordsOf(text).find((record) => record.id === idOf(3));
    expect(Object.keys(erased)).toEqual(["erased", "id", "leaf", "split"]);
    expect(erased.split).toBe(before.find((record) => record.id === idOf(3)).split);
    expect(await verifyRecords(linesOf(text))).toEqual({
      memberCount: 10,
      erasedCount: 1,
      root: made.root,
      firstBad: null,
    });
    expect(await verify("1.0.0")).toEqual({
      verified: true,
      memberCount: 10,
      erasedCount: 1,
      root: made.root,
      digest: made.digest,
      firstBad: null,
    });
    expect((await logOf(world)).verifyLog).toEqual({ verified: true, firstBad: null });
    expect(recordsOf(await download(world, "1.0.0", "MESSAGES"))).toHaveLength(9);
  });

  it("cannot be prepared with an erased example until it is withdrawn, and says so", async () => {
    const { candidate } = await prepare(world);
    if (candidate.memberCount === 10) throw new Error("an erased example has no record");
    const gate = candidate.gates.find((one: any) => one.name === "CONTENT_PRESENT");
    expect(gate).toMatchObject({ level: "BLOCK", passed: false, observed: "1 of 10: ex-03" });
    await decide(world, "WITHDRAW", [idOf(3)]);
    expect((await prepare(world)).candidate).toMatchObject({ memberCount: 9, ready: true, minimumVersion: "2.0.0" });
  });

  it("cannot be cut with an example that was erased after the candidate was prepared", async () => {
    const { candidate } = await prepare(world);
    await erase(idOf(4));
    const refused = await cut(world, candidate.id, "2.0.0");
    expect(refused).toMatchObject({
      release: null,
      userErrors: [{ code: "GATE_FAILED", message: expect.stringMatching(/ex-04 \(erased by activity \d+\)/) }],
    });
  });

  it("is found out when a text was changed behind our back", async () => {
    const owner = new pg.Client({ connectionString: world.ownerUrl });
    await owner.connect();
    try {
      await owner.query("alter table contents disable trigger user");
      await owner.query(
        "update contents set text = replace(text, 'It is 7.', 'It is 8.') where text like '%It is 7.%'",
      );
    } finally {
      await owner.end();
    }
    const found = await verify("1.0.0");
    expect(found).toMatchObject({ verified: false, firstBad: { externalId: idOf(7) } });
    const proof = await verifyRecords(linesOf(await download(world, "1.0.0")));
    expect(proof.firstBad).toBeNull();
    expect(proof.root).not.toBe(made.root);
  });
});
