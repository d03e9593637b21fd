// Is a coefficient called what its source calls it, by its lower limit or by Gwet's probabilities?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandMembership, bandOf, bandOfLowerLimit, SCALES, type ScaleName } from "../../src/statistics/benchmark.js";

const names = Object.keys(SCALES) as ScaleName[];

describe("a value lies in the band", () => {
  test.each<[ScaleName, number, string]>([
    ["KRIPPENDORFF", 1, "RELIABLE"],
    ["KRIPPENDORFF", 0.8, "RELIABLE"],
    ["KRIPPENDORFF", 0.7999, "TENTATIVE"],
    ["KRIPPENDORFF", 0.667, "TENTATIVE"],
    ["KRIPPENDORFF", 0.6669, "NOT_RELIABLE"],
    ["LANDIS_KOCH", 0.81, "ALMOST_PERFECT"],
    ["LANDIS_KOCH", 0.8, "SUBSTANTIAL"],
    ["LANDIS_KOCH", 0.6, "MODERATE"],
    ["LANDIS_KOCH", 0.4, "FAIR"],
    ["LANDIS_KOCH", 0.2, "SLIGHT"],
    ["LANDIS_KOCH", 0, "SLIGHT"],
    ["LANDIS_KOCH", -0.01, "POOR"],
    ["ALTMAN", 0.81, "VERY_GOOD"],
    ["ALTMAN", 0.8, "GOOD"],
    ["ALTMAN", 0.2, "POOR"],
    ["ALTMAN", -1, "POOR"],
    ["KOO_LI", 0.91, "EXCELLENT"],
    ["KOO_LI", 0.9, "GOOD"],
    ["KOO_LI", 0.75, "GOOD"],
    ["KOO_LI", 0.5, "MODERATE"],
    ["KOO_LI", 0.49, "POOR"],
    ["KOO_LI", -3, "POOR"],
  ])("of %s at %d: %s", (scale, value, band) => expect(bandOf(value, scale)).toBe(band));

  test("of the lower limit of its interval, and in none without an interval", () => {
    expect(bandOfLowerLimit({ low: 0.7 }, "KRIPPENDORFF")).toEqual({ kind: "defined", band: "TENTATIVE" });
    expect(bandOfLowerLimit(null, "KRIPPENDORFF")).toEqual({ kind: "undefined", because: "NO_INTERVAL" });
    expect(() => bandOf(Number.NaN, "ALTMAN")).toThrow(RangeError);
  });
});

test("a scale has its bands from the top down to −1, and a source", () => {
  for (const scale of names) {
    const bounds = SCALES[scale].bands.map(({ from }) => from);
    expect(bounds).toEqual([...bounds].sort((a, b) => b - a));
    expect(bounds.at(-1)).toBe(-1);
    expect(SCALES[scale].source).toMatch(/\d{4}/);
  }
});

describe("the probability of a band", () => {
  const cumulative = (value: number, error: number, scale: ScaleName) => {
    const found = bandMembership(value, error, scale);
    if (found.kind === "undefined") throw new Error(found.because);
    return { band: found.band, cumulative: found.bands.map((band) => band.cumulative) };
  };

  // AC1 of cac.raw4raters, as the vignette of R irrCAC 1.4 on benchmarking prints it
  test("is what irrCAC prints for 0.77544 ± 0.14295", () => {
    expect(cumulative(0.77544, 0.14295, "LANDIS_KOCH")).toEqual({
      band: "MODERATE",
      cumulative: [0.39674, 0.88336, 0.99542, 0.99997, 1, 1].map((share) => expect.closeTo(share, 5)),
    });
    expect(cumulative(0.77544, 0.14295, "ALTMAN")).toEqual({
      band: "MODERATE",
      cumulative: [0.39674, 0.88336, 0.99542, 0.99997, 1].map((share) => expect.closeTo(share, 5)),
    });
  });

  // the example in the documentation of irrCAC for Python 0.4
  test("is what the Python package prints for 0.67 ± 0.15", () => {
    expect(cumulative(0.67, 0.15, "ALTMAN")).toEqual({
      band: "MODERATE",
      cumulative: [0.18168, 0.67511, 0.96356, 0.99912, 1].map((share) => expect.closeTo(share, 5)),
    });
    expect(cumulative(0.67, 0.15, "LANDIS_KOCH").cumulative[3]).toBeCloseTo(0.99912, 5);
  });

  test("adds up to 1, whatever the value and its error", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1.5, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.constantFrom(...names),
        (value, error, scale) => {
          const found = cumulative(value, error, scale).cumulative;
          expect(found.at(-1)).toBeCloseTo(1, 9);
          found.forEach((share, i) => expect(share).toBeGreaterThanOrEqual((found[i - 1] ?? 0) - 1e-12));
        },
      ),
    );
  });

  test("is 1 for the band of the value when nothing is uncertain", () => {
    expect(cumulative(0.7, 0, "KRIPPENDORFF")).toEqual({ band: "TENTATIVE", cumulative: [0, 1, 1] });
    expect(cumulative(1, 0, "KOO_LI")).toMatchObject({ band: "EXCELLENT", cumulative: [1, 1, 1, 1] });
  });

  test("has no value without an error, and is refused for what is no estimate", () => {
    expect(bandMembership(0.5, null, "ALTMAN")).toEqual({ kind: "undefined", because: "NO_STANDARD_ERROR" });
    expect(() => bandMembership(Number.NaN, 0.1, "ALTMAN")).toThrow(RangeError);
    expect(() => bandMembership(0.5, -0.1, "ALTMAN")).toThrow(RangeError);
    expect(() => bandMembership(0.5, Infinity, "ALTMAN")).toThrow(RangeError);
  });
});
