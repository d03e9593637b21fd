// Is a difference between groups of raters found as often as it is there, and is it as large as it is said to be?
import { describe, expect, test } from "vitest";
import { chiSquareIndependence } from "../../src/statistics/chiSquareIndependence.js";
import { differenceError, groupEffects, groupLayout } from "../../src/statistics/groupEffects.js";
import { normalQuantile } from "../../src/statistics/normalDistribution.js";
import { permuteGroups } from "../../src/statistics/permuteGroups.js";
import { randomNumbers, type RandomNumbers } from "../../src/statistics/randomNumbers.js";
import { raterDisparity, type DisparityAsked } from "../../src/statistics/raterDisparity.js";
import { matrixOfColumns, RatingColumns } from "../../src/statistics/ratingColumns.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { ratingsOfTable, shuffled, type Table } from "./sampleRatings.js";

function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

const normal = (random: RandomNumbers) => normalQuantile(random.next() || 0.5);

interface Panel {
  /** Raters in the first group, and in all. */
  first?: number;
  raters?: number;
  /** By how many points the first group rates higher. */
  effect?: number;
  deviations?: [number, number];
  /** The share of raters that come from the unit's own group; null: from all alike. */
  mixed?: number | null;
  /** Of a rating, beside the unit's quality and the rater's leaning. */
  noise?: number;
  /** Whether the scale has no ends, so that a difference keeps its size. */
  open?: boolean;
}

/** 600 units × 3 ratings from 1 to 5 by raters with leanings of their own, and how often each group gave each value. */
function simulated(seed: number, panel: Panel) {
  const { first = 20, raters = 40, effect = 0, deviations = [0.4, 0.4], mixed = null } = panel;
  const { noise = 0.7, open = false } = panel;
  const random = randomNumbers(seed);
  const groupOf = (rater: number) => (rater < first ? 0 : 1);
  const leaning = Array.from({ length: raters }, (_, rater) => {
    return deviations[groupOf(rater)]! * normal(random) + (rater < first ? effect : 0);
  });
  const columns = new RatingColumns();
  const table = [new Float64Array(5), new Float64Array(5)];
  for (let unit = 0; unit < 600; unit++) {
    const quality = 3 + 0.65 * normal(random);
    const home = random.next() < 0.5 ? 0 : 1;
    const panel = new Set<number>();
    while (panel.size < 3) {
      const rater = Math.floor(random.next() * raters);
      const isWelcome = mixed === null || random.next() < (groupOf(rater) === home ? mixed : 1 - mixed);
      if (isWelcome) panel.add(rater);
    }
    for (const rater of panel) {
      const value = Math.round(quality + leaning[rater]! + noise * normal(random));
      const onScale = Math.min(5, Math.max(1, value));
      columns.add(unit, rater, open ? value : onScale);
      table[groupOf(rater)]![onScale - 1]!++;
    }
  }
  const names = new Map(leaning.map((_, rater) => [rater, groupOf(rater) === 0 ? "first" : "second"]));
  return { matrix: matrixOfColumns(columns, null), table, groupOf: names };
}

/** Shares of simulations in which pooled ratings and raters differ at 0.05, and what the differences are. */
function rejections(times: number, panel: Panel, resamples = 1) {
  const found = { pooled: 0, byRater: 0, difference: 0, covered: 0, visible: 0 };
  for (let seed = 1; seed <= times; seed++) {
    const { matrix, table, groupOf } = simulated(seed * 7919, panel);
    if (defined(chiSquareIndependence(table)).p < 0.05) found.pooled += 1 / times;
    const disparity = defined(raterDisparity(matrix, "INTERVAL", { seed, permutations: 199, resamples, groupOf }));
    if (disparity.p <= 0.05) found.byRater += 1 / times;
    const [pair] = disparity.pairs;
    found.difference += defined(pair!.difference).value / times;
    found.visible += pair!.visibleShare / times;
    const { low, high } = pair!.interval!;
    if (low <= (panel.effect ?? 0) && (panel.effect ?? 0) <= high) found.covered += 1 / times;
  }
  return found;
}

