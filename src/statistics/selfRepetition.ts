// Which share of documents say something in words that another document has as well?
import { noFigure, type NoFigure } from "./figure.js";
import { ngramsOf, ngramsUpTo, type Ngrams, type Tokens } from "./ngrams.js";

export interface SelfRepetition {
  kind: "defined";
  /** repeating/documents, from 0 to 1. */
  value: number;
  /** Documents with an n-gram that stands in another one; and all that have n tokens. */
  repeating: number;
  documents: number;
}

/**
 * The share of documents with an n-gram that another document has too, of those with n tokens or more: templates show
 * at n from 4 to 8. Repeats within one document do not count.
 *
 * It grows with the number of documents: compare samples of one size. Undefined: NO_NGRAMS, where no document has n
 * tokens. Throws a RangeError on an n that is no whole number from 1 up. O(n × tokens).
 * Source: Salkar, Trikalinos, Wallace and Nenkova, Self-repetition in abstractive neural summarizers (2022), as a share
 * of documents in place of their sum of logarithms.
 */
export function selfRepetition(documents: ReadonlyArray<Tokens>, n: number): SelfRepetition | NoFigure<"NO_NGRAMS"> {
  return repetitionIn(ngramsOf(documents, n));
}

/** The same of every order from `least` to `most`, for the price of the last. */
export function selfRepetitions(
  documents: ReadonlyArray<Tokens>,
  least: number,
  most: number,
): Array<SelfRepetition | NoFigure<"NO_NGRAMS">> {
  const found: Array<SelfRepetition | NoFigure<"NO_NGRAMS">> = [];
  let n = 0;
  for (const ngrams of ngramsUpTo(documents, most)) if (++n >= least) found.push(repetitionIn(ngrams));
  return found;
}

function repetitionIn(ngrams: Ngrams): SelfRepetition | NoFigure<"NO_NGRAMS"> {
  const firstWith = new Int32Array(ngrams.distinct).fill(-1);
  const isShared = new Uint8Array(ngrams.distinct);
  ngrams.documents.forEach((grams, document) => {
    for (const gram of grams) {
      if (firstWith[gram] === -1) firstWith[gram] = document;
      else if (firstWith[gram] !== document) isShared[gram] = 1;
    }
  });
  const withNgrams = ngrams.documents.filter(({ length }) => length > 0);
  if (withNgrams.length === 0) return noFigure("NO_NGRAMS");
  const repeating = withNgrams.filter((grams) => grams.some((gram) => isShared[gram] === 1)).length;
  return { kind: "defined", value: repeating / withNgrams.length, repeating, documents: withNgrams.length };
}
