import { describe, expect, it } from "vitest";
import type { CoveragePlan, PlanTarget } from "../../src/coverage/coveragePlan.js";
import { coverageReport, type CoverageCounts } from "../../src/coverage/coverageReport.js";
import type { AskedDimension } from "../../src/coverage/dimensions.js";
import { driftOf } from "../../src/coverage/drift.js";
import { dimensionsOf } from "../../src/coverage/planStatus.js";

const INTENT: AskedDimension = { by: "LABEL", dimension: "intent" };
const PARTY: AskedDimension = { by: "LABEL", dimension: "party" };
const FORMAT: AskedDimension = { by: "FORMAT", dimension: null };

type Cells = Array<[keys: Array<string | null>, count: number]>;

function counted(cells: Cells, exampleCount = cells.reduce((sum, [, count]) => sum + count, 0)): CoverageCounts {
  const placementCount = cells.reduce((sum, [, count]) => sum + count, 0);
  const lacking = (has: (keys: Array<string | null>) => boolean) =>
    cells.filter(([keys]) => has(keys)).reduce((sum, [, count]) => sum + count, 0);
  return {
    exampleCount,
    unassignedCount: lacking((keys) => keys.includes(null)),
    dimensions: cells[0]![0].map((_, i) => ({
      unassignedCount: lacking((keys) => keys[i] === null),
      placementCount,
      methods: [],
    })),
    cells: cells.map(([keys, count]) => ({ keys, count })),
    permutationP: null,
    erasedCount: null,
    raw: null,
  };
}

const target = (value: string, fields: Partial<PlanTarget>): PlanTarget => ({
  cell: [{ dimension: "intent", value }],
  ...fields,
});
const planOf = (...targets: PlanTarget[]): CoveragePlan => ({
  dimensions: [
    {
      key: "intent",
      title: "Intent",
      multiple: false,
      values: ["qa", "code", "rewrite", "poem", "chat"].map((value) => ({ value })),
    },
  ],
  targets,
});

describe("planted gaps", () => {
  const plan = planOf(
    target("qa", { share: 0.5, maximumShare: 0.55 }),
    target("code", { share: 0.2 }),
    target("rewrite", { minimumCount: 30, weight: 4 }),
    target("poem", { minimumCount: 20 }),
    target("chat", { share: 0.3, weight: 0.5 }),
  );
  const cells: Cells = [
    [["qa"], 60],
    [["code"], 15],
    [["rewrite"], 20],
    [["chat"], 5],
  ];
  const report = coverageReport(counted(cells), plan, [INTENT]);

  it("come by weight × deficit, empty and under-minimum cells alike, each with what to do", () => {
    expect(
      report.gaps.map(({ keys, deficit, weightedDeficit, toAdd }) => [keys[0], deficit, weightedDeficit, toAdd]),
    ).toEqual([
      // 30 - 20 = 10, four times; a minimum does not grow with the set.
      ["rewrite", 10, 40, 10],
      ["poem", 20, 20, 20],
      // (0.3 × 100 - 5) / 0.7 = 35.7.
      ["chat", 25, 12.5, 36],
      // (0.2 × 100 - 15) / 0.8 = 6.25.
      ["code", 5, 5, 7],
    ]);
    expect(report.gaps[3]!.next).toBe('add 7 examples with intent "code"');
    expect(report.attainment).toBe(0);
  });

  it("are met when as many were added as is said, and not with one less", () => {
    const after = (added: number) =>
      coverageReport(counted(cells.map(([keys, n]) => [keys, n + (keys[0] === "chat" ? added : 0)])), plan, [INTENT]);
    const met = (added: number) => after(added).cells.find(({ keys }) => keys[0] === "chat")!.met;
    expect([met(35), met(36)]).toEqual([false, true]);
  });

  it("name what is over its maximum, and both ways out of it", () => {
    expect(report.excesses).toMatchObject([{ keys: ["qa"], maximumShare: 0.55, excess: 5, met: true }]);
    // (60 - 12) / (100 - 12) = 0.545, and 60 / (100 + 10) = 0.545: one less would be too few either way.
    expect(report.excesses[0]!.next).toBe('leave out 12 examples with intent "qa", or add 10 examples without it');
  });

  it("give no share below 30 examples, and say so", () => {
    const few = coverageReport(counted([[["qa"], 29]]), plan, [INTENT]);
    expect(few).toMatchObject({
      warnings: ["FEW_EXAMPLES"],
      cells: [{ count: 29, share: null, interval: null }, {}, {}, {}, {}],
    });
    expect(coverageReport(counted([[["qa"], 30]]), plan, [INTENT]).cells[0]!.share).toBe(1);
  });

  it("read a plan from before there were weights, and one that calls a dimension what is built in now", () => {
    const old: CoveragePlan = {
      dimensions: [{ key: "BATCH", title: "Batch", multiple: false, values: [{ value: "one" }] }],
      targets: [{ cell: [{ dimension: "BATCH", value: "one" }], minimumCount: 3 }],
    };
    const label: AskedDimension = { by: "LABEL", dimension: "BATCH" };
    expect(dimensionsOf(old)).toEqual([[label]]);
    expect(coverageReport(counted([[["one"], 1]]), old, [label]).gaps).toMatchObject([{ weight: 1, deficit: 2 }]);
    expect(coverageReport(counted([[["one"], 1]]), old, [{ by: "BATCH", dimension: null }]).gaps).toEqual([]);
  });
});

