// Which n-grams do documents have?

/** A document as its tokens in order. What a token is, and whether case counts, the caller decides. */
export type Tokens = ReadonlyArray<string>;

export interface Ngrams {
  /** Of each document its n-grams in order, each as a number from 0 up: the same number for the same n tokens. */
  documents: ReadonlyArray<Int32Array>;
  /** How many different ones there are. */
  distinct: number;
}

/**
 * The n-grams of documents, n from 1 up. None goes from one document into the next; a document of fewer than n tokens
 * has none. Tokens are compared as wholes, so that no joining character can make two n-grams one. O(n × tokens).
 * Throws a RangeError on an n that is no whole number from 1 up.
 */
export function ngramsOf(documents: ReadonlyArray<Tokens>, n: number): Ngrams {
  let longest: Ngrams | null = null;
  for (const ngrams of ngramsUpTo(documents, n)) longest = ngrams;
  return longest!;
}

/** The same of every order from 1 to n, each made of the one before: all of them for the price of the last. */
export function* ngramsUpTo(documents: ReadonlyArray<Tokens>, n: number): Generator<Ngrams> {
  if (!(Number.isSafeInteger(n) && n >= 1)) throw new RangeError(`n is ${n}; expected a whole number from 1 up`);
  const words = new Map<string, number>();
  const tokens = documents.map((document) => Int32Array.from(document, (token) => idIn(words, token)));
  let grams = tokens;
  yield { documents: grams, distinct: words.size };
  for (let length = 2; length <= n; length++) {
    const longer = new Map<number, number>();
    grams = grams.map((shorter, d) =>
      Int32Array.from({ length: Math.max(0, tokens[d]!.length - length + 1) }, (_, i) =>
        idIn(longer, shorter[i]! * words.size + tokens[d]![i + length - 1]!),
      ),
    );
    yield { documents: grams, distinct: longer.size };
  }
}

function idIn<Key>(ids: Map<Key, number>, key: Key): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}
