import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import {
  cut,
  decide,
  download,
  exampleOf,
  idOf,
  importInto,
  logOf,
  prepare,
  recordsOf,
  startReleaseWorld,
} from "./releaseWorld.js";

const COUNT = 120;

describe("releases while others write", () => {
  let world: World;
  beforeAll(async () => {
    world = await startReleaseWorld(COUNT);
    await decide(
      world,
      "ACCEPT",
      Array.from({ length: COUNT }, (_, i) => idOf(i + 1)),
    );
  });
  afterAll(() => world.stop());

  it("holds exactly what was there at the activity it cites, whatever is written while it is prepared", async () => {
    const writes = (async () => {
      for (let i = 1; i <= 12; i++) {
        await importInto(world, [exampleOf(1000 + i), exampleOf(i, { response: `Edited ${i}.` })], {
          onConflict: "NEW_VERSION",
        });
        await decide(world, "ACCEPT", [idOf(1000 + i), idOf(i)]);
      }
    })();
    const prepared: any[] = [];
    for (let i = 0; i < 6; i++) prepared.push(prepare(world, { message: `Number ${i}` }));
    const candidates = (await Promise.all(prepared)).map((answer) => answer.candidate);
    await writes;
    for (const candidate of candidates) {
      const { dataset } = await world.ask(
        `query ($at: Int!) { dataset(slug: "house") { snapshot(at: { activity: $at }, population: ACCEPTED) { exampleCount scopeDigest } } }`,
        { at: candidate.at.number },
      );
      expect(dataset.snapshot).toEqual({ exampleCount: candidate.memberCount, scopeDigest: candidate.scopeDigest });
    }
  });

  it("makes one candidate and one release of a request that is sent many times at once", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => prepare(world, { requestKey: "prepare-many" })));
    expect(new Set(answers.map((answer) => answer.candidate.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
    const { id } = answers[0].candidate;
    const cuts = await Promise.all(
      Array.from({ length: 5 }, () => cut(world, id, "1.0.0", { requestKey: "cut-many-1" })),
    );
    expect(new Set(cuts.map((answer) => answer.release.id)).size).toBe(1);
    expect(cuts.filter((answer) => !answer.replayed)).toHaveLength(1);
  });

  it("gives one of two candidates a version, and compares the other with it", async () => {
    await importInto(world, [exampleOf(2000)]);
    await decide(world, "ACCEPT", [idOf(2000)]);
    const [a, b] = [await prepare(world), await prepare(world)];
    const both = await Promise.all([a, b].map(({ candidate }) => cut(world, candidate.id, "1.1.0")));
    expect(both.filter((answer) => answer.release)).toHaveLength(1);
    expect(both.find((answer) => !answer.release).userErrors).toMatchObject([{ code: "ALREADY_EXISTS" }]);
    expect(recordsOf(await download(world, "1.1.0")).some((record) => record.id === idOf(2000))).toBe(true);
    expect((await logOf(world)).verifyLog).toEqual({ verified: true, firstBad: null });
  });
});
