// What of a prompt and its response is compared with others to find near-duplicates?
import { looselyNormalised } from "../examples/exampleContent.js";
import { bandKeys, type Banding } from "../statistics/bandKeys.js";
import { minHash } from "../statistics/minHash.js";
import { hashOfNumbers, hashOfText } from "../statistics/murmurHash.js";
import { shinglesOf } from "../statistics/shingles.js";

export const SHINGLE_WORDS = 5;
/** Finds a pair of Jaccard index 0.8 with probability 0.99995, of 0.7 with 0.991, of 0.5 with 0.548. */
export const BANDING: Banding = { bands: 25, rows: 5 };
const SEED = 1;

/** Scripts that put no space between words: each of their characters is a word. */
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const EACH_WITHOUT_SPACES = new RegExp(WITHOUT_SPACES, "gu");

/**
 * The words of the prompt, the last user turn, and then of the response: NFKC, lower case, what is no letter, mark or
 * digit as space, and each digit as 0. Never empty for a text that shows something.
 */
export function comparedWords(prompt: string, response: string): string[] {
  let text = `${looselyNormalised(prompt)} ${looselyNormalised(response)}`.replace(/\p{Nd}/gu, "0");
  if (WITHOUT_SPACES.test(text)) text = text.replace(EACH_WITHOUT_SPACES, " $& ");
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The different runs of five words, as ascending 32-bit numbers: what the Jaccard index is taken of. */
export function comparedShingles(prompt: string, response: string): Uint32Array {
  return shinglesOf(comparedWords(prompt, response), SHINGLE_WORDS);
}

export interface ComparedText {
  shingles: Uint32Array;
  /** A key of each band; none where there are no shingles. */
  bandKeys: bigint[];
  /** Equal for equal words in equal order. */
  wordsKey: bigint;
}

/** What a text is found by. The dataset is in every key, so that texts of two datasets do not meet. */
export function comparedText(datasetId: number, prompt: string, response: string): ComparedText {
  const words = comparedWords(prompt, response);
  const shingles = shinglesOf(words, SHINGLE_WORDS);
  const signature = minHash(shingles, SEED);
  const salt = signed64((seed) => hashOfNumbers([datasetId], 0, 1, seed));
  const keys = signature ? [...bandKeys(signature, BANDING)].map((key) => BigInt.asIntN(64, key ^ salt)) : [];
  const joined = words.join(" ");
  return { shingles, bandKeys: keys, wordsKey: signed64((seed) => hashOfText(joined, seed)) };
}

function signed64(half: (seed: number) => number): bigint {
  return BigInt.asIntN(64, (BigInt(half(1)) << 32n) | BigInt(half(2)));
}
