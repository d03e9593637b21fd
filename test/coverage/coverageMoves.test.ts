// Does coverage hold what is counted of texts, near-duplicates counted once, and how it moves, in the API?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
let full: FullDataset;
beforeAll(async () => {
  world = await startWorld();
  // Texts "What is N? It is N." for N from 0 to 59, labelled qa and chat in turn; the first was revised; release 1.0.0.
  full = await makeFullDataset(world, "house", 60);
});
afterAll(() => world.stop());

const change = (mutation: string, type: string, input: object) =>
  world.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { message } } }`, {
    input: { dataset: "house", ...input },
  });
const head = async (fields: string) =>
  (await world.ask(`{ dataset(slug: "house") { head { ${fields} } } }`)).dataset.head;

describe("coverage of texts", () => {
  it("measures them first, and says how many formats a text may have", async () => {
    const code = "```python\nprint(1)\nprint(2)\n```\n\n- one\n- two";
    await change("reviseExamples", "ReviseExamplesInput", {
      revisions: [{ externalId: full.examples[59], prompt: "How?", response: code }],
    });
    const { coverage } = await head(`coverage(dimensions: [{ by: FORMAT }]) {
      exampleCount erasedCount cells { keys count } dimensions { multiple } }`);
    expect(coverage).toMatchObject({ exampleCount: 60, erasedCount: 0, dimensions: [{ multiple: true }] });
    expect(Object.fromEntries(coverage.cells.map(({ keys, count }: any) => [keys[0], count]))).toEqual({
      PLAIN: 59,
      CODE: 1,
      LIST: 1,
      MARKDOWN: 1,
      TABLE: 0,
      JSON: 0,
      MATH: 0,
    });
    const crossed = await head(`coverage(dimensions: [{ by: CHARACTERS }, { by: FORMAT }]) {
      cells { keys count } association { undefinedBecause } }`);
    expect(crossed.coverage.cells).toContainEqual({ keys: ["0-99", "LIST"], count: 1 });
    expect(crossed.coverage.association.undefinedBecause).toBe("MULTI_VALUED");
  });

  it("counts near-duplicates once, at the first of them, and all beside", async () => {
    const { coverage } = await head(`coverage(dimensions: [{ by: LABEL, dimension: "intent" }], countedBy: CLUSTERS) {
      countedBy exampleCount rawExampleCount cells { keys count rawCount } }`);
    // Digits are compared as 0: 1 to 9 are one text, first of them qa, and 10 to 58 another, first of them chat; the revised
    // first (chat) and last (qa) stand alone.
    expect(coverage).toMatchObject({ countedBy: "CLUSTERS", exampleCount: 4, rawExampleCount: 60 });
    expect(coverage.cells.filter(({ rawCount }: any) => rawCount > 0)).toEqual([
      { keys: ["qa"], count: 2, rawCount: 30 },
      { keys: ["chat"], count: 2, rawCount: 30 },
    ]);
  });

  it("is counted as a job, and then at hand", async () => {
    const start = `mutation { computeCoverage(input: { dataset: "house", question: { dimensions: [{ by: FORMAT }, { by: SOURCE }] } }) {
      job { kind } userErrors { message } } }`;
    const { computeCoverage } = await world.ask(start);
    expect(computeCoverage).toMatchObject({ job: { kind: "COVERAGE" }, userErrors: [] });
    const bad = await world.send(start.replace("[{ by: FORMAT }, { by: SOURCE }]", "[]"), {});
    expect(bad.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("says what was erased", async () => {
    await change("eraseExample", "EraseExampleInput", { externalId: full.examples[10], reason: "asked for" });
    const { coverage } = await head(
      `coverage(dimensions: [{ by: CHARACTERS }]) { erasedCount warnings unassignedCount }`,
    );
    expect(coverage).toEqual({ erasedCount: 1, warnings: ["TEXT_ERASED"], unassignedCount: 1 });
  });
});

describe("drift and trend", () => {
  const DRIFT = (since: string) => `coverageDrift(since: ${since}, dimensions: [{ by: LENGTH }, { by: FORMAT }]) {
    populationBefore activityBefore { number } dimensions { name stability undefinedBecause exampleCountBefore exampleCount
      values { key countBefore count contribution } } }`;

  it("compare with an activity or with a release's members", async () => {
    const moved = { externalId: full.examples[20], prompt: "Long?", response: "word ".repeat(60) };
    const before = (await head("activity { number }")).activity.number;
    await change("reviseExamples", "ReviseExamplesInput", { revisions: [moved] });
    const { coverageDrift } = await head(DRIFT(`{ activity: ${before} }`));
    expect(coverageDrift).toMatchObject({ populationBefore: "CURRENT", activityBefore: { number: before } });
    const [length, format] = coverageDrift.dimensions;
    expect(length).toMatchObject({ name: "LENGTH", exampleCountBefore: 60, exampleCount: 60, undefinedBecause: null });
    expect(length.values).toMatchObject([
      { key: "0-24", countBefore: 60, count: 59 },
      { key: "25-74", countBefore: 0, count: 1 },
    ]);
    const sum = length.values.reduce((total: number, { contribution }: any) => total + contribution, 0);
    expect(sum).toBeCloseTo(length.stability, 12);
    expect(format).toMatchObject({ stability: null, undefinedBecause: "MULTI_VALUED" });
    const ofRelease = (await head(DRIFT(`{ release: "1.0.0" }`))).coverageDrift;
    expect(ofRelease).toMatchObject({ populationBefore: "RELEASE" });
  });

  it("go release by release, the head last", async () => {
    const document = `{ dataset(slug: "house") { coverageTrend(dimension: { by: LENGTH }) {
      release { version } coverage { exampleCount population cells { keys count } } drift { stability undefinedBecause } } } }`;
    const { coverageTrend } = (await world.ask(document)).dataset;
    expect(coverageTrend).toMatchObject([
      { release: { version: "1.0.0" }, coverage: { population: "RELEASE" }, drift: null },
      { release: null, coverage: { population: "CURRENT", exampleCount: 60 }, drift: {} },
    ]);
    const refused = await world.send(document.replace("LENGTH }", "LENGTH }, last: 0"), {});
    expect(refused.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("are not for annotators, and name no moment that is not there", async () => {
    const rater = await makePrincipal(world, "moves-rater", { house: "ANNOTATOR" });
    for (const field of [DRIFT("{ activity: 3 }"), "coverageOfPlan { attainment }"]) {
      const answer = await world.send(`{ dataset(slug: "house") { head { ${field} } } }`, {}, rater);
      expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    const missing = await world.send(`{ dataset(slug: "house") { head { ${DRIFT(`{ release: "9.9.9" }`)} } } }`, {});
    expect(missing.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });
});

describe("all gaps of a plan", () => {
  it("stand together, whatever dimensions they are over, and by weight", async () => {
    await change("publishCoveragePlan", "PublishCoveragePlanInput", {
      title: "Two",
      dimensions: [{ key: "intent", title: "Intent", values: [{ value: "code" }] }],
      targets: [
        { cell: [{ dimension: "intent", value: "code" }], minimumCount: 3 },
        { cell: [{ dimension: "LENGTH", value: "500+" }], minimumCount: 2, weight: 2 },
        { cell: [{ dimension: "LENGTH", value: "0-24" }], maximumShare: 0.5 },
        {
          cell: [
            { dimension: "intent", value: "code" },
            { dimension: "LICENCE", value: "CC-BY-4.0" },
          ],
          minimumCount: 1,
        },
      ],
    });
    const { coverageOfPlan } = await head(`coverageOfPlan { plan { version targets { weight maximumShare } } attainment
      gaps { dimensions cell { keys deficit weightedDeficit next } } excesses { dimensions cell { keys excess } } reports { exampleCount } }`);
    expect(coverageOfPlan).toMatchObject({
      plan: { version: 2, targets: [{ weight: 1, maximumShare: null }, { weight: 2 }, { maximumShare: 0.5 }, {}] },
      attainment: 0,
      gaps: [
        {
          dimensions: ["LENGTH"],
          cell: { keys: ["500+"], weightedDeficit: 4, next: 'add 2 examples with LENGTH "500+"' },
        },
        { dimensions: ["intent"], cell: { keys: ["code"], weightedDeficit: 3 } },
        { dimensions: ["intent", "LICENCE"], cell: { keys: ["code", "CC-BY-4.0"], deficit: 1 } },
      ],
      excesses: [{ dimensions: ["LENGTH"], cell: { keys: ["0-24"], excess: 29 } }],
      reports: [{ exampleCount: 60 }, { exampleCount: 60 }, { exampleCount: 60 }],
    });
  });
});
