import { describe, expect, it } from "vitest";
import { decodeCounts, encodeCounts } from "../../src/ratings/countVectors.js";
import { outsideScale, placeOf, type CriterionInForce } from "../../src/ratings/scales.js";

const scale = (fields: Partial<CriterionInForce>): CriterionInForce => ({
  criterionVersion: 1,
  key: "q",
  categories: null,
  minimum: null,
  maximum: null,
  ...fields,
});

describe("count vectors", () => {
  it("are two bytes a category, big-endian, and come back as they were", () => {
    expect(encodeCounts([1, 0, 258])).toBe("000100000102");
    expect(decodeCounts(encodeCounts([65_535, 0, 7]))).toEqual([65_535, 0, 7]);
  });

  it("refuse what does not fit, and never wrap", () => {
    for (const count of [65_536, -1, 0.5, Number.NaN]) expect(() => encodeCounts([count])).toThrow(RangeError);
  });
});

describe("a value on a scale", () => {
  it("is a category exactly as declared, numbers as numbers", () => {
    const fit = scale({ categories: ["yes", "no"] });
    expect(placeOf("no", fit)).toEqual({ category: 1, score: null });
    for (const value of ["No", "no ", " no", "", 1]) expect(placeOf(value, fit)).toBeNull();
    const grades = scale({ categories: [0, 0.5, 1] });
    expect(placeOf(1.0, grades)).toEqual({ category: 2, score: null });
    expect(placeOf(-0, grades)).toEqual({ category: 0, score: null });
    expect(placeOf("1", grades)).toBeNull();
  });

  it("lies within the bounds, which belong to it, where it is continuous", () => {
    const share = scale({ minimum: 0, maximum: 1 });
    expect(placeOf(0, share)).toEqual({ category: null, score: 0 });
    expect(placeOf(1, share)).toEqual({ category: null, score: 1 });
    for (const value of [1.0000001, -1e-9, Number.NaN, Number.POSITIVE_INFINITY, "0.5"])
      expect(placeOf(value, share)).toBeNull();
    expect(placeOf(-1e30, scale({}))).toEqual({ category: null, score: -1e30 });
  });

  it("is refused with what came, what was expected and what to do", () => {
    expect(outsideScale("x".repeat(100), scale({ categories: ["yes", "no"] }))).toBe(
      `value "${"x".repeat(60)}…" is outside the scale of q; use "yes" or "no"`,
    );
    expect(outsideScale(-1, scale({ minimum: 0 }))).toBe("value -1 is outside the scale of q; use a number from 0");
    expect(outsideScale("a", scale({ maximum: 9 }))).toBe(`value "a" is outside the scale of q; use a number up to 9`);
    expect(placeOf(1e31, scale({}))).toBeNull();
    expect(placeOf(-1e-31, scale({}))).toBeNull();
    expect(placeOf(-0, scale({}))).toEqual({ category: null, score: -0 });
    expect(outsideScale(1e31, scale({}))).toBe(
      "value 1e+31 is no measure on q; use a number that is 0 or of a size from 1e-30 to 1e30",
    );
    expect(outsideScale("a", scale({}))).toBe(`value "a" is outside the scale of q; use a number`);
    const many = scale({ categories: Array.from({ length: 20 }, (_, i) => i) });
    expect(outsideScale(99, many)).toBe(
      "value 99 is outside the scale 0–19 of q; use 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … (20 categories)",
    );
  });
});
