import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDecidedWorld, type DecidedWorld } from "./decidedWorld.js";

describe("populations by decision", () => {
  let world: DecidedWorld;
  const decide = (externalId: string, verdict: string) => world.decide([{ externalId, verdict }]);
  const activity = async (): Promise<number> =>
    (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset.head.activity.number;
  beforeAll(async () => {
    world = await startDecidedWorld();
    await world.importExamples(4);
  });
  afterAll(() => world.stop());

  it("answers what was current and accepted at every activity, then as now", async () => {
    type Expected = { current: string[]; accepted: string[] };
    const history: Array<[number, Expected]> = [];
    const remember = async (current: string, accepted: string) =>
      history.push([
        await activity(),
        { current: current.split(" "), accepted: accepted === "" ? [] : accepted.split(" ") },
      ]);
    await remember("e1 e2 e3 e4", "");
    await world.decide([
      { externalId: "e1", verdict: "ACCEPT" },
      { externalId: "e2", verdict: "ACCEPT" },
      { externalId: "e3", verdict: "REJECT" },
    ]);
    await remember("e1 e2 e3 e4", "e1 e2");
    await decide("e2", "WITHDRAW");
    await remember("e1 e3 e4", "e1");
    await world.importExamples(1, "A new version of e1.");
    await remember("e1 e3 e4", "");
    await decide("e2", "NEEDS_WORK");
    await remember("e1 e2 e3 e4", "");
    await world.decide([
      { externalId: "e4", verdict: "WITHDRAW" },
      { externalId: "e4", verdict: "ACCEPT" },
      { externalId: "e3", verdict: "ACCEPT" },
      { externalId: "e3", verdict: "WITHDRAW" },
    ]);
    await remember("e1 e2 e4", "e4");
    await world.importExamples(3, "A new version of withdrawn e3, too.");
    await remember("e1 e2 e3 e4", "e4");
    for (const [at, { current, accepted }] of history) {
      expect([at, await world.members("CURRENT", at)]).toEqual([at, current]);
      expect([at, await world.members("ACCEPTED", at)]).toEqual([at, accepted]);
    }
  });

  it("filters by verdict as of the snapshot, undecided included", async () => {
    const now = await activity();
    expect(await world.members("CURRENT", now, { verdicts: ["ACCEPT"] })).toEqual(["e4"]);
    expect(await world.members("CURRENT", now, { verdicts: ["UNDECIDED"] })).toEqual(["e1", "e2", "e3"]);
    expect(await world.members("CURRENT", now, { verdicts: ["UNDECIDED", "ACCEPT"] })).toEqual([
      "e1",
      "e2",
      "e3",
      "e4",
    ]);
    expect(await world.members("CURRENT", now, { verdicts: [] })).toEqual([]);
    expect(await world.members("CURRENT", 5, { verdicts: ["REJECT"] })).toEqual(["e3"]);
    expect(await world.members("ALL_VERSIONS", 6, { verdicts: ["WITHDRAW"] })).toEqual(["e2"]);
  });

  it("shows an example's decision as of the snapshot it was reached through", async () => {
    const at = (number: number) =>
      world.ask(
        `query ($n: Int!) { dataset(slug: "house") { snapshot(at: { activity: $n }) { examples(first: 10) { nodes { example { externalId } decision { verdict } } } } } }`,
        { n: number },
      );
    const verdicts = async (number: number) =>
      (await at(number)).dataset.snapshot.examples.nodes.map((node: any) => node.decision?.verdict ?? null);
    expect(await verdicts(4)).toEqual([null, null, null, null]);
    expect(await verdicts(5)).toEqual(["ACCEPT", "ACCEPT", "REJECT", null]);
  });
});
