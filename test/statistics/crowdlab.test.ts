// What does CROWDLAB give on ties, on raters without company and on input that makes no sense?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crowdlab, type CrowdlabFit, type CrowdlabMethod } from "../../src/statistics/crowdlab.js";
import { raterMatrix, type RaterMatrix } from "../../src/statistics/raterMatrix.js";
import { completeTables, deepFreeze, ratingsOfTable, shuffled, valueOf, type Table } from "./sampleRatings.js";

const matrixOf = (table: Table, categories = [1, 2, 3]) => raterMatrix(ratingsOfTable(table), { categories });

/** The same for each unit, where the unit's name does not say otherwise. */
function modelOf(matrix: RaterMatrix, usual: number[], others: Record<string, number[]> = {}): number[] {
  return Array.from(matrix.units, (unit) => others[unit] ?? usual).flat();
}

function fitOf(matrix: RaterMatrix, model: ArrayLike<number>, method?: CrowdlabMethod): CrowdlabFit {
  const fit = crowdlab(matrix, model, method);
  if (fit.kind === "undefined") throw new Error(fit.because);
  return fit;
}

/** By the name of the unit its consensus value. */
function consensusOf(matrix: RaterMatrix, { consensus }: CrowdlabFit) {
  return Object.fromEntries(Array.from(matrix.units, (name, unit) => [name, matrix.values[consensus[unit]!]]));
}

const majority = { consensus: "MAJORITY_VOTE", quality: "AGREEMENT" } as const;
const methods = [majority, { ...majority, quality: "CROWDLAB" }, undefined] as const;

describe("a majority tie", () => {
  const matrix = matrixOf([
    [1, 2],
    [1, 2],
    [3, 2],
    [3, 3],
  ]);

  test("goes to the value that the model finds likelier", () => {
    const model = modelOf(matrix, [0.5, 0.3, 0.2], { u1: [0.3, 0.5, 0.2] });
    expect(consensusOf(matrix, fitOf(matrix, model, majority))).toEqual({ u0: 1, u1: 2, u2: 2, u3: 3 });
  });

  test("then to the value with fewest ratings, then to the first", () => {
    const model = modelOf(matrix, [0.4, 0.4, 0.2], { u2: [0.2, 0.4, 0.4] });
    expect(consensusOf(matrix, fitOf(matrix, model, majority))).toEqual({ u0: 1, u1: 1, u2: 2, u3: 3 });
    const rare = matrixOf([
      [1, 2],
      [1, 1],
    ]);
    expect(consensusOf(rare, fitOf(rare, modelOf(rare, [0.4, 0.4, 0.2]), majority))).toEqual({ u0: 2, u1: 1 });
    const even = matrixOf([
      [1, 2],
      [2, 1],
    ]);
    expect(consensusOf(even, fitOf(even, modelOf(even, [0.4, 0.4, 0.2]), majority))).toEqual({ u0: 1, u1: 1 });
  });
});

