import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/platform/digest.js";
import { sharesProblem, splitOf, stickySplit } from "../../src/releases/splitOf.js";

const SHARES = { train: 0.9, validation: 0.05, test: 0.05 };
const groups = Array.from({ length: 20_000 }, (_, i) => sha256(`prompt ${i}`).toString("hex"));

describe("splitting", () => {
  it("depends on seed and group alone", () => {
    expect(splitOf("a seed", "group", SHARES)).toBe(splitOf("a seed", "group", SHARES));
    const moved = groups.filter((group) => splitOf("one", group, SHARES) !== splitOf("two", group, SHARES));
    expect(moved.length).toBeGreaterThan(1000);
  });

  it("comes close to the shares", () => {
    const count = (split: string) => groups.filter((group) => splitOf("seed", group, SHARES) === split).length;
    // 20,000 draws: four standard deviations are 170 around 18,000 and 124 around 1,000.
    expect(Math.abs(count("train") - 18_000)).toBeLessThan(170);
    expect(Math.abs(count("validation") - 1000)).toBeLessThan(124);
  });

  it("only adds to train when train grows", () => {
    const larger = { train: 0.95, validation: 0.03, test: 0.02 };
    for (const group of groups)
      if (splitOf("seed", group, SHARES) === "train") expect(splitOf("seed", group, larger)).toBe("train");
  });

  it("never draws a split that has no share", () => {
    const seen = new Set(groups.map((group) => splitOf("seed", group, { train: 0.7, validation: 0.3, test: 0 })));
    expect([...seen].sort()).toEqual(["train", "validation"]);
    expect(new Set(groups.map((group) => splitOf("seed", group, { train: 0, validation: 0, test: 1 })))).toEqual(
      new Set(["test"]),
    );
  });

  it("keeps an example's first split, then its prompt's, then draws", () => {
    const earlier = { ofExample: new Map([[1, "test" as const]]), ofGroup: new Map([["g", "validation" as const]]) };
    const all = { train: 1, validation: 0, test: 0 };
    expect(stickySplit({ example: 1, group: "g" }, earlier, "seed", all)).toBe("test");
    expect(stickySplit({ example: 2, group: "g" }, earlier, "seed", all)).toBe("validation");
    expect(stickySplit({ example: 3, group: "h" }, earlier, "seed", all)).toBe("train");
  });

  it("refuses shares that are no shares", () => {
    expect(sharesProblem(SHARES)).toBeNull();
    expect(sharesProblem({ train: 0.9, validation: 0.05, test: 0.5 })).toContain("sum to");
    expect(sharesProblem({ train: 1.1, validation: -0.1, test: 0 })).toContain("train");
    expect(sharesProblem({ train: NaN, validation: 0, test: 1 })).toContain("train");
  });
});
