import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countSegments, countWords } from "../../src/examples/countWords.js";

const tricky = fc.constantFrom(
  ..."ab Z09__:.',;\"-/\n\t\r \u00a0\u2019\u00ad\u200b\u200d\u0301\u05d0\u05f4é字かナ한ไท😀🏽\u2028",
  "\r\n",
  "isn't",
  "3.14",
  "http://a.b/c_d?e=1",
);
const textOf = fc
  .array(fc.oneof(tricky, fc.string({ unit: "grapheme", maxLength: 3 })), { maxLength: 40 })
  .map((parts) => parts.join(""));

describe("counting words", () => {
  it("counts words and numbers, not punctuation", () => {
    expect(countWords("Don't pay 3.14 € – or 1,000 (one thousand) for it_all…")).toBe(9);
    expect(countWords("")).toBe(0);
    expect(countWords("...\u200b _")).toBe(0);
  });

  it("counts what the segmenter counts, whatever the text", () => {
    fc.assert(
      fc.property(textOf, (text) => countWords(text) === countSegments(text)),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "binary-ascii", maxLength: 60 }),
        (text) => countWords(text) === countSegments(text),
      ),
      { numRuns: 2000 },
    );
  });
});
