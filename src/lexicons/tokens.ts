// Which words does a text have, for looking up terms in it? Pure.

export interface Tokens {
  /** Folded: NFKC, without case, curly apostrophes or a final 's. */
  words: string[];
  /** The sentence each word stands in: 0, 1, 2 …; never falls. */
  sentences: number[];
  /** Whether a hyphen joins each word to the one before it. */
  joined: boolean[];
}

/** Scripts that put no space between words: each character is a word, so a term is found wherever its characters stand. */
const UNSPACED = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((one) => `\\p{sc=${one}}`)
  .join("");
const LETTER = `[[\\p{L}\\p{M}\\p{N}]--[${UNSPACED}]]`;

/** A character of an unspaced script, a word with apostrophes inside, signs that stand at a word, or a pictograph. */
const WORD = new RegExp(
  `[${UNSPACED}]\\p{M}*|${LETTER}+(?:'${LETTER}+)*|(?<=[\\p{L}\\p{N}])[&+#@$]+|[\\p{Extended_Pictographic}--[\\p{N}#*]]`,
  "gv",
);
const IGNORED = /\p{Cf}|\ufe0f/gu;
const SENTENCE_END = /[!?;:\n\u2026\u3002\uff01\uff1f]|\.(?:\s|$)/;
const HYPHEN = /^[-\u2010\u2011]$/;

/** The words of a text, in order. Linear in the text. Punctuation and markup between words are skipped. */
export function tokensOf(text: string): Tokens {
  const folded = fold(text);
  const tokens: Tokens = { words: [], sentences: [], joined: [] };
  let end = 0;
  let sentence = 0;
  for (const { 0: word, index } of folded.matchAll(WORD)) {
    const between = folded.slice(end, index);
    if (end > 0 && SENTENCE_END.test(between)) sentence++;
    tokens.words.push(word.endsWith("'s") ? word.slice(0, -2) : word);
    tokens.sentences.push(sentence);
    tokens.joined.push(end > 0 && HYPHEN.test(between));
    end = index + word.length;
  }
  return tokens;
}

/** Upper case first, so that ß and ss, ς and σ are the same. */
function fold(text: string): string {
  const bare = text
    .replace(IGNORED, "")
    .normalize("NFKC")
    .replace(/[\u2019\u02bc]/g, "'");
  return bare.toUpperCase().toLowerCase().replaceAll("ς", "σ");
}