describe("a rater", () => {
  const matrix = matrixOf([
    [1, 1, 2, null],
    [2, 2, 2, null],
    [3, 3, 1, null],
    [1, 1, 1, null],
    [null, null, null, 3],
  ]);
  const fit = fitOf(matrix, modelOf(matrix, [0.5, 0.3, 0.2]));

  test("who shares no unit has no quality, and the mean of the others as its agreement", () => {
    expect(fit.byRater[3]).toMatchObject({
      rater: "r3",
      ratings: 1,
      quality: { kind: "undefined", because: "NO_PAIRABLE_UNITS", units: 1, raters: 1, pairableValues: 0 },
    });
    // The others agree with 3/4, 3/4 and 1/2 of each other's ratings; half of the units have not the commonest value.
    const { raters } = fit.weights!;
    [0.5, 0.5, 1e-6, 1 - (1 - 2 / 3) / 0.5].forEach((weight, r) => expect(raters[r]).toBeCloseTo(weight, 12));
  });

  test("who agrees more with the others weighs more and has the higher quality", () => {
    const [first, , third] = fit.byRater.map(({ quality }) => (quality.kind === "defined" ? quality.value : 0));
    expect(first).toBeGreaterThan(third!);
    expect(fit.weights!.raters[0]).toBeGreaterThan(fit.weights!.raters[2]!);
    expect(fit.byRater[2]!.quality).toMatchObject({ units: 4, raters: 1, pairableValues: 4 });
  });

  test("who is wrong with two values as often is worst at the one that stands against the surer consensus", () => {
    const matrix = matrixOf([
      [1, 3, 3, null],
      [2, 3, 3, 3],
    ]);
    const [first] = fitOf(matrix, modelOf(matrix, [0.5, 0.3, 0.2]), majority).byRater;
    expect(first).toMatchObject({ rater: "r0", consensusShare: 0, worstValue: 1 });
  });

  test("is reported once, with all repeats", () => {
    const ratings = [1, 1, 2].map((value) => ({ unit: "u", rater: "a", value }));
    const repeated = raterMatrix([...ratings, { unit: "u", rater: "b", value: 1 }], {
      categories: [1, 2],
      repeats: "ALL",
    });
    const { byRater, weights } = fitOf(repeated, [0.5, 0.5]);
    expect(byRater.map(({ rater, ratings: n, consensusShare }) => [rater, n, consensusShare])).toEqual([
      ["a", 3, 2 / 3],
      ["b", 1, 1],
    ]);
    expect(weights!.raters).toHaveLength(2);
  });
});

describe("without an answer", () => {
  test("there is a reason: nobody rated, or no unit has two ratings", () => {
    expect(crowdlab(matrixOf([]), [])).toEqual({
      kind: "undefined",
      because: "NO_RATINGS",
      units: 0,
      raters: 0,
      pairableValues: 0,
    });
    const alone = matrixOf([
      [1, null],
      [null, 2],
    ]);
    expect(crowdlab(alone, modelOf(alone, [0.5, 0.3, 0.2]))).toMatchObject({ because: "NO_PAIRABLE_UNITS", units: 2 });
  });

  test("probabilities that are none are refused", () => {
    const matrix = matrixOf([[1, 1]]);
    expect(() => crowdlab(matrix, [0.5, 0.5])).toThrow("2 probabilities; expected 3 for each of 1 units");
    expect(() => crowdlab(matrix, [0.5, 0.5, 0.5])).toThrow("unit u0 has the probabilities 0.5, 0.5, 0.5; expected");
    expect(() => crowdlab(matrix, [0.5, NaN, 0.5])).toThrow(RangeError);
    expect(() => crowdlab(matrix, [1.5, -0.5, 0])).toThrow(RangeError);
  });
});

describe("for any ratings and model", () => {
  test("posteriors sum to 1, qualities are from 0 to 1 and the input is left as it was", () => {
    const check = (table: Table, seed: number) => {
      const matrix = matrixOf(table, [1, 2, 3, 4, 5]);
      const model = Array.from(matrix.units, (_, unit) => shuffled([0.4, 0.3, 0.15, 0.1, 0.05], seed + unit)).flat();
      const before = structuredClone(matrix);
      for (const method of methods) {
        const { posteriors, quality, consensusShare, byRater } = fitOf(deepFreeze(matrix), deepFreeze(model), method);
        for (let at = 0; at < posteriors.length; at += 5)
          expect(posteriors.subarray(at, at + 5).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        const shares = [...quality, ...consensusShare, ...byRater.map((rater) => valueOf(rater.quality))];
        expect(shares.every((share) => share >= 0 && share <= 1 + 1e-12)).toBe(true);
      }
      expect(matrix).toEqual(before);
    };
    fc.assert(fc.property(completeTables, fc.nat(), check), { seed: 42, numRuns: 60 });
  });

  test("one declared value is certain", () => {
    const matrix = matrixOf(
      [
        [1, 1],
        [1, 1],
      ],
      [1],
    );
    for (const method of methods)
      expect([...fitOf(matrix, [1, 1], method).quality].map((quality) => quality.toFixed(12))).toEqual([
        "1.000000000000",
        "1.000000000000",
      ]);
  });
});
