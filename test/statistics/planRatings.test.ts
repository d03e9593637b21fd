// Does a plan give the interval that was asked for, when fresh ratings of the planned size are made?
import { describe, expect, test } from "vitest";
import type { Estimate } from "../../src/statistics/estimate.js";
import { jackknife } from "../../src/statistics/jackknife.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { jackknifeError, planRatings, type PlanAsked } from "../../src/statistics/planRatings.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { patternsOfHistogram, type RatingPatterns } from "../../src/statistics/ratingPatterns.js";
import { tQuantile } from "../../src/statistics/tQuantile.js";
import { deepFreeze, shuffled } from "./sampleRatings.js";

const numberOf = (estimate: Estimate) => (estimate.kind === "defined" ? estimate.value : undefined);
const agreement = (ratings: RatingPatterns) => numberOf(percentAgreement(ratings));
const nominal = (ratings: RatingPatterns) => numberOf(krippendorffAlpha(ratings, "NOMINAL"));
const interval = (ratings: RatingPatterns) => numberOf(krippendorffAlpha(ratings, "INTERVAL"));

/** The plan; fails where there is none. */
function planOf(ratings: RatingPatterns, statistic: typeof nominal, asked: PlanAsked) {
  const found = planRatings(ratings, jackknifeError(statistic), asked);
  if (found.kind === "undefined") throw new Error(`expected a plan, found ${found.because}`);
  return found;
}

/** Units of classes 1 to 3, each rating right four times of five; every unit has its own difficulty. */
function labels(units: number, raters: number, seed: number): Rating[] {
  const random = randomNumbers(seed);
  return Array.from({ length: units }, (_, unit) => {
    const [truth, skill] = [Math.floor(3 * random.next()), 0.6 + 0.4 * random.next()];
    return Array.from({ length: raters }, (__, rater) => {
      const value = 1 + (random.next() < skill ? truth : Math.floor(3 * random.next()));
      return { unit, rater, value };
    });
  }).flat();
}

const read = { categories: [1, 2, 3] };

describe("where every unit has two ratings", () => {
  const rows = [
    { units: 70, counts: [2, 0] },
    { units: 30, counts: [1, 1] },
  ];
  const doubles = deepFreeze(patternsOfHistogram(["a", "b"], rows, 2));

  test("the variance of percent agreement is p (1 − p) n/(n − 1), and the units are as many as t asks for", () => {
    const { rows: found } = planOf(doubles, agreement, { halfWidth: 0.05, mostRaters: 5, seed: 1 });
    const s2 = (0.7 * 0.3 * 100) / 99;
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ raters: 2, perUnitVariance: expect.closeTo(s2, 12), extrapolated: false });
    const reach = (n: number) => tQuantile(0.975, n - 1) * Math.sqrt(s2 / n);
    const { units, ratings } = found[0]!;
    expect([reach(units) <= 0.05, reach(units - 1) <= 0.05, ratings]).toEqual([true, false, 2 * units]);
  });

  test("a wide interval takes two units or some more, a higher level takes more", () => {
    const unitsFor = (asked: Partial<PlanAsked>) =>
      planOf(doubles, agreement, { halfWidth: 3, mostRaters: 2, seed: 1, ...asked }).rows[0]!.units;
    expect(unitsFor({ halfWidth: 10 })).toBe(2);
    expect(unitsFor({})).toBe(3);
    expect(unitsFor({ halfWidth: 0.05, level: 0.99 })).toBeGreaterThan(unitsFor({ halfWidth: 0.05 }));
  });
});

