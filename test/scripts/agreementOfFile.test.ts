// Is a file of ratings read as it says, and refused with the row that is wrong?
import { describe, expect, test } from "vitest";
import { agreementOfRatings, type AgreementQuestion, type FileRow } from "../../scripts/assay/agreementOfFile.js";
import { deepFreeze } from "../statistics/sampleRatings.js";

const question: AgreementQuestion = { unit: "item", rater: "who", value: "score", level: "ORDINAL" };
const ask = (rows: FileRow[], changes: Partial<AgreementQuestion> = {}) =>
  agreementOfRatings(rows, { ...question, ...changes });
const fileOf = (text: string): FileRow[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(","))
    .map(([item, who, score]) => ({ item, who, score }));
const refused = (row: number | null, message: RegExp) =>
  expect.objectContaining({ name: "RatingFileError", row, message: expect.stringMatching(message) });

const fourItems = fileOf(`
  q1,ann,1
  q1,bob,1
  q2,ann,2
  q2,bob,3
  q3,ann,3
  q3,bob,3
  q4,ann,5
`);

describe("the answer", () => {
  test("has percent agreement and alpha with what they rest on", () => {
    const counts = { undefinedBecause: null, units: 4, raters: 2, pairableValues: 6 };
    expect(ask(deepFreeze(fourItems))).toEqual({
      rows: [
        { coefficient: "percent_agreement", weighting: "unweighted", value: expect.closeTo(2 / 3, 12), ...counts },
        // n_c = 2, 1, 3 for 1, 2, 3 with mid-ranks 1, 2.5, 4.5: 1 − 5 · 4 / (4.5 + 73.5 + 12)
        { coefficient: "krippendorff_alpha", weighting: "ordinal", value: expect.closeTo(7 / 9, 12), ...counts },
      ],
      skipped: 0,
    });
  });

  test("names why there is no value", () => {
    const alone = fileOf("q1,ann,1\nq2,bob,2");
    expect(ask(alone).rows.map((row) => [row.value, row.undefinedBecause])).toEqual([
      [null, "NO_PAIRABLE_UNITS"],
      [null, "NO_PAIRABLE_UNITS"],
    ]);
    expect(ask([]).rows[0]).toMatchObject({ value: null, undefinedBecause: "NO_RATINGS", units: 0, raters: 0 });
    expect(ask(fileOf("q1,ann,1\nq1,bob,1")).rows[1]).toMatchObject({ undefinedBecause: "NO_VARIATION" });
    expect(ask(fileOf("q1,ann,-1\nq1,bob,1"), { level: "RATIO" }).rows[1]).toMatchObject({
      undefinedBecause: "NEGATIVE_VALUES",
    });
  });
});

describe("a row without a value", () => {
  test("is skipped and counted, be it empty, blank, null or absent", () => {
    const missing = [
      { item: "q4", who: "bob", score: "" },
      { item: "q4", who: "bob", score: "  " },
      { item: "q4", who: "bob", score: null },
      { item: "q4", who: "bob" },
    ];
    const found = ask([...missing, ...fourItems]);
    expect(found).toEqual({ rows: ask(fourItems).rows, skipped: 4 });
  });
});

describe("values", () => {
  test("that are all numbers are numbers, in CSV and in JSON lines", () => {
    const asText = fileOf("q1,ann,10\nq1,bob,9\nq2,ann,1.0\nq2,bob,1");
    const asJson = asText.map((row) => ({ ...row, score: Number(row.score) }));
    expect(ask(asText)).toEqual(ask(asJson));
    expect(ask(asText).rows[0]!.value).toBe(0.5);
  });

  test("that are labels are compared exactly", () => {
    expect(ask(fileOf("q1,ann,Yes\nq1,bob,yes"), { level: "NOMINAL" }).rows[0]!.value).toBe(0);
  });

  test("in JSON lines may be true and false", () => {
    const rows = [true, true, false].map((score, i) => ({ item: "q1", who: i, score }));
    expect(ask(rows, { level: "NOMINAL" }).rows[0]!.value).toBeCloseTo(1 / 3, 12);
  });

  test("take the order of the categories", () => {
    const rows = fileOf("q1,ann,low\nq1,bob,mid\nq2,ann,high\nq2,bob,high\nq3,ann,low\nq3,bob,low");
    const codes: Record<string, string> = { low: "1", mid: "2", high: "3" };
    const coded = rows.map((row) => ({ ...row, score: codes[row.score as string]! }));
    expect(ask(rows, { categories: ["low", "mid", "high"] })).toEqual(ask(coded));
    expect(ask(rows, { categories: ["mid", "low", "high"] })).toEqual(ask(coded, { categories: ["2", "1", "3"] }));
  });

  test("that are labels at level ORDINAL need categories that order them", () => {
    expect(() => ask(fileOf("q1,ann,1\nq1,bob,low"))).toThrow(refused(null, /"low"; give the categories in order/));
  });

  test.each(["abc", "NaN", "Infinity", "0x10", "1,5", "1e999"])(
    "such as %s are no numbers at level INTERVAL",
    (score) => {
      const rows = [{ item: "q1", who: "ann", score: "" }, ...fourItems.slice(0, 2), { item: "q2", who: "ann", score }];
      expect(() => ask(rows, { level: "INTERVAL" })).toThrow(refused(4, /^row 4: value ".*" is not a number$/));
    },
  );

  test("outside the categories are refused with their row, skipped rows counted in", () => {
    const rows = [{ item: "q0", who: "ann", score: null }, ...fourItems];
    expect(() => ask(rows, { categories: ["1", "2", "3"] })).toThrow(
      refused(8, /^row 8: value 5 is not one of .*1, 2, 3$/),
    );
  });

  test("in the file may be labels where the categories are, even when some look like numbers", () => {
    const rows = fileOf("q1,ann,1\nq1,bob,n/a");
    expect(ask(rows, { level: "NOMINAL", categories: ["1", "2", "n/a"] }).rows[0]!.value).toBe(0);
    expect(() => ask(rows, { level: "INTERVAL", categories: ["1", "n/a"] })).toThrow(refused(null, /category "n\/a"/));
  });
});

describe("a rater's second rating of a unit", () => {
  const rows = fileOf("q1,ann,1\nq1,bob,1\nq1,ann,2\nq2,ann,3\nq2,bob,3");
  const underlying = (repeats?: "LATEST" | "FIRST" | "ALL") => {
    const { value, raters, pairableValues } = ask(rows, { repeats }).rows[0]!;
    return { value, raters, pairableValues };
  };

  test("replaces the first by default", () => {
    expect(underlying()).toEqual({ value: 0.5, raters: 2, pairableValues: 4 });
    expect(underlying("LATEST")).toEqual(underlying());
  });

  test("is left out under FIRST", () =>
    expect(underlying("FIRST")).toEqual({ value: 1, raters: 2, pairableValues: 4 }));

  test("counts as a further rater's under ALL", () => {
    expect(underlying("ALL")).toEqual({ value: expect.closeTo(2 / 3, 12), raters: 2, pairableValues: 5 });
  });
});

describe("the file", () => {
  test("is refused without a column, naming those it has", () => {
    expect(() => ask(fourItems, { value: "rating" })).toThrow(
      refused(null, /no column "rating"; it has item, who, score$/),
    );
  });

  test("is refused at a rating without a rater or a unit", () => {
    expect(() => ask([...fourItems, { item: "q5", who: "", score: "1" }])).toThrow(refused(8, /who is empty/));
    expect(() => ask([...fourItems, { item: null, who: "ann", score: "1" }])).toThrow(refused(8, /item is empty/));
  });
});
