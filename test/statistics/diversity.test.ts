// Are measures of diversity and repetition those of scipy, R and nltk?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctN } from "../../src/statistics/distinctN.js";
import { gini } from "../../src/statistics/gini.js";
import { hillNumbers } from "../../src/statistics/hillNumbers.js";
import { ngramsOf } from "../../src/statistics/ngrams.js";
import { selfBleu } from "../../src/statistics/selfBleu.js";
import { selfRepetition, selfRepetitions } from "../../src/statistics/selfRepetition.js";
import { tokenSample } from "../../src/statistics/tokenSample.js";
import { deepFreeze } from "./sampleRatings.js";

function defined<Found extends { kind: string }>(found: Found) {
  if (found.kind === "undefined") throw new Error("expected a value");
  return found as Extract<Found, { kind: "defined" }>;
}

const words = (text: string) => text.split(" ").filter((word) => word !== "");

describe("Hill numbers", () => {
  test("are exp of scipy 1.17.1 scipy.stats.entropy, and 1/Σ p², for eight kinds", () => {
    const found = defined(hillNumbers(deepFreeze([40, 25, 15, 10, 5, 3, 1, 1])));
    expect(found).toMatchObject({ q0: 8, topShare: expect.closeTo(0.4, 14) });
    expect(found.q1).toBeCloseTo(4.830756807816573, 12);
    expect(found.q2).toBeCloseTo(3.8669760247486464, 12);
    expect(found.evenness).toBeCloseTo(0.6038446009770716, 12);
  });

  test("are all the number of kinds, where those are equally common, empty kinds left out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (kinds) => {
        const found = defined(hillNumbers([...Array<number>(kinds).fill(7), 0]));
        expect(found).toMatchObject({ q0: kinds, topShare: expect.closeTo(1 / kinds, 14) });
        for (const q of [found.q1, found.q2]) expect(q / kinds).toBeCloseTo(1, 12);
        expect(found.evenness).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("go down with their order, from 1 up, and do not change when everything doubles", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1 }), (counts) => {
        const found = hillNumbers(counts);
        if (found.kind === "undefined") return;
        expect(found.q1).toBeLessThanOrEqual(found.q0);
        expect(found.q2).toBeLessThanOrEqual(found.q1);
        expect(found.q2).toBeGreaterThanOrEqual(1);
        const doubled = defined(hillNumbers([...counts, ...counts]));
        expect(doubled.q1 / found.q1).toBeCloseTo(2, 10);
        expect(doubled.q2 / found.q2).toBeCloseTo(2, 10);
      }),
    );
  });

  test("are none without counts", () => {
    expect(hillNumbers([])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(hillNumbers([0, 0])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(() => hillNumbers([1, -1])).toThrow(RangeError);
  });
});

describe("Gini's coefficient", () => {
  test("is that of R ineq, Gini(c(541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)): 0.4620911", () => {
    const incomes = deepFreeze([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]);
    expect(defined(gini(incomes)).value).toBeCloseTo(0.46209113026762383, 13);
    expect(defined(gini([...incomes].reverse())).value).toBe(defined(gini(incomes)).value);
  });

  test("is 0 for equal amounts, (n − 1)/n where one has all, and sees zeros", () => {
    expect(defined(gini([3, 3, 3])).value).toBe(0);
    expect(defined(gini([0, 0, 0, 9])).value).toBeCloseTo(0.75, 14);
  });

  test("is half the mean difference of pairs over the mean", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }), (amounts) => {
        const found = gini(amounts);
        const mean = amounts.reduce((sum, x) => sum + x, 0) / amounts.length;
        const apart = amounts.flatMap((x) => amounts.map((y) => Math.abs(x - y))).reduce((sum, d) => sum + d, 0);
        if (found.kind === "undefined") expect(mean).toBe(0);
        else expect(found.value).toBeCloseTo(apart / (2 * amounts.length ** 2 * mean), 12);
      }),
    );
  });

  test("refuses amounts below 0", () => {
    expect(gini([])).toEqual({ kind: "undefined", because: "NO_COUNTS" });
    expect(() => gini([1, -1])).toThrow(RangeError);
    expect(() => gini([1, Number.NaN])).toThrow(RangeError);
  });
});