describe("simulated groups of 20 raters, 600 units × 3 ratings, raters' standard deviation 0.4", () => {
  test("without a difference are told apart in 5 %, by pooled ratings in 38 %", () => {
    const found = rejections(300, {});
    expect(found.byRater).toBeGreaterThan(0.025);
    expect(found.byRater).toBeLessThan(0.085);
    expect(found.pooled).toBeGreaterThan(0.3);
    expect(Math.abs(found.difference)).toBeLessThan(0.02);
  });

  test("are found with probability about 0.6 at a difference of 0.3 points and 0.96 at 0.5", () => {
    const panel = { noise: 0.5, open: true };
    const small = rejections(300, { ...panel, effect: 0.3 });
    const large = rejections(300, { ...panel, effect: 0.5 });
    expect(Math.abs(small.byRater - 0.63)).toBeLessThan(0.08);
    expect(Math.abs(large.byRater - 0.96)).toBeLessThan(0.03);
    expect(Math.abs(small.difference - 0.3)).toBeLessThan(0.015);
    expect(Math.abs(large.difference - 0.5)).toBeLessThan(0.015);
  });

  test("have limits that hold the difference in about 95 %", () => {
    const { covered } = rejections(200, {}, 400);
    expect(covered).toBeGreaterThan(0.9);
    expect(covered).toBeLessThan(0.985);
  });
});

test("a small group that varies more is not taken for a different one", () => {
  const found = rejections(200, { first: 8, deviations: [0.6, 0.3] });
  expect(found.byRater).toBeLessThan(0.1);
});

test("groups that mostly rate apart hide their difference, and what is left is scaled up to it", () => {
  const found = rejections(60, { effect: 0.5, mixed: 0.9, open: true }, 100);
  expect(found.visible).toBeLessThan(0.45);
  expect(Math.abs(found.difference - 0.5)).toBeLessThan(0.1);
  expect(found.covered).toBeGreaterThan(0.9);
});

// A column for each rater, a row for each unit; group x are the first two raters, y the next two
const table: Table = [
  [5, 4, 3, 2, 4],
  [4, 4, 2, 2, null],
  [5, null, 3, 3, 1],
  [null, 5, 1, 2, 2],
];
const groupOf = new Map([
  ["r0", "x"],
  ["r1", "x"],
  ["r2", "y"],
  ["r3", "y"],
]);
const small: DisparityAsked = { seed: 1, groupOf, fewestRatings: 3, fewestRaters: 2, permutations: 99, resamples: 200 };

