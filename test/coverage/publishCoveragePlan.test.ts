import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.js";

const PUBLISH = /* GraphQL */ `
  mutation ($input: PublishCoveragePlanInput!) {
    publishCoveragePlan(input: $input) {
      activity {
        number
        kind
      }
      replayed
      coveragePlanVersion {
        id
        version
        title
        dimensions {
          key
          multiple
          values {
            value
            description
          }
        }
        targets {
          cell {
            dimension
            value
          }
          minimumCount
          share
        }
        activity {
          number
        }
        supersededBy {
          number
        }
      }
      userErrors {
        code
        path
        index
        message
      }
    }
  }
`;
const intent = {
  key: "intent",
  title: "Intent",
  values: [{ value: "code", description: "A program" }, { value: "qa" }],
};
const edge = { key: "edge", title: "Edge", multiple: true, values: [{ value: "typos" }, { value: "long" }] };
const cell = (...keys: Array<[dimension: string, value: string]>) => ({
  cell: keys.map(([dimension, value]) => ({ dimension, value })),
});
const plan = {
  title: "Round 1",
  dimensions: [intent, edge],
  targets: [{ ...cell(["intent", "code"]), minimumCount: 12, share: 0.1 }],
};

describe("publishing a coverage plan", () => {
  let world: World;
  const publish = async (input: object) =>
    (await world.ask(PUBLISH, { input: { dataset: "house", ...input } })).publishCoveragePlan;
  const problems = async (change: object) => (await publish({ ...plan, ...change })).userErrors;

  beforeAll(async () => {
    world = await startWorld();
    await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { dataset { id } } }`);
  });
  afterAll(() => world.stop());

  it("gives versions that stay as they are", async () => {
    const first = await publish({ ...plan, requestKey: "plan-one" });
    expect(first).toMatchObject({ activity: { number: 2, kind: "PLAN_PUBLICATION" }, replayed: false, userErrors: [] });
    expect(first.coveragePlanVersion).toMatchObject({
      version: 1,
      title: "Round 1",
      targets: plan.targets,
      supersededBy: null,
    });
    expect(first.coveragePlanVersion.dimensions).toMatchObject([
      { key: "intent", multiple: false },
      { key: "edge", multiple: true },
    ]);
    const second = await publish({ ...plan, title: "Round 2" });
    expect(second.coveragePlanVersion).toMatchObject({ version: 2, title: "Round 2" });
    const replay = await publish({ ...plan, requestKey: "plan-one" });
    expect(replay).toMatchObject({ replayed: true, coveragePlanVersion: { version: 1, supersededBy: { number: 3 } } });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { coveragePlan { id version } first: coveragePlan(version: 1) { title } none: coveragePlan(version: 9) { id } verifyLog { verified } } }`,
    );
    expect(dataset).toMatchObject({
      coveragePlan: { version: 2 },
      first: { title: "Round 1" },
      none: null,
      verifyLog: { verified: true },
    });
    const { node } = await world.ask(`query ($id: ID!) { node(id: $id) { ... on CoveragePlanVersion { version } } }`, {
      id: dataset.coveragePlan.id,
    });
    expect(node).toEqual({ version: 2 });
  });

  it("takes what the latest says as no change", async () => {
    const same = await publish({ ...plan, title: "Round 2" });
    expect(same).toMatchObject({ activity: null, userErrors: [], coveragePlanVersion: { version: 2 } });
  });

  it("takes the sample's plan", async () => {
    const sample = JSON.parse(await readFile(new URL("../../scripts/demo/sample/plan.json", import.meta.url), "utf8"));
    const { targets, dimensions } = sample;
    expect(await publish({ title: "Sample", dimensions, targets })).toMatchObject({
      userErrors: [],
      coveragePlanVersion: { version: 3 },
    });
  });

  it("names unknown dimensions and values where they stand", async () => {
    const targets = [
      { ...cell(["intent", "qa"]), minimumCount: 1 },
      { ...cell(["mood", "gay"]), minimumCount: 1 },
      { ...cell(["edge", "typos"], ["intent", "poem"]), minimumCount: 1 },
      { ...cell(["SOURCE_KIND", "HUMAN"]), minimumCount: 1 },
      { ...cell(["SOURCE", "web"]), minimumCount: 1 },
      { ...cell(["LENGTH", "10-20"]), minimumCount: 1 },
      { ...cell(["LANGUAGE", "not a language"]), minimumCount: 1 },
    ];
    expect((await problems({ targets })).map(({ code, path }: any) => [code, path.join(".")])).toEqual([
      ["UNKNOWN_DIMENSION", "targets.1.cell.0.dimension"],
      ["INVALID_VALUE", "targets.2.cell.1.value"],
      ["INVALID_VALUE", "targets.3.cell.0.value"],
      ["UNKNOWN_SOURCE", "targets.4.cell.0.value"],
      ["INVALID_VALUE", "targets.5.cell.0.value"],
      ["INVALID_VALUE", "targets.6.cell.0.value"],
    ]);
  });

  it("refuses targets without a measure, cells given twice, and cells of no or three conditions", async () => {
    const targets = [
      cell(["intent", "qa"]),
      { ...cell(["intent", "qa"]), minimumCount: 0 },
      { ...cell(["intent", "qa"], ["edge", "long"]), minimumCount: 3 },
      { ...cell(["edge", "long"], ["intent", "qa"]), minimumCount: 4 },
      { ...cell(), minimumCount: 1 },
      { ...cell(["intent", "qa"], ["intent", "code"]), minimumCount: 1 },
      { ...cell(["intent", "qa"], ["edge", "long"], ["LENGTH", "0-24"]), minimumCount: 1 },
    ];
    expect((await problems({ targets })).map(({ code, path, index }: any) => [code, path.join("."), index])).toEqual([
      ["INVALID_VALUE", "targets.0", 0],
      ["INVALID_VALUE", "targets.1.minimumCount", 1],
      ["DUPLICATE_IN_BATCH", "targets.3.cell", 3],
      ["INVALID_VALUE", "targets.4.cell", 4],
      ["INVALID_VALUE", "targets.5.cell.1", 5],
      ["INVALID_VALUE", "targets.6.cell", 6],
    ]);
  });

  it("refuses a share above 1, and shares over one dimension that sum to more, but not over one of several values", async () => {
    const over = await problems({ targets: [{ ...cell(["intent", "qa"]), share: 1.2 }] });
    expect(over).toMatchObject([{ code: "INVALID_VALUE", path: ["targets", "0", "share"] }]);
    const halves = (dimension: string, values: string[], share: number) =>
      values.map((value) => ({ ...cell([dimension, value]), share }));
    const sum = await problems({ targets: halves("intent", ["qa", "code"], 0.6) });
    expect(sum).toMatchObject([
      { code: "INVALID_VALUE", path: ["targets", "1", "share"], message: expect.stringContaining("1.2") },
    ]);
    expect(
      await problems({
        title: "Thirds",
        targets: halves("SOURCE_KIND", ["HUMAN_DEMONSTRATION", "FILTERED_DATASET", "MODEL_GENERATED"], 1 / 3),
      }),
    ).toEqual([]);
    expect(await problems({ title: "Edges", targets: halves("edge", ["typos", "long"], 0.6) })).toEqual([]);
  });

  it("says what is wrong with maximum shares and weights", async () => {
    const targets = [
      { ...cell(["intent", "qa"]), share: 0.3, maximumShare: 0.2 },
      { ...cell(["intent", "code"]), maximumShare: 1.5 },
      { ...cell(["edge", "long"]), minimumCount: 1, maximumShare: 0 },
      { ...cell(["edge", "typos"]), minimumCount: 1, weight: 0 },
      { ...cell(["BATCH", "none"]), minimumCount: 1 },
      { ...cell(["LICENCE", "free for all"]), minimumCount: 1 },
      { ...cell(["TURNS", "2"]), minimumCount: 1 },
    ];
    expect((await problems({ targets })).map(({ code, path }: any) => [code, path.join(".")])).toEqual([
      ["INVALID_VALUE", "targets.0.maximumShare"],
      ["INVALID_VALUE", "targets.1.maximumShare"],
      ["INVALID_VALUE", "targets.2.maximumShare"],
      ["INVALID_VALUE", "targets.3.weight"],
      ["UNKNOWN_BATCH", "targets.4.cell.0.value"],
      ["INVALID_VALUE", "targets.5.cell.0.value"],
      ["INVALID_VALUE", "targets.6.cell.0.value"],
    ]);
    const above = [
      { ...cell(["intent", "qa"]), maximumShare: 0.2 },
      { ...cell(["intent", "qa"], ["SOURCE_KIND", "HUMAN_DEMONSTRATION"]), share: 0.3 },
    ];
    expect(await problems({ targets: above })).toMatchObject([
      { path: ["targets", "1", "share"], message: expect.stringContaining("above the maximumShare 0.2") },
    ]);
  });

  it("names what is wrong with dimensions", async () => {
    const dimensions = [
      { ...intent, values: [{ value: "qa" }, { value: "qa" }, { value: " " }] },
      { ...edge, key: "intent" },
      { ...edge, key: "LANGUAGE" },
      { ...edge, key: "none", values: [] },
    ];
    expect((await problems({ dimensions, targets: [] })).map(({ code, path }: any) => [code, path.join(".")])).toEqual([
      ["DUPLICATE_IN_BATCH", "dimensions.0.values.1.value"],
      ["INVALID_VALUE", "dimensions.0.values.2.value"],
      ["DUPLICATE_IN_BATCH", "dimensions.1.key"],
      ["INVALID_VALUE", "dimensions.2.key"],
      ["INVALID_VALUE", "dimensions.3.values"],
    ]);
  });

  it("answers text that cannot be stored with its path", async () => {
    const odd = await problems({
      dimensions: [{ ...intent, title: "a\0b" }],
      targets: [{ ...cell(["SOURCE", "\ud800"]), minimumCount: 1 }],
    });
    expect(odd).toMatchObject([{ code: "INVALID_TEXT", path: ["dimensions", "0", "title"] }]);
  });

  it("is for curators and owners, and hidden from strangers", async () => {
    const tokenOf = async (key: string, role: string | null) => {
      await world.ask(
        `mutation ($key: String!) { createPrincipal(input: { key: $key, kind: HUMAN }) { principal { key } } }`,
        { key },
      );
      if (role)
        await world.ask(
          `mutation ($key: String!, $role: Role!) { setMember(input: { dataset: "house", principal: $key, role: $role }) { userErrors { message } } }`,
          { key, role },
        );
      const { issueApiToken } = await world.ask(
        `mutation ($key: String!) { issueApiToken(input: { principal: $key, label: "test" }) { secret } }`,
        { key },
      );
      return issueApiToken.secret as string;
    };
    const stranger = await world.send(
      PUBLISH,
      { input: { dataset: "house", ...plan } },
      await tokenOf("stranger", null),
    );
    expect(stranger.errors?.[0]?.extensions.code).toMatch(/FORBIDDEN|NOT_FOUND/);
    const reader = await tokenOf("reader", "VIEWER");
    const refused = await world.send(PUBLISH, { input: { dataset: "house", ...plan } }, reader);
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const { dataset } = await world.ask(`{ dataset(slug: "house") { coveragePlan { version } } }`, {}, reader);
    expect(dataset.coveragePlan.version).toBeGreaterThan(1);
  });
});
