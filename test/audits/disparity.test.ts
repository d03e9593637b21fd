// Does an audit's test of disparity reject as often as it should, and find differences as often as the reference says?
import { expect, it } from "vitest";
import { disparityTests, type DisparityAsked } from "../../src/audits/families/disparity.js";
import { minimumEffectsOf } from "../../src/audits/minimumEffects.js";
import { normalQuantile } from "../../src/statistics/normalDistribution.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { matrixOfColumns, RatingColumns } from "../../src/statistics/ratingColumns.js";

const asked: DisparityAsked = {
  alpha: 0.05,
  seed: 1,
  minimumEffects: minimumEffectsOf([]),
  fewestRatings: 20,
  permutations: 199,
  resamples: 1,
  strata: null,
};

/** 40 raters in two groups, their leanings with a standard deviation of 0.4; 600 units × 3 ratings. */
function rejected(seed: number, effect: number): boolean {
  const random = randomNumbers(seed * 104729);
  const normal = () => normalQuantile(random.next() || 0.5);
  const leaning = Array.from({ length: 40 }, (_, rater) => 0.4 * normal() + (rater < 20 ? effect : 0));
  const columns = new RatingColumns();
  for (let unit = 0; unit < 600; unit++) {
    const quality = 3 + 0.65 * normal();
    const raters = new Set<number>();
    while (raters.size < 3) raters.add(Math.floor(random.next() * 40));
    for (const rater of raters) columns.add(unit, rater, Math.round(quality + leaning[rater]! + 0.5 * normal()));
  }
  const judgement = { name: "quality", matrix: matrixOfColumns(columns, null), level: "INTERVAL" as const, range: 4 };
  const groupOf = new Map(leaning.map((_, rater) => [rater, rater < 20 ? "first" : "second"]));
  const groups = { attribute: "group", groupOf, groupOfAll: groupOf };
  const [test] = disparityTests({ judgement, name: "quality@1" }, groups, { ...asked, seed }).tests;
  return test!.p! <= 0.05;
}

function share(times: number, effect: number): number {
  let count = 0;
  for (let seed = 1; seed <= times; seed++) if (rejected(seed, effect)) count++;
  return count / times;
}

it("rejects about 5 % without a difference", () => {
  expect(share(200, 0)).toBeGreaterThan(0.015);
  expect(share(200, 0)).toBeLessThan(0.095);
});

it("finds 0.3 points about 63 times in 100 and 0.5 about 96 times", () => {
  expect(Math.abs(share(120, 0.3) - 0.63)).toBeLessThan(0.13);
  expect(Math.abs(share(120, 0.5) - 0.96)).toBeLessThan(0.06);
});
