// Are raters drawn to their pool as far as published empirical Bayes estimates are, and do the intervals hold?
import { describe, expect, test } from "vitest";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { pooledErrors, shrinkMeans, shrinkProportions } from "../../src/statistics/shrinkage.js";
import { normalQuantile } from "../../src/statistics/normalDistribution.js";
import { betaQuantile } from "../../src/statistics/betaInterval.js";
import { deepFreeze } from "./sampleRatings.js";

type Found = ReturnType<typeof shrinkMeans> | ReturnType<typeof shrinkProportions>;

/** The shrunken raters; fails where there are none. */
function shrunken(found: Found) {
  if (found.kind === "undefined") throw new Error(`expected raters, found ${found.because}`);
  return found;
}

/** Log odds ratios of six trials with their errors: DerSimonian and Kacker (2007), the CLASP example. */
function clasp() {
  const trials = [
    [5, 156, 8, 74],
    [5, 303, 17, 303],
    [12, 565, 9, 477],
    [69, 1570, 94, 1565],
    [9, 103, 11, 105],
    [313, 4659, 352, 4650],
  ] as const;
  return trials.map(([a, n1, c, n2]) => ({
    value: Math.log((a * (n2 - c)) / ((n1 - a) * c)),
    standardError: Math.sqrt(1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c)),
  }));
}

describe("means", () => {
  test("have the pool of DerSimonian and Kacker (2007), tables 3 and 4, by Paule and Mandel", () => {
    const { pool } = shrunken(shrinkMeans(deepFreeze(clasp())));
    expect(Math.sqrt(pool.betweenVariance)).toBeCloseTo(0.3681, 4);
    expect(pool.value).toBeCloseTo(-0.3811, 4);
    expect(pool.standardError).toBeCloseTo(0.206, 4);
  });

  // 19 studies of teachers' expectations; estimates and limits with τ² = 0.0188 as R metafor blup gives them, its errors less rounded
  test("are the empirical Bayes estimates of Raudenbush and Bryk (1985), figure 2", () => {
    const values = [
      0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.8, 0.54, 0.18, -0.02, 0.23, -0.18, -0.06, 0.3, 0.07,
      -0.07,
    ];
    const errors = [
      0.125, 0.147, 0.167, 0.373, 0.369, 0.103, 0.103, 0.22, 0.164, 0.251, 0.302, 0.223, 0.289, 0.29, 0.159, 0.167,
      0.139, 0.094, 0.174,
    ];
    const studies = values.map((value, i) => ({ value, standardError: errors[i]! }));
    const { pool, raters } = shrunken(shrinkMeans(studies, { betweenVariance: 0.0188 }));
    expect(pool.value).toBeCloseTo(0.0837, 4);
    const pred = [0.0543, 0.1006, -0.0064, 0.2144, 0.1051, -0.0082, 0.0174, -0.0293, 0.1604, 0.2485];
    const low = [-0.1324, -0.1033, -0.2228, -0.0533, -0.1622, -0.1737, -0.1481, -0.2689, -0.0543, 0];
    const high = [0.2411, 0.3045, 0.21, 0.4821, 0.3724, 0.1572, 0.1828, 0.2102, 0.3751, 0.497];
    pred.forEach((value, i) => {
      expect(Math.abs(raters[i]!.value - value)).toBeLessThan(5e-4);
      expect(Math.abs(raters[i]!.interval.low - low[i]!)).toBeLessThan(5e-4);
      expect(Math.abs(raters[i]!.interval.high - high[i]!)).toBeLessThan(5e-4);
    });
  });

  test("lie between their own estimate and the pool, the nearer to their own the smaller its error", () => {
    const { pool, raters } = shrunken(shrinkMeans(clasp()));
    clasp().forEach(({ value, standardError }, i) => {
      const { ownWeight, value: drawn } = raters[i]!;
      expect(ownWeight).toBeCloseTo(pool.betweenVariance / (pool.betweenVariance + standardError ** 2), 12);
      expect(drawn).toBeCloseTo(ownWeight * value + (1 - ownWeight) * pool.value, 12);
    });
  });

  test("do not depend on the order of the raters", () => {
    const forward = shrunken(shrinkMeans(clasp()));
    const backward = shrunken(shrinkMeans(clasp().reverse()));
    expect(backward.pool.value).toBeCloseTo(forward.pool.value, 12);
    backward.raters.forEach(({ value }, i) => expect(value).toBeCloseTo(forward.raters[5 - i]!.value, 12));
  });

  test("are all the pool's where raters differ by no more than their errors", () => {
    const alike = [
      { value: 1, standardError: 0.5 },
      { value: 1.2, standardError: 0.5 },
      { value: 1.1, standardError: 0.5 },
    ];
    const { pool, raters } = shrunken(shrinkMeans(alike));
    expect(pool.betweenVariance).toBe(0);
    for (const { value, standardError, ownWeight } of raters) {
      expect([value, ownWeight]).toEqual([expect.closeTo(1.1, 14), 0]);
      expect(standardError).toBeCloseTo(0.5 / Math.sqrt(3), 14);
    }
  });

  test("of a rater without an error are the pool's, as uncertain as any rater's", () => {
    const { pool, raters } = shrunken(shrinkMeans([...clasp(), { value: 9, standardError: null }]));
    expect(pool).toEqual(shrunken(shrinkMeans(clasp())).pool);
    expect(raters[6]).toMatchObject({ value: pool.value, ownWeight: 0 });
    expect(raters[6]!.standardError).toBeCloseTo(Math.hypot(Math.sqrt(pool.betweenVariance), pool.standardError), 12);
  });

  test("take an error of 0 at its word", () => {
    const exact = { value: 3, standardError: 0 };
    const apart = shrunken(shrinkMeans([exact, { value: 1, standardError: 0 }, { value: 2, standardError: 1 }]));
    expect(apart.raters[0]).toMatchObject({ value: 3, ownWeight: 1, interval: { low: 3, high: 3 } });
    expect(apart.pool.betweenVariance).toBeGreaterThan(0.9);
    const alike = shrunken(shrinkMeans([exact, exact, { value: 3.5, standardError: 1 }]));
    expect(alike.pool).toEqual({ value: 3, standardError: 0, betweenVariance: 0 });
    expect(alike.raters[2]).toMatchObject({ value: 3, ownWeight: 0 });
  });

  test("need two raters with an error, and numbers", () => {
    const one = [
      { value: 1, standardError: 1 },
      { value: 2, standardError: null },
    ];
    expect(shrinkMeans(one)).toEqual({ kind: "undefined", because: "FEWER_THAN_TWO_RATERS" });
    expect(shrinkMeans([])).toEqual({ kind: "undefined", because: "FEWER_THAN_TWO_RATERS" });
    expect(() => shrinkMeans([{ value: Number.NaN, standardError: 1 }])).toThrow(RangeError);
    expect(() => shrinkMeans([{ value: 1, standardError: -1 }])).toThrow(RangeError);
    expect(() => shrinkMeans(clasp(), { betweenVariance: -1 })).toThrow(RangeError);
  });

  test("of simulated raters are nearer to the truth than the raw ones, and their intervals hold it 19 times of 20", () => {
    const random = randomNumbers(11);
    const normal = () => normalQuantile(Math.max(1e-12, random.next()));
    const truth = Array.from({ length: 1_000 }, () => 0.2 + 0.5 * normal());
    const raters = truth.map((value) => {
      const standardError = 0.3 + 0.9 * random.next();
      return { value: value + standardError * normal(), standardError };
    });
    const { pool, raters: found } = shrunken(shrinkMeans(raters));
    const errorOf = (some: ReadonlyArray<{ value: number }>) =>
      some.reduce((sum, { value }, i) => sum + (value - truth[i]!) ** 2, 0) / truth.length;
    expect(errorOf(found)).toBeLessThan(0.4 * errorOf(raters));
    expect(Math.abs(pool.betweenVariance - 0.25)).toBeLessThan(0.1);
    const held = found.filter(({ interval }, i) => interval.low < truth[i]! && truth[i]! < interval.high).length;
    expect(held / truth.length).toBeGreaterThan(0.93);
    expect(held / truth.length).toBeLessThan(0.97);
  });
});

