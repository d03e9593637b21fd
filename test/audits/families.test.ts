// Does each family of tests say what its counts say, by numbers of R and scipy, and with the right verdict?
import { describe, expect, it } from "vitest";
import type { AuditScope } from "../../src/audits/auditScope.js";
import { withEvidence } from "../../src/audits/evidenceOf.js";
import { associationTests } from "../../src/audits/families/association.js";
import { poolTests } from "../../src/audits/families/pool.js";
import { provenanceTests, sourceCounts } from "../../src/audits/families/provenance.js";
import { representationTests, type AxisCounts } from "../../src/audits/families/representation.js";
import { modelFamily } from "../../src/audits/families/selfPreference.js";
import { styleTests } from "../../src/audits/families/style.js";
import { treatmentTests } from "../../src/audits/families/treatment.js";
import type { FamilyTests } from "../../src/audits/familyTests.js";
import { finishTests } from "../../src/audits/finishTests.js";
import { minimumEffectsOf } from "../../src/audits/minimumEffects.js";

const asked = { alpha: 0.05, seed: 1, minimumEffects: minimumEffectsOf([]) };

/** Examples 1, 2, 3 … of these sources in turn, by how many each has. */
function scopeOf(sources: Array<{ key: string; count: number; kind?: string; model?: string }>): AuditScope {
  const size = sources.reduce((sum, { count }) => sum + count, 0);
  const source = Int32Array.from(sources.flatMap(({ count }, i) => Array<number>(count).fill(i)));
  return {
    exampleVersions: Int32Array.from({ length: size }, (_, i) => i + 1),
    source,
    sources: sources.map(({ key, kind = "HUMAN_DEMONSTRATION", model = null }, i) => ({
      source: i + 1,
      key,
      kind: kind as "HUMAN_DEMONSTRATION",
      model,
    })),
    author: new Int32Array(size).fill(-1),
    authors: [],
    authorIds: new Int32Array(),
    promptWords: new Int32Array(size),
    responseWords: new Int32Array(size),
    erased: new Uint8Array(size),
    labels: [],
  };
}

function finished(part: FamilyTests, scope: AuditScope) {
  return finishTests(withEvidence(part, scope.exampleVersions, 1).tests, asked);
}

describe("provenance", () => {
  const scope = scopeOf([
    { key: "people", count: 250 },
    { key: "machine-a", count: 500, kind: "MODEL_GENERATED", model: "gpt-4" },
    { key: "machine-b", count: 250, kind: "MODEL_GENERATED", model: "gpt-4" },
  ]);
  const [source, model] = finished(provenanceTests(sourceCounts(scope), scope, asked), scope);

  it("says that half is not more than half, and leaves open whether it is", () => {
    // Wilson's formula written out in Python, with scipy's norm.ppf(0.975)
    expect(source!.effect).toMatchObject({
      value: 0.5,
      low: expect.closeTo(0.46906960036810413, 9),
      high: expect.closeTo(0.5309303996318958, 9),
    });
    expect(source).toMatchObject({ verdict: "INCONCLUSIVE", p: 0.5, groups: [{ name: "machine-a", n: 500 }, {}, {}] });
    expect((source!.details.hill as any).q2).toBeCloseTo(1 / (0.25 + 0.125), 12);
  });

  it("finds that one model wrote three quarters, with examples of both", () => {
    expect(model).toMatchObject({ verdict: "HIGH", rule: "LIMIT_EXCEEDS_MINIMUM", minimumEffect: 0.5 });
    expect(model!.effect.value).toBe(0.75);
    const shown = (role: string) => model!.evidence.filter((one) => one.role === role).map((one) => one.exampleVersion);
    expect(shown("SUPPORTING").every((exampleVersion) => exampleVersion > 250)).toBe(true);
    expect(shown("COUNTER").every((exampleVersion) => exampleVersion <= 250)).toBe(true);
    expect([shown("SUPPORTING").length, shown("COUNTER").length]).toEqual([10, 10]);
    expect(model!.nextStep).toMatch(/^Add examples from other sources/);
  });

  it("takes the same evidence for the same seed, and other for another", () => {
    const drawn = (seed: number) =>
      withEvidence(provenanceTests(sourceCounts(scope), scope, asked), scope.exampleVersions, seed).tests[1]!.evidence;
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2)).not.toEqual(drawn(1));
  });
});

