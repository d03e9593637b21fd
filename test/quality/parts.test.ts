// Are the small parts of a report on annotators right by themselves?
import { describe, expect, it } from "vitest";
import { qualityOfAnnotators } from "../../src/quality/qualityOfAnnotators.js";
import { TimedRatings } from "../../src/quality/timedRatings.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { inOrder } from "../../src/quality/order.js";
import { stepsFor } from "../../src/consensus/fittedModel.js";
import { isHit } from "../../src/quality/qualityOfGold.js";
import { placeOf } from "../../src/quality/qualityOfVotes.js";
import { computedQuestion } from "../../src/quality/question.js";
import { fisherInterval } from "../../src/statistics/fisherInterval.js";
import { medianInterval } from "../../src/statistics/medianInterval.js";

describe("the interval of a correlation", () => {
  it("is that of Fisher's z", () => {
    // tanh(atanh(0.5) ± 1.959964 / √97), as R cor.test
    const { low, high } = fisherInterval(0.5, 100)!;
    expect(low).toBeCloseTo(0.336643, 5);
    expect(high).toBeCloseTo(0.63414, 5);
    expect(fisherInterval(1, 10)).toEqual({ low: 1, high: 1, level: 0.95 });
  });

  it("needs four pairs, and a correlation", () => {
    expect(fisherInterval(0.5, 3)).toBeNull();
    expect(() => fisherInterval(1.1, 30)).toThrow(RangeError);
  });
});

describe("the interval of a median", () => {
  const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

  it("has the ranks of published tables", () => {
    // Conover's table A3, or any table of the sign test: the ranks for 95 % (one of them is k, the other n − k + 1).
    for (const [n, k] of [
      [6, 1],
      [9, 2],
      [10, 2],
      [15, 4],
      [20, 6],
      [25, 8],
      [50, 18],
      [100, 40],
    ] as const)
      expect([n, medianInterval(upTo(n))]).toEqual([n, { low: k, high: n - k + 1, level: 0.95 }]);
  });

  it("leaves out no more than it may, of millions of numbers as well", () => {
    const { low, high } = medianInterval(upTo(1_000_001))!;
    expect(500_001 - low).toBeCloseTo(980, -1); // 1.96 √n / 2
    expect(high - 500_001).toBe(500_001 - low);
  });

  it("is none of five numbers, at 0.95, and of none", () => {
    expect(medianInterval(upTo(5))).toBeNull();
    expect(medianInterval(upTo(0))).toBeNull();
    expect(medianInterval(upTo(5), 0.9)).toEqual({ low: 1, high: 5, level: 0.9 });
  });
});

describe("a hit on gold", () => {
  it("is the same label on a nominal scale, whatever the tolerance", () => {
    expect([isHit({ level: "NOMINAL" }, 1, 1, 0), isHit({ level: "NOMINAL" }, 1, 2, 5)]).toEqual([true, false]);
  });

  it("is within so many places or units elsewhere, rounding aside", () => {
    expect([isHit({ level: "ORDINAL" }, 1, 3, 1), isHit({ level: "ORDINAL" }, 2, 3, 1)]).toEqual([false, true]);
    expect([isHit({ level: "INTERVAL" }, 0.4, 0.1, 0.3), isHit({ level: "INTERVAL" }, 0.4001, 0.1, 0.3)]).toEqual([
      true,
      false,
    ]);
  });
});