describe("fresh ratings of the planned size", () => {
  const pilot = patternsOfRatings(labels(500, 4, 1), read);
  const { rows, fewestRatings } = planOf(pilot, nominal, { halfWidth: 0.06, mostRaters: 7, seed: 3 });

  test("are planned for 2 to 4 raters from the ratings, and up to 7 from the fit", () => {
    expect(rows.map(({ raters, extrapolated }) => [raters, extrapolated])).toEqual([
      [2, false],
      [3, false],
      [4, false],
      [5, true],
      [6, true],
      [7, true],
    ]);
    expect(Math.min(...rows.map(({ ratings }) => ratings))).toBe(rows[fewestRatings]!.ratings);
  });

  test.each([0, 1, 2, 3, 5])("give an interval as narrow as was asked for, within a fifth: row %d", (row) => {
    const { units, raters } = rows[row]!;
    const reaches = [11, 12, 13, 14, 15, 16].map((seed) => {
      const { standardError } = jackknife(patternsOfRatings(labels(units, raters, seed), read), nominal);
      return tQuantile(0.975, units - 1) * standardError!;
    });
    const mean = reaches.reduce((sum, reach) => sum + reach, 0) / reaches.length;
    expect(mean / 0.06).toBeGreaterThan(0.8);
    expect(mean / 0.06).toBeLessThan(1.2);
  });

  test("do so for numbers as well, where units are drawn and not all looked at", () => {
    const scores = (units: number, raters: number, seed: number) => {
      const random = randomNumbers(seed);
      const noise = () => random.next() + random.next() + random.next() - 1.5;
      const ratings = Array.from({ length: units }, (_, unit) => {
        const truth = 2 * noise();
        return Array.from({ length: raters }, (__, rater) => ({ unit, rater, value: truth + noise() }));
      });
      return patternsOfRatings(ratings.flat());
    };
    const [two, three] = planOf(scores(400, 3, 1), interval, { halfWidth: 0.05, mostRaters: 3, seed: 2 }).rows;
    for (const { units, raters } of [two!, three!]) {
      const { standardError } = jackknife(scores(units, raters, 7), interval);
      const reach = tQuantile(0.975, units - 1) * standardError!;
      expect(reach / 0.05).toBeGreaterThan(0.8);
      expect(reach / 0.05).toBeLessThan(1.2);
    }
  });
});

test("the same seed plans the same, in whatever order the ratings come", () => {
  const ratings = labels(60, 3, 2);
  const asked = { halfWidth: 0.1, mostRaters: 6, seed: 5 };
  const found = planOf(deepFreeze(patternsOfRatings(ratings, read)), nominal, asked);
  expect(planOf(patternsOfRatings(shuffled(ratings, 8), read), nominal, asked)).toEqual(found);
  expect(planOf(patternsOfRatings(ratings, read), nominal, { ...asked, seed: 6 })).not.toEqual(found);
});

test("more ratings than few units have are not planned from them", () => {
  const rows = [
    { units: 100, counts: [1, 1, 0] },
    { units: 100, counts: [2, 0, 0] },
    { units: 25, counts: [1, 1, 1] },
  ];
  const { rows: found } = planOf(patternsOfHistogram([1, 2, 3], rows, 3), agreement, {
    halfWidth: 0.1,
    mostRaters: 4,
    seed: 1,
  });
  expect(found.map(({ raters }) => raters)).toEqual([2]);
});

describe("there is no plan", () => {
  const asked = { halfWidth: 0.1, mostRaters: 3, seed: 1 };
  const reasonOf = (
    rows: { units: number; counts: number[] }[],
    statistic = nominal,
    more: Partial<PlanAsked> = {},
  ) => {
    const ratings = patternsOfHistogram(["a", "b"], rows, null);
    return planRatings(ratings, jackknifeError(statistic), { ...asked, ...more });
  };

  test.each([
    ["NO_RATINGS", []],
    ["NO_PAIRABLE_UNITS", [{ units: 50, counts: [1, 0] }]],
    ["TOO_FEW_UNITS", [{ units: 19, counts: [1, 1] }]],
    ["NO_STANDARD_ERROR", [{ units: 50, counts: [2, 0] }]],
  ])("where the reason is %s", (because, rows) => expect(reasonOf(rows)).toEqual({ kind: "undefined", because }));

  test("where all agree, though percent agreement has a value", () => {
    expect(reasonOf([{ units: 50, counts: [2, 0] }], agreement)).toMatchObject({ because: "NO_VARIATION" });
  });

  test("where it would take more than a billion units", () => {
    const rows = [
      { units: 50, counts: [2, 0] },
      { units: 50, counts: [1, 1] },
    ];
    expect(reasonOf(rows, agreement, { halfWidth: 1e-9 })).toMatchObject({ because: "TOO_MANY_UNITS" });
    expect(reasonOf(rows, agreement, { halfWidth: 1e-300 })).toMatchObject({ because: "TOO_MANY_UNITS" });
  });

  test.each([
    { halfWidth: 0 },
    { halfWidth: Number.NaN },
    { level: 1 },
    { mostRaters: 1 },
    { mostRaters: 2.5 },
    { mostRaters: 1_001 },
    { draws: 0 },
  ])("for %j", (wrong) => expect(() => reasonOf([], nominal, wrong)).toThrow(RangeError));
});
