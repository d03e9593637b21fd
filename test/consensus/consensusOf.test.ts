import { describe, expect, it } from "vitest";
import {
  certaintyProblem,
  consensusOf,
  defaultRule,
  ruleProblem,
  type Scale,
  type UnitRule,
} from "../../src/consensus/consensusOf.js";

const stars: Scale = { level: "ORDINAL", categories: [1, 2, 3, 4, 5] };
const words: Scale = { level: "ORDINAL", categories: ["poor", "fair", "good"] };
const names: Scale = { level: "NOMINAL", categories: ["yes", "no"] };
const line: Scale = { level: "INTERVAL", categories: null };
const bounded: Scale = { level: "INTERVAL", categories: null, minimum: -1, maximum: 3 };
const RULES = ["MEAN", "MEDIAN", "MAJORITY"] as const;

const valueOf = (rule: UnitRule, scale: Scale, values: number[]) => consensusOf(rule, scale, values).value;
const certaintyOf = (rule: UnitRule, scale: Scale, values: number[]) => consensusOf(rule, scale, values).certainty;

describe("the consensus of ratings", () => {
  it("is null where nobody rated", () => {
    for (const rule of RULES) expect(consensusOf(rule, stars, [])).toEqual({ value: null, certainty: null });
  });

  it("takes the mean of the categories' numbers, not of their places", () => {
    expect(valueOf("MEAN", stars, [4, 3, 3])).toBeCloseTo(13 / 3, 12);
    expect(valueOf("MEAN", line, [0.25, 0.75])).toBe(0.5);
  });

  it("does not depend on the order of the ratings", () => {
    expect(valueOf("MEAN", line, [0.1, 0.2, 0.3])).toBe(valueOf("MEAN", line, [0.3, 0.1, 0.2]));
    for (const rule of RULES)
      expect(consensusOf(rule, bounded, [0.1, 0.2, 0.3, 0.2])).toEqual(
        consensusOf(rule, bounded, [0.2, 0.3, 0.2, 0.1]),
      );
  });

  it("takes the middle one, and of two that differ only what numbers allow", () => {
    expect(valueOf("MEDIAN", words, [2, 0, 1])).toBe("fair");
    expect(valueOf("MEDIAN", words, [0, 2])).toBeNull();
    expect(valueOf("MEDIAN", stars, [0, 3])).toBe(2.5);
  });

  it("takes the most frequent, and none on a tie", () => {
    expect(valueOf("MAJORITY", names, [0, 1, 0])).toBe("yes");
    expect(valueOf("MAJORITY", names, [0, 1])).toBeNull();
  });

  it("says which rules a scale does not carry, and which it carries by default", () => {
    expect(ruleProblem("MEAN", words)).toContain("no numbers");
    expect(ruleProblem("MEDIAN", names)).toContain("no order");
    expect(ruleProblem("DAWID_SKENE", line)).toContain("no categories");
    expect([stars, words, names].map((scale) => ruleProblem("DAWID_SKENE", scale))).toEqual([null, null, null]);
    expect([stars, words, names, line].map(defaultRule)).toEqual(["MEAN", "MAJORITY", "MAJORITY", "MEAN"]);
  });
});

describe("the certainty of a consensus", () => {
  it("of a majority is its share, on a tie that of each of the tied", () => {
    expect(certaintyOf("MAJORITY", names, [0, 1, 0])).toBe(2 / 3);
    expect(certaintyOf("MAJORITY", stars, [0, 0, 4, 4, 2])).toBe(2 / 5);
    expect(certaintyOf("MAJORITY", line, [0.5])).toBe(1);
  });

  it("of a mean or median is 1 where all are alike, and 0 where half are at either end", () => {
    for (const rule of ["MEAN", "MEDIAN"] as const) {
      expect(certaintyOf(rule, stars, [3, 3, 3])).toBe(1);
      expect(certaintyOf(rule, stars, [0, 4])).toBe(0);
      expect(certaintyOf(rule, bounded, [-1, 3, -1, 3])).toBe(0);
    }
  });

  it("falls with the root mean square deviation, by the range of the declared scale", () => {
    // 3, 4, 5 around 4: √(2/3) of a range of 4.
    expect(certaintyOf("MEAN", stars, [2, 3, 4])).toBeCloseTo(1 - (2 * Math.sqrt(2 / 3)) / 4, 12);
    // 0 and 1 around 0.5: 0.5 of a range of 4.
    expect(certaintyOf("MEAN", bounded, [0, 1])).toBe(0.75);
  });

  it("around a median is never below 0, though most may be at one end and some at the other", () => {
    expect(certaintyOf("MEDIAN", stars, [0, 0, 4])).toBe(0);
  });

  it("of text counts places, of two middle ones from the place between", () => {
    expect(certaintyOf("MEDIAN", words, [1, 1, 1])).toBe(1);
    expect(certaintyOf("MEDIAN", words, [0, 1, 2])).toBeCloseTo(1 - Math.sqrt(2 / 3), 12);
    expect(consensusOf("MEDIAN", words, [0, 1])).toEqual({ value: null, certainty: 0.5 });
  });

  it("is not there on a scale without bounds, which is said beforehand", () => {
    expect(certaintyOf("MEAN", line, [1, 2])).toBeNull();
    expect(certaintyOf("MEDIAN", { ...line, minimum: 0 }, [1, 2])).toBeNull();
    expect(certaintyProblem("MEAN", line)).toContain("no bounds");
    expect(certaintyProblem("MAJORITY", line)).toBeNull();
    expect(certaintyProblem("MEAN", bounded)).toBeNull();
  });
});
