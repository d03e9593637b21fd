// Do the commands that ask and set up say what the server said, for people and for machines?
import { afterEach, describe, expect, it } from "vitest";
import { fakeServer, fileOf, run, type Call, type FakeServer } from "./assayWorld.js";

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const serve = async (answer: (call: Call, index: number) => unknown) =>
  (server = await fakeServer((call, index) => ({ body: { data: answer(call, index) } })));

const activity = { number: 880, recordedAt: "2026-05-01T00:00:00.000Z" };
const row = (value: number | null, undefinedBecause: string | null = null) => ({
  unitCount: 1200,
  raterCount: 6,
  pairableValueCount: 2400,
  warnings: [],
  coefficients: [
    {
      coefficient: "PERCENT_AGREEMENT",
      weighting: "UNWEIGHTED",
      value: 0.8,
      undefinedBecause: null,
      standardError: 0.02,
      interval: { low: 0.7612, high: 0.8388, level: 0.95, method: "GWET_LINEARIZATION_T" },
      intervals: [],
      benchmarks: [],
    },
    {
      coefficient: "KRIPPENDORFF_ALPHA",
      weighting: "ORDINAL",
      value,
      undefinedBecause,
      standardError: null,
      interval: null,
      intervals: [],
      benchmarks: [],
    },
  ],
});

describe("agreement", () => {
  const groups = [
    { key: "pilot", ...row(0.51249) },
    { key: null, ...row(null, "NO_VARIATION") },
  ];
  const report = {
    activity,
    population: "CURRENT",
    methodVersion: "agreement/2",
    cache: "HIT",
    overall: row(0.65),
    groupings: [{ by: "LABEL", dimension: "intent", groups }],
  };

  it("is a table with three decimals and n; a reason stands where there is no number", async () => {
    const { url, calls } = await serve(() => ({ dataset: { snapshot: { agreement: report } } }));
    const args = [
      "agreement",
      "--criterion",
      "h",
      "--group-by",
      "label:intent",
      "--group-by",
      "source-kind",
      "--at",
      "880",
    ];
    const ran = await run(args, { url });
    expect(ran.exitCode).toBe(0);
    expect(calls[0]!.variables).toMatchObject({
      slug: "demo",
      criterion: "h",
      at: { activity: 880 },
      groupBy: [{ by: "LABEL", dimension: "intent" }, { by: "SOURCE_KIND" }],
    });
    expect(ran.stdout.split("\n")).toEqual([
      "h: demo at activity 880 (2026-05-01T00:00:00.000Z), population current, repeats latest, method agreement/2, hit",
      "",
      "1,200 units, 6 raters, 2,400 pairable values",
      "",
      "coefficient  value  error  95% interval    method   reading",
      "───────────  ─────  ─────  ──────────────  ───────  ───────",
      "agreement    0.800  0.020  0.761 to 0.839  Gwet, t        –",
      "α ordinal    0.650      –  –               –              –",
      "",
      "by label intent",
      "              agreement             α ordinal     units  raters  values",
      "────────────  ────────────────────  ────────────  ─────  ──────  ──────",
      "pilot         0.800 [0.761, 0.839]  0.512         1,200       6   2,400",
      "(unassigned)  0.800 [0.761, 0.839]  NO_VARIATION  1,200       6   2,400",
      "",
    ]);
  });

  it("say that a release, or a start of lineage, is not there", async () => {
    const { url } = await serve(() => ({ dataset: { snapshot: null, lineage: null } }));
    const release = "NOT_FOUND: demo has no release 9.9.9; --at takes an activity's number, a time, or a release\n";
    for (const args of [
      ["agreement", "--criterion", "h"],
      ["coverage", "--by", "source"],
    ]) {
      const ran = await run([...args, "--at", "9.9.9"], { url });
      expect([ran.exitCode, ran.stderr]).toEqual([3, release]);
    }
    const lineage = await run(["lineage", "--guideline", "rules@1.0"], { url });
    expect(lineage.stderr).toBe("NOT_FOUND: demo has no guideline version rules@1.0 that this token may read\n");
  });

  it("under --json is the report as the server gave it; a release or a time can be asked about", async () => {
    const { url, calls } = await serve(() => ({ dataset: { snapshot: { agreement: report } } }));
    const ran = await run(["--json", "agreement", "--criterion", "h", "--at", "2.1.0"], { url });
    expect(JSON.parse(ran.stdout)).toEqual({ ...report, coefficients: expect.any(Array) });
    await run(["agreement", "--criterion", "h", "--at", "2026-05-01"], { url });
    expect(calls.map(({ variables }) => variables["at"])).toEqual([
      { release: "2.1.0" },
      { time: "2026-05-01T00:00:00.000Z" },
    ]);
  });
});

