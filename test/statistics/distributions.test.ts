// Are quantiles of the normal, t and F distributions what R prints?
import { describe, expect, test } from "vitest";
import { fQuantile } from "../../src/statistics/fQuantile.js";
import { incompleteBeta, logGamma } from "../../src/statistics/incompleteBeta.js";
import { normalBelow, normalQuantile } from "../../src/statistics/normalDistribution.js";
import { tQuantile } from "../../src/statistics/tQuantile.js";

/** Both numbers agree in this many digits. */
function expectDigits(found: number, known: number, digits: number): void {
  expect(Math.abs(found / known - 1)).toBeLessThan(10 ** -digits);
}
describe("the normal distribution", () => {
  test.each([
    [0.5001, 0.0002506628300880351],
    [0.75, 0.6744897501960817],
    [0.8, 0.8416212335729142],
    [0.95, 1.644853626951473],
    [0.975, 1.959963984540054],
    [0.995, 2.575829303548901],
    [0.9999, 3.719016485455681],
    [1e-3, -3.090232306167814],
    [1e-10, -6.361340902404056],
    [1e-100, -21.27345356096532],
  ])("has the quantile of %d at %d", (p, z) => expectDigits(normalQuantile(p), z, 12));

  test.each([
    [-9, 1.128588405953841e-19],
    [-5.5, 1.898956246588772e-8],
    [-4.9, 4.791832765903199e-7],
    [-1, 0.1586552539314571],
    [-0.001, 0.4996010577860889],
    [0.5, 0.6914624612740131],
    [1.96, 0.9750021048517796],
    [5, 0.9999997133484281],
  ])("lies below %d by a share of %d", (z, share) => expectDigits(normalBelow(z), share, z < -4 ? 8 : 13));

  test("ends nowhere", () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
    expect(normalQuantile(1.5)).toBeNaN();
  });
});

describe("the t distribution", () => {
  test.each([
    [0.975, 1, 12.7062047361747],
    [0.975, 2, 4.302652729749464],
    [0.975, 2.5, 3.574654842003683],
    [0.975, 3, 3.18244630528371],
    [0.975, 11, 2.20098516009164],
    [0.9, 19, 1.327728209026798],
    [0.995, 39, 2.707913183517662],
    [0.51, 7, 0.02597794156951687],
    [0.975, 199, 1.971956544251754],
    [0.975, 999, 1.96234146113345],
    [0.975, 1000, 1.962339080826408],
    [0.995, 1001, 2.580749768750525],
    [0.975, 199999, 1.959975846026076],
    [0.9999, 5, 9.677566300882591],
  ])("has the quantile of %d with %d degrees of freedom at %d", (p, df, t) => {
    expectDigits(tQuantile(p, df), t, 11);
    expectDigits(tQuantile(1 - p, df), -t, 11);
  });

  test("has its middle at 0", () => expect(tQuantile(0.5, 4)).toBe(0));
});

describe("the F distribution", () => {
  test.each([
    [0.975, 5, 15, 3.576415349279062],
    [0.975, 5, 18, 3.381967805875243],
    [0.025, 5, 18, 0.1571861613662445],
    [0.975, 15, 5, 6.427728167078782],
    [0.975, 44, 176, 1.550141082564277],
    [0.975, 5, 4.786, 7.497122857400584],
    [0.5, 1, 1, 1.0],
    [0.995, 2, 3, 49.79927840030091],
    [0.975, 999, 3996, 1.101451233333412],
  ])("has the quantile of %d with %d and %d degrees of freedom at %d", (p, df1, df2, f) =>
    expectDigits(fQuantile(p, df1, df2), f, 11),
  );
});

test("the incomplete beta function is a binomial sum for whole numbers", () => {
  // I_0.3(2, 3) = P(at least 2 of 4 at 0.3)
  expect(incompleteBeta(2, 3, 0.3)).toBeCloseTo(1 - 0.7 ** 4 - 4 * 0.3 * 0.7 ** 3, 14);
  expect([incompleteBeta(2, 3, 0), incompleteBeta(2, 3, 1)]).toEqual([0, 1]);
});

test("ln Γ is the logarithm of factorials and of √π", () => {
  expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 12);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  expect(logGamma(0.25)).toBeCloseTo(1.2880225246980774, 13);
});
