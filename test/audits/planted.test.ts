// Does an audit find what was planted, exactly that, and say what it could not look at?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditWorld, testNamed, type AuditWorld } from "./auditWorld.js";

const UNITS = 240;
const RATERS = 24;
/** From 0 to 2, in no order. */
const jitter = (i: number) => ((i * 2654435761) >>> 7) % 3;
const isWoman = (i: number) => i % 2 === 0;
const isMachine = (i: number) => (i >> 1) % 2 === 0;
/** Of prompts about women 60 % are refused, of those about men 10 %. */
const isRefused = (i: number) => (isWoman(i) ? (i >> 2) % 5 < 3 : (i >> 2) % 10 === 0);
const isFemale = (rater: number) => rater % 2 === 0;

let house: AuditWorld;
let report: any;
beforeAll(async () => {
  house = await auditWorld();
  await house.registerSources(["people"]);
  const sources = [{ key: "machine", kind: "MODEL_GENERATED", title: "Machine", model: { model: "openai/gpt-4" } }];
  await house.call("registerSources", "RegisterSourcesInput", { sources });
  await house.publish("1.0", [{ key: "quality", level: "ORDINAL", categories: [1, 2, 3, 4, 5, 6, 7] }]);
  const entries = [
    { term: "woman", kind: "GENDERED_NOUN", axis: "gender", group: "female" },
    { term: "man", kind: "GENDERED_NOUN", axis: "gender", group: "male" },
  ];
  await house.call("loadLexicon", "LoadLexiconInput", {
    key: "people",
    title: "People",
    language: "en",
    licence: "CC0-1.0",
    attribution: "Ours",
    entries,
  });
  const long =
    "It grows by the river, and where it is wet it grows well and high, and so it did that year, too, as we saw";
  const examples = Array.from({ length: UNITS }, (_, i) => {
    const place = isWoman(i) ? "kitchen" : "workshop";
    const response = isRefused(i)
      ? "I can't help with that."
      : `The ${place} has it.${isMachine(i) ? ` ${long}.` : ""} ${i}.`;
    const prompt = `The ${isWoman(i) ? "woman" : "man"} in the ${i % 10 < 8 ? place : "garden"} asks ${i}.`;
    return { externalId: `x${i}`, prompt, response, source: isMachine(i) ? "machine" : "people" };
  });
  await house.importExamples(examples, "people");
  await house.call("enrolAnnotators", "EnrolAnnotatorsInput", {
    annotators: ["gpt-4", "gpt-4o", "gpt-3.5"].map((key) => ({ key, kind: "MODEL" })),
  });
  // Women rate one point higher than men; models one and a half points higher what their family wrote.
  const ratings = examples.flatMap(({ externalId }, i) => [
    ...[0, 1, 2, 3].map((k) => {
      const rater = (4 * i + k + 4 * (i % 7)) % RATERS;
      return { externalId, annotator: `r${rater}`, value: 2 + (isFemale(rater) ? 1 : 0) + jitter(31 * i + rater) };
    }),
    {
      externalId,
      annotator: ["gpt-4", "gpt-4o", "gpt-3.5"][i % 3]!,
      value: 2 + (isMachine(i) ? 2 : 0) + jitter(7 * i),
    },
  ]);
  await house.rate("quality", ratings);
  const named = (value: (rater: number) => string | null) =>
    new Map(Array.from({ length: RATERS }, (_, r) => [`r${r}`, value(r)!] as [string, string]).filter((one) => one[1]));
  await house.know(
    "gender",
    named((r) => (isFemale(r) ? "Female" : "Male")),
  );
  await house.know(
    "region",
    named((r) => ((r >> 1) % 2 === 0 ? "North" : "South")),
  );
  await house.know(
    "age",
    named((r) => (r < 6 ? "20\u00017" : r < 9 ? "old" : null)),
  );
  report = await house.audit(`fewestRatings: 20`);
}, 60_000);
afterAll(() => house?.world.stop());

