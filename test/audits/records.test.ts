// Is an audit a record: kept whole, found again, and shown to those who may read it?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRecordWorld, testOf, type RecordWorld } from "./recordWorld.js";

let world: RecordWorld;
beforeAll(async () => {
  world = await startRecordWorld();
});
afterAll(() => world?.stop());

const three = [
  { key: "a" },
  { key: "b", verdict: "PASS" as const, rule: "WITHIN_MINIMUM" as const },
  { key: "c", verdict: "INCONCLUSIVE" as const, rule: "NOT_MEASURED" as const, family: "TREATMENT" as const },
];

const AUDIT = `number title scopeDigest exampleVersionCount erasedCount question families methodVersion seed
  lexicons { key version checksum } skipped { family subject because } warnings author { label } activity { number kind }
  snapshot { population activity { number } } findingCounts { severity count }`;

describe("a recorded audit", () => {
  it("is one activity with its numbers, and a finding for each test that is no pass", async () => {
    const answer = await world.record(three, { requestKey: "audit-no-1", title: "First look" });
    expect(answer).toMatchObject({ replayed: false, outcome: { accepted: 1, more: { audit: 1, findings: 2 } } });
    const { audit } = await world.dataset(`audit(number: 1) { ${AUDIT}
      findings(first: 10) { nodes { number testKey severity status } totalCount { value } } }`);
    expect(audit).toMatchObject({
      number: 1,
      title: "First look",
      exampleVersionCount: 12,
      families: ["TREATMENT", "STYLE", "POOL"],
      methodVersion: "planted/1",
      seed: 4_294_967_295,
      author: { label: "carla" },
      activity: { number: answer.activity, kind: "AUDIT" },
      snapshot: { population: "CURRENT", activity: { number: answer.activity! - 1 } },
      skipped: [{ family: "POOL", because: "nobody said" }],
      findings: {
        nodes: [
          { number: 1, testKey: "a", severity: "HIGH", status: "OPEN" },
          { number: 2, testKey: "c", severity: "INCONCLUSIVE", status: "OPEN" },
        ],
        totalCount: { value: 2 },
      },
    });
    const { head } = await world.dataset(`head { scopeDigest }`);
    expect(audit.scopeDigest).toBe(head.scopeDigest);
    expect(audit.findingCounts.map((one: any) => one.count)).toEqual([1, 0, 0, 1]);
    expect(await world.verified()).toBe(true);
  });

  it("is recorded once for a request key, and computes nothing the second time", async () => {
    const again = await world.record(three, { requestKey: "audit-no-1", title: "First look" });
    expect(again).toMatchObject({ replayed: true, outcome: { more: { audit: 1 } } });
    const other = await world.record(three, { requestKey: "audit-no-1", title: "Another" });
    expect(other.outcome.problems).toMatchObject([{ code: "REQUEST_KEY_REUSED" }]);
    const unnamed = await world.record(three, { title: " " });
    expect(unnamed.outcome.problems).toMatchObject([{ code: "INVALID_VALUE", path: ["title"] }]);
    expect((await world.dataset(`audits(first: 5) { totalCount { value } }`)).audits.totalCount.value).toBe(1);
  });

  it("shows its tests with all numbers, filtered, and its evidence as example versions", async () => {
    const { audit } = await world.dataset(`audit(number: 1) {
      tests(first: 1, verdicts: [HIGH, PASS]) { pageInfo { hasNextPage endCursor } totalCount { value } nodes {
        key family subject dimension unit method statistic { name value } effect { name scale value low high } p q
        minimumEffect minimumDetectableEffect verdict rule nextStep groups { name n value }
        evidence { role note exampleVersion { number example { externalId } } } } }
      treatment: tests(first: 5, families: [TREATMENT]) { nodes { key } }
      test(key: "c") { verdict } missing: test(key: "z") { verdict } }`);
    const { nodes, totalCount, pageInfo } = audit.tests;
    expect([totalCount.value, pageInfo.hasNextPage]).toEqual([2, true]);
    expect(nodes).toMatchObject([
      {
        key: "a",
        subject: "response words",
        effect: { value: 0.6, low: 0.4, high: 0.8 },
        groups: [{ name: "web", n: 6 }, { name: "people" }],
        evidence: [
          { role: "SUPPORTING", exampleVersion: { number: 1, example: { externalId: "house-ex-1" } } },
          { role: "COUNTER", exampleVersion: { number: 2 } },
        ],
      },
    ]);
    expect(audit).toMatchObject({
      treatment: { nodes: [{ key: "c" }] },
      test: { verdict: "INCONCLUSIVE" },
      missing: null,
    });
  });

  it("is seen by all but annotators, by number and by id", async () => {
    const { audit } = await world.dataset(`audit(number: 1) { id findings(first: 1) { nodes { id } } }`);
    for (const [person, seen] of [
      ["vera", true],
      ["anna", false],
    ] as const) {
      for (const id of [audit.id, audit.findings.nodes[0].id]) {
        const { node } = await world.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id }, world.tokens[person]);
        expect([person, node]).toEqual([person, seen ? { id } : null]);
      }
      const read = await world.send(
        `{ dataset(slug: "house") { audits(first: 1) { nodes { id } } } }`,
        {},
        world.tokens[person],
      );
      expect(read.errors?.[0]?.extensions.code).toBe(seen ? undefined : "FORBIDDEN");
    }
  });

  it("shows what became of each test since an earlier one", async () => {
    const calmer = { ...testOf().effect, value: 0.1, low: 0.02, high: 0.2 };
    await world.record([
      { key: "a", verdict: "LOW", rule: "BELOW_MINIMUM_THROUGHOUT", effect: calmer },
      { key: "b", verdict: "PASS", rule: "WITHIN_MINIMUM" },
      { key: "d" },
    ]);
    const { audit } = await world.dataset(`audit(number: 2) { changesSince(audit: 1, first: 10) { nodes {
      key change notComparable before { verdict effect { value } } after { verdict effect { value } } } }
      new: changesSince(audit: 1, first: 10, changes: [NEW]) { nodes { key } totalCount { value } } }`);
    expect(audit.changesSince.nodes).toEqual([
      {
        key: "a",
        change: "BETTER",
        notComparable: null,
        before: { verdict: "HIGH", effect: { value: 0.6 } },
        after: { verdict: "LOW", effect: { value: 0.1 } },
      },
      expect.objectContaining({ key: "b", change: "SAME" }),
      expect.objectContaining({ key: "d", change: "NEW", before: null }),
      expect.objectContaining({ key: "c", change: "GONE", after: null }),
    ]);
    expect(audit.new).toEqual({ nodes: [{ key: "d" }], totalCount: { value: 1 } });
    const missing = await world.send(
      `{ dataset(slug: "house") { audit(number: 2) { changesSince(audit: 9, first: 1) { nodes { key } } } } }`,
    );
    expect(missing.errors![0]!.extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "audit" });
  });
});

