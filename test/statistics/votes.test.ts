// Do votes by majority and by skill keep their laws, and what do they give on ties and without ratings?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreementWithMajority } from "../../src/statistics/agreementWithMajority.js";
import { greatestIndex } from "../../src/statistics/greatestIndex.js";
import { majorityVote } from "../../src/statistics/majorityVote.js";
import type { Rating } from "../../src/statistics/patternsOfRatings.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { weightedVote } from "../../src/statistics/weightedVote.js";
import { deepFreeze, ratingsOfTable, shuffled, sparseTables, valueOrReason, type Table } from "./sampleRatings.js";

const scale = [1, 2, 3, 4, 5];
const matrixOf = (ratings: Rating[], categories = scale) => raterMatrix(ratings, { categories });
const ofTable = (table: Table) => matrixOf(ratingsOfTable(table));
const nothing = matrixOf([]);

function forAll(check: (table: Table, seed: number) => void): void {
  fc.assert(fc.property(sparseTables, fc.nat(), check), { seed: 42, numRuns: 60 });
}

/** By the name of the unit its value, or null. */
function byUnit(matrix: ReturnType<typeof ofTable>, indexes: ReadonlyArray<number | null>) {
  return new Map(Array.from(matrix.units, (name, u) => [name, indexes[u] == null ? null : matrix.values[indexes[u]]]));
}

/** By the name of the rater its share, or why it has none. */
function byName({ byRater }: ReturnType<typeof agreementWithMajority>) {
  return Object.fromEntries(byRater.map(({ rater, agreement }) => [rater, valueOrReason(agreement)]));
}

describe("the greatest of some numbers", () => {
  test("is null where another one is as great, and the first of them on request", () => {
    expect(greatestIndex([3, 1, 2], 0, 3)).toBe(0);
    expect(greatestIndex([9, 1, 2, 2], 1, 3)).toBeNull();
    expect(greatestIndex([9, 1, 2, 2], 1, 3, "FIRST_VALUE")).toBe(1);
    expect(greatestIndex([0, 0], 0, 2)).toBeNull();
  });

  test("is not decided by rounding", () => {
    expect(0.1 + 0.2).toBeGreaterThan(0.3);
    expect(greatestIndex([0.3, 0.1 + 0.2], 0, 2)).toBeNull();
    expect(greatestIndex([0.3, 0.1 + 0.2], 0, 2, "FIRST_VALUE")).toBe(0);
    expect(greatestIndex([0.3, 0.300001], 0, 2)).toBe(1);
  });
});

