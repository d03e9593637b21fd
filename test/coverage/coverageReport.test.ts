import { describe, expect, it } from "vitest";
import { targetCount } from "../../src/coverage/coverageCell.js";
import { coverageReport, type CoverageCounts } from "../../src/coverage/coverageReport.js";
import type { CoveragePlan } from "../../src/coverage/coveragePlan.js";
import type { AskedDimension } from "../../src/coverage/dimensions.js";

const INTENT: AskedDimension = { by: "LABEL", dimension: "intent" };
const EDGE: AskedDimension = { by: "LABEL", dimension: "edge" };
const KIND: AskedDimension = { by: "SOURCE_KIND", dimension: null };
const plan: CoveragePlan = {
  dimensions: [
    {
      key: "intent",
      title: "Intent",
      multiple: false,
      values: [{ value: "rewrite" }, { value: "code" }, { value: "qa" }],
    },
    { key: "edge", title: "Edge", multiple: true, values: [{ value: "typos" }] },
  ],
  targets: [
    { cell: [{ dimension: "intent", value: "code" }], minimumCount: 12, share: 0.1 },
    { cell: [{ dimension: "intent", value: "qa" }], share: 0.25 },
    {
      cell: [
        { dimension: "SOURCE_KIND", value: "HUMAN_DEMONSTRATION" },
        { dimension: "intent", value: "qa" },
      ],
      minimumCount: 5,
    },
  ],
};

function counted(
  exampleCount: number,
  cells: Array<[keys: Array<string | null>, count: number]>,
  dimensions = 1,
): CoverageCounts {
  const placementCount = cells.reduce((sum, [, count]) => sum + count, 0);
  const unassignedCount = cells.filter(([keys]) => keys.includes(null)).reduce((sum, [, count]) => sum + count, 0);
  return {
    exampleCount,
    unassignedCount,
    dimensions: Array.from({ length: dimensions }, () => ({ unassignedCount, placementCount, methods: [] })),
    cells: cells.map(([keys, count]) => ({ keys, count })),
    permutationP: null,
    erasedCount: null,
    raw: null,
  };
}

describe("a coverage report", () => {
  it("derives the target from share and minimum, whichever is larger", () => {
    expect(targetCount({ cell: [], share: 0.1, minimumCount: 12 }, 100)).toBe(12);
    expect(targetCount({ cell: [], share: 0.1, minimumCount: 12 }, 140)).toBe(14);
    expect(targetCount({ cell: [], share: 0.1 }, 141)).toBe(15);
    expect(targetCount({ cell: [], share: 0 }, 141)).toBe(0);
    expect(targetCount({ cell: [], maximumShare: 0.5 }, 141)).toBeNull();
  });

  it("does not ask for one more because 0.1 × 30 is above 3 in doubles", () => {
    for (const [share, n, target] of [
      [0.1, 30, 3],
      [0.07, 100, 7],
      [0.29, 100, 29],
      [1, 7, 7],
      [0.3, 10_000_000, 3_000_000],
    ] as const)
      expect(targetCount({ cell: [], share }, n)).toBe(target);
  });

  it("shows declared values without examples as empty cells, in the declared order, and the unassigned last", () => {
    const report = coverageReport(
      counted(10, [
        [[null], 2],
        [["qa"], 3],
        [["chat"], 5],
      ]),
      plan,
      [INTENT],
    );
    expect(report.cells.map(({ keys, count }) => [keys[0], count])).toEqual([
      ["rewrite", 0],
      ["code", 0],
      ["qa", 3],
      ["chat", 5],
      [null, 2],
    ]);
    expect(report).toMatchObject({ exampleCount: 10, unassignedCount: 2 });
  });

  it("says which values stand outside the declared taxonomy", () => {
    const report = coverageReport(
      counted(10, [
        [[null], 2],
        [["qa"], 3],
        [["chat"], 5],
      ]),
      plan,
      [INTENT],
    );
    expect(report.cells.map(({ declared }) => declared)).toEqual([true, true, true, false, null]);
    const undeclared = coverageReport(counted(5, [[["chat"], 5]]), null, [INTENT]);
    expect(undeclared.cells).toMatchObject([{ declared: null, target: null, met: null, summary: null }]);
  });

  it("lists unmet targets, most missing first, as 0 of 12", () => {
    const report = coverageReport(
      counted(100, [
        [["qa"], 20],
        [["rewrite"], 80],
      ]),
      plan,
      [INTENT],
    );
    expect(report.gaps).toMatchObject([
      { keys: ["code"], count: 0, share: 0, target: 12, targetShare: 0.1, deficit: 12, met: false, summary: "0 of 12" },
      {
        keys: ["qa"],
        count: 20,
        share: 0.2,
        target: 25,
        targetShare: 0.25,
        deficit: 5,
        met: false,
        summary: "20 of 25",
      },
    ]);
  });

  it("takes over two dimensions only the targets over both, in whatever order they are asked", () => {
    const report = coverageReport(counted(4, [[["HUMAN_DEMONSTRATION", "rewrite"], 4]], 2), plan, [KIND, INTENT]);
    expect(report.cells).toMatchObject([
      { keys: ["HUMAN_DEMONSTRATION", "rewrite"], target: null },
      { keys: ["HUMAN_DEMONSTRATION", "qa"], count: 0, target: 5, deficit: 5, summary: "0 of 5" },
    ]);
    const turned = coverageReport(counted(4, [[["qa", "HUMAN_DEMONSTRATION"], 6]], 2), plan, [INTENT, KIND]);
    expect(turned.cells).toMatchObject([{ keys: ["qa", "HUMAN_DEMONSTRATION"], target: 5, deficit: 0, met: true }]);
    expect(turned.gaps).toEqual([]);
  });

  it("says that a dimension is of several values where the plan or the labels say so", () => {
    const edge = coverageReport(counted(3, [[["typos"], 3]]), plan, [EDGE]);
    expect(edge.dimensions).toMatchObject([{ name: "edge", multiple: true }]);
    const single = coverageReport(counted(3, [[["qa"], 3]]), plan, [INTENT]);
    expect(single.dimensions).toMatchObject([{ name: "intent", multiple: false }]);
    const twice = coverageReport(
      counted(30, [
        [["qa"], 30],
        [["code"], 20],
      ]),
      plan,
      [INTENT],
    );
    expect(twice.dimensions).toMatchObject([{ multiple: true }]);
    expect(twice.cells.map(({ share }) => share)).toEqual([0, 2 / 3, 1]);
  });

  it("gives no share of nothing", () => {
    const report = coverageReport(counted(0, []), plan, [INTENT]);
    expect(report).toMatchObject({ exampleCount: 0, unassignedShare: null });
    expect(report.cells).toMatchObject([
      { share: null },
      { share: null, target: 12, deficit: 12 },
      { share: null, target: 0, met: true },
    ]);
  });

  it("takes languages in any case of letters as one", () => {
    const brazilian: CoveragePlan = {
      dimensions: [],
      targets: [{ cell: [{ dimension: "LANGUAGE", value: "pt-br" }], minimumCount: 2 }],
    };
    const report = coverageReport(counted(1, [[["pt-BR"], 1]]), brazilian, [{ by: "LANGUAGE", dimension: null }]);
    expect(report.cells).toMatchObject([{ keys: ["pt-BR"], count: 1, target: 2, deficit: 1 }]);
    const empty = coverageReport(counted(0, []), brazilian, [{ by: "LANGUAGE", dimension: null }]);
    expect(empty.cells).toMatchObject([{ keys: ["pt-BR"], count: 0 }]);
  });
});
