// Are q values those of Benjamini and Hochberg, of scipy and R?
import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/statistics/benjaminiHochberg.js";
import { deepFreeze } from "./sampleRatings.js";

// Benjamini and Hochberg (1995), 4.1: thrombolysis in fifteen hypotheses, of which the procedure rejects four at 0.05
const paper = deepFreeze([
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
]);

test("four of the paper's fifteen hypotheses are rejected at 0.05", () => {
  expect(benjaminiHochberg(paper).filter((q) => q! <= 0.05)).toHaveLength(4);
});

test("q values are scipy 1.17.1 scipy.stats.false_discovery_control(p)", () => {
  const ofPaper = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765, 0.486,
    0.5811818181818181, 0.7148749999999999, 0.7532307692307693, 0.8132142857142857, 1,
  ];
  expect(benjaminiHochberg(paper)).toEqual(ofPaper.map((q) => expect.closeTo(q, 14)));
  const unordered = [0.056, 0.0035, 0.5833333333333334, 0.056, 0.056, 0.0035, 0.9];
  expect(benjaminiHochberg([0.04, 0.001, 0.5, 0.04, 0.03, 0.0005, 0.9])).toEqual(
    unordered.map((q) => expect.closeTo(q, 14)),
  );
});

test("tests that were not possible keep their place and are not in the family", () => {
  expect(benjaminiHochberg([null, 0.01, null, 0.04])).toEqual([null, 0.02, null, 0.04]);
  expect(benjaminiHochberg([])).toEqual([]);
  expect(benjaminiHochberg([null])).toEqual([null]);
});

test("q values are in the order of p, never below it, and do not hang on the places", () => {
  const someP = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(someP, (p) => {
      const q = benjaminiHochberg(p);
      p.forEach((pi, i) => {
        expect(q[i]!).toBeGreaterThanOrEqual(pi);
        expect(q[i]!).toBeLessThanOrEqual(1);
        p.forEach((pj, j) => pi <= pj && expect(q[i]!).toBeLessThanOrEqual(q[j]!));
      });
      expect(benjaminiHochberg([...p].reverse()).reverse()).toEqual(q);
    }),
  );
});

test.each([-0.1, 1.1, Number.NaN])("a p of %d is refused", (p) => {
  expect(() => benjaminiHochberg([0.5, p])).toThrow(/p value 1/);
});