describe("the order of annotators", () => {
  const one = (key: string, value: number | null, shrunken: number | null, ratings = 0) => ({
    key,
    kind: "HUMAN" as const,
    volume: { ratings, units: 0, sharedUnits: 0, firstAt: null, lastAt: null },
    agreementWithOthers: {
      value,
      undefinedBecause: null,
      n: 0,
      standardError: null,
      interval: null,
      shrunken: shrunken === null ? null : { value: shrunken, ownWeight: 1, interval: null! },
    },
  });
  const all = [one("d", null, null, 5), one("c", 0, 0.8, 7), one("b", 0.5, null, 7), one("a", 0.4, 0.45, 1)];
  const keys = (order: "NAME" | "LEAST_AGREEMENT" | "MOST_RATINGS") =>
    inOrder(all, order)
      .map(({ key }) => key)
      .join("");

  it("puts nobody first for a few ratings, and last who has no value", () => {
    expect([keys("NAME"), keys("LEAST_AGREEMENT"), keys("MOST_RATINGS")]).toEqual(["abcd", "abcd", "bcda"]);
  });

  it("goes by the number itself where all shrink to the same", () => {
    const alike = [one("c", 0.6, 0.5, 9), one("b", 0.4, 0.5, 9), one("a", 0.5, 0.5, 9)];
    expect(inOrder(alike, "LEAST_AGREEMENT").map(({ key }) => key)).toEqual(["b", "a", "c"]);
  });
});

it("Dawid and Skene's model makes the more steps the fewer ratings there are", () => {
  expect([10, 100_000, 1_000_000, 12_000_000].map(stepsFor)).toEqual([5_000, 3_000, 300, 50]);
});

it("a number is found among ascending ones, or is not there", () => {
  const some = Int32Array.of(2, 3, 7);
  expect([1, 2, 3, 5, 7, 9].map((one) => placeOf(some, one))).toEqual([-1, 0, 1, -1, 2, -1]);
  expect(placeOf([], 1)).toBe(-1);
});

describe("the same ratings read in another order", () => {
  const measured = { criterionVersion: 1, key: "help", version: 1, level: "ORDINAL" as const, categories: [1, 2, 3] };
  const question = {
    measured,
    repeats: "ALL" as const,
    strata: [],
    annotatorKinds: ["HUMAN" as const, "MODEL" as const],
    annotators: null,
    filter: null,
    weighting: "QUADRATIC" as const,
    level: 0.95,
  };
  const random = randomNumbers(7);
  const given = Array.from({ length: 3_000 }, (_, i) => {
    const value = Math.floor(random.next() * 3);
    return { unit: i % 500, rater: 1 + ((i * 7) % 11), value, at: (i * 7919) % 3_001, seconds: 1 + random.next() };
  });

  function measure(rows: typeof given) {
    const [people, model] = [new TimedRatings(), new TimedRatings()];
    const gold = new Map<number, { hits: number; misses: number }>();
    for (const { unit, rater, value, at, seconds } of rows) {
      (rater === 11 ? model : people).add(unit, rater, value, at, seconds);
      const own = gold.get(rater) ?? { hits: 0, misses: 0 };
      gold.set(rater, { hits: own.hits + Number(value === unit % 3), misses: own.misses + Number(value !== unit % 3) });
    }
    const annotators = Array.from({ length: 11 }, (_, i) => {
      return { annotator: i + 1, key: `a${i}`, kind: i === 10 ? ("MODEL" as const) : ("HUMAN" as const) };
    });
    const ratings = { annotators, people, models: new Map([[11, model]]), gold, repeats: new Map() };
    return qualityOfAnnotators(ratings, question, () => {});
  }

  it("gives the same numbers to the last bit", () => {
    const once = measure(given);
    expect(once.annotators.every(({ agreementWithOthers }) => agreementWithOthers.value !== null)).toBe(true);
    expect(measure([...given].reverse())).toEqual(once);
    expect(measure([...given].sort((a, b) => a.seconds - b.seconds))).toEqual(once);
  });

  it("is the same as plain data, so that a kept report is the computed one", () => {
    const once = measure(given);
    expect(JSON.parse(JSON.stringify(once))).toEqual(once);
  });
});

it("whose numbers are shown does not change what is computed", () => {
  const asked = { annotators: ["ann"], annotatorKinds: ["MODEL"] } as never;
  expect(computedQuestion(asked)).toEqual({ annotators: null, annotatorKinds: ["HUMAN", "MODEL"] });
});
