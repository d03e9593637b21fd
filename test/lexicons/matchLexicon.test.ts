import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LexiconEntry, LexiconKind } from "../../src/lexicons/lexiconPack.js";
import { matchLexicon } from "../../src/lexicons/matchLexicon.js";

const entry = (term: string, kind: LexiconKind = "WORD", axis = "", group = ""): LexiconEntry => ({
  term,
  kind,
  axis,
  group,
});
const ours = (name: string): LexiconEntry[] => {
  const text = readFileSync(new URL(`../../scripts/lexicons/${name}.json`, import.meta.url), "utf8");
  const { entries } = JSON.parse(text) as { entries: Array<Partial<LexiconEntry>> };
  return entries.map(({ term, kind, axis = "", group = "" }) => entry(term!, kind, axis, group));
};

/** What is found, as term → count. */
const found = (entries: LexiconEntry[], text: string): Record<string, number> =>
  Object.fromEntries(matchLexicon(entries)(text).matches.map(({ entry: { term }, count }) => [term, count]));

describe("a word", () => {
  it("is found whole and without case, with its possessive, and not inside another", () => {
    expect(found([entry("ass")], "A class passes. Ass! ASS's")).toEqual({ ass: 2 });
    expect(found([entry("Straße")], "STRASSE straße Strasse Straßen")).toEqual({ Straße: 3 });
    expect(found([entry("οδός")], "ΟΔΌΣ οδός οδόσ")).toEqual({ οδός: 3 });
    expect(found([entry("café")], "cafe\u0301 CAFÉ cafeteria")).toEqual({ café: 2 });
    expect(found([entry("İstanbul")], "İSTANBUL")).toEqual({ İstanbul: 1 });
  });

  it("is not found in a part of a hyphenated word, which is itself found with and without hyphens", () => {
    expect(found([entry("old")], "old-fashioned, year-old, old")).toEqual({ old: 1 });
    expect(found([entry("middle-aged")], "middle-aged, middle aged, Middle‑Aged")).toEqual({ "middle-aged": 3 });
  });

  it("is found where a script has no spaces, and with signs and pictographs", () => {
    expect(found([entry("仆街")], "你仆街吧。仆街")).toEqual({ 仆街: 2 });
    expect(found([entry("s&m"), entry("🖕")], "s&m, not s, m; 🖕🖕")).toEqual({ "s&m": 1, "🖕": 2 });
    expect(found([entry("سكس")], "كلمة سكس هنا سكسي")).toEqual({ سكس: 1 });
  });

  it("is found by each entry that has it, and the longest term that begins there is taken", () => {
    const both = [entry("queer", "WORD", "a", "x"), entry("queer", "WORD", "b", "y"), entry("new york")];
    expect(matchLexicon(both)("Queer New York, new yorker").matches.map((one) => [one.entry.axis, one.count])).toEqual([
      ["a", 1],
      ["b", 1],
      ["", 1],
    ]);
    expect(found([entry("new"), entry("new york"), entry("york")], "New York is new")).toEqual({
      "new york": 1,
      new: 1,
    });
  });
});

describe("a phrase", () => {
  const style = ours("style-phrases");
  it("may have a comma or markup in it, and does not go over the end of a sentence", () => {
    expect(found(style, "I’m sorry, but I can’t do that.")).toEqual({ "I'm sorry, but I can't": 1 });
    expect(found(style, "**Great** question")).toEqual({ "great question": 1 });
    expect(found(style, "That is great. Question two?")).toEqual({});
    expect(found(style, "It is important\nto note")).toEqual({});
  });
});

