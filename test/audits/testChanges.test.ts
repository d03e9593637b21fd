// Is a test called better or worse only where that is shown?
import { describe, expect, it } from "vitest";
import type { AuditEffect, AuditTest } from "../../src/audits/auditNumbers.js";
import { changesBetween } from "../../src/audits/testChanges.js";
import type { Verdict } from "../../src/statistics/effectVerdict.js";
import { testOf } from "./recordWorld.js";

const of = (verdict: Verdict, effect: Partial<AuditEffect> = {}, rest: Partial<AuditTest> = {}) =>
  testOf({ key: "k", verdict, effect: { ...testOf().effect, ...effect }, ...rest });
const change = (before: AuditTest, after: AuditTest) => changesBetween([before], [after])[0]!.change;

describe("what became of a test", () => {
  it("follows the verdict where both say something", () => {
    const order: Verdict[] = ["PASS", "LOW", "MEDIUM", "HIGH"];
    for (const [i, then] of order.entries())
      for (const [j, now] of order.entries())
        expect([then, now, change(of(then), of(now))]).toEqual([
          then,
          now,
          i === j ? "SAME" : i < j ? "WORSE" : "BETTER",
        ]);
  });

  it("takes INCONCLUSIVE for neither, unless it is settled by what comes after", () => {
    const outcomes = (["PASS", "LOW", "MEDIUM", "HIGH"] as const).map((verdict) => [
      change(of("INCONCLUSIVE"), of(verdict)),
      change(of(verdict), of("INCONCLUSIVE")),
    ]);
    expect(outcomes).toEqual([
      ["BETTER", "SAME"],
      ["SAME", "SAME"],
      ["WORSE", "SAME"],
      ["WORSE", "SAME"],
    ]);
  });

  it("follows the effect where the verdict is the same and the intervals do not touch", () => {
    const near = { value: 0.45, low: 0.4, high: 0.5 };
    const far = { value: 0.7, low: 0.6, high: 0.8 };
    const opposite = { value: -0.7, low: -0.8, high: -0.6 };
    expect(change(of("HIGH", near), of("HIGH", far))).toBe("WORSE");
    expect(change(of("HIGH", far), of("HIGH", near))).toBe("BETTER");
    expect(change(of("HIGH", far), of("HIGH", opposite))).toBe("SAME");
    expect(change(of("HIGH", near), of("HIGH", { value: 0.7, low: 0.5, high: 0.9 }))).toBe("SAME");
    const nothing = { value: null, low: null, high: null };
    expect(change(of("INCONCLUSIVE", nothing), of("INCONCLUSIVE", far))).toBe("SAME");
    const ratio = { scale: "RATIO" as const, name: "risk ratio" };
    const [half, fourfold] = [
      { ...ratio, value: 0.5, low: 0.4, high: 0.6 },
      { ...ratio, value: 4, low: 3, high: null },
    ];
    expect(change(of("HIGH", half), of("HIGH", fourfold))).toBe("WORSE");
  });

  it("says where the two do not measure the same, and lists what is new and gone", () => {
    const [one] = changesBetween([of("LOW")], [of("LOW", {}, { minimumEffect: 0.2 })]);
    expect(one!.notComparable).toBe("the minimum effect was 0.33 and is 0.2");
    const [other] = changesBetween([of("LOW")], [of("LOW", {}, { method: "kruskal-wallis@2" })]);
    expect(other!.notComparable).toBe("measured by kruskal-wallis@1 then, by kruskal-wallis@2 now");
    const all = changesBetween(
      [testOf({ key: "x" }), testOf({ key: "y" })],
      [testOf({ key: "z" }), testOf({ key: "y" })],
    );
    expect(all.map(({ key, change: became }) => [key, became])).toEqual([
      ["z", "NEW"],
      ["y", "SAME"],
      ["x", "GONE"],
    ]);
  });
});