describe("representation", () => {
  const counts: AxisCounts = {
    dimension: "lexicon:gender",
    groups: ["feminine", "masculine"],
    examples: 1000,
    mentioning: Float64Array.of(150, 250),
    only: Float64Array.of(100, 200),
    mentions: [180, 300],
    sources: ["one", "two"],
    onlyBySource: [Float64Array.of(80, 100), Float64Array.of(20, 100)],
  };
  const scope = scopeOf([{ key: "one", count: 10 }]);
  const axis = { anywhere: new Int32Array(10) };
  const [ratio, source] = finished(representationTests([{ counts, axis }], asked), scope);

  it("gives rates per 1,000 with Wilson, and the ratio of those that mention one group alone", () => {
    // As above
    expect(ratio!.groups[0]).toMatchObject({
      name: "feminine",
      n: 150,
      value: 150,
      low: expect.closeTo(129.21007251308828, 6),
      high: expect.closeTo(173.46865842680032, 6),
    });
    // McNemar without correction, b = 100, c = 200: z = -100/sqrt(300); p of scipy 2*norm.sf(5.7735)
    expect(ratio!.statistic).toMatchObject({ name: "z", value: expect.closeTo(-5.773503, 6) });
    expect(ratio!.p! / 7.764e-9).toBeCloseTo(1, 3);
    expect(ratio).toMatchObject({ verdict: "HIGH", effect: { scale: "RATIO", value: expect.closeTo(0.5, 12) } });
    expect(ratio!.effect.high).toBeLessThan(0.8);
  });

  it("compares sources by chi-square and Cramér's V", () => {
    // scipy chi2_contingency([[80, 100], [20, 100]], correction=False): 25.0
    expect(source!.statistic).toMatchObject({ value: expect.closeTo(25, 9), degreesOfFreedom: 1 });
    expect(source!.p! / 5.733e-7).toBeCloseTo(1, 3);
    expect(source).toMatchObject({ verdict: "HIGH", effect: { name: "Cramér's V" } });
  });

  it("holds more groups against equal shares, and says where a lexicon gives one group only", () => {
    const three = {
      ...counts,
      groups: ["a", "b", "c"],
      mentioning: Float64Array.of(30, 30, 30),
      only: Float64Array.of(20, 20, 20),
      mentions: [9, 9, 9],
      onlyBySource: [Float64Array.of(20, 20, 20)],
      sources: ["one"],
    };
    const [shares] = finished(representationTests([{ counts: three, axis }], asked), scope);
    expect(shares).toMatchObject({ effect: { name: "Cohen's w", value: 0, low: null, high: null }, p: 1 });
    expect(shares).toMatchObject({ verdict: "INCONCLUSIVE", rule: "NOT_MEASURED" });
    const many = { ...three, only: three.only.map((n) => 100 * n) };
    expect(finished(representationTests([{ counts: many, axis }], asked), scope)[0]).toMatchObject({ verdict: "PASS" });
    const one = { ...three, groups: ["a"] };
    expect(representationTests([{ counts: one, axis }], asked).skipped).toMatchObject([{ subject: "lexicon:gender" }]);
  });
});

