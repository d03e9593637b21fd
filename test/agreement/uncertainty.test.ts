import { describe, expect, it } from "vitest";
import { measuredRow } from "../../src/agreement/rows.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";

// Krippendorff (2011), 4 observers × 12 units with missing values.
const TABLE = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const CATEGORIES = [1, 2, 3, 4, 5];
const RATINGS: Rating[] = TABLE.flatMap((row, rater) =>
  row.flatMap((value, unit) => (value === null ? [] : [{ unit: `u${unit}`, rater: `r${rater}`, value }])),
);
const patterns = (ratings: Rating[]) => patternsOfRatings(ratings, { categories: CATEGORIES });

const ASKED: Parameters<typeof measuredRow>[1] = {
  coefficients: [
    { coefficient: "PERCENT_AGREEMENT", weighting: "UNWEIGHTED" },
    { coefficient: "KRIPPENDORFF_ALPHA", weighting: "ORDINAL" },
  ],
  inference: { kinds: [], level: 0.95, seed: 0, resamples: 0 },
  measured: { criterionVersion: 1, key: "k", version: 1, level: "ORDINAL", categories: CATEGORIES },
};

describe("the uncertainty of a coefficient", () => {
  const [agreement, alpha] = measuredRow({ patterns: patterns(RATINGS) }, ASKED).coefficients;

  it("is the delete-one-unit jackknife for alpha, as leaving out each unit by hand gives it", () => {
    const units = [...new Set(RATINGS.map((rating) => rating.unit))].filter(
      (unit) => RATINGS.filter((rating) => rating.unit === unit).length > 1,
    );
    const left = units.map((unit) => {
      const found = krippendorffAlpha(patterns(RATINGS.filter((rating) => rating.unit !== unit)), "ORDINAL");
      return found.kind === "defined" ? found.value : NaN;
    });
    const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
    const squares = left.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(alpha!.standardError).toBeCloseTo(Math.sqrt(((left.length - 1) / left.length) * squares), 12);
    expect(alpha!.interval).toMatchObject({ level: 0.95, method: "JACKKNIFE_T" });
    expect(alpha!.interval!.low).toBeLessThan(alpha!.value!);
    expect(alpha!.interval!.high).toBeLessThanOrEqual(1);
  });

  it("is Gwet's for percent agreement", () => {
    // R irrCAC 1.4, pa.coeff.raw on this table: 0.818182, standard error 0.125609.
    expect(agreement!.value).toBeCloseTo(0.818182, 6);
    expect(agreement!.standardError).toBeCloseTo(0.125608959946865, 9);
    expect(agreement!.interval!.method).toBe("GWET_LINEARIZATION_T");
  });

  it("is not there where there is no value", () => {
    const alone = patterns(RATINGS.filter((rating) => rating.rater === "r0"));
    const [, none] = measuredRow({ patterns: alone }, ASKED).coefficients;
    expect(none).toMatchObject({ value: null, undefinedBecause: "NO_PAIRABLE_UNITS" });
    expect([none!.standardError, none!.interval]).toEqual([null, null]);
  });
});