test("pooled errors are those of one variance within raters", () => {
  // variances 4 and 16 with 3 and 5 degrees of freedom: 92/8
  const raters = [
    { units: 4, standardError: Math.sqrt(4 / 4) },
    { units: 6, standardError: Math.sqrt(16 / 6) },
    { units: 1, standardError: null },
    { units: 0, standardError: null },
  ];
  const [a, b, c, d] = pooledErrors(deepFreeze(raters));
  expect(a! ** 2 * 4).toBeCloseTo(92 / 8, 12);
  expect(b! ** 2 * 6).toBeCloseTo(92 / 8, 12);
  expect(c! ** 2).toBeCloseTo(92 / 8, 12);
  expect(d).toBeNull();
  expect(pooledErrors([{ units: 1, standardError: null }])).toEqual([null]);
});

describe("proportions", () => {
  const baseball = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];

  // Their 1 − c = 15 σ²/Σ(p_i − p̄)² is 0.788; by moments F = Σ(p_i − p̄)²/(17 σ²), and B = (n/(n − 1)) (1 − 1/F).
  test("of Efron and Morris's batters (1977) are drawn to .265 by moments as their c = .212 says", () => {
    const { pool, raters } = shrunken(
      shrinkProportions(deepFreeze(baseball.map((hits) => ({ hits, misses: 45 - hits })))),
    );
    expect(pool.value).toBeCloseTo(0.265, 3);
    const F = 15 / 17 / (1 - 0.212);
    raters.forEach(({ value, ownWeight }, i) => {
      expect(ownWeight).toBeCloseTo((45 / 44) * (1 - 1 / F), 3);
      expect(value).toBeCloseTo(pool.value + ownWeight * (baseball[i]! / 45 - pool.value), 12);
    });
  });

  // The two steps, and scipy 1.17 beta.ppf for the limits, computed apart from this code
  test("of raters with different numbers of ratings follow Kleinman's two steps", () => {
    const counts = [
      [5, 3, 0.6293823321804893, 0.7235826648392194, 0.33417969, 0.87813576],
      [9, 1, 0.8393405894877772, 0.7659256926160395, 0.59690413, 0.97894217],
      [3, 9, 0.3293358206163791, 0.7970193167042364, 0.12201422, 0.58113927],
      [20, 2, 0.8763740082520475, 0.8780298127727171, 0.7213714, 0.97294868],
      [1, 2, 0.48851794965792544, 0.4953685664192002, 0.12728224, 0.85752319],
      [40, 20, 0.6654156238237606, 0.9515336823166983, 0.54485604, 0.77595122],
      [0, 0, 0.6408540425040284, 0, 0.09784932, 0.99197169],
    ] as const;
    const { pool, raters } = shrunken(shrinkProportions(counts.map(([hits, misses]) => ({ hits, misses }))));
    expect(pool.value).toBeCloseTo(0.6408540425040284, 12);
    expect(pool.standardError).toBeCloseTo(0.110995751342916, 12);
    expect(pool.betweenVariance).toBeCloseTo(0.24654243828184924 * 0.6408540425040284 * (1 - 0.6408540425040284), 12);
    counts.forEach(([, , value, ownWeight, low, high], i) => {
      expect(raters[i]!.value).toBeCloseTo(value, 12);
      expect(raters[i]!.ownWeight).toBeCloseTo(ownWeight, 12);
      expect(raters[i]!.interval.low).toBeCloseTo(low, 7);
      expect(raters[i]!.interval.high).toBeCloseTo(high, 7);
    });
  });

  test("are all the pool's where raters differ by less than chance makes them", () => {
    const { pool, raters } = shrunken(
      shrinkProportions([
        { hits: 6, misses: 4 },
        { hits: 7, misses: 3 },
        { hits: 0, misses: 0 },
      ]),
    );
    expect(pool).toMatchObject({ value: 0.65, betweenVariance: 0 });
    expect(pool.standardError).toBeCloseTo(Math.sqrt((0.65 * 0.35) / 20), 12);
    for (const { value, ownWeight, interval } of raters) {
      expect([value, ownWeight]).toEqual([expect.closeTo(0.65, 14), 0]);
      expect(interval.low).toBeCloseTo(betaQuantile(0.025, 19 * 0.65, 19 * 0.35), 12);
    }
  });

  test("of a few extreme raters are no certainties", () => {
    const { raters } = shrunken(
      shrinkProportions([
        { hits: 2, misses: 0 },
        { hits: 2, misses: 0 },
        { hits: 0, misses: 2 },
      ]),
    );
    expect(raters[0]!.ownWeight).toBeCloseTo(0.5, 12);
    expect(raters[0]!.interval.low).toBeLessThan(0.5);
    expect(raters[2]!.interval.high).toBeGreaterThan(0.5);
  });

  test.each([
    [
      "FEWER_THAN_TWO_RATERS",
      [
        [3, 1],
        [0, 0],
      ],
    ],
    ["FEWER_THAN_TWO_RATERS", []],
    [
      "NO_VARIATION",
      [
        [3, 0],
        [5, 0],
      ],
    ],
    [
      "NO_VARIATION",
      [
        [0, 3],
        [0, 2],
      ],
    ],
    [
      "ONE_RATING_EACH",
      [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
    ],
  ] as const)("are %s of %j", (because, counts) => {
    expect(shrinkProportions(counts.map(([hits, misses]) => ({ hits, misses })))).toEqual({
      kind: "undefined",
      because,
    });
  });

  test("are refused for counts that are none", () => {
    expect(() => shrinkProportions([{ hits: 1.5, misses: 2 }])).toThrow(RangeError);
    expect(() => shrinkProportions([{ hits: -1, misses: 2 }])).toThrow(RangeError);
  });

  test("of simulated raters are nearer to the truth than the raw ones, and their intervals hold it 19 times of 20", () => {
    const random = randomNumbers(5);
    const truth = Array.from({ length: 1_000 }, () => betaQuantile(random.next(), 8, 2));
    const counts = truth.map((accuracy) => {
      const n = 3 + Math.floor(18 * random.next());
      const hits = Array.from({ length: n }, () => random.next()).filter((u) => u < accuracy).length;
      return { hits, misses: n - hits };
    });
    const { pool, raters } = shrunken(shrinkProportions(counts));
    const raw = counts.map(({ hits, misses }) => ({ value: hits / (hits + misses) }));
    const errorOf = (some: ReadonlyArray<{ value: number }>) =>
      some.reduce((sum, { value }, i) => sum + (value - truth[i]!) ** 2, 0) / truth.length;
    expect(errorOf(raters)).toBeLessThan(0.6 * errorOf(raw));
    expect(pool.value).toBeCloseTo(0.8, 1);
    const held = raters.filter(({ interval }, i) => interval.low < truth[i]! && truth[i]! < interval.high).length;
    expect(held / truth.length).toBeGreaterThan(0.93);
    expect(held / truth.length).toBeLessThan(0.97);
  });
});