describe("a descriptor", () => {
  const people = [...ours("descriptors"), ...ours("person-nouns"), ...ours("gendered-nouns")];
  const black = [entry("black", "DESCRIPTOR", "race", "black"), ...people];
  const described = (text: string, entries = black) =>
    matchLexicon(entries)(text)
      .matches.filter(({ entry: { kind } }) => kind === "DESCRIPTOR")
      .map(({ entry: { term }, count }) => [term, count]);

  it.each([
    ["A black coffee, please.", []],
    ["The old house stood empty.", []],
    ["An old woman sat there.", [["old", 1]]],
    ["People who are deaf", [["deaf", 1]]],
    ["The woman is very old.", [["old", 1]]],
    ["He is old. Women came.", []],
    [
      "old black man",
      [
        ["black", 1],
        ["old", 1],
      ],
    ],
    ["old a b c man", []],
    ["an old-fashioned woman", []],
    ["a middle-aged man", [["middle-aged", 1]]],
    ["a non-Muslim student", []],
    ["Old. Old women, old men.", [["old", 2]]],
  ])("of %j counts %j", (text, expected) => {
    expect(described(text as string)).toEqual(expected);
  });

  it("counts with nothing where its entries have no person noun", () => {
    expect(described("old women", ours("descriptors"))).toEqual([]);
  });

  it("counts beside an identity noun, and not beside itself", () => {
    const muslims = [
      entry("Muslims", "IDENTITY_NOUN", "religion", "muslim"),
      entry("young", "DESCRIPTOR", "age", "young"),
    ];
    expect(found(muslims, "Young Muslims. Young.")).toEqual({ Muslims: 1, young: 1 });
    const twice = [entry("senior", "DESCRIPTOR", "age", "old"), entry("senior", "PERSON_NOUN")];
    const alone = matchLexicon(twice)("A senior.");
    expect(alone.matches.map(({ entry: { kind } }) => kind)).toEqual(["PERSON_NOUN"]);
    expect(matchLexicon(twice)("senior senior").matches.map(({ count }) => count)).toEqual([2, 2]);
  });

  it("agrees with a search of all pairs, on texts made of few words", () => {
    const word = fc.constantFrom("old", "blind", "woman", "people", "tea", "x", ".", "old-", "-");
    const entries = [
      entry("old", "DESCRIPTOR", "age", "old"),
      entry("blind", "DESCRIPTOR", "ability", "vision"),
      entry("woman", "GENDERED_NOUN", "gender", "female"),
      entry("people", "PERSON_NOUN"),
    ];
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const sound = words.filter((one) => !one.endsWith("-"));
        const text = sound.join(" ").replaceAll(" .", ".");
        expect(described(text, entries)).toEqual(plainly(sound));
      }),
    );
  });
});

/** Every descriptor against every person of its sentence. */
function plainly(words: string[]): Array<[string, number]> {
  const counts = new Map<string, number>();
  const sentences = words
    .join(" ")
    .split(".")
    .map((sentence) => sentence.split(" ").filter((one) => one !== ""));
  for (const sentence of sentences)
    for (const [i, one] of sentence.entries())
      if (
        ["old", "blind"].includes(one) &&
        sentence.some((other, j) => ["woman", "people"].includes(other) && Math.abs(i - j) <= 3)
      )
        counts.set(one, (counts.get(one) ?? 0) + 1);
  return ["old", "blind"].flatMap((one): Array<[string, number]> => (counts.has(one) ? [[one, counts.get(one)!]] : []));
}

it("takes time that grows with the text alone, on texts made against it", () => {
  const deep = Array.from({ length: 100 }, () => "a").join(" ");
  const match = matchLexicon([
    entry(`${deep.slice(0, 190)} b`),
    entry("old", "DESCRIPTOR", "age", "old"),
    entry("man", "PERSON_NOUN"),
  ]);
  const texts = [
    "a ".repeat(200_000),
    "old ".repeat(100_000) + "man ".repeat(100_000),
    "'".repeat(400_000),
    "a-".repeat(200_000),
    "a'".repeat(200_000),
    " ".repeat(400_000),
    "\u0301".repeat(100_000),
    "&".repeat(400_000),
    "a" + "&+#".repeat(100_000) + "!",
  ];
  for (const text of texts) {
    const began = performance.now();
    match(text);
    expect([text.slice(0, 4), performance.now() - began < 2_000]).toEqual([text.slice(0, 4), true]);
  }
});

it("our packs have each term once, with what its kind needs", () => {
  for (const name of ["descriptors", "gendered-nouns", "person-nouns", "style-phrases"]) {
    const terms = ours(name).map(({ term, kind, axis, group }) => `${term} ${kind} ${axis} ${group}`);
    expect(new Set(terms).size).toBe(terms.length);
  }
  const gendered = ours("gendered-nouns");
  expect(gendered.filter(({ group }) => group === "male")).toHaveLength(gendered.length / 2);
});