describe("a table of five raters", () => {
  const ratings = ratingsOfTable(table);
  const found = defined(raterDisparity(raterMatrix(ratings), "INTERVAL", small));
  const residual = (unit: number, rater: number) => {
    const others = table[unit]!.flatMap((value, other) => (value === null || other === rater ? [] : [value]));
    return table[unit]![rater]! - others.reduce((sum, value) => sum + value, 0) / others.length;
  };
  const residuals = [0, 1, 2, 3].map((r) => table.flatMap((row, unit) => (row[r] === null ? [] : [residual(unit, r)])));
  const means = residuals.map((list) => list.reduce((sum, x) => sum + x, 0) / list.length);

  test("has each group's residuals, of all raters with enough ratings", () => {
    expect(found.groups.map(({ group, raters, ratings }) => [group, raters, ratings])).toEqual([
      ["x", 2, 6],
      ["y", 2, 8],
    ]);
    expect(found.groups[0]!.meanResidual).toBeCloseTo((means[0]! + means[1]!) / 2, 12);
    const distances = [...residuals[2]!, ...residuals[3]!].map(Math.abs).sort((a, b) => a - b);
    expect(found.groups[1]!.medianAbsoluteResidual).toBeCloseTo((distances[3]! + distances[4]!) / 2, 12);
  });

  test("has the difference of the means over what the panels let see", () => {
    const [pair] = found.pairs;
    const share = (rater: number, group: number[]) => {
      const shares = table.flatMap((row) => {
        if (row[rater] === null) return [];
        const others = row.flatMap((value, other) => (value === null || other === rater ? [] : [other]));
        return [others.filter((other) => group.includes(other)).length / others.length];
      });
      return shares.reduce((sum, some) => sum + some, 0) / shares.length;
    };
    const M = (of: number[], group: number[]) => of.reduce((sum, rater) => sum + share(rater, group) / of.length, 0);
    const [x, y] = [
      [0, 1],
      [2, 3],
    ] as const;
    const visible = 1 - (M([...x], [...x]) - M([...y], [...x]) + M([...y], [...y]) - M([...x], [...y])) / 2;
    const apart = (means[0]! + means[1]! - means[2]! - means[3]!) / 2;
    expect(pair).toMatchObject({ first: "x", second: "y", visibleShare: expect.closeTo(visible, 12) });
    expect(defined(pair!.difference).value).toBeCloseTo(apart / visible, 12);
    expect(pair!.cliffsDelta.value).toBe(1);
    expect(pair!.interval!.low).toBeLessThan(apart / visible);
  });

  test("is the same in whatever order it is read, and for the same seed", () => {
    for (const order of [1, 2, 3])
      expect(raterDisparity(raterMatrix(shuffled(ratings, order)), "INTERVAL", small)).toEqual(found);
    expect(raterDisparity(raterMatrix(ratings), "INTERVAL", { ...small, seed: 2 })).not.toEqual(found);
  });

  test("does not change with the names of groups, but for the sign", () => {
    const renamed = new Map([...groupOf].map(([rater, group]) => [rater, group === "x" ? "z" : group]));
    const turned = defined(raterDisparity(raterMatrix(ratings), "INTERVAL", { ...small, groupOf: renamed }));
    expect(turned.statistic).toBeCloseTo(found.statistic, 9);
    expect(defined(turned.pairs[0]!.difference).value).toBeCloseTo(-defined(found.pairs[0]!.difference).value, 12);
  });

  test("says which groups have too few raters, and why there is no comparison", () => {
    const asked = { ...small, groupOf: new Map([...groupOf, ["r4", "z"]]) };
    expect(defined(raterDisparity(raterMatrix(ratings), "INTERVAL", asked)).leftOut).toEqual([
      { group: "z", raters: 1 },
    ]);
    const reason = (more: Partial<DisparityAsked>) =>
      raterDisparity(raterMatrix(ratings), "INTERVAL", { ...small, ...more });
    const because = (reason: string) => ({ kind: "undefined", because: reason });
    expect(reason({ fewestRaters: 3 })).toEqual(because("FEWER_THAN_TWO_GROUPS"));
    expect(reason({ fewestRatings: 20 })).toEqual(because("FEWER_THAN_TWO_GROUPS"));
    expect(
      reason({
        stratumOf: new Map([
          ["r0", "a"],
          ["r2", "a"],
        ]),
      }),
    ).toEqual(because("STRATA_TOO_FINE"));
    expect(
      reason({
        stratumOf: new Map([
          ["r0", "a"],
          ["r1", "a"],
        ]),
      }),
    ).toEqual(because("NO_SHARED_STRATUM"));
    expect(raterDisparity(raterMatrix(ratings), "NOMINAL", small)).toEqual(because("VALUES_NOT_NUMERIC"));
    const equal = ratingsOfTable([
      [2, 2, 2, 2],
      [3, 3, 3, 3],
      [4, 4, 4, 4],
    ]);
    expect(raterDisparity(raterMatrix(equal), "INTERVAL", small)).toEqual(because("NO_VARIATION"));
    expect(() => reason({ permutations: 0 })).toThrow(RangeError);
    expect(() => reason({ resamples: 0.5 })).toThrow(RangeError);
  });
});