describe("lineage", () => {
  it("joins the server's pages", async () => {
    const node = (id: string) => ({ id, kind: "EXAMPLE_VERSION", label: id });
    const edge = {
      from: "a",
      to: "b",
      relation: "WAS_DERIVED_FROM",
      activity: { ...activity, kind: "IMPORT", agent: { label: "bot" } },
    };
    const page = (more: boolean, ...ids: string[]) => ({
      dataset: {
        lineage: {
          nodes: ids.map(node),
          edges: more ? [] : [edge],
          pageInfo: { hasNextPage: more, endCursor: "c" },
          truncated: !more,
        },
      },
    });
    const { url, calls } = await serve((_, index) => (index === 0 ? page(true, "a") : page(false, "b")));
    const ran = await run(["lineage", "ext-1", "--depth", "3", "--direction", "backward"], { url });
    expect(calls[1]!.variables).toMatchObject({
      of: { externalId: "ext-1" },
      depth: 3,
      direction: "BACKWARD",
      after: "c",
    });
    expect(ran.stdout.split("\n").slice(0, 2)).toEqual([
      "2 nodes, 1 edge; the server left some out: it follows 1,000 new nodes a step and 1,000 neighbours a node",
      "a  WAS_DERIVED_FROM  b  [activity 880 IMPORT by bot, 2026-05-01T00:00:00.000Z]",
    ]);
    expect((await run(["lineage"], { url })).exitCode).toBe(2);
    expect((await run(["lineage", "x", "--source", "y"], { url })).exitCode).toBe(2);
  });
});

describe("log", () => {
  it("verify has exit code 1 and names the first bad activity", async () => {
    const firstBad = { number: 7, reason: "CHAIN_BROKEN", message: "another digest" };
    const verifyLog = { verified: false, activityCount: 9, rowCount: 80, head: 9, headDigest: "ab", firstBad };
    const { url } = await serve(() => ({ dataset: { verifyLog } }));
    const ran = await run(["log", "verify"], { url });
    expect([ran.exitCode, ran.stdout]).toEqual([
      1,
      "NOT verified: activity 7: another digest (CHAIN_BROKEN)\nhead 9  ab\n",
    ]);
  });

  it("follow goes on from the last number, page after page", async () => {
    const node = (number: number) => ({
      number,
      kind: "IMPORT",
      recordedAt: "t",
      message: null,
      agent: { label: "bot" },
    });
    const { url, calls } = await serve((_, index) => ({
      dataset: { activities: { nodes: [node(index + 4)], pageInfo: { hasNextPage: index === 0 } } },
    }));
    const ran = await run(["log", "follow", "--since", "3", "--once", "--json"], { url });
    expect(calls.map(({ variables }) => variables["since"])).toEqual([3, 4]);
    expect(
      ran.stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { number: number }).number),
    ).toEqual([4, 5]);
  });
});

describe("setting up", () => {
  const payload = (more: object) => ({ activity: { number: 3 }, replayed: false, userErrors: [], ...more });

  it("takes a list, an object, or a list under its name, each time under a new key", async () => {
    const { url, calls } = await serve(() => ({ registerSources: payload({ acceptedCount: 1, unchangedCount: 0 }) }));
    const source = { key: "s", kind: "HUMAN_DEMONSTRATION", title: "S" };
    for (const content of [[source], source, { sources: [source] }]) {
      const ran = await run(["source", "register", await fileOf("s.json", JSON.stringify(content))], { url });
      expect([ran.exitCode, ran.stdout]).toEqual([0, "1 sources recorded, 0 unchanged\nactivity 3\n"]);
    }
    for (const call of calls)
      expect(call.input).toMatchObject({ dataset: "demo", sources: [source], onConflict: "REFUSE" });
    expect(new Set(calls.map(({ input }) => input.requestKey)).size).toBe(3);
    for (const bad of ["[]", "[1]", "{", '{"a":"\\u0000"}']) {
      expect((await run(["source", "register", await fileOf("s.json", bad)], { url })).exitCode).toBe(2);
    }
  });

  it("ends with exit code 3 when the server refuses, saying what and where", async () => {
    const error = { code: "ALREADY_EXISTS", message: "choose another", path: ["slug"], index: null };
    const { url } = await serve(() => ({
      createDataset: { activity: null, replayed: false, userErrors: [error], dataset: null },
    }));
    const ran = await run(["dataset", "create", "demo"], { url });
    expect([ran.exitCode, ran.stderr, ran.stdout]).toEqual([
      3,
      "slug: choose another (ALREADY_EXISTS)\n",
      "nothing was recorded\n",
    ]);
  });

  it("prints a token's secret once, on its own line", async () => {
    const apiToken = { id: "T", label: "ci", prefix: "assay_x", expiresAt: "2027-01-01" };
    const { url, calls } = await serve(() => ({ issueApiToken: payload({ apiToken, secret: "assay_secret" }) }));
    const ran = await run(
      ["token", "issue", "--label", "ci", "--scopes", "rating:submit,dataset:read", "--expires-in-days", "30"],
      { url },
    );
    expect(calls[0]!.input).toMatchObject({
      label: "ci",
      scopes: ["rating:submit", "dataset:read"],
      expiresInDays: 30,
    });
    expect(ran.stdout.split("\n")[0]).toBe("assay_secret");
  });

  it("takes a member's role away with none", async () => {
    const { url, calls } = await serve(() => ({ setMember: payload({ principal: null }) }));
    await run(["member", "set", "bot", "none"], { url });
    await run(["member", "set", "bot", "release-manager"], { url });
    expect(calls.map(({ input }) => input["role"])).toEqual([null, "RELEASE_MANAGER"]);
  });

  it("erases only when told twice", async () => {
    const { url, calls } = await serve(() => ({ eraseExample: payload({ erasedCount: 2 }) }));
    expect((await run(["erase", "e1", "--reason", "asked to"], { url })).exitCode).toBe(2);
    expect(calls).toHaveLength(0);
    expect((await run(["erase", "e1", "--reason", "asked to", "--yes"], { url })).stdout).toContain("2 texts erased");
  });
});
