// Does Dawid-Skene repeat the published example, keep its laws, and find raters who rate at random?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  confusionRow,
  dawidSkene,
  mostProbable,
  type DawidSkeneFit,
  type DawidSkeneOptions,
} from "../../src/statistics/dawidSkene.js";
import type { Rating, RatingsRead } from "../../src/statistics/patternsOfRatings.js";
import { raterMatrix, type RaterMatrix } from "../../src/statistics/raterMatrix.js";
import { deepFreeze, randomNumbers, ratingsOfTable, shuffled, sparseTables, type Table } from "./sampleRatings.js";

const scale = [1, 2, 3, 4, 5];
const matrixOf = (table: Table) => raterMatrix(ratingsOfTable(table), { categories: scale });

function fitOf(matrix: RaterMatrix, options?: DawidSkeneOptions): DawidSkeneFit {
  const fit = dawidSkene(matrix, options);
  if (fit.kind === "undefined") throw new Error(fit.because);
  return fit;
}

/** Up to 30 steps: where the likelihood is flat, rounding decides later in which direction EM leaves. */
const fewSteps = { tolerance: 0, mostSteps: 30 };

function forAll(check: (table: Table, seed: number) => void): void {
  const rated = sparseTables.filter((table) => table.some((row) => row.some((cell) => cell !== null)));
  fc.assert(fc.property(rated, fc.nat(), check), { seed: 42, numRuns: 60 });
}

function expectSumsOfOne(table: Float64Array, q: number): void {
  for (let from = 0; from < table.length; from += q) {
    const row = table.subarray(from, from + q);
    expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  }
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(found[i]).toBeCloseTo(expected[i]!, 7);
}

describe("the 45 patients of Dawid and Skene (1979)", () => {
  // Of each patient three ratings by anaesthetist 1 and one each by 2 to 5.
  const patients = `1111111 3334334 1122122 2223121 2223222 2223322 1122111 3333433 2222223 2322223 4444444 2223343
    1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111
    2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 1111111
    1111111 1212111 2322222 1211111 2222222`.split(/\s+/);
  const ratings = patients.flatMap((values, unit): Rating[] =>
    [1, 1, 1, 2, 3, 4, 5].map((rater, i) => ({ unit, rater, value: Number(values[i]) })),
  );
  const matrix = raterMatrix(ratings, { categories: [1, 2, 3, 4], repeats: "ALL" });
  const fit = fitOf(matrix);

  test("have priors .400, .422, .112 and .067 and log-likelihood -190.731", () => {
    expect([...fit.priors].map((p) => p.toFixed(3))).toEqual(["0.400", "0.422", "0.112", "0.067"]);
    expect(fit.logLikelihood).toBeCloseTo(-190.731, 3);
    expect(fit).toMatchObject({ converged: true, units: 45, pairableValues: 315 });
  });

  test("give each anaesthetist one confusion matrix, repeats included", () => {
    expect(fit.confusionOf).toEqual([1, 2, 3, 4, 5]);
    const ratingsByRater = fit.confusionOf.map((_, r) => fit.rowRatings.slice(r * 4, r * 4 + 4));
    expectClose(
      ratingsByRater.map((row) => row.reduce((sum, n) => sum + n, 0)),
      [135, 45, 45, 45, 45],
    );
    expectSumsOfOne(fit.confusion, 4);
  });

  test("have a log-likelihood that is that of the priors and confusions", () => {
    let logLikelihood = 0;
    for (let unit = 0; unit < patients.length; unit++) {
      const joint = [0, 1, 2, 3].map((truth) =>
        ratings
          .filter((rating) => rating.unit === unit)
          .map(({ rater, value }) => confusionRow(fit, Number(rater) - 1, truth)![Number(value) - 1]!)
          .reduce((product, p) => product * p, fit.priors[truth]!),
      );
      logLikelihood += Math.log(joint.reduce((sum, p) => sum + p, 0));
    }
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 9);
  });
});

