import { describe, expect, it } from "vitest";
import { asksForKept, questionOf, type AgreementArguments } from "../../src/agreement/question.js";

const helpfulness = { key: "helpfulness", version: 2, level: "ORDINAL" } as const;
const plain: AgreementArguments = {
  criterion: "helpfulness",
  repeats: "LATEST",
  strata: ["OPEN", "RANDOM"],
  annotatorKinds: ["HUMAN"],
};
const ask = (more: Partial<AgreementArguments>) => questionOf({ ...plain, ...more }, helpfulness);
const refusal = (message: RegExp) =>
  expect.objectContaining({
    message: expect.stringMatching(message),
    extensions: expect.objectContaining({ code: "BAD_USER_INPUT" }),
  });

describe("a question about agreement", () => {
  it("asks percent agreement and alpha at the scale's level where nothing is said", () => {
    expect(ask({}).coefficients).toEqual([
      { coefficient: "PERCENT_AGREEMENT", weighting: "UNWEIGHTED" },
      { coefficient: "KRIPPENDORFF_ALPHA", weighting: "ORDINAL" },
    ]);
    expect(
      ask({
        coefficients: [
          { coefficient: "KRIPPENDORFF_ALPHA" },
          { coefficient: "KRIPPENDORFF_ALPHA", weighting: "ORDINAL" },
        ],
      }).coefficients,
    ).toHaveLength(1);
  });

  it("is the same question whatever the order of strata, and whether a filter is absent or empty", () => {
    expect(ask({ strata: ["RANDOM", "OPEN", "RANDOM"], filter: {} })).toEqual(ask({}));
    expect(asksForKept({ ...plain, strata: ["RANDOM", "OPEN"] })).toBe(true);
    expect(asksForKept({ ...plain, filter: { sources: ["web"] } })).toBe(false);
    expect(asksForKept({ ...plain, annotatorKinds: ["MODEL", "HUMAN"] })).toBe(false);
  });

  it("is refused, with what to ask instead, where it makes no sense", () => {
    const groupBy = Array(6).fill({ by: "SOURCE" });
    expect(() => ask({ groupBy })).toThrow(refusal(/6 groupings were asked; at most 5/));
    expect(() => ask({ groupBy: [{ by: "LABEL" }] })).toThrow(refusal(/needs a dimension/));
    expect(() => ask({ groupBy: [{ by: "SOURCE", dimension: "intent" }] })).toThrow(
      refusal(/SOURCE takes no dimension/),
    );
    expect(() => ask({ groupBy: [{ by: "BATCH" }, { by: "BATCH" }] })).toThrow(refusal(/asked twice/));
    expect(() => ask({ strata: [] })).toThrow(refusal(/strata is empty/));
    expect(() => ask({ coefficients: [] })).toThrow(refusal(/coefficients is empty/));
    expect(() => ask({ coefficients: [{ coefficient: "PERCENT_AGREEMENT", weighting: "RATIO" }] })).toThrow(
      refusal(/takes UNWEIGHTED/),
    );
    expect(() => ask({ coefficients: [{ coefficient: "KRIPPENDORFF_ALPHA", weighting: "UNWEIGHTED" }] })).toThrow(
      refusal(/use NOMINAL/),
    );
  });
});
