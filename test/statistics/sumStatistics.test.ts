// Are statistics from sums over units the statistics themselves, also when a unit is left out or drawn again?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyCoefficient, type NamedCoefficient } from "../../src/statistics/everyCoefficient.js";
import { inferCoefficients } from "../../src/statistics/inferCoefficients.js";
import { jackknife, jackknivesOfSums } from "../../src/statistics/jackknife.js";
import { krippendorffAlphaSums } from "../../src/statistics/krippendorffAlpha.js";
import { pairableUnits } from "../../src/statistics/pairableCounts.js";
import { patternsOfRatings } from "../../src/statistics/patternsOfRatings.js";
import { patternsOfHistogram, type RatingPatterns } from "../../src/statistics/ratingPatterns.js";
import { sumsOf, type Statistic } from "../../src/statistics/sumStatistic.js";
import { unitBootstrap, unitBootstrapOfSums } from "../../src/statistics/unitBootstrap.js";
import { deepFreeze, ratingsOfTable, sparseTables, type Table } from "./sampleRatings.js";

type OfCounts = NamedCoefficient & { needs: "COUNTS" };
const counted = everyCoefficient("ORDINAL", true).filter((each): each is OfCounts => each.needs === "COUNTS");
const nameOf = ({ coefficient, weighting }: OfCounts) => `${coefficient}/${weighting}`;
const categories = [1, 2, 3, 4, 5];

/** The coefficient computed anew from all patterns, over the units that it counts. */
function anew(coefficient: OfCounts): Statistic {
  return (ratings) => {
    const found = coefficient.infer(ratings, 0.95);
    return found.kind === "defined" ? found.value : undefined;
  };
}

/** α takes its pairable units, unanimity and Scott's π theirs: what is left out of these is not in their sums. */
function unitsOf({ coefficient }: OfCounts, ratings: RatingPatterns): RatingPatterns | null {
  if (coefficient === "krippendorff_alpha") return pairableUnits(ratings);
  return coefficient === "scott_pi" || coefficient.endsWith("unanimous") ? null : ratings;
}

function forAll(check: (ratings: RatingPatterns) => void): void {
  const given = (table: Table) => check(deepFreeze(patternsOfRatings(ratingsOfTable(table), { categories })));
  fc.assert(fc.property(sparseTables, given), { seed: 7, numRuns: 80 });
}

describe.each(counted.map((each) => [nameOf(each), each] as const))("%s", (_, coefficient) => {
  test("is the same from sums", () =>
    forAll((ratings) => {
      const found = coefficient.infer(ratings, 0.95);
      if (found.kind === "undefined") return;
      const { over, valueOf } = coefficient.sums(ratings);
      expect(valueOf(over.meansOf(sumsOf(over)))).toBeCloseTo(found.value, 11);
    }));

  test("has the same jackknife from sums as computed anew without each unit", () =>
    forAll((ratings) => {
      const units = unitsOf(coefficient, ratings);
      if (!units || coefficient.infer(ratings, 0.95).kind === "undefined") return;
      const quick = jackknivesOfSums([coefficient.sums(ratings)])[0]!;
      const slow = jackknife(units, anew(coefficient));
      quick.leftOut.values.forEach((value, i) => {
        const expected = slow.leftOut.values[i];
        if (expected === undefined) expect(value).toBeUndefined();
        else expect(value).toBeCloseTo(expected, 9);
      });
      if (slow.standardError === null) expect(quick.standardError).toBeNull();
      else expect(quick.standardError).toBeCloseTo(slow.standardError, 9);
    }));
});

const ratings = patternsOfHistogram(
  categories,
  [
    { units: 40, counts: [3, 0, 0, 0, 0] },
    { units: 9, counts: [1, 1, 0, 0, 1] },
    { units: 14, counts: [0, 0, 2, 1, 0] },
    { units: 3, counts: [0, 1, 0, 0, 0] },
    { units: 21, counts: [0, 0, 0, 1, 2] },
  ],
  3,
);

test("resamples drawn once serve several statistics as if each had its own", () => {
  const [ac, fleiss] = counted.filter(({ coefficient }) => /gwet_ac2|fleiss/.test(coefficient));
  const resampling = { seed: 11, resamples: 200 };
  const together = unitBootstrapOfSums(
    [ac!, fleiss!].map((each) => each.sums(ratings)),
    resampling,
  );
  [ac!, fleiss!].forEach((each, i) => {
    const alone = unitBootstrap(ratings, anew(each), resampling);
    expect(together[i]!.undefinedResamples).toBe(alone.undefinedResamples);
    together[i]!.replicates.forEach((value, at) => expect(value).toBeCloseTo(alone.replicates[at]!, 10));
  });
});

test("ordinal α of more values than are paired is computed from all patterns", () => {
  const many = Array.from({ length: 80 }, (_, i) => i);
  const rows = many.map((i) => ({ unit: `u${i % 30}`, rater: `r${i}`, value: (i * 37) % 80 }));
  const some = patternsOfRatings(rows, { categories: many });
  const few = { ...some, values: many.slice(0, 64) };
  expect(krippendorffAlphaSums(some, "ORDINAL").over.size).toBe(some.patterns.length);
  expect(krippendorffAlphaSums(few, "ORDINAL").over.size).toBe(64 + (64 * 63) / 2);
});

describe("intervals that are asked for", () => {
  const kinds = ["ANALYTIC", "JACKKNIFE", "BOOTSTRAP_PERCENTILE", "BOOTSTRAP_BCA"] as const;
  const asked = { kinds, level: 0.9, seed: 5, resamples: 400 };
  const inferred = inferCoefficients(counted, { patterns: ratings }, asked);

  test("come in the order asked, each at its level, with its error, around its value", () => {
    for (const { coefficient, weighting, intervals, ...found } of inferred) {
      if (found.kind === "undefined") continue;
      const name = `${coefficient}/${weighting}`;
      const expected = coefficient.endsWith("unanimous") ? kinds.slice(1) : kinds;
      expect([name, intervals.map(({ kind }) => kind).sort()]).toEqual([name, [...expected].sort()]);
      for (const { low, high, level, standardError } of intervals) {
        expect(level).toBe(0.9);
        expect(standardError).toBeGreaterThan(0);
        expect(low, name).toBeLessThanOrEqual(found.value);
        expect(high, name).toBeGreaterThanOrEqual(found.value);
      }
    }
  });

  test("leave the recommended one in its place", () => {
    for (const { coefficient, interval, kind } of inferred) {
      if (kind === "undefined") continue;
      const jackknifed = /alpha|unanimous/.test(coefficient);
      expect([coefficient, interval?.method]).toEqual([
        coefficient,
        jackknifed ? "JACKKNIFE_T" : "GWET_LINEARIZATION_T",
      ]);
    }
  });

  test("are the same for the same seed, and others for another", () => {
    const again = inferCoefficients(counted, { patterns: ratings }, asked);
    expect(again).toEqual(inferred);
    expect(inferCoefficients(counted, { patterns: ratings }, { ...asked, seed: 6 })).not.toEqual(inferred);
  });
});
