// Which share of the n-grams of some documents are different ones?
import { noFigure, type NoFigure } from "./figure.js";
import { ngramsOf, type Tokens } from "./ngrams.js";

export interface DistinctN {
  kind: "defined";
  /** distinct/total, above 0 and up to 1: low where the same things are said in the same words. */
  value: number;
  distinct: number;
  total: number;
}

/**
 * Distinct-n: different n-grams over all n-grams, none across documents.
 *
 * It falls with the number of tokens, so compare samples of one size only (`tokenSample`). Undefined: NO_NGRAMS, where
 * no document has n tokens. Throws a RangeError on an n that is no whole number from 1 up. O(n × tokens).
 * Source: Li, Galley, Brockett, Gao and Dolan, A diversity-promoting objective function for neural conversation models
 * (2016).
 */
export function distinctN(documents: ReadonlyArray<Tokens>, n: number): DistinctN | NoFigure<"NO_NGRAMS"> {
  const ngrams = ngramsOf(documents, n);
  const total = ngrams.documents.reduce((sum, grams) => sum + grams.length, 0);
  if (total === 0) return noFigure("NO_NGRAMS");
  return { kind: "defined", value: ngrams.distinct / total, distinct: ngrams.distinct, total };
}
