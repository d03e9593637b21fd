// Are formats and style counted by their rules, and texts compared by their words?
import { describe, expect, it } from "vitest";
import { comparedShingles, comparedText, comparedWords } from "../../src/measures/comparedText.js";
import { formatsOf } from "../../src/measures/formatsOf.js";
import { measuresOf } from "../../src/measures/measuresOf.js";
import { styleOf } from "../../src/measures/styleOf.js";

describe("the formats of a response", () => {
  it.each([
    ["Paris is the capital.", ["PLAIN"]],
    ["Select the apple from the bowl, then wait.", ["PLAIN"]],
    ["It costs $5 here and $10 there.", ["PLAIN"]],
    ["Well (see below).\nIt is one; the other is not.", ["PLAIN"]],
    ["- one\n- two", ["LIST"]],
    ["1. one\n2) two", ["LIST"]],
    ["- only one", ["PLAIN"]],
    ["def f(x):\n    return x + 1", ["CODE"]],
    ["for (let i = 0; i < 3; i++) {\n  total += i;\n}", ["CODE"]],
    ["SELECT name FROM people\nWHERE age > 3;", ["CODE"]],
    ["SELECT AVG(salary) FROM employees WHERE experience > 5;", ["CODE"]],
    ['#!/bin/sh\nfor file in "$directory"/*\ndo\n    echo "$file"\ndone', ["CODE"]],
    ["$a = $b;\n$c = $d;", ["CODE"]],
    ["# add\na = 1\nb = 2", ["CODE"]],
    ["Use this:\n```python\nprint(1)\n```", ["CODE", "MARKDOWN"]],
    ['```json\n{"a": 1}\n```', ["JSON", "MARKDOWN"]],
    ['{"a": [1, 2]}', ["JSON"]],
    ["[1, 2", ["PLAIN"]],
    ["{}", ["PLAIN"]],
    ["| a | b |\n|---|---|\n| 1 | 2 |", ["TABLE", "MARKDOWN"]],
    ["a\tb\tc\n1\t2\t3\n4\t5\t6", ["TABLE"]],
    ["## Title\nText.", ["MARKDOWN"]],
    ["It is **bold**.", ["MARKDOWN"]],
    ["It is 2**3**4.", ["PLAIN"]],
    ["So \\(a^2\\) and $x^2$.", ["MATH"]],
    ["$$\\frac{1}{2}$$", ["MATH"]],
  ])("%j are %j", (response, formats) => {
    expect(formatsOf(response)).toEqual(formats);
  });

  it.each([
    ["$", "_".repeat(200_000)],
    ["a **", "b".repeat(200_000)],
    ["`a", " `".repeat(100_000)],
    ["<a", "<a".repeat(100_000)],
    ["x", ".x(".repeat(70_000)],
    ["a", "[".repeat(200_000)],
    ["!", ")!".repeat(100_000)],
  ])("are found in time that grows with the text alone: %j…", (start, rest) => {
    const began = performance.now();
    formatsOf(start + rest);
    styleOf(start + rest);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe("the style of a response", () => {
  it("is counted outside fenced code", () => {
    const response = `Great question! I’m sorry, but I cannot help — perhaps it might work? 👩‍🚀 ✅

# Plan
* **First** thing.
* Second (it seems).
\`\`\`
# not a heading! maybe
\`\`\``;
    expect(styleOf(response)).toEqual({
      sentences: 4,
      bullets: 2,
      headings: 1,
      bold: 1,
      hedges: 3,
      sycophanticOpenings: 1,
      apologies: 1,
      refusals: 1,
      exclamationMarks: 1,
      questionMarks: 1,
      emoji: 2,
      emDashes: 1,
    });
  });

  it("knows whole words only, and praise only at the start", () => {
    const style = styleOf("Unlikely mightiness. Thanks. Great question!");
    expect([style.hedges, style.sycophanticOpenings, style.sentences]).toEqual([0, 0, 3]);
    expect(styleOf('  "What a great idea').sycophanticOpenings).toBe(1);
  });
});

describe("what is compared of a text", () => {
  it("is its words without case, marks between them, and with each digit as 0", () => {
    expect(comparedWords("Add ２+15, please!", "It’s\t17—ＯＫ")).toEqual([
      "add",
      "0",
      "00",
      "please",
      "it",
      "s",
      "00",
      "ok",
    ]);
    expect(comparedWords("???", "…")).toEqual(["???", "..."]);
    expect(comparedWords("東京は", "ok")).toEqual(["東", "京", "は", "ok"]);
  });

  it("has keys that others of the dataset share, and no other dataset does", () => {
    const [one, same, far] = [
      comparedText(1, "A b c", "d e f g"),
      comparedText(1, "a B c", "D, e f g!"),
      comparedText(2, "a b c", "d e f g"),
    ];
    expect([one.bandKeys, one.wordsKey, one.bandKeys.length]).toEqual([same.bandKeys, same.wordsKey, 25]);
    expect(far.bandKeys.some((key) => one.bandKeys.includes(key))).toBe(false);
    expect(one.shingles).toEqual(comparedShingles("A b c", "d e f g"));
    expect(one.shingles.length).toBe(3);
  });

  it("is the last user turn and the response; characters are code points of the response", () => {
    const turns = [
      { role: "user", content: "Earlier" },
      { role: "assistant", content: "Before" },
      { role: "user", content: "Now" },
      { role: "assistant", content: "Fine 👍" },
    ];
    const measures = measuresOf(1, JSON.stringify({ attributes: {}, turns }));
    expect(measures).toMatchObject({ characters: 6, format: ["PLAIN"], emoji: 1, shingles: 1 });
    expect(measures.bandKeys).toEqual(comparedText(1, "Now", "Fine 👍").bandKeys);
  });
});