describe("an analysis made elsewhere", () => {
  const given = {
    statistic: "group effect",
    method: "rating ~ group + (1 | rater) + (1 | item)",
    tool: "lme4 1.1-35",
    result: { estimate: -0.31, low: -0.5, high: -0.12 },
    fileName: "model.html",
    fileDigest: "0f".repeat(32),
    note: "Fitted on the long table.",
  };

  it("stands beside an audit or a snapshot, as it was given", async () => {
    const ofAudit = await world.call(
      "carla",
      "attachAnalysis",
      { ...given, audit: 1 },
      `analysis { number audit { number }
      fileDigest by { label } snapshot { population } says { statistic method tool result fileName note } }`,
    );
    const { fileDigest, ...says } = given;
    expect(ofAudit).toMatchObject({ userErrors: [], activity: { kind: "EXTERNAL_ANALYSIS" } });
    expect(ofAudit.analysis).toEqual({
      number: 1,
      audit: { number: 1 },
      fileDigest,
      by: { label: "carla" },
      snapshot: { population: "CURRENT" },
      says,
    });
    const ofHead = { statistic: "s", method: "m", result: {}, at: { activity: 3 } };
    expect(await world.call("carla", "attachAnalysis", ofHead)).toMatchObject({ userErrors: [] });
    const lists = await world.dataset(`audit(number: 1) { externalAnalyses(first: 5) { nodes { number } } }
      externalAnalyses(first: 5) { nodes { number } totalCount { value } }
      snapshot(at: { activity: 3 }) { externalAnalyses(first: 5) { nodes { number audit { number } } } }`);
    expect(lists).toMatchObject({
      audit: { externalAnalyses: { nodes: [{ number: 1 }] } },
      externalAnalyses: { nodes: [{ number: 1 }, { number: 2 }], totalCount: { value: 2 } },
      snapshot: { externalAnalyses: { nodes: [{ number: 2, audit: null }] } },
    });
    expect(await world.verified()).toBe(true);
  });

  it("is refused where it cannot be cited", async () => {
    const refused = async (fields: object) =>
      (await world.call("carla", "attachAnalysis", { ...given, ...fields })).userErrors;
    expect(await refused({ audit: 77 })).toMatchObject([{ code: "UNKNOWN_AUDIT" }]);
    expect(await refused({ audit: 1, fileDigest: "ABC" })).toMatchObject([
      { code: "INVALID_VALUE", path: ["fileDigest"] },
    ]);
    expect(await refused({ audit: 1, statistic: "" })).toMatchObject([{ code: "INVALID_VALUE", path: ["statistic"] }]);
    expect(await refused({ audit: 1, result: { long: "x".repeat(100_001) } })).toMatchObject([{ path: ["result"] }]);
  });
});
