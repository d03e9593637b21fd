// Are log odds ratios with a Dirichlet prior those of another implementation of Fightin' Words?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logOddsDirichlet } from "../../src/statistics/logOddsDirichlet.js";
import { deepFreeze } from "./sampleRatings.js";

function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

describe("log odds ratios", () => {
  test("of two sentences have the z of the README of Python's fightin_words", () => {
    // "the quick brown fox jumps over the lazy pig", "the lazy purple pig jumps over the lazier donkey", prior 0.05
    // each
    const vocabulary = ["the", "quick", "brown", "fox", "jumps", "over", "lazy", "pig", "purple", "lazier", "donkey"];
    const first = [2, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0];
    const second = [2, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
    const { z } = defined(logOddsDirichlet(first, second, Array<number>(11).fill(0.05)));
    vocabulary.forEach((_, w) => {
      const expected = first[w]! > second[w]! ? 0.6894227886807968 : first[w]! < second[w]! ? -0.6894227886807968 : 0;
      expect(z[w]).toBeCloseTo(expected, 13);
    });
  });

  test("with an informative prior are the formula's, written in numpy", () => {
    const found = defined(logOddsDirichlet(deepFreeze([30, 5, 0, 65]), [10, 5, 10, 175], [4, 1, 2, 93]));
    const close = (numbers: number[]) => numbers.map((number) => expect.closeTo(number, 12));
    expect([...found.logOddsRatio]).toEqual(
      close([1.431307217464212, 0.41572160827535365, -1.417066019786644, -0.8003256629675315]),
    );
    expect([...found.standardError]).toEqual(
      close([0.3175536744149779, 0.5773502691896257, 0.7637626158259734, 0.10030183052981995]),
    );
    expect([...found.z]).toEqual(
      close([4.50729225571418, 0.7200509473371588, -1.8553749429777389, -7.979173049385105]),
    );
  });

  test("change their sign with the texts, and shrink toward 0 as the prior gets heavier", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const [one, other] = [logOddsDirichlet(first, second, [1, 2, 3]), logOddsDirichlet(second, first, [1, 2, 3])];
        if (one.kind === "undefined" || other.kind === "undefined") return;
        one.z.forEach((z, w) => expect(z).toBeCloseTo(-other.z[w]!, 12));
        const heavy = defined(logOddsDirichlet(first, second, [1e6, 2e6, 3e6]));
        heavy.logOddsRatio.forEach((delta) => expect(Math.abs(delta)).toBeLessThan(1e-3));
      }),
    );
  });
});

test("there are none of empty texts or a single word, and wrong counts are refused", () => {
  expect(logOddsDirichlet([0, 0], [1, 2], [1, 1])).toEqual({ kind: "undefined", because: "EMPTY_TEXT" });
  expect(logOddsDirichlet([], [], [])).toEqual({ kind: "undefined", because: "EMPTY_TEXT" });
  expect(logOddsDirichlet([3], [1], [1])).toEqual({ kind: "undefined", because: "ONE_WORD" });
  expect(() => logOddsDirichlet([1], [1, 2], [1, 1])).toThrow(RangeError);
  expect(() => logOddsDirichlet([1, 2], [1, 2], [1, 0])).toThrow(/word 1/);
  expect(() => logOddsDirichlet([1, -2], [1, 2], [1, 1])).toThrow(RangeError);
});