describe("the majority vote", () => {
  const matrix = ofTable([
    [1, 1, 2],
    [4, 2, null],
    [5, null, null],
  ]);

  test("gives shares, the majority and no majority on a tie", () => {
    const { shares, majority, topShare, tiedUnits, meanTopShare } = majorityVote(matrix);
    expect(Array.from(matrix.units)).toEqual(["u0", "u1", "u2"]);
    expect([...shares.subarray(0, 5)]).toEqual([2 / 3, 1 / 3, 0, 0, 0]);
    expect([...shares.subarray(5, 15)]).toEqual([0, 0.5, 0, 0.5, 0, 0, 0, 0, 0, 1]);
    expect(majority).toEqual([0, null, 4]);
    expect([...topShare]).toEqual([2 / 3, 0.5, 1]);
    expect(tiedUnits).toBe(1);
    const counts = { units: 3, raters: 3, pairableValues: 5 };
    expect(meanTopShare).toEqual({ kind: "defined", value: (2 / 3 + 0.5 + 1) / 3, ...counts });
  });

  test("gives the first tied value under the other rule, and the same of all else", () => {
    const first = majorityVote(matrix, "FIRST_VALUE");
    expect(first).toEqual({ ...majorityVote(matrix), majority: [0, 1, 4] });
  });

  test("has no mean without ratings", () => {
    expect(majorityVote(nothing)).toMatchObject({ majority: [], meanTopShare: { because: "NO_RATINGS", units: 0 } });
  });

  test("is bit for bit the same for rows in another order", () =>
    forAll((table, seed) => {
      const again = matrixOf(shuffled(ratingsOfTable(table), seed));
      expect(weightedVote(again)).toEqual(weightedVote(ofTable(table)));
      expect(majorityVote(again)).toEqual(majorityVote(ofTable(table)));
    }));

  test("does not depend on who rated (within-unit-shuffle)", () =>
    forAll((table, seed) => {
      const [one, other] = [ofTable(table), ofTable(table.map((row, unit) => shuffled(row, seed + unit)))];
      expect(byUnit(other, majorityVote(other).majority)).toEqual(byUnit(one, majorityVote(one).majority));
    }));

  test("does not depend on the order of the values, but under the first-value rule (relabel-invariance)", () =>
    forAll((table, seed) => {
      const [one, other] = [ofTable(table), matrixOf(ratingsOfTable(table), shuffled(scale, seed))];
      for (const vote of [(m: typeof one) => majorityVote(m).majority, (m: typeof one) => weightedVote(m).labels])
        expect(byUnit(other, vote(other))).toEqual(byUnit(one, vote(one)));
    }));

  test("has shares that sum to 1", () =>
    forAll((table) => {
      const matrix = ofTable(table);
      const { shares } = majorityVote(matrix);
      for (let at = 0; at < shares.length; at += 5)
        expect(shares.subarray(at, at + 5).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }));
});

describe("agreement with the majority", () => {
  const table = [
    [1, 1, 2, null],
    [3, 3, 3, null],
    [4, 2, null, null],
    [5, null, null, null],
    [null, null, 1, 2],
  ];

  test("leaves out tied units, and says so of a rater with no others", () => {
    const found = agreementWithMajority(ofTable(table));
    expect(byName(found)).toEqual({ r0: 1, r1: 1, r2: 0.5, r3: "NO_MAJORITY" });
    expect(found.byRater.map(({ ratings }) => ratings)).toEqual([3, 2, 2, 0]);
    expect(found.byRater[0]!.agreement).toMatchObject({ units: 3, raters: 1, pairableValues: 2 });
    expect(found).toMatchObject({ overall: { value: 6 / 7, units: 5 }, tiedUnits: 2 });
  });

  test("counts tied units for their first value under the other rule", () => {
    const found = agreementWithMajority(ofTable(table), "FIRST_VALUE");
    expect(byName(found)).toEqual({ r0: 0.75, r1: 1, r2: 2 / 3, r3: 0 });
    expect(found).toMatchObject({ overall: { value: 8 / 11 }, tiedUnits: 2 });
  });

  test("has no value without ratings, and none where every unit is tied", () => {
    expect(agreementWithMajority(nothing)).toMatchObject({ overall: { because: "NO_RATINGS" }, byRater: [] });
    expect(agreementWithMajority(ofTable([[1, 2]])).overall).toMatchObject({ because: "NO_MAJORITY", units: 1 });
  });

  test("takes all repeats of a rater together", () => {
    const ratings = [1, 1, 2].map((value) => ({ unit: "u", rater: "a", value }));
    const matrix = raterMatrix([...ratings, { unit: "u", rater: "b", value: 1 }], {
      categories: scale,
      repeats: "ALL",
    });
    const found = agreementWithMajority(matrix);
    expect(byName(found)).toEqual({ a: 2 / 3, b: 1 });
    expect(found.byRater[0]!.agreement).toMatchObject({ units: 1, pairableValues: 3 });
  });

  test("follows the raters' names", () =>
    forAll((table, seed) => {
      const names = shuffled(["v", "w", "x", "y", "z"], seed);
      const nameOf = (rater: Rating["rater"]) => names[Number(String(rater).slice(1))]!;
      const renamed = ratingsOfTable(table).map((rating) => ({
        ...rating,
        rater: nameOf(rating.rater),
      }));
      const [one, other] = [
        byName(agreementWithMajority(ofTable(table))),
        byName(agreementWithMajority(matrixOf(renamed))),
      ];
      expect(other).toEqual(Object.fromEntries(Object.entries(one).map(([rater, share]) => [nameOf(rater), share])));
    }));
});

describe("the vote weighted by skill", () => {
  // r0 and r1 are always with the majority; r2 and r3 never are but in the last unit, where each has one ally.
  const table = [
    [1, 1, 2, null],
    [1, 1, null, 3],
    [2, 2, 3, null],
    [2, 2, null, 4],
    [3, null, 4, null],
    [null, 3, 4, 4],
  ];

  test("lets the skilled outvote the unskilled", () => {
    const matrix = ofTable(table);
    const { skills, labels, shares } = weightedVote(matrix);
    expect(byName(skills)).toEqual({ r0: 1, r1: 0.8, r2: 1 / 3, r3: 1 / 3 });
    expect(majorityVote(matrix).majority.filter((label) => label === null)).toHaveLength(1);
    expect(byUnit(matrix, labels)).toEqual(
      new Map([
        ["u0", 1],
        ["u1", 1],
        ["u2", 2],
        ["u3", 2],
        ["u4", 3],
        ["u5", 3],
      ]),
    );
    const last = Array.from(matrix.units).indexOf("u5") * 5;
    expect(shares[last + 2]).toBeCloseTo(0.8 / (0.8 + 2 / 3), 12);
  });

  test("has no label where nobody has weight or the weights are equal, and the first one on request", () => {
    const matrix = ofTable([[1, 2]]);
    expect(weightedVote(matrix)).toMatchObject({ labels: [null], shares: new Float64Array(5) });
    expect(weightedVote(matrix, "FIRST_VALUE").labels).toEqual([0]);
    const equal = ofTable([
      [1, 1],
      [3, 2],
    ]);
    expect(byUnit(equal, weightedVote(equal).labels).get("u1")).toBeNull();
  });

  test("is empty without ratings", () => {
    expect(weightedVote(nothing)).toMatchObject({ labels: [], skills: { overall: { because: "NO_RATINGS" } } });
  });

  test("leaves the ratings as they were", () => {
    const matrix = ofTable(table);
    const before = structuredClone(matrix);
    weightedVote(deepFreeze(matrix), "FIRST_VALUE");
    expect(matrix).toEqual(before);
  });
});
