// Are ratings counted as they are, and wrong input refused with what is wrong?
import { describe, expect, test } from "vitest";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreementUnanimous } from "../../src/statistics/percentAgreementUnanimous.js";
import { patternsOfHistogram, type Value } from "../../src/statistics/ratingPatterns.js";

const rated = (...values: Value[]): Rating[] => values.map((value, i) => ({ unit: i >> 1, rater: i % 2, value }));
const refused = (code: string, index: number | null) =>
  expect.objectContaining({ name: "RatingInputError", code, index });

describe("values", () => {
  test("keep the declared order, with the categories that nobody used", () => {
    expect(patternsOfRatings(rated("bad", "good"), { categories: ["good", "fair", "bad"] })).toEqual({
      values: ["good", "fair", "bad"],
      patterns: [
        {
          units: 1,
          counts: [
            [0, 1],
            [2, 1],
          ],
        },
      ],
      raters: 2,
    });
  });

  test("are the distinct numbers ascending where none are declared, so 10 comes after 9", () => {
    expect(patternsOfRatings(rated(10, 9, 9.5, 9)).values).toEqual([9, 9.5, 10]);
  });

  test("that are equal as numbers are one value", () => {
    expect(patternsOfRatings(rated(1, 1.0, 0, -0), { categories: [0, 1] }).patterns).toEqual([
      { units: 1, counts: [[0, 2]] },
      { units: 1, counts: [[1, 2]] },
    ]);
  });

  test.each<[string, Value, Value[]]>([
    ["a number outside the scale", 7, [1, 2, 3]],
    ["a label in another case", "Yes", ["yes", "no"]],
    ["a label with a space", "yes ", ["yes", "no"]],
    ["the text of a declared number", "1", [1, 2, 3]],
  ])("are refused when not declared: %s", (_name, value, categories) => {
    const ratings = rated(categories[0]!, categories[0]!, value);
    expect(() => patternsOfRatings(ratings, { categories })).toThrow(refused("VALUE_NOT_IN_CATEGORIES", 2));
  });

  test("are refused when not finite, declared or not", () => {
    expect(() => patternsOfRatings(rated(1, Number.NaN))).toThrow(refused("VALUE_NOT_FINITE", 1));
    expect(() => patternsOfRatings(rated(1), { categories: [1, Infinity] })).toThrow(refused("VALUE_NOT_FINITE", null));
  });

  test("of two types are refused where no categories say how they stand", () => {
    expect(() => patternsOfRatings(rated(1, "two"))).toThrow(refused("VALUES_OF_TWO_TYPES", 1));
  });

  test("declared twice are refused", () => {
    expect(() => patternsOfRatings([], { categories: [1, 2, 1] })).toThrow(refused("REPEATED_CATEGORY", null));
  });
});

describe("a rater's second rating of a unit", () => {
  const ratings: Rating[] = [
    { unit: "u", rater: "a", value: 1 },
    { unit: "u", rater: "b", value: 1 },
    { unit: "u", rater: "a", value: 2 },
    { unit: "v", rater: "a", value: 3 },
  ];
  const countsUnder = (repeats: "LATEST" | "FIRST" | "ALL") => patternsOfRatings(ratings, { repeats });

  test("is refused unless somebody says which counts", () => {
    expect(() => patternsOfRatings(ratings)).toThrow(refused("REPEATED_RATING", 2));
  });

  test("replaces the first under LATEST", () =>
    expect(countsUnder("LATEST").patterns[0]).toEqual({
      units: 1,
      counts: [
        [0, 1],
        [1, 1],
      ],
    }));

  test("is left out under FIRST", () =>
    expect(countsUnder("FIRST").patterns[0]).toEqual({ units: 1, counts: [[0, 2]] }));

  test("counts as a further rater's under ALL", () => {
    expect(countsUnder("ALL").patterns[0]).toEqual({
      units: 1,
      counts: [
        [0, 2],
        [1, 1],
      ],
    });
    expect([countsUnder("LATEST").raters, countsUnder("ALL").raters]).toEqual([2, 3]);
  });
});

describe("raters", () => {
  test("that were asked and rated nothing count, so that no unit is fully rated", () => {
    expect(percentAgreementUnanimous(patternsOfRatings(rated(1, 1), { raters: 3 }))).toMatchObject({
      because: "NO_FULLY_RATED_UNITS",
      raters: 3,
    });
  });

  test("cannot be fewer than those who rated", () => {
    expect(() => patternsOfRatings(rated(1, 1), { raters: 1 })).toThrow(refused("TOO_FEW_RATERS", null));
  });

  test("that nobody counted leave the unanimous share without a value", () => {
    const patterns = patternsOfHistogram([1, 2], [{ units: 4, counts: [2, 0] }], null);
    expect(percentAgreementUnanimous(patterns)).toMatchObject({ because: "RATERS_UNKNOWN", units: 4, raters: null });
  });
});

describe("a histogram", () => {
  test("adds up equal vectors and leaves out units without ratings", () => {
    const rows = [
      { units: 2, counts: [1, 1] },
      { units: 9, counts: [0, 0] },
      { units: 3, counts: [1, 1] },
      { units: 0, counts: [2, 0] },
    ];
    expect(patternsOfHistogram(["a", "b"], rows, 2).patterns).toEqual([
      {
        units: 5,
        counts: [
          [0, 1],
          [1, 1],
        ],
      },
    ]);
  });

  test("is refused with values that are not distinct or not finite", () => {
    expect(() => patternsOfHistogram([0, -0], [], 2)).toThrow(refused("REPEATED_CATEGORY", null));
    expect(() => patternsOfHistogram([Number.NaN], [], 2)).toThrow(refused("VALUE_NOT_FINITE", null));
  });

  test.each([
    ["too short", 1, [1]],
    ["too long", 1, [1, 0, 0]],
    ["with a negative count", 1, [1, -1]],
    ["with half a count", 1, [0.5, 1]],
    ["with NaN units", Number.NaN, [1, 1]],
  ])("is refused %s", (_name, units, counts) => {
    const rows = [
      { units: 1, counts: [1, 1] },
      { units, counts },
    ];
    expect(() => patternsOfHistogram(["a", "b"], rows, 2)).toThrow(refused("COUNTS_NOT_VALID", 1));
  });
});
