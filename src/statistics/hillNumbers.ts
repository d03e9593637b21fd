// How many equally common kinds would be as diverse as these?
import { noFigure, type NoFigure } from "./figure.js";
import { sharesOf } from "./shares.js";

export interface HillNumbers {
  kind: "defined";
  /** Richness: how many kinds there are. */
  q0: number;
  /** exp(−Σ p ln p): the effective number of kinds, each weighed by its share. */
  q1: number;
  /** 1/Σ p²: the effective number of common kinds. 1 ≤ q2 ≤ q1 ≤ q0. */
  q2: number;
  /** q1/q0, above 0 and up to 1: 1 where all kinds are equally common. */
  evenness: number;
  /** The largest p, above 0 and up to 1. */
  topShare: number;
}

/**
 * The Hill numbers of order 0, 1 and 2 of counts or weights by kind: topics, sources, annotators, clusters. Kinds
 * without a count are none.
 *
 * Richness and q1 grow with the number of examples; compare samples of one size. Undefined: NO_COUNTS. Throws a
 * RangeError on weights below 0 or not finite.
 * Source: Hill, Diversity and evenness: a unifying notation and its consequences (1973).
 */
export function hillNumbers(counts: ArrayLike<number>): HillNumbers | NoFigure<"NO_COUNTS"> {
  const shares = sharesOf(counts)?.filter((p) => p > 0);
  if (!shares) return noFigure("NO_COUNTS");
  const q0 = shares.length;
  const q1 = Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p), 0));
  const q2 = 1 / shares.reduce((sum, p) => sum + p * p, 0);
  const topShare = shares.reduce((most, p) => Math.max(most, p), 0);
  const effective = Math.min(q0, Math.max(1, q1));
  return {
    kind: "defined",
    q0,
    q1: effective,
    q2: Math.min(effective, Math.max(1, q2)),
    evenness: effective / q0,
    topShare,
  };
}