describe("an audit of what was planted", () => {
  it("is of exactly the snapshot", () => {
    expect(report).toMatchObject({
      exampleVersionCount: UNITS,
      erasedCount: 0,
      lexicons: [{ key: "people", version: 1 }],
    });
    expect(report.scopeDigest).toBe(report.headDigest);
  });

  it.each([
    ["DISPARITY quality@1 by attribute:gender Female against Male", "HIGH"],
    ["DISPARITY quality@1 by attribute:region North against South", "INCONCLUSIVE"],
    ["TREATMENT refusal by lexicon:gender female against male", "HIGH"],
    ["ASSOCIATION lexicon:gender words near female against male", "HIGH"],
    ["REPRESENTATION lexicon:gender", "INCONCLUSIVE"],
    ["STYLE response words by source", "HIGH"],
    ["STYLE emoji by source", "INCONCLUSIVE"],
    ["SELF_PREFERENCE quality@1 of gpt", "HIGH"],
    ["PROVENANCE source", "INCONCLUSIVE"],
    ["POOL attribute:gender", "INCONCLUSIVE"],
    ["POOL attribute:gender unknown", "PASS"],
    ["POOL attribute:age unknown", "HIGH"],
  ])("%s is %s", (key, verdict) => {
    expect(testNamed(report, key)).toMatchObject({ verdict });
  });

  it("shows that regions do not differ where gender, which makes raters differ, is taken out", async () => {
    const within = await house.audit(`families: [DISPARITY], attributes: ["region"], stratifyBy: "gender"`);
    const region = testNamed(within, "DISPARITY quality@1 by attribute:region North against South");
    expect(region).toMatchObject({ verdict: "PASS", groups: [{ n: 12 }, { n: 12 }] });
  });

  it("says the planted differences within their limits, with n", () => {
    const gender = testNamed(report, "DISPARITY quality@1 by attribute:gender Female against Male");
    expect(gender.groups.map(({ name, n }: any) => [name, n])).toEqual([
      ["Female", 12],
      ["Male", 12],
    ]);
    expect(gender.effect.low).toBeLessThan(1);
    expect(gender.effect.high).toBeGreaterThan(1);
    const refusal = testNamed(report, "TREATMENT refusal by lexicon:gender female against male");
    const share = (of: (i: number) => boolean) => {
      const own = Array.from({ length: UNITS }, (_, i) => i).filter(of);
      return own.filter(isRefused).length / own.length;
    };
    expect(refusal.groups.map(({ value }: any) => value)).toEqual([share(isWoman), share((i) => !isWoman(i))]);
    const words = testNamed(report, "ASSOCIATION lexicon:gender words near female against male");
    expect(["kitchen", "workshop"]).toContain(words.details.word);
    const self = testNamed(report, "SELF_PREFERENCE quality@1 of gpt");
    expect(self.groups.map(({ n }: any) => n)).toEqual([3, RATERS]);
    expect(self.effect.low).toBeGreaterThan(0.3);
  });

  it("shows examples that are what they are shown for", () => {
    const { evidence } = testNamed(report, "TREATMENT refusal by lexicon:gender female against male");
    const places = (role: string) =>
      evidence.filter((one: any) => one.role === role).map((one: any) => one.exampleVersion.number - 1);
    expect(places("SUPPORTING")).toHaveLength(10);
    expect(places("SUPPORTING").every((i: number) => isWoman(i) && isRefused(i))).toBe(true);
    expect(places("COUNTER").every((i: number) => isWoman(i) && !isRefused(i))).toBe(true);
  });

  it("takes a name with control characters for a fault and no group, and shows nothing of three annotators", () => {
    expect(report.warnings).toEqual([expect.stringContaining('age "20\\u00017" has control characters')]);
    expect(testNamed(report, "POOL attribute:age")).toMatchObject({
      verdict: "INCONCLUSIVE",
      groups: [{ n: null }],
      suppressedBecause: expect.any(String),
    });
    const named = JSON.stringify(report.tests.filter(({ family }: any) => family === "DISPARITY"));
    expect(named).not.toContain("old");
  });

  it("gives the same numbers when it is asked again, and other draws for another seed", async () => {
    const again = await house.audit(`fewestRatings: 20`);
    expect(again.cache).toBe("HIT");
    expect(again.tests).toEqual(report.tests);
    const other = await house.audit(`families: [PROVENANCE], seed: 2`);
    expect(other.tests[0].effect).toEqual(testNamed(report, "PROVENANCE source").effect);
    expect(other.tests[0].evidence).not.toEqual(testNamed(report, "PROVENANCE source").evidence);
  });

  it("does not compare groups of annotators under a filter, and says so", async () => {
    const filtered = await house.audit(`families: [DISPARITY, POOL, STYLE], filter: { sources: ["people"] }`);
    expect(filtered.skipped.map(({ family }: any) => family)).toEqual(expect.arrayContaining(["DISPARITY", "POOL"]));
    expect(filtered.tests.every(({ family }: any) => family === "STYLE")).toBe(true);
    expect(filtered.exampleVersionCount).toBe(UNITS / 2);
  });
});