describe("numbers that others published", () => {
  it("Wilson's interval of 81 in 263 is Newcombe's (1998, table I): 0.2553 to 0.3662", () => {
    const { cells } = coverageReport(
      counted([
        [["qa"], 81],
        [["code"], 182],
      ]),
      null,
      [INTENT],
    );
    const { low, high } = cells.find(({ keys }) => keys[0] === "qa")!.interval!;
    expect([low, high]).toEqual([expect.closeTo(0.2553, 4), expect.closeTo(0.3662, 4)]);
  });

  it("association is what R's chisq.test gives for the example of its page, from Agresti (2007)", () => {
    const table = [
      [762, 327, 468],
      [484, 239, 477],
    ];
    const cells = table.flatMap((row, i) =>
      row.map((n, j): Cells[number] => [[["F", "M"][i]!, ["Democrat", "Independent", "Republican"][j]!], n]),
    );
    const { association } = coverageReport(counted(cells), null, [INTENT, PARTY]);
    expect(association).toMatchObject({
      undefinedBecause: null,
      rows: ["F", "M"],
      columns: ["Democrat", "Independent", "Republican"],
      observed: table,
      chiSquare: expect.closeTo(30.07, 2),
      df: 2,
      p: expect.closeTo(2.954e-7, 10),
      // Bergsma's formula on these: φ² = 0.010907 - 2/2756.
      cramersV: expect.closeTo(0.1009, 4),
    });
    expect(association!.expected[0]!.map((n) => Number(n.toFixed(4)))).toEqual([703.6714, 319.6453, 533.6834]);
    expect(association!.adjustedResiduals[0]!.map((n) => Number(n!.toFixed(5)))).toEqual([4.50205, 0.69945, -5.31595]);
  });
});

