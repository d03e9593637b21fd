// Is the fall of variance with the number of ratings found again, and never fitted with less than nothing?
import fc from "fast-check";
import { expect, test } from "vitest";
import { varianceByRaters } from "../../src/statistics/varianceByRaters.js";
import { deepFreeze } from "./sampleRatings.js";

const part = fc.double({ min: 0, max: 10, noNaN: true });
const curve = (a: number, b: number, c: number) => (m: number) => a + b / m + c / (m * (m - 1));
const seen = (variance: (m: number) => number, ms: ReadonlyArray<number>) =>
  deepFreeze(ms.map((m) => ({ m, variance: variance(m) })));

test("any such fall is found again from three numbers of ratings on", () => {
  fc.assert(
    fc.property(part, part, part, (a, b, c) => {
      const known = curve(a, b, c);
      for (const ms of [
        [2, 3, 4],
        [2, 3, 5, 8],
      ]) {
        const found = varianceByRaters(seen(known, ms))!;
        for (const m of [...ms, 12, 50]) expect(Math.abs(found(m) - known(m))).toBeLessThan(1e-4 * (1 + known(2)));
      }
    }),
  );
});

test("two numbers of ratings are fitted by a + b/m where neither is negative", () => {
  const found = varianceByRaters(seen(curve(0.2, 0.5, 0), [2, 3]))!;
  expect(found(10)).toBeCloseTo(0.25, 10);
});

test("a fall faster than 1/m is b/m and the part of pairs", () => {
  const found = varianceByRaters(seen(curve(0, 1.1, 0.9), [2, 3]))!;
  expect(found(5)).toBeCloseTo(1.1 / 5 + 0.9 / 20, 10);
});

test("a rise is taken for nothing but noise: the mean", () => {
  const found = varianceByRaters(
    deepFreeze([
      { m: 2, variance: 1 },
      { m: 3, variance: 1.2 },
      { m: 4, variance: 1.1 },
    ]),
  )!;
  expect([found(2), found(9)]).toEqual([expect.closeTo(1.1, 12), expect.closeTo(1.1, 12)]);
});

test("a fall faster than that of pairs is the one of pairs", () => {
  const found = varianceByRaters([
    { m: 2, variance: 1 },
    { m: 3, variance: 0.1 },
  ])!;
  // c = Σ x y/Σ x² over x = 1/2, 1/6
  expect(found(4)).toBeCloseTo((0.5 + 0.1 / 6) / (1 / 4 + 1 / 36) / 12, 12);
});

test("never rises, never is negative, and does not depend on the order", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 2, max: 9 }), part), { selector: ([m]) => m, minLength: 2 }),
      (rows) => {
        const observed = rows.map(([m, variance]) => ({ m, variance }));
        const found = varianceByRaters(observed)!;
        const again = varianceByRaters([...observed].reverse())!;
        for (let m = 2; m < 30; m++) {
          expect(found(m)).toBeGreaterThanOrEqual(found(m + 1) - 1e-12);
          expect(found(m)).toBeGreaterThanOrEqual(0);
          expect(again(m)).toBeCloseTo(found(m), 6);
        }
      },
    ),
  );
});

test("one number of ratings shows no fall", () => {
  expect(varianceByRaters([{ m: 2, variance: 1 }])).toBeNull();
  expect(varianceByRaters([])).toBeNull();
});