describe("style and treatment", () => {
  const first = Array.from({ length: 40 }, (_, i) => 10 + i);
  const second = Array.from({ length: 50 }, (_, i) => 30 + i);
  const scope = scopeOf([
    { key: "one", count: 40 },
    { key: "two", count: 50 },
  ]);
  const values = Float64Array.from([...first, ...second]);

  it("compares two sources by Mann and Whitney with Cliff's delta", () => {
    const { tests, skipped } = styleTests([{ name: "response words", values }], scope, asked);
    const [words] = finished({ tests, skipped }, scope);
    // Brute force over all pairs
    const pairs = first.flatMap((a) => second.map((b) => Math.sign(a - b)));
    expect(words!.effect.value).toBeCloseTo(pairs.reduce((sum, sign) => sum + sign, 0) / pairs.length, 12);
    expect(words).toMatchObject({
      verdict: "HIGH",
      subject: "response words",
      groups: [
        { name: "one", n: 40, value: 29.5 },
        { name: "two", n: 50, value: 54.5 },
      ],
    });
    expect(words!.evidence.filter(({ role }) => role === "SUPPORTING").length).toBe(10);
    expect(skipped.map(({ subject }) => subject)).toEqual(["style by author", "share of one author"]);
  });

  it("compares more by Kruskal and Wallis with epsilon squared", () => {
    // scipy 1.17.1: kruskal(range(40), range(5, 45), range(20, 60))
    const three = [0, 5, 20].flatMap((from) => Array.from({ length: 40 }, (_, i) => from + i));
    const scopeOfThree = scopeOf(["a", "b", "c"].map((key) => ({ key, count: 40 })));
    const part = styleTests([{ name: "response words", values: Float64Array.from(three) }], scopeOfThree, asked);
    const [words] = finished(part, scopeOfThree);
    expect(words!.statistic).toMatchObject({
      name: "H",
      value: expect.closeTo(39.12128100250102, 9),
      degreesOfFreedom: 2,
    });
    expect(words!.p! / 3.1983189245681975e-9).toBeCloseTo(1, 8);
    expect(words).toMatchObject({
      effect: { name: "epsilon squared", value: expect.closeTo(39.12128100250102 / 119, 12) },
      verdict: "HIGH",
    });
    expect(words!.evidence.every(({ exampleVersion }) => exampleVersion > 80)).toBe(true);
  });

  it("finds refusals that hang on the group in the prompt, with Newcombe's limits and the risk ratio", () => {
    // Of 70 prompts about a 56 are refused, of 80 about b 48; 10 are about both, and 20 about neither
    const prompt = Int32Array.from([70, 80, 10, 20].flatMap((n, i) => Array<number>(n).fill([1, 2, 3, 0][i]!)));
    const refused = Float64Array.from(prompt, (_, i) => (i < 56 || (i >= 70 && i < 118) || i >= 150 ? 1 : 0));
    const axis = {
      dimension: "lexicon:faith",
      groups: ["a", "b"],
      prompt,
      response: prompt,
      anywhere: prompt,
      mentions: new Float64Array(2),
    };
    const place = scopeOf([{ key: "one", count: 180 }]);
    const part = treatmentTests([axis], [{ name: "refusal", kind: "SHARE", values: refused }], asked);
    const [refusal] = finished(part, place);
    // Newcombe (1998), table II, method 10: 56/70 − 48/80 is 0.2 (0.0524, 0.3339)
    expect(refusal!.effect).toMatchObject({
      value: expect.closeTo(0.2, 12),
      low: expect.closeTo(0.0524, 4),
      high: expect.closeTo(0.3339, 4),
    });
    expect((refusal!.details.riskRatio as any).value).toBeCloseTo(4 / 3, 12);
    expect(refusal).toMatchObject({
      verdict: "HIGH",
      groups: [
        { name: "a", n: 70, value: 0.8 },
        { name: "b", n: 80, value: 0.6 },
      ],
    });
    expect(refusal!.evidence.every(({ exampleVersion }) => exampleVersion <= 70)).toBe(true);
    const few = treatmentTests(
      [axis],
      [{ name: "refusal", kind: "SHARE", values: refused.map((value, i) => (i > 20 && i < 70 ? NaN : value)) }],
      asked,
    );
    expect(few).toMatchObject({ tests: [], skipped: [{ family: "TREATMENT", subject: "lexicon:faith a against b" }] });
  });
});

describe("association", () => {
  const words = ["kitchen", "the", "wrench"];
  const one = [40, 100, 5];
  const two = [10, 100, 35];
  const part = associationTests(
    [
      {
        dimension: "lexicon:gender",
        groups: ["feminine", "masculine"],
        words,
        counts: [Float64Array.from(one), Float64Array.from(two)],
        shown: [Int32Array.of(0, 1, 2), Int32Array.of(3, 4, 5)],
        examples: [100, 100],
        droppedWords: 0,
      },
    ],
    [],
    [],
    asked,
  );
  const [test] = finished(part, scopeOf([{ key: "one", count: 6 }]));

  it("says which word differs most, with limits that allow for having looked at all", () => {
    // Monroe, Colaresi and Quinn's formula written out; z of 1 − 0.05/3/2 by scipy norm.ppf
    const prior = words.map((_, w) => ((one[w]! + two[w]!) / 290) * 500);
    const odds = (y: number[], w: number) => Math.log((y[w]! + prior[w]!) / (145 + 500 - y[w]! - prior[w]!));
    const deltas = words.map((_, w) => odds(one, w) - odds(two, w));
    const errors = words.map((_, w) => Math.sqrt(1 / (one[w]! + prior[w]!) + 1 / (two[w]! + prior[w]!)));
    const zs = deltas.map((delta, w) => delta / errors[w]!);
    const top = Math.abs(zs[0]!) > Math.abs(zs[2]!) ? 0 : 2;
    expect(test!.effect.value).toBeCloseTo(deltas[top]!, 12);
    expect(test!.effect.high! - test!.effect.value!).toBeCloseTo(2.3939797998 * errors[top]!, 8);
    expect(test!.details).toMatchObject({
      word: words[top],
      feminine: [{ word: "kitchen", counts: [40, 10] }],
      masculine: [{ word: "wrench" }],
    });
    expect(test!.subject).toBe("words near feminine against masculine");
  });

  it("shows an example of each leading word, near either group", () => {
    expect(test!.evidence.map(({ role, exampleVersion }) => [role, exampleVersion])).toEqual([
      ["SUPPORTING", 4],
      ["SUPPORTING", 5],
      ["SUPPORTING", 6],
      ["COUNTER", 1],
      ["COUNTER", 2],
      ["COUNTER", 3],
    ]);
  });
});

