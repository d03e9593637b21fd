// How much of each document could be put together from pieces of the others?
import { noFigure, type NoFigure } from "./figure.js";
import { ngramsOf, type Tokens } from "./ngrams.js";

export interface SelfBleu {
  kind: "defined";
  /** The mean of `each`, from 0, nothing in common, to 1, all alike. */
  value: number;
  /** Of each document its BLEU against all others; null for one without tokens. */
  each: ReadonlyArray<number | null>;
}

/** What a count of 0 is taken for, so that one empty order does not make the product 0. */
const SMALLEST_COUNT = 0.1;

/**
 * Self-BLEU: of each document BLEU with all others as its references, the geometric mean of the clipped n-gram
 * precisions of order 1 to `order` times the brevity penalty of the nearest length, the shorter of two. 0 without a
 * word in common.
 *
 * It grows with the number of documents: compare samples of one size. Documents without tokens are left out. Undefined:
 * FEWER_THAN_TWO_DOCUMENTS. Throws a RangeError on an order that is no whole number from 1 up. O(order × tokens), not
 * documents².
 * Source: Zhu and others, Texygen (2018); Papineni and others, BLEU (2002); smoothed as nltk SmoothingFunction.method1.
 */
export function selfBleu(documents: ReadonlyArray<Tokens>, order = 4): SelfBleu | NoFigure<"FEWER_THAN_TWO_DOCUMENTS"> {
  if (!(Number.isSafeInteger(order) && order >= 1))
    throw new RangeError(`the order is ${order}; expected a whole number from 1 up`);
  const some = documents.filter(({ length }) => length > 0);
  if (some.length < 2) return noFigure("FEWER_THAN_TWO_DOCUMENTS");
  const logPrecision = new Float64Array(some.length);
  for (let n = 1; n <= order; n++)
    clippedCounts(some, n).forEach(({ clipped, all }, d) => {
      if (n === 1 && clipped === 0) logPrecision[d] = -Infinity;
      else logPrecision[d]! += Math.log((clipped || SMALLEST_COUNT) / Math.max(1, all)) / order;
    });
  const penalties = logBrevityPenalties(some.map(({ length }) => length));
  const bleu = logPrecision.map((sum, d) => Math.exp(sum + penalties[d]!));
  const value = bleu.reduce((sum, of) => sum + of, 0) / some.length;
  let next = 0;
  return { kind: "defined", value, each: documents.map(({ length }) => (length > 0 ? bleu[next++]! : null)) };
}

/** Of each document how many n-grams it has, and how many are left when none counts more often than in some other. */
function clippedCounts(documents: ReadonlyArray<Tokens>, n: number): Array<{ clipped: number; all: number }> {
  const { documents: grams, distinct } = ngramsOf(documents, n);
  const counts = grams.map(countsOf);
  const [most, second, owner] = [new Float64Array(distinct), new Float64Array(distinct), new Int32Array(distinct)];
  counts.forEach((ofDocument, d) => {
    for (const [gram, count] of ofDocument) {
      if (count > most[gram]!) {
        [second[gram], most[gram], owner[gram]] = [most[gram]!, count, d];
      } else second[gram] = Math.max(second[gram]!, count);
    }
  });
  return counts.map((ofDocument, d) => {
    let clipped = 0;
    for (const [gram, count] of ofDocument) clipped += Math.min(count, owner[gram] === d ? second[gram]! : most[gram]!);
    return { clipped, all: grams[d]!.length };
  });
}

function countsOf(grams: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

/** ln of the brevity penalty: 1 − r/c for the length r of the nearest other document, where it is longer; else 0. */
function logBrevityPenalties(lengths: ReadonlyArray<number>): number[] {
  const ascending = Float64Array.from(lengths).sort();
  return lengths.map((length) => {
    const at = ascending.indexOf(length);
    if (ascending[at + 1] === length) return 0;
    const [shorter, longer] = [ascending[at - 1] ?? -Infinity, ascending[at + 1] ?? Infinity];
    return length - shorter <= longer - length ? 0 : 1 - longer / length;
  });
}