describe("n-grams", () => {
  test("get one number for the same words, and stay within documents", () => {
    const found = ngramsOf([words("a b a b"), words("b a"), words("c")], 2);
    expect(found.documents.map((grams) => [...grams])).toEqual([[0, 1, 0], [1], []]);
    expect(found.distinct).toBe(2);
  });

  test("are told apart where joined words are not", () => {
    expect(
      ngramsOf(
        [
          ["a b", "c"],
          ["a", "b c"],
        ],
        2,
      ).distinct,
    ).toBe(2);
    expect(() => ngramsOf([], 0)).toThrow(RangeError);
  });

  test("are as many as sets of joined words find", () => {
    const documents = fc.array(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 9 }), { maxLength: 5 });
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 4 }), (some, n) => {
        const all = some.flatMap((tokens) =>
          tokens.slice(0, Math.max(0, tokens.length - n + 1)).map((_, i) => tokens.slice(i, i + n).join(" ")),
        );
        const found = distinctN(some, n);
        if (found.kind === "undefined") expect(all).toEqual([]);
        else expect(found).toMatchObject({ total: all.length, distinct: new Set(all).size });
        if (found.kind === "defined") expect(found.value).toBe(found.distinct / found.total);
      }),
    );
  });
});

test("self-repetition is the share of documents that have words in common with another", () => {
  const documents = ["write a poem about rain", "please write a poem now", "how do engines work", "a a a a a a", "hi"];
  expect(selfRepetition(documents.map(words), 3)).toEqual({ kind: "defined", value: 0.5, repeating: 2, documents: 4 });
  expect(selfRepetition(documents.map(words), 4)).toMatchObject({ repeating: 0, documents: 4 });
  expect(selfRepetition([words("a b")], 3)).toEqual({ kind: "undefined", because: "NO_NGRAMS" });
  for (const least of [1, 3])
    expect(selfRepetitions(documents.map(words), least, 4)).toEqual(
      Array.from({ length: 5 - least }, (_, i) => selfRepetition(documents.map(words), least + i)),
    );
  expect(distinctN([words("a b")], 3)).toEqual({ kind: "undefined", because: "NO_NGRAMS" });
});

describe("self-BLEU", () => {
  test("of Papineni's first example against its references is nltk's sentence_bleu, 0.5045666840058485", () => {
    const { each } = defined(
      selfBleu(
        [
          "It is a guide to action which ensures that the military always obeys the commands of the party",
          "It is a guide to action that ensures that the military will forever heed Party commands",
          "It is the guiding principle which guarantees the military forces always being under the command of the Party",
          "It is the practical guide for the army always to heed the directions of the party",
        ].map(words),
      ),
    );
    expect(each[0]).toBeCloseTo(0.5045666840058485, 13);
  });

  test("is the mean of BLEU with counts of 0 as 0.1, written out pair by pair in Python", () => {
    const texts = [
      "write a poem about the sea",
      "write a poem about the moon and the sea",
      "what is the capital of france",
      "explain how a compiler works in simple words please",
      "write a short poem",
      "zebra",
    ];
    const found = defined(selfBleu(texts.map(words)));
    const expected = [
      0.8408964152537145, 0.493938273711537, 0.040824829046386304, 0.023980296761827107, 0.114046053748353, 0,
    ];
    expect(found.each).toEqual(expected.map((bleu) => expect.closeTo(bleu, 13)));
    expect(found.value).toBeCloseTo(0.25228097808696964, 13);
  });

  test("is 1 of the same text twice, and leaves out empty ones", () => {
    const found = defined(selfBleu([words("a b c d e"), [], words("a b c d e")]));
    expect(found).toMatchObject({
      value: expect.closeTo(1, 14),
      each: [expect.closeTo(1, 14), null, expect.closeTo(1, 14)],
    });
    expect(selfBleu([words("a"), []])).toEqual({ kind: "undefined", because: "FEWER_THAN_TWO_DOCUMENTS" });
    expect(() => selfBleu([], 0)).toThrow(RangeError);
  });
});

describe("a sample of tokens", () => {
  const documents = Array.from({ length: 40 }, (_, d) => Array.from({ length: 1 + (d % 7) }, (__, i) => `${d}.${i}`));

  test("has as many as were asked for, whole documents but the last, the same for the same seed", () => {
    const found = defined(tokenSample(documents, 50, 3));
    expect(found.documents.flat()).toHaveLength(50);
    for (const sampled of found.documents.slice(0, -1)) expect(documents).toContainEqual(sampled);
    expect(tokenSample(documents, 50, 3)).toEqual(found);
    expect(tokenSample(documents, 50, 4)).not.toEqual(found);
  });

  test("takes each document as often as any other", () => {
    const first = new Map<string, number>();
    for (let seed = 0; seed < 4000; seed++) {
      const id = defined(tokenSample(documents.slice(0, 4), 1, seed)).documents[0]![0]!;
      first.set(id, (first.get(id) ?? 0) + 1);
    }
    for (const count of first.values()) expect(Math.abs(count - 1000)).toBeLessThan(110);
  });

  test("is none where there are too few", () => {
    expect(tokenSample(documents, 1000, 3)).toEqual({ kind: "undefined", because: "TOO_FEW_TOKENS" });
    expect(() => tokenSample(documents, 0, 3)).toThrow(RangeError);
  });
});