describe("laws (dawid-skene-invariants)", () => {
  test("priors, posteriors and confusion rows with data sum to 1; rows without data are 0", () =>
    forAll((table) => {
      const fit = fitOf(matrixOf(table), fewSteps);
      expectSumsOfOne(fit.priors, 5);
      expectSumsOfOne(fit.posteriors, 5);
      fit.rowRatings.forEach((ratings, row) => {
        const [rater, truth] = [Math.floor(row / 5), row % 5];
        const found = confusionRow(fit, rater, truth);
        if (found) expectSumsOfOne(found, 5);
        else expect([...fit.confusion.subarray(row * 5, row * 5 + 5), Math.round(ratings)]).toEqual([0, 0, 0, 0, 0, 0]);
      });
    }));

  test("no step lowers the log-likelihood", () =>
    forAll((table) => {
      const reached: number[] = [];
      fitOf(matrixOf(table), { tolerance: 0, mostSteps: 300, onStep: (_, value) => reached.push(value) });
      reached.slice(1).forEach((value, i) => expect(value - reached[i]!).toBeGreaterThan(-1e-11));
    }));

  test("the order of rows changes no bit", () =>
    forAll((table, seed) => {
      const again = raterMatrix(shuffled(ratingsOfTable(table), seed), { categories: scale });
      expect(dawidSkene(again, fewSteps)).toEqual(dawidSkene(matrixOf(table), fewSteps));
    }));

  test("another name and place for each rater changes only the names", () =>
    forAll((table, seed) => {
      const names = shuffled(["v", "w", "x", "y", "z"], seed);
      const nameOf = (rater: Rating["rater"]) => names[Number(String(rater).slice(1))]!;
      const renamed = ratingsOfTable(table).map((rating) => ({ ...rating, rater: nameOf(rating.rater) }));
      const matrix = matrixOf(table);
      const [one, other] = [fitOf(matrix, fewSteps), fitOf(raterMatrix(renamed, { categories: scale }), fewSteps)];
      expectClose(other.priors, one.priors);
      expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 7);
      one.confusionOf.forEach((name, r) => {
        const otherRater = other.confusionOf.indexOf(nameOf(name));
        for (const k of scale.keys())
          expectClose(confusionRow(other, otherRater, k) ?? [], confusionRow(one, r, k) ?? []);
      });
    }));

  test("another order of the values orders the results", () =>
    forAll((table, seed) => {
      const order = shuffled(scale, seed);
      const [matrix, again] = [matrixOf(table), raterMatrix(ratingsOfTable(table), { categories: order })];
      const [one, other] = [fitOf(matrix, fewSteps), fitOf(again, fewSteps)];
      const inOrder = (row: Float64Array) => order.map((value) => row[scale.indexOf(value)]!);
      expectClose(other.priors, inOrder(one.priors));
      const places = Array.from(again.units);
      Array.from(matrix.units, (name, unit) => {
        const at = places.indexOf(name) * 5;
        expectClose(other.posteriors.subarray(at, at + 5), inOrder(one.posteriors.subarray(unit * 5, unit * 5 + 5)));
      });
    }));

  test("declared values that nobody used change nothing but their own probability of 0", () =>
    forAll((table) => {
      const more = fitOf(raterMatrix(ratingsOfTable(table), { categories: [0, ...scale, 6] }), fewSteps);
      const fit = fitOf(matrixOf(table), fewSteps);
      expectClose(more.priors, [0, ...fit.priors, 0]);
      expect(more.logLikelihood).toBeCloseTo(fit.logLikelihood, 9);
    }));

  test("a unit whose raters are all perfect and agree has posterior 1", () =>
    forAll((table) => {
      const agreeing = table.map((row, unit) => row.map((cell) => cell && (unit % 5) + 1));
      const matrix = matrixOf(agreeing);
      const fit = fitOf(matrix);
      Array.from(matrix.units, (_, unit) =>
        expect(mostProbable(fit, unit)).toEqual({ value: matrix.value[matrix.start[unit]!], certainty: 1 }),
      );
    }));
});

