import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDataset, makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

const COVERAGE = /* GraphQL */ `
  query (
    $at: SnapshotAt
    $population: Population
    $dimensions: [CoverageDimension!]!
    $planVersion: Int
    $filter: ExampleFilter
  ) {
    dataset(slug: "house") {
      snapshot(at: $at, population: $population) {
        coverage(dimensions: $dimensions, planVersion: $planVersion, filter: $filter) {
          activity {
            number
          }
          population
          methodVersion
          parameters
          planVersion
          plan {
            version
            title
          }
          exampleCount
          unassignedCount
          unassignedShare
          warnings
          attainment
          distance {
            undefinedBecause
          }
          association {
            undefinedBecause
          }
          dimensions {
            by
            dimension
            name
            multiple
            unassignedCount
            unassignedShare
            methods {
              method
              count
            }
          }
          cells {
            ...Cell
          }
          gaps {
            ...Cell
          }
        }
      }
    }
  }
  fragment Cell on CoverageCell {
    keys
    count
    share
    target
    targetShare
    deficit
    met
    declared
    summary
    next
  }
`;
const INTENT = { by: "LABEL", dimension: "intent" };
const cell = (dimension: string, value: string) => [{ dimension, value }];
const plan = {
  title: "Plan",
  dimensions: [{ key: "intent", title: "Intent", values: [{ value: "qa" }, { value: "code" }, { value: "rewrite" }] }],
  targets: [
    { cell: cell("intent", "code"), minimumCount: 12 },
    { cell: cell("intent", "qa"), share: 0.5 },
    { cell: [...cell("intent", "qa"), ...cell("SOURCE_KIND", "MODEL_GENERATED")], minimumCount: 2 },
  ],
};

