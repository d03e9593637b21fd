// Which documents make a sample of so many tokens, the same for the same seed?
import { noFigure, type NoFigure } from "./figure.js";
import type { Tokens } from "./ngrams.js";
import { randomNumbers } from "./randomNumbers.js";
import { shuffle } from "./shuffle.js";

/**
 * Documents in an order drawn from `seed`, as many as make `size` tokens, the last one cut there: what measures that
 * depend on size are compared on. The documents must stand in one order, such as that of their ids.
 *
 * Undefined: TOO_FEW_TOKENS, where all together have fewer than `size`. Throws a RangeError on a size that is no whole
 * number from 1 up.
 */
export function tokenSample(
  documents: ReadonlyArray<Tokens>,
  size: number,
  seed: number,
): { kind: "defined"; documents: Tokens[] } | NoFigure<"TOO_FEW_TOKENS"> {
  if (!(Number.isSafeInteger(size) && size >= 1))
    throw new RangeError(`${size} tokens were asked for; expected a whole number from 1 up`);
  const order = Int32Array.from(documents.keys());
  shuffle(randomNumbers(seed), order);
  const sample: Tokens[] = [];
  let missing = size;
  for (const place of order) {
    if (missing === 0) break;
    const taken = documents[place]!.slice(0, missing);
    sample.push(taken);
    missing -= taken.length;
  }
  return missing > 0 ? noFigure("TOO_FEW_TOKENS") : { kind: "defined", documents: sample };
}