describe("what is undefined has a reason", () => {
  it("several values in one example: neither association nor distance", () => {
    const twice = coverageReport(
      counted(
        [
          [["CODE", "qa"], 40],
          [["LIST", "qa"], 20],
        ],
        40,
      ),
      planOf(target("qa", { share: 1 })),
      [FORMAT, INTENT],
    );
    expect(twice.association).toMatchObject({ undefinedBecause: "MULTI_VALUED", chiSquare: null, cramersV: null });
    const formats = coverageReport(
      counted([[["CODE"], 40]]),
      { dimensions: [], targets: [{ cell: [{ dimension: "FORMAT", value: "CODE" }], share: 1 }] },
      [FORMAT],
    );
    expect(formats).toMatchObject({ dimensions: [{ multiple: true }], distance: { undefinedBecause: "MULTI_VALUED" } });
  });

  it("one row, few examples, few expected", () => {
    const of = (cells: Cells) => coverageReport(counted(cells), null, [INTENT, PARTY]);
    expect(
      of([
        [["qa", "a"], 40],
        [["qa", "b"], 40],
      ]).association,
    ).toMatchObject({ undefinedBecause: "ONE_ROW_OR_COLUMN" });
    expect(
      of([
        [["qa", "a"], 9],
        [["code", "b"], 9],
      ]).association,
    ).toMatchObject({ undefinedBecause: "FEW_EXAMPLES" });
    expect(
      of([
        [["qa", "a"], 40],
        [["code", "b"], 2],
      ]).warnings,
    ).toEqual(["FEW_EXPECTED"]);
  });
});

describe("distance to the plan", () => {
  const shares = (qa: number, code: number) => planOf(target("qa", { share: qa }), target("code", { share: code }));
  it("is 0 where shares are as planned, whatever is unassigned", () => {
    const report = coverageReport(
      counted([
        [["qa"], 30],
        [["code"], 10],
        [[null], 60],
      ]),
      shares(0.75, 0.25),
      [INTENT],
    );
    expect(report.distance).toEqual({
      exampleCount: 40,
      undefinedBecause: null,
      totalVariation: 0,
      jensenShannon: 0,
      offTargetMass: 0,
    });
  });

  it("takes what lies outside the plan as off target; all of it outside is as far as can be", () => {
    const half = coverageReport(
      counted([
        [["qa"], 50],
        [["poem"], 50],
      ]),
      shares(1, 0),
      [INTENT],
    );
    expect(half.distance).toMatchObject({ totalVariation: 0.5, offTargetMass: 0.5 });
    const all = coverageReport(counted([[["poem"], 50]]), shares(1, 0), [INTENT]);
    expect(all.distance).toMatchObject({ totalVariation: 1, jensenShannon: 1, offTargetMass: 1 });
    expect(coverageReport(counted([[["poem"], 50]]), shares(0.5, 0.2), [INTENT]).distance).toMatchObject({
      undefinedBecause: "NO_DISTRIBUTION",
    });
  });
});

describe("drift", () => {
  it("adds up from its values, unassigned among them", () => {
    const drift = driftOf(
      counted([
        [["qa"], 50],
        [["code"], 50],
      ]),
      counted([
        [["qa"], 25],
        [["code"], 75],
      ]),
      INTENT,
      null,
    );
    // (0.75 - 0.5) ln(1.5) + (0.25 - 0.5) ln(0.5)
    expect(drift.stability).toBeCloseTo(0.25 * Math.log(1.5) + 0.25 * Math.log(2), 12);
    expect(drift.values.map(({ key, contribution }) => [key, contribution])).toEqual([
      ["code", expect.closeTo(0.25 * Math.log(1.5), 12)],
      ["qa", expect.closeTo(0.25 * Math.log(2), 12)],
    ]);
    const gone = driftOf(counted([[["qa"], 50]]), counted([[[null], 50]]), INTENT, null);
    expect(gone).toMatchObject({ smoothed: true, values: [{ key: "qa" }, { key: null, countBefore: 0, count: 50 }] });
  });

  it("has no index of several values in one example, nor of few examples", () => {
    const one = counted([[["qa"], 50]]);
    expect(driftOf(one, counted([[["qa"], 50]], 40), INTENT, null).undefinedBecause).toBe("MULTI_VALUED");
    expect(driftOf(one, counted([[["qa"], 5]]), INTENT, null)).toMatchObject({
      undefinedBecause: "FEW_EXAMPLES",
      stability: null,
      values: [{ countBefore: 50, count: 5, share: null }],
    });
  });
});