test("groups that never rate together have no difference", () => {
  const apart: Table = [
    [5, 4, 5, null, null, null],
    [4, 4, 2, null, null, null],
    [3, 2, 2, null, null, null],
    [null, null, null, 5, 4, 4],
    [null, null, null, 1, 2, 1],
    [null, null, null, 3, 5, 1],
  ];
  const groups = new Map(["x", "x", "x", "y", "y", "y"].map((group, rater) => [`r${rater}`, group]));
  const found = defined(raterDisparity(raterMatrix(ratingsOfTable(apart)), "INTERVAL", { ...small, groupOf: groups }));
  expect(found.pairs[0]).toMatchObject({
    difference: { kind: "undefined", because: "NEVER_RATED_TOGETHER" },
    interval: null,
    visibleShare: 0,
  });
});

/* prettier-ignore */
const members = {
  x: Float64Array.of(0.988, 0.41, 2.164, -0.625, 1.876, 2.959, -0.947, 0.859, 0.619, -0.641, 2, 2.362, 0.901, 0.575, 2.377,
    1.911, 2.183, 1.533, 1.167, 2.739, 0.424, 0.703, 0.337, 0.127, 0.913, -0.579, 0.404, 1.199, 2.945, -0.024, 1.005,
    0.947, -0.692, 0.637, 1.003, 1.857, 2.289, 1.473, 0.931, 0.35),
  group: Int32Array.of(2, 1, 2, 2, 1, 2, 2, 0, 0, 0, 0, 2, 2, 0, 1, 2, 0, 2, 0, 1, 2, 0, 1, 0, 2, 0, 2, 1, 1, 1, 1, 1, 1, 2,
    2, 2, 2, 1, 1, 2),
  stratum: Int32Array.of(1, 0, 3, 0, 3, 2, 0, 0, 1, 0, 0, 2, 3, 1, 3, 3, 3, 2, 1, 2, 1, 1, 1, 0, 3, 0, 0, 0, 3, 2, 3, 0, 2,
    1, 1, 0, 2, 3, 2, 0),
};

describe("effects of groups and strata", () => {
  test("are those of weighted least squares by numpy.linalg.solve, with the groups' pooled variances", () => {
    const layout = groupLayout(members.group, members.stratum, 3, 4);
    const found = defined(groupEffects(members.x, members.group, layout));
    expect([...found.levels]).toEqual([expect.closeTo(0.04399627, 8), expect.closeTo(-0.18771979, 8), 0]);
    expect(found.statistic).toBeCloseTo(0.36415425504100546, 11);
    expect(differenceError(found, layout, 0, 1).standardError).toBeCloseTo(0.4295248038614566, 12);
    expect(differenceError(found, layout, 0, 2).standardError).toBeCloseTo(0.345392090801524, 12);
  });

  test("of two groups in one stratum are Welch's test, scipy 1.17.1 ttest_ind(equal_var=False)", () => {
    const two = Int32Array.from(members.x.keys()).filter((i) => members.group[i]! < 2);
    const x = Float64Array.from(two, (i) => members.x[i]!);
    const group = two.map((i) => members.group[i]!);
    const layout = groupLayout(group, new Int32Array(x.length), 2, 1);
    const found = defined(groupEffects(x, group, layout));
    expect(found.levels[0]).toBeCloseTo(-0.4927769230769228, 12);
    expect(found.statistic).toBeCloseTo(1.3688259587493083, 12);
    expect(differenceError(found, layout, 0, 1).df).toBeCloseTo(20.618508918276262, 10);
  });

  test("do not take strata for groups", () => {
    const random = randomNumbers(21);
    const stratum = Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1));
    // Three quarters of the first group are in one stratum, of the second in the other, and the strata differ by 1
    const group = Int32Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 - stratum[i]! : stratum[i]!));
    let [together, apart] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const x = Float64Array.from(stratum, (s) => 0.4 * normal(random) + s);
      for (const strata of [1, 2]) {
        const layout = groupLayout(group, strata === 1 ? new Int32Array(40) : stratum, 2, strata);
        const { statistic } = defined(groupEffects(x, group, layout));
        const p = permuteGroups(x, group, layout, statistic, { seed, permutations: 99 });
        if (p > 0.05) continue;
        if (strata === 1) together++;
        else apart++;
      }
    }
    expect(together).toBeGreaterThan(150);
    expect(apart).toBeLessThan(20);
  });
});