describe("the pool of annotators", () => {
  const groups = [
    { name: "a", n: 30 },
    { name: "b", n: 20 },
    { name: "c", n: 10 },
  ];
  const scope = scopeOf([{ key: "one", count: 1 }]);

  it("is held against a reference by chi-square, and says of how many it is not known", () => {
    const reference = { attribute: "age", shares: ["a", "b", "c"].map((group) => ({ group, share: 1 / 3 })) };
    const [shares, unknown] = finished(
      poolTests({ attribute: "age", groups, unknown: 40, total: 100 }, [reference], asked),
      scope,
    );
    // scipy 1.17.1: chisquare([30, 20, 10])
    expect(shares).toMatchObject({
      statistic: { value: expect.closeTo(10, 12), degreesOfFreedom: 2 },
      p: expect.closeTo(0.006737946999085468, 12),
      warnings: [],
    });
    expect(shares!.effect).toMatchObject({ name: "Cohen's w", value: expect.closeTo(Math.sqrt(1 / 6), 12) });
    expect(unknown).toMatchObject({
      groups: [{ name: "not known", n: 40, value: 0.4 }],
      verdict: "HIGH",
      minimumEffect: 0.2,
    });
  });

  it("shows no number from which that of fewer than five could be reckoned", () => {
    const small = [...groups, { name: "d", n: 3 }];
    const [shares] = finished(poolTests({ attribute: "age", groups: small, unknown: 0, total: 63 }, [], asked), scope);
    expect(shares!.groups.map(({ name, n }) => [name, n])).toEqual([
      ["a", 30],
      ["b", 20],
      ["(other groups)", 13],
    ]);
    const alone = finished(
      poolTests({ attribute: "age", groups: [{ name: "d", n: 3 }], unknown: 9, total: 12 }, [], asked),
      scope,
    )[0]!;
    expect(alone).toMatchObject({
      verdict: "INCONCLUSIVE",
      rule: "NOT_MEASURED",
      p: null,
      groups: [{ n: null, value: null }],
    });
    expect(alone.suppressedBecause).toMatch(/five/);
  });
});

describe("what is advised, and what is judged together", () => {
  it("counts all tests of the audit as one family of Benjamini and Hochberg's", () => {
    // R: p.adjust(c(0.01, 0.02, 0.04), "BH") is 0.03, 0.03, 0.04
    const scope = scopeOf([
      { key: "one", count: 300 },
      { key: "two", count: 700 },
    ]);
    const { tests } = provenanceTests(sourceCounts(scope), scope, asked);
    const [draft] = withEvidence({ tests, skipped: [] }, scope.exampleVersions, 1).tests;
    const qs = finishTests(
      [0.01, null, 0.02, 0.04].map((p) => ({ ...draft!, p })),
      asked,
    ).map(({ q }) => q);
    expect(qs.map((q) => q && Number(q.toFixed(12)))).toEqual([0.03, null, 0.03, 0.04]);
  });

  it("says how much data would be needed where nothing is shown", () => {
    const scope = scopeOf([
      { key: "one", count: 11 },
      { key: "two", count: 10 },
    ]);
    const [test] = finished(provenanceTests(sourceCounts(scope), scope, asked), scope);
    expect(test).toMatchObject({ verdict: "INCONCLUSIVE" });
    expect(test!.nextStep).toMatch(/among so many tests|Add data/);
  });

  it("knows the family of a model by its name", () => {
    const names = ["openai/GPT-4o", "claude-3-opus", "Llama3", "mistralai/Mixtral-8x7B", "4o"];
    expect(names.map(modelFamily)).toEqual(["gpt", "claude", "llama", "mixtral", null]);
  });
});