describe("coverage of a snapshot", () => {
  let world: World;
  const coverage = async (variables: object, token?: string) =>
    (await world.ask(COVERAGE, { dimensions: [INTENT], ...variables }, token)).dataset.snapshot.coverage;
  const change = async (mutation: string, input: object) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { activity { number } userErrors { code message } } }`;
    const answer = (await world.ask(document, { input: { dataset: "house", ...input } }))[mutation];
    expect(answer.userErrors).toEqual([]);
    return answer.activity.number as number;
  };
  let planned = 0;

  beforeAll(async () => {
    world = await startWorld();
    await makeDataset(world, "house");
    await change("registerSources", {
      sources: [
        { key: "people", kind: "HUMAN_DEMONSTRATION", title: "People" },
        { key: "bot", kind: "MODEL_GENERATED", title: "Bot" },
      ],
    });
    const labels = (...values: string[]) => values.map((value) => ({ dimension: "intent", value }));
    const pair = { source: "people", prompt: "Why?" };
    await change("importExamples", {
      examples: [
        { ...pair, externalId: "a", response: "One.", labels: labels("qa"), language: "en" },
        { ...pair, externalId: "b", response: "Two.", labels: labels("qa"), language: "EN" },
        { ...pair, externalId: "c", response: "Three.", labels: labels("chat"), language: "pt-br" },
        { ...pair, externalId: "d", response: "w ".repeat(30), source: "bot" },
      ],
    });
    planned = await change("publishCoveragePlan", plan);
  });
  afterAll(() => world.stop());

  it("counts against the plan, says what is unassigned, what is missing and what is not declared", async () => {
    const { cells, gaps, ...report } = await coverage({});
    expect(report).toEqual({
      activity: { number: planned },
      population: "CURRENT",
      methodVersion: "coverage@2",
      parameters: {
        dimensions: [{ by: "LABEL", dimension: "intent" }],
        planVersion: 1,
        filter: null,
        countedBy: "EXAMPLES",
      },
      planVersion: 1,
      plan: { version: 1, title: "Plan" },
      exampleCount: 4,
      unassignedCount: 1,
      unassignedShare: null,
      warnings: ["FEW_EXAMPLES", "MANY_UNASSIGNED"],
      attainment: 0,
      distance: { undefinedBecause: "NO_DISTRIBUTION" },
      association: null,
      dimensions: [
        {
          by: "LABEL",
          dimension: "intent",
          name: "intent",
          multiple: false,
          unassignedCount: 1,
          unassignedShare: null,
          methods: [{ method: "SOURCE", count: 3 }],
        },
      ],
    });
    const code = { keys: ["code"], count: 0, target: 12, deficit: 12, met: false, declared: true, summary: "0 of 12" };
    expect(cells).toMatchObject([
      { keys: ["qa"], count: 2, share: null, target: 2, targetShare: 0.5, deficit: 0, met: true, summary: "2 of 2" },
      code,
      { keys: ["rewrite"], count: 0, target: null, targetShare: null, deficit: null, met: null, declared: true },
      { keys: ["chat"], count: 1, target: null, met: null, declared: false, summary: null },
      { keys: [null], count: 1, share: null, target: null, declared: null },
    ]);
    expect(gaps).toMatchObject([{ ...code, next: 'add 12 examples with intent "code"' }]);
  });

  it("crosses two dimensions, with the targets over both", async () => {
    const report = await coverage({ dimensions: [{ by: "SOURCE_KIND" }, INTENT] });
    expect(report.cells.map(({ keys, count, target }: any) => [...keys, count, target])).toEqual([
      ["HUMAN_DEMONSTRATION", "qa", 2, null],
      ["HUMAN_DEMONSTRATION", "chat", 1, null],
      ["MODEL_GENERATED", "qa", 0, 2],
      ["MODEL_GENERATED", null, 1, null],
    ]);
    expect(report).toMatchObject({
      unassignedCount: 1,
      gaps: [{ keys: ["MODEL_GENERATED", "qa"], summary: "0 of 2" }],
    });
    expect(report.dimensions).toMatchObject([
      { name: "SOURCE_KIND", unassignedCount: 0 },
      { name: "intent", unassignedCount: 1 },
    ]);
  });

  it("counts by source, length and language, whatever the case of its letters", async () => {
    const cells = async (by: string) =>
      (await coverage({ dimensions: [{ by }] })).cells.map(({ keys, count }: any) => [...keys, count]);
    expect(await cells("SOURCE")).toEqual([
      ["bot", 1],
      ["people", 3],
    ]);
    expect(await cells("LENGTH")).toEqual([
      ["0-24", 3],
      ["25-74", 1],
      ["75-199", 0],
      ["200-499", 0],
      ["500+", 0],
    ]);
    expect(await cells("LANGUAGE")).toEqual([
      ["en", 2],
      ["pt-BR", 1],
      [null, 1],
    ]);
  });

  it("counts an example in each value it has, and says so", async () => {
    const before = await coverage({});
    const activity = await change("labelExamples", {
      labels: [{ externalId: "a", dimension: "intent", values: ["qa", "code"] }],
    });
    const report = await coverage({});
    expect(report.dimensions).toMatchObject([{ multiple: true }]);
    expect(report.cells.slice(0, 2)).toMatchObject([
      { keys: ["qa"], count: 2 },
      { keys: ["code"], count: 1, summary: "1 of 12" },
    ]);
    expect(report.exampleCount).toBe(4);
    expect(await coverage({ at: { activity: activity - 1 } })).toEqual(before);
  });

  it("holds an old snapshot against the plan that was in force, or against another that is named", async () => {
    expect(await coverage({ at: { activity: planned - 1 } })).toMatchObject({
      planVersion: null,
      plan: null,
      exampleCount: 4,
      gaps: [],
    });
    expect(await coverage({ at: { activity: planned - 1 }, planVersion: 1 })).toMatchObject({
      planVersion: 1,
      gaps: [{ keys: ["code"] }],
    });
    await change("publishCoveragePlan", { ...plan, title: "Less", targets: [] });
    expect(await coverage({})).toMatchObject({ planVersion: 2, gaps: [] });
    expect(await coverage({ at: { activity: planned } })).toMatchObject({ planVersion: 1 });
  });

  it("takes a filter", async () => {
    const filter = { sources: ["bot"] };
    expect(await coverage({ filter })).toMatchObject({ exampleCount: 1, unassignedCount: 1, parameters: { filter } });
    expect(await coverage({ filter: { sources: [] } })).toMatchObject({ exampleCount: 0, unassignedShare: null });
  });

  it("is read once: the same question again asks the database for no counts", async () => {
    await coverage({ dimensions: [{ by: "SOURCE" }] });
    const statements: number[] = [];
    for (let i = 0; i < 2; i++) {
      const before = world.db.statementCount;
      await coverage({ dimensions: [{ by: i === 0 ? "LANGUAGE" : "SOURCE" }] });
      statements.push(world.db.statementCount - before);
    }
    expect(statements[1]).toBeLessThan(statements[0]!);
  });

  it("refuses what cannot be counted", async () => {
    const code = async (variables: object) =>
      (await world.send(COVERAGE, { dimensions: [INTENT], ...variables })).errors?.[0]?.extensions.code;
    for (const dimensions of [
      [],
      [INTENT, INTENT],
      [INTENT, { by: "SOURCE" }, { by: "LENGTH" }],
      [{ by: "LABEL" }],
      [{ by: "SOURCE", dimension: "x" }],
    ])
      expect(await code({ dimensions })).toBe("BAD_USER_INPUT");
    expect(await code({ planVersion: 9 })).toBe("NOT_FOUND");
    expect(await code({ dimensions: [{ by: "LABEL", dimension: "a\0b" }] })).toBe("BAD_USER_INPUT");
  });

  it("is not for annotators", async () => {
    const rater = await makePrincipal(world, "rater", { house: "ANNOTATOR" });
    const answer = await world.send(COVERAGE, { dimensions: [INTENT] }, rater);
    expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await coverage({}, await makePrincipal(world, "reader", { house: "VIEWER" }))).exampleCount).toBe(4);
  });

  it("finds the sample's planned cells", async () => {
    const { dimensions, targets } = JSON.parse(
      await readFile(new URL("../../scripts/demo/sample/plan.json", import.meta.url), "utf8"),
    );
    await change("publishCoveragePlan", { title: "Sample", dimensions, targets });
    const report = await coverage({
      dimensions: [
        { by: "LABEL", dimension: "topic" },
        { by: "LABEL", dimension: "difficulty" },
      ],
    });
    expect(report.gaps).toMatchObject([{ keys: ["technology", "hard"], count: 0, target: 5, summary: "0 of 5" }]);
  });
});