describe("what is asked for", () => {
  const matrix = matrixOf([
    [1, 1, 2],
    [2, 2, 2],
    [1, 3, 1],
    [3, 3, null],
    [2, 1, 2],
  ]);

  test("nobody rated anything: there is a reason and no numbers", () => {
    const nothing = dawidSkene(raterMatrix([], { categories: scale, raters: 2 }));
    expect(nothing).toEqual({ kind: "undefined", because: "NO_RATINGS", units: 0, raters: 2, pairableValues: 0 });
  });

  test("one value for everything is certain", () => {
    const fit = fitOf(raterMatrix(ratingsOfTable([[1, 1], [1]]), { categories: [1] }));
    expect(fit).toMatchObject({ logLikelihood: 0, steps: 2, converged: true });
    expect([...fit.priors, ...fit.posteriors, ...fit.confusion]).toEqual([1, 1, 1, 1, 1]);
  });

  test("a rater's row for a value that none of its units has is null, not a row of zeros", () => {
    const fit = fitOf(
      matrixOf([
        [1, null],
        [1, 1],
        [2, 2],
        [3, null],
        [3, null],
      ]),
    );
    expect(confusionRow(fit, 0, 2)).toEqual(Float64Array.of(0, 0, 1, 0, 0));
    expect(confusionRow(fit, 1, 2)).toBeNull();
    expect(fit.rowRatings[1 * 5 + 2]).toBe(0);
  });

  test("two values that are equally probable are a tie, and the first one on request", () => {
    const fit = fitOf(
      matrixOf([
        [1, 2],
        [2, 1],
      ]),
    );
    expect(mostProbable(fit, 0)).toEqual({ value: null, certainty: 0.5 });
    expect(mostProbable(fit, 1, "FIRST_VALUE")).toEqual({ value: 0, certainty: 0.5 });
  });

  test("each step is told, and telling changes nothing", () => {
    const told: [number, number][] = [];
    const fit = fitOf(matrix, { onStep: (step, value) => told.push([step, value]) });
    expect(told.map(([step]) => step)).toEqual(Array.from({ length: fit.steps }, (_, i) => i + 1));
    expect(told.at(-1)![1]).toBe(fit.logLikelihood);
    expect(fitOf(matrix)).toEqual(fit);
  });

  test("steps that run out leave a result that says it has not converged", () => {
    expect(fitOf(matrix, { mostSteps: 1 })).toMatchObject({ steps: 1, converged: false });
    expect(fitOf(matrix)).toMatchObject({ converged: true });
  });

  test("options that make no sense are refused", () => {
    expect(() => dawidSkene(matrix, { tolerance: -1 })).toThrow("tolerance -1 is not a number from 0 up");
    expect(() => dawidSkene(matrix, { tolerance: NaN })).toThrow(RangeError);
    expect(() => dawidSkene(matrix, { mostSteps: 0 })).toThrow("mostSteps 0 is not a whole number from 1 up");
    expect(() => dawidSkene(matrix, { mostSteps: 2.5 })).toThrow(RangeError);
  });

  test("a unit with more ratings than a product of probabilities can bear is counted all the same", () => {
    const crowd = [1, 2].map((value) =>
      Array.from({ length: 3000 }, (_, rater) => (rater % 3 === 0 ? 3 - value : value)),
    );
    const fit = fitOf(matrixOf([...crowd, ...crowd.map((row) => [...row.slice(1), 1])]), { mostSteps: 1 });
    expect(fit.logLikelihood).toBeLessThan(-1000);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
    expectSumsOfOne(fit.posteriors, 5);
  });

  test("the ratings are left as they were", () => {
    const before = structuredClone(matrix);
    dawidSkene(deepFreeze(matrix));
    expect(matrix).toEqual(before);
  });
});

describe("simulated raters", () => {
  /** Of 400 units with 5 of 12 raters each; raters 0 to 8 are right with probability .8, 9 to 11 throw dice. */
  function simulated(seed: number, read: RatingsRead) {
    const random = randomNumbers(seed);
    const die = () => 1 + Math.floor(random() * 4);
    const truths = Array.from({ length: 400 }, die);
    const ratings = truths.flatMap((truth, unit) =>
      shuffled([...Array(12).keys()], seed + unit)
        .slice(0, 5)
        .map((rater): Rating => ({ unit, rater, value: rater < 9 && random() < 0.8 ? truth : die() })),
    );
    return { truths, matrix: raterMatrix(ratings, read) };
  }

  test.each([1, 2, 3])("who rate at random stand apart by their confusion diagonals (seed %i)", (seed) => {
    const { truths, matrix } = simulated(seed, { categories: [1, 2, 3, 4] });
    const fit = fitOf(matrix);
    const diagonals = new Map(
      fit.confusionOf.map((name, r) => [
        Number(name),
        [0, 1, 2, 3].reduce((sum, k) => sum + fit.priors[k]! * confusionRow(fit, r, k)![k]!, 0),
      ]),
    );
    const of = (raters: number[]) => raters.map((rater) => diagonals.get(rater)!);
    expect(Math.max(...of([9, 10, 11]))).toBeLessThan(0.4);
    expect(Math.min(...of([0, 1, 2, 3, 4, 5, 6, 7, 8]))).toBeGreaterThan(0.7);
    const right = Array.from(matrix.units, (unit, i) => mostProbable(fit, i).value === truths[Number(unit)]! - 1);
    expect(right.filter(Boolean).length / right.length).toBeGreaterThan(0.9);
  });
});
