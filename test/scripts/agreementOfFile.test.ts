// Is a file of ratings read as it says, and refused with the row that is wrong?
import { describe, expect, test } from "vitest";
import {
  agreementOfRatings,
  type AgreementQuestion,
  type CoefficientRow,
  type FileRow,
} from "../../scripts/assay/agreement/agreementOfFile.js";
import { deepFreeze } from "../statistics/sampleRatings.js";
import { ratingsOf, vectorsAbsent, vectorsByDataset, type Vector } from "../statistics/sharedVectors.js";

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
    const interval = (method: string) => ({ low: expect.any(Number), high: 1, level: 0.95, method });
    expect(ask(deepFreeze(fourItems))).toEqual({
      rows: [
        {
          coefficient: "percent_agreement",
          weighting: "unweighted",
          value: expect.closeTo(2 / 3, 12),
          standardError: expect.any(Number),
          interval: interval("gwet_linearization_t"),
          ...counts,
        },
        {
          coefficient: "krippendorff_alpha",
          weighting: "ordinal",
          // n_c = 2, 1, 3 for 1, 2, 3 with mid-ranks 1, 2.5, 4.5: 1 − 5 · 4 / (4.5 + 73.5 + 12)
          value: expect.closeTo(7 / 9, 12),
          standardError: expect.any(Number),
          interval: interval("jackknife_t"),
          ...counts,
        },
      ],
      skipped: 0,
      warnings: ["FEW_UNITS"],
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
    expect(found).toEqual({ ...ask(fourItems), skipped: 4 });
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
    expect(ask(rows, { categories: ["low", "mid", "high"] })).toEqual(ask(coded, { categories: ["1", "2", "3"] }));
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

describe("every coefficient", () => {
  const named = (rows: CoefficientRow[], coefficient: string, weighting: string) =>
    rows.find((row) => row.coefficient === coefficient && row.weighting === weighting)!;

  test("has its value, its error and its interval, or the reason", () => {
    const { rows } = ask(fourItems, { all: true, categories: [1, 2, 3, 4, 5] });
    const counts = { units: 4, raters: 2, pairableValues: 6 };
    expect(named(rows, "krippendorff_alpha", "ordinal")).toEqual({
      coefficient: "krippendorff_alpha",
      weighting: "ordinal",
      value: expect.closeTo(7 / 9, 12),
      undefinedBecause: null,
      ...counts,
      standardError: expect.any(Number),
      interval: { low: expect.any(Number), high: 1, level: 0.95, method: "gwet_linearization_t" },
    });
    expect(named(rows, "icc", "ICC(2,1)")).toEqual({
      coefficient: "icc",
      weighting: "ICC(2,1)",
      value: null,
      undefinedBecause: "INCOMPLETE_RATINGS",
      ...counts,
      standardError: null,
      interval: null,
    });
    expect(named(rows, "cohen_kappa", "quadratic").interval!.method).toBe("fleiss_cohen_everitt_normal");
  });

  test("is one for each name, and only those of labels at level NOMINAL", () => {
    const names = (level: AgreementQuestion["level"]) =>
      ask(fourItems, { all: true, level }).rows.map((row) => `${row.coefficient}/${row.weighting}`);
    for (const level of ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"] as const)
      expect(new Set(names(level)).size).toBe(names(level).length);
    expect(names("NOMINAL")).toHaveLength(11);
    expect(names("NOMINAL").filter((name) => !/\/(unweighted|nominal)$/.test(name))).toEqual([]);
    expect(names("ORDINAL")).toContain("gwet_ac2/quadratic");
  });

  test("that depends on unused values needs the categories", () => {
    const undeclared = (level: AgreementQuestion["level"]) =>
      ask(fourItems, { all: true, level })
        .rows.filter((row) => row.undefinedBecause === "CATEGORIES_NOT_DECLARED")
        .map((row) => `${row.coefficient}/${row.weighting}`);
    expect(undeclared("NOMINAL")).toEqual(["gwet_ac1/unweighted", "brennan_prediger/unweighted", "pabak/unweighted"]);
    expect(undeclared("ORDINAL")).toContain("percent_agreement/linear");
    expect(undeclared("ORDINAL")).toContain("fleiss_kappa/ordinal");
    expect(undeclared("ORDINAL")).not.toContain("fleiss_kappa/linear");
    expect(undeclared("ORDINAL")).not.toContain("krippendorff_alpha/ordinal");
    expect(undeclared("INTERVAL")).toContain("fleiss_kappa/linear");
    const declared = ask(fourItems, { all: true, categories: [1, 2, 3, 4, 5] }).rows;
    expect(declared.map((row) => row.undefinedBecause)).not.toContain("CATEGORIES_NOT_DECLARED");
  });

  test("counts a repeat as a further rater's where all count", () => {
    const rows = fileOf("q1,ann,1\nq1,bob,1\nq1,ann,2\nq2,ann,3\nq2,bob,3");
    const { rows: found } = ask(rows, { all: true, repeats: "ALL" });
    expect(named(found, "conger_kappa", "unweighted")).toMatchObject({ raters: 2, pairableValues: 5 });
    expect(named(found, "cohen_kappa", "unweighted")).toMatchObject({ undefinedBecause: "NEEDS_TWO_RATERS" });
  });

  describe.skipIf(vectorsAbsent)(`of the reference vectors ${vectorsAbsent ?? ""}`, () => {
    /* prettier-ignore */
    const metrics = [
      "percent_agreement", "krippendorff_alpha", "fleiss_kappa", "gwet_ac1", "gwet_ac2", "brennan_prediger", "pabak",
      "scott_pi", "cohen_kappa", "conger_kappa", "light_kappa", "icc", "kendall_w", "mean_pairwise_spearman",
    ];

    test.each([...vectorsByDataset(metrics)])("%s", (_dataset, vectors) => {
      const { scale, categories } = vectors[0]!;
      const question = { unit: "unit", rater: "rater", value: "value", level: scale.toUpperCase() as "NOMINAL" };
      const find = () =>
        agreementOfRatings(ratingsOf(vectors[0]!) as unknown as FileRow[], {
          ...question,
          categories: categories ?? undefined,
          all: true,
        });
      if (vectors[0]!.expected.status === "error") return expect(find).toThrow(/is not one of/);
      const { rows } = find();
      for (const vector of vectors.filter(({ metric }) => metric.weighting !== "custom"))
        expectVector(vector, named(rows, vector.metric.name, vector.metric.weighting));
    });
  });

  function expectVector({ id, expected, tolerance }: Vector, found: CoefficientRow | undefined): void {
    expect(found, id).toBeDefined();
    const near = (a: number | null | undefined, b: number, by: number) =>
      expect(Math.abs((a ?? Number.NaN) - b), id).toBeLessThanOrEqual(by);
    if (expected.value === null) return expect(found!.undefinedBecause?.toLowerCase(), id).toBe(expected.reason);
    near(found!.value, expected.value, tolerance!.value!);
    if (expected.se && tolerance?.se) near(found!.standardError, expected.se, tolerance.se);
    if (!expected.ci95 || !tolerance?.ci95) return;
    near(found!.interval?.low, expected.ci95[0], tolerance.ci95);
    near(found!.interval?.high, expected.ci95[1], tolerance.ci95);
  }
});
