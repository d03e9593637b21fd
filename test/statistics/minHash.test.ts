// Are hashes those of MurmurHash3, do signatures estimate what they should, and do pairs make clusters?
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandKeys, bandThreshold, candidateProbability } from "../../src/statistics/bandKeys.js";
import { clustersOf } from "../../src/statistics/clustersOf.js";
import { estimatedJaccard, minHash, SIGNATURE_LENGTH } from "../../src/statistics/minHash.js";
import { finished, hashOfNumbers, hashOfText } from "../../src/statistics/murmurHash.js";
import { jaccard, shinglesOf } from "../../src/statistics/shingles.js";
import { shuffled } from "./sampleRatings.js";

function valueOf(found: { kind: "defined"; value: number } | { kind: "undefined"; because: string }): number {
  if (found.kind === "undefined") throw new Error(`expected a value, found ${found.because}`);
  return found.value;
}

const words = (text: string) => text.split(" ");
/** Two sets of a hundred, `shared` of them in both. */
function twoSets(shared: number, salt: number): [Uint32Array, Uint32Array] {
  const member = (name: string) => hashOfText(`${salt} ${name}`);
  const set = (own: string) =>
    Uint32Array.from({ length: 100 }, (_, i) => member(i < shared ? `both ${i}` : `${own} ${i}`)).sort();
  return [set("first"), set("second")];
}

describe("MurmurHash3", () => {
  // Published vectors of MurmurHash3_x86_32; "test" as two code units that are its bytes
  test("is 0 of nothing, 0x514e28b7 with seed 1, and 0xba6bd213 of the bytes of 'test'", () => {
    expect([hashOfText(""), hashOfText("", 1), hashOfText("\u6574\u7473")]).toEqual([0, 0x514e28b7, 0xba6bd213]);
  });

  // An implementation in Python, right on the published vectors of "test", "Hello, world!" and "The quick brown fox …",
  // over text.encode("utf-16-le")
  test.each([
    ["word", 0, 2298424937],
    ["word", 7, 1271867306],
    ["naïve", 0, 2643368834],
    ["日本語", 0, 1004281861],
    ["日本語", 7, 3523809713],
    ["odd", 0, 295254629],
  ])("of %s with seed %i is %i", (text, seed, hash) => expect(hashOfText(text, seed)).toBe(hash));

  test("of numbers is that of their bytes", () => {
    expect(hashOfNumbers([1, 2, 4294967295])).toBe(439087879);
    expect(hashOfNumbers([9, 1, 2, 4294967295, 9], 1, 4)).toBe(439087879);
    expect(hashOfNumbers([0x74736574])).toBe(0xba6bd213);
  });

  test("ends one to one", () => {
    fc.assert(fc.property(fc.integer(), fc.integer(), (x, y) => (finished(x) === finished(y)) === (x === y)));
  });
});

describe("shingles", () => {
  test("are the runs of five words, each once, ascending, and know their order", () => {
    const found = shinglesOf(words("a b c d e f a b c d e"));
    expect(found).toHaveLength(6);
    expect([...found]).toEqual([...found].sort((a, b) => a - b));
    expect(shinglesOf(words("a b c d e"))).not.toEqual(shinglesOf(words("e d c b a")));
  });

  test("of a short text are its one run, of none none", () => {
    expect(shinglesOf(words("a b c"))).toHaveLength(1);
    expect(shinglesOf(words("a b c"))).toEqual(shinglesOf(words("a b c"), 3));
    expect(shinglesOf([])).toHaveLength(0);
    expect(() => shinglesOf(["a"], 0)).toThrow(RangeError);
  });

  test("have the Jaccard index of their sets", () => {
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [first, second] = [a, b].map((list) => Uint32Array.from(list).sort()) as [Uint32Array, Uint32Array];
        const found = jaccard(first, second);
        const union = new Set([...a, ...b]).size;
        if (found.kind === "undefined") expect(union).toBe(0);
        else expect(found.value).toBe(a.filter((x) => b.includes(x)).length / union);
      }),
    );
  });
});

