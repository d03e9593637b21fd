// Are fast raters and hasty ratings found by medians, so that the odd very long time does not hide them?
import { describe, expect, test } from "vitest";
import { raterSpeeds } from "../../src/statistics/speed.js";
import { deepFreeze, shuffled } from "./sampleRatings.js";

const seconds = (logs: ReadonlyArray<number>) => logs.map((log) => Math.exp(log));
const some = deepFreeze([
  { rater: "a", seconds: seconds([1, 1, 1.5]) },
  { rater: "b", seconds: seconds([2, 3]) },
  { rater: "c", seconds: seconds([4, 4.2, 9, 3]) },
  { rater: "d", seconds: [] },
  { rater: "e", seconds: seconds([3.3]) },
]);

test("a rater's z is its median log-time less the raters' median, over R's mad", () => {
  // R: x <- c(1, 2.5, 4.1, 3.3); (x - median(x)) / mad(x), with mad(x) = 1.4826 · 0.8
  const { raters } = raterSpeeds(some);
  const z = raters.map(({ robustZ }) => (robustZ.kind === "defined" ? robustZ.value : robustZ.because));
  expect(z).toEqual([
    expect.closeTo((1 - 2.9) / (1.4826 * 0.8), 10),
    expect.closeTo((2.5 - 2.9) / (1.4826 * 0.8), 10),
    expect.closeTo((4.1 - 2.9) / (1.4826 * 0.8), 10),
    "NO_TIMES",
    expect.closeTo((3.3 - 2.9) / (1.4826 * 0.8), 10),
  ]);
  expect(raters[0]).toMatchObject({ rater: "a", ratings: 3, medianSeconds: { value: expect.closeTo(Math.E, 12) } });
  expect(raters[3]).toMatchObject({ rater: "d", ratings: 0, medianSeconds: { because: "NO_TIMES" } });
});

describe("a rating", () => {
  // R: mad(1:9) is 2.9652, around 5
  const nine = { rater: "many", seconds: seconds([1, 2, 3, 4, 5, 6, 7, 8, 9]) };

  test("is too fast three of R's mad below the median of all", () => {
    const { tooFastBelow } = raterSpeeds([nine]);
    expect(tooFastBelow).toEqual({ kind: "defined", value: expect.closeTo(Math.exp(5 - 3 * 2.9652), 12) });
  });

  test("that is too fast counts in the share of its rater", () => {
    const hasty = { rater: "hasty", seconds: [0.001, 0.001, ...seconds([5]), 0.002] };
    const steady = { rater: "steady", seconds: seconds([4.8, 4.9, 5, 5.1, 5.2, 5.3, 4.7, 5, 100]) };
    const { raters } = raterSpeeds([hasty, steady]);
    expect(raters.map(({ tooFastShare }) => tooFastShare)).toEqual([
      { kind: "defined", value: 0.75 },
      { kind: "defined", value: 0 },
    ]);
    expect(raters[0]!.robustZ).toEqual({ kind: "undefined", because: "FEWER_THAN_THREE_RATERS" });
  });

  test("is neither where half of all have the same time", () => {
    const equal = { rater: "equal", seconds: [2, 2, 2, 2, 0.001] };
    expect(raterSpeeds([equal])).toMatchObject({
      tooFastBelow: { because: "MAD_IS_ZERO" },
      raters: [{ tooFastShare: { because: "MAD_IS_ZERO" }, medianSeconds: { value: 2 } }],
    });
  });
});

test("raters of equal medians have no distance to measure in", () => {
  const { raters } = raterSpeeds([1, 2, 3, 4].map((rater) => ({ rater, seconds: [rater === 4 ? 50 : 10] })));
  for (const { robustZ } of raters) expect(robustZ).toEqual({ kind: "undefined", because: "MAD_IS_ZERO" });
});

test("no times say nothing", () => {
  expect(raterSpeeds([])).toEqual({ tooFastBelow: { kind: "undefined", because: "NO_TIMES" }, raters: [] });
  expect(raterSpeeds([{ rater: 1, seconds: [] }]).raters[0]).toMatchObject({
    ratings: 0,
    robustZ: { because: "NO_TIMES" },
    tooFastShare: { because: "NO_TIMES" },
  });
});

test("nothing changes with the order of raters and times, or with the unit of time but the seconds", () => {
  const found = raterSpeeds(some);
  const again = raterSpeeds(
    shuffled(some, 3).map(({ rater, seconds }) => ({ rater, seconds: Float64Array.from(shuffled(seconds, 5)) })),
  );
  for (const rater of found.raters) expect(again.raters).toContainEqual(rater);
  const minutes = raterSpeeds(some.map(({ rater, seconds }) => ({ rater, seconds: seconds.map((time) => time / 60) })));
  minutes.raters.forEach(({ tooFastShare, robustZ }, r) => {
    expect(tooFastShare).toEqual(found.raters[r]!.tooFastShare);
    if (robustZ.kind === "defined")
      expect(found.raters[r]!.robustZ).toMatchObject({ value: expect.closeTo(robustZ.value, 10) });
  });
});

test.each([0, -1, Number.NaN, Infinity])("a time of %d seconds is refused", (wrong) =>
  expect(() => raterSpeeds([{ rater: 1, seconds: [3, wrong] }])).toThrow(RangeError),
);
