import { describe, expect, it } from "vitest";
import { consensusOf, defaultRule, ruleProblem, type Scale } from "../../src/releases/consensus.js";

const stars: Scale = { level: "ORDINAL", categories: [1, 2, 3, 4, 5] };
const words: Scale = { level: "ORDINAL", categories: ["poor", "fair", "good"] };
const names: Scale = { level: "NOMINAL", categories: ["yes", "no"] };
const line: Scale = { level: "INTERVAL", categories: null };

describe("the consensus of ratings", () => {
  it("is null where nobody rated", () => {
    for (const rule of ["MEAN", "MEDIAN", "MAJORITY"] as const) expect(consensusOf(rule, stars, [])).toBeNull();
  });

  it("takes the mean of the categories' numbers, not of their places", () => {
    expect(consensusOf("MEAN", stars, [4, 3, 3])).toBeCloseTo(13 / 3, 12);
    expect(consensusOf("MEAN", line, [0.25, 0.75])).toBe(0.5);
  });

  it("does not depend on the order of the ratings", () => {
    expect(consensusOf("MEAN", line, [0.1, 0.2, 0.3])).toBe(consensusOf("MEAN", line, [0.3, 0.1, 0.2]));
  });

  it("takes the middle one, and of two that differ only what numbers allow", () => {
    expect(consensusOf("MEDIAN", words, [2, 0, 1])).toBe("fair");
    expect(consensusOf("MEDIAN", words, [0, 2])).toBeNull();
    expect(consensusOf("MEDIAN", stars, [0, 3])).toBe(2.5);
  });

  it("takes the most frequent, and none on a tie", () => {
    expect(consensusOf("MAJORITY", names, [0, 1, 0])).toBe("yes");
    expect(consensusOf("MAJORITY", names, [0, 1])).toBeNull();
  });

  it("says which rules a scale does not carry, and which it carries by default", () => {
    expect(ruleProblem("MEAN", words)).toContain("no numbers");
    expect(ruleProblem("MEDIAN", names)).toContain("no order");
    expect([stars, words, names, line].map(defaultRule)).toEqual(["MEAN", "MAJORITY", "MAJORITY", "MEAN"]);
  });
});