describe("signatures", () => {
  test("are 128 numbers, the same for the same set and seed", () => {
    const [set] = twoSets(0, 1);
    expect(minHash(set)).toHaveLength(SIGNATURE_LENGTH);
    expect(minHash(set, 5)).toEqual(minHash(Uint32Array.from(set).reverse(), 5));
    expect(minHash(set, 6)).not.toEqual(minHash(set, 5));
    expect(minHash(new Uint32Array(0))).toBeNull();
  });

  test.each([20, 50, 80, 95])("of sets with %i of 100 in common estimate their Jaccard index, unbiased", (shared) => {
    const J = shared / (200 - shared);
    let [bias, squares] = [0, 0];
    for (let salt = 0; salt < 300; salt++) {
      const [a, b] = twoSets(shared, salt);
      expect(valueOf(jaccard(a, b))).toBeCloseTo(J, 14);
      const off = valueOf(estimatedJaccard(minHash(a), minHash(b))) - J;
      bias += off / 300;
      squares += off ** 2 / 300;
    }
    const error = Math.sqrt((J * (1 - J)) / SIGNATURE_LENGTH);
    expect(Math.abs(bias)).toBeLessThan((4 * error) / Math.sqrt(300));
    expect(Math.abs(Math.sqrt(squares) / error - 1)).toBeLessThan(0.2);
  });

  test("of an empty set say nothing", () => {
    const because = "NO_SHINGLES";
    expect(estimatedJaccard(null, minHash(Uint32Array.of(1)))).toEqual({ kind: "undefined", because });
    expect(jaccard(new Uint32Array(0), new Uint32Array(0))).toEqual({ kind: "undefined", because });
    expect(() => estimatedJaccard(Uint32Array.of(1), Uint32Array.of(1, 2))).toThrow(RangeError);
  });
});

describe("bands", () => {
  // Leskovec, Rajaraman and Ullman, figure 3.8: 20 bands of 5 rows
  test.each([
    [0.2, 0.006],
    [0.3, 0.047],
    [0.4, 0.186],
    [0.5, 0.47],
    [0.6, 0.802],
    [0.7, 0.975],
    [0.8, 0.9996],
  ])("find sets with Jaccard index %d with probability %d", (J, found) =>
    expect(candidateProbability(J, { bands: 20, rows: 5 })).toBeCloseTo(found, 3),
  );

  test("of datatrove, 14 of 8 rows, have the threshold 0.72 and find 0.924 at 0.8", () => {
    expect(bandThreshold({ bands: 14, rows: 8 })).toBeCloseTo(0.72, 2);
    expect(candidateProbability(0.8, { bands: 14, rows: 8 })).toBeCloseTo(0.924, 3);
    expect([0, 1].map((J) => candidateProbability(J, { bands: 14, rows: 8 }))).toEqual([0, 1]);
  });

  test("have keys in common as often as the S says", () => {
    const banding = { bands: 16, rows: 8 };
    const J = 80 / 120;
    let found = 0;
    for (let salt = 0; salt < 600; salt++) {
      const [a, b] = twoSets(80, salt).map((set) => bandKeys(minHash(set)!, banding)) as [BigInt64Array, BigInt64Array];
      if (a.some((key) => b.includes(key))) found++;
    }
    expect(Math.abs(found / 600 - candidateProbability(J, banding))).toBeLessThan(0.06);
  });

  test("have keys of their own, as signed 64 bits, and need a signature long enough", () => {
    const signature = new Uint32Array(128).fill(7);
    const keys = bandKeys(signature, { bands: 16, rows: 8 });
    expect(new Set(keys).size).toBe(16);
    expect(keys.some((key) => key < 0n)).toBe(true);
    expect(() => bandKeys(signature, { bands: 16, rows: 9 })).toThrow(/need 144 numbers/);
    expect(() => bandKeys(signature, { bands: 0, rows: 9 })).toThrow(RangeError);
  });
});

describe("clusters", () => {
  test("are named by their least member", () => {
    const clusters = clustersOf([
      [9, 4],
      [7, 8],
      [4, 2],
      [3, 3],
    ]);
    expect(Object.fromEntries(clusters)).toEqual({ 9: 2, 4: 2, 2: 2, 7: 7, 8: 7, 3: 3 });
    expect(clustersOf([["b", "a"]])).toEqual(
      new Map([
        ["a", "a"],
        ["b", "a"],
      ]),
    );
    expect(clustersOf([])).toEqual(new Map());
  });

  test("do not hang on the order of pairs, and are what walking from each member reaches", () => {
    const somePairs = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 25 });
    fc.assert(
      fc.property(somePairs, fc.integer(), (pairs, seed) => {
        const clusters = clustersOf(pairs);
        const sorted = (map: Map<number, number>) => [...map].sort(([a], [b]) => a - b);
        const again = clustersOf(shuffled(pairs, seed).map(([a, b]) => [b, a] as const));
        expect(sorted(again)).toEqual(sorted(clusters));
        for (const [member, least] of clusters) {
          const reached = new Set([member]);
          for (let size = 0; size < reached.size;) {
            size = reached.size;
            for (const [a, b] of pairs) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
          }
          expect(least).toBe(Math.min(...reached));
        }
      }),
    );
  });
});
