import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRatedWorld, type RatedWorld } from "./ratedWorld.js";

describe("many clients at once", () => {
  let world: RatedWorld;
  beforeAll(async () => {
    world = await startRatedWorld();
  });
  afterAll(() => world.stop());

  it("lose and double nothing: numbers without gaps, a chain that verifies, projections that equal the facts", async () => {
    const before = await head();
    const client = async (c: number) => {
      const activities: number[] = [];
      for (let i = 0; i < 30; i++) {
        const externalId = `e${1 + ((c + i) % 3)}`;
        const annotator = ["ada", "ben", "cyd"][(c * 7 + i) % 3];
        const item = { externalId, criterion: i % 5 === 4 ? "time" : "good", annotator, value: 1 + (i % 5) };
        const payload = await world.rate([item], { requestKey: `client-${c}-${i}` });
        expect(payload.userErrors).toEqual([]);
        activities.push(payload.activity.number);
      }
      return activities;
    };
    const numbers = (await Promise.all(Array.from({ length: 8 }, (_, c) => client(c)))).flat();
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 240 }, (_, i) => before + 1 + i));
    const kept = await world.kept();
    await world.rebuild();
    expect(await world.kept()).toEqual(kept);
    expect(await world.verified()).toBe(true);
    const [row] = await world.db.rowsOnce<{ repeats: boolean }>(
      `select bool_and(repeat = rank) as repeats from (select repeat,
         row_number() over (partition by criterion_version, example_version, annotator order by rating) - 1 as rank from ratings) r`,
    );
    expect(row!.repeats).toBe(true);
  });

  it("may enrol the same annotator, and repeat each other's request, at the same time", async () => {
    const item = (value: number) => ({ externalId: "e4", criterion: "good", annotator: "newcomer", value });
    const answers = await Promise.all([
      ...[1, 2, 3, 4, 5].map((value) =>
        world.rate([item(value), { ...item(value), externalId: `e${value}` }], { enrol: true }),
      ),
      ...[1, 2, 3].map(() =>
        world.rate([{ ...item(1), externalId: "e6" }], { enrol: true, requestKey: "the-same-request" }),
      ),
      world.rate([{ ...item(1), externalId: "e9" }, item(9)]),
    ]);
    expect(answers.slice(0, 8).map((answer) => answer.userErrors)).toEqual(Array.from({ length: 8 }, () => []));
    expect(answers.slice(5, 8).filter((answer) => answer.replayed)).toHaveLength(2);
    expect(answers[8].userErrors).toHaveLength(2);
    const rows = await world.db.rowsOnce(`select 1 from annotators where key = 'newcomer'`);
    expect(rows).toHaveLength(1);
    expect(await world.verified()).toBe(true);
  });

  it("may name the same version by external id and by version id, and rate it again and again, at the same time", async () => {
    const [exampleVersionId] = await world.importExamples(["twofold"]);
    const item = (i: number) => ({
      ...(i % 2 === 0 ? { exampleVersionId } : { externalId: "twofold" }),
      criterion: i % 3 === 0 ? "time" : "good",
      annotator: "ada",
      value: 1 + (i % 5),
    });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => world.rate([item(i), item(i + 2)])));
    expect(answers.flatMap((answer) => answer.userErrors)).toEqual([]);
    const rows = await world.db.rowsOnce<{ repeats: number[]; inForce: number; later: boolean }>(
      `select array_agg(r.repeat order by r.rating) as repeats, count(*) filter (where r.superseded_by is null) as "inForce",
         bool_and(r.superseded_by is null or r.superseded_by >= r.activity) as later
       from ratings r join example_versions v using (dataset_id, example_version) join examples x using (dataset_id, example)
       where x.external_id = 'twofold' group by criterion_version`,
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({ inForce: 1, later: true });
      expect(row.repeats).toEqual(row.repeats.map((_, i) => i));
    }
    const kept = await world.kept();
    await world.rebuild();
    expect(await world.kept()).toEqual(kept);
    expect(await world.verified()).toBe(true);
  });

  const head = async () =>
    (await world.ask(`{ dataset(slug: "house") { head { activity { number } } } }`)).dataset.head.activity.number;
});
