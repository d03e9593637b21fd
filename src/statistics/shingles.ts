// Which runs of words does a text have, and how alike are two texts by them?
import { figure, noFigure, type Figure } from "./figure.js";
import { hashOfNumbers, hashOfText } from "./murmurHash.js";

/**
 * The text's different runs of n words, each as 32 bits, ascending; of a text with fewer words its one run of all of
 * them, so that short texts are found too; none of a text without words. What a word is, and whether case or marks
 * count, the caller decides. Throws a RangeError on an n that is no whole number from 1 up. O(words × n).
 *
 * Two different runs share their 32 bits once in 4·10⁹ pairs: too seldom to move a text's likeness to another.
 * Source: Broder, On the resemblance and containment of documents (1997).
 */
export function shinglesOf(words: ReadonlyArray<string>, n = 5): Uint32Array {
  if (!(Number.isSafeInteger(n) && n >= 1)) throw new RangeError(`n is ${n}; expected a whole number from 1 up`);
  if (words.length === 0) return new Uint32Array(0);
  const length = Math.min(n, words.length);
  const hashes = Uint32Array.from(words, (word) => hashOfText(word));
  const runs = new Uint32Array(words.length - length + 1);
  for (let i = 0; i < runs.length; i++) runs[i] = hashOfNumbers(hashes, i, i + length);
  runs.sort();
  return runs.filter((run, i) => i === 0 || run !== runs[i - 1]);
}

/**
 * Jaccard's |A ∩ B|/|A ∪ B| of two sets, as ascending numbers, each once. Range: 0, nothing in common, to 1, the same
 * set.
 * Undefined: NO_SHINGLES, where both are empty. O(|A| + |B|).
 */
export function jaccard(a: Uint32Array, b: Uint32Array): Figure<"NO_SHINGLES"> {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [first, second] = [a[i]!, b[j]!];
    if (first === second) shared++;
    if (first <= second) i++;
    if (second <= first) j++;
  }
  return a.length + b.length === 0 ? noFigure("NO_SHINGLES") : figure(shared / (a.length + b.length - shared));
}
