// Which words does one body of text use more than another, beyond what chance and their rarity give?
import { noFigure, type NoFigure } from "./figure.js";

/** A word's place in the result is its place in the counts. */
export interface LogOdds {
  kind: "defined";
  /** δ: the log odds of the word in the first text less those in the second, above 0 where the first has more of it. */
  logOddsRatio: Float64Array;
  standardError: Float64Array;
  /** δ over its standard error: beyond ±1.96 for one word in twenty where the texts do not differ. */
  z: Float64Array;
}

/** EMPTY_TEXT: a text has no word. ONE_WORD: with a single word there are no odds. */
export type LogOddsReason = "EMPTY_TEXT" | "ONE_WORD";

/**
 * Log odds ratios of words with an informative Dirichlet prior: δ_w = ln((y₁ + α)/(n₁ + α₀ − y₁ − α)) less the same of
 * the second text, variance 1/(y₁ + α) + 1/(y₂ + α), for counts y of word w among n, its prior count α among α₀.
 *
 * `prior` has a count above 0 for each word: how often a background text has it, scaled to the weight it is to have,
 * α₀; the more, the more rare words are drawn to no difference. `first`, `second`, `prior`: one number for each word.
 * Undefined: see `LogOddsReason`. Throws a RangeError on different lengths, counts below 0 and prior counts not above
 * 0.
 * Source: Monroe, Colaresi and Quinn, Fightin' words (2008), the log odds ratio with an informative Dirichlet prior and
 * its approximate variance.
 */
export function logOddsDirichlet(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  prior: ArrayLike<number>,
): LogOdds | NoFigure<LogOddsReason> {
  refuseWrongCounts(first, second, prior);
  const [n1, n2, alpha0] = [sumOf(first), sumOf(second), sumOf(prior)];
  if (n1 === 0 || n2 === 0) return noFigure("EMPTY_TEXT");
  if (prior.length === 1) return noFigure("ONE_WORD");
  const logOdds = (y: number, n: number, alpha: number) => Math.log((y + alpha) / (n + alpha0 - y - alpha));
  const logOddsRatio = Float64Array.from(
    prior,
    (alpha, w) => logOdds(first[w]!, n1, alpha) - logOdds(second[w]!, n2, alpha),
  );
  const standardError = Float64Array.from(prior, (alpha, w) =>
    Math.sqrt(1 / (first[w]! + alpha) + 1 / (second[w]! + alpha)),
  );
  return { kind: "defined", logOddsRatio, standardError, z: logOddsRatio.map((delta, w) => delta / standardError[w]!) };
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let w = 0; w < counts.length; w++) sum += counts[w]!;
  return sum;
}

function refuseWrongCounts(first: ArrayLike<number>, second: ArrayLike<number>, prior: ArrayLike<number>): void {
  if (first.length !== prior.length || second.length !== prior.length)
    throw new RangeError(
      `${first.length}, ${second.length} and ${prior.length} counts; expected one of each for a word`,
    );
  for (let w = 0; w < prior.length; w++) {
    const areCounts = first[w]! >= 0 && second[w]! >= 0 && Number.isFinite(first[w]! + second[w]!);
    if (!(areCounts && prior[w]! > 0 && prior[w]! < Infinity))
      throw new RangeError(`word ${w} has counts ${first[w]}, ${second[w]}, prior ${prior[w]}; expected ≥ 0, ≥ 0, > 0`);
  }
}
