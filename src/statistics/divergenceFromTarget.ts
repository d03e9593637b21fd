// Which share lies where a target has nothing, and how far is the rest from the target?
import { figure, noFigure, type Figure } from "./figure.js";
import { pairOfShares } from "./shares.js";

export interface DivergenceFromTarget {
  kind: "defined";
  /** Σ p over the cells whose target is 0, from 0 to 1: what makes the divergence of all data infinite. */
  offTargetMass: number;
  /** Of the rest, in bits, from 0 up. Undefined: ALL_OFF_TARGET. */
  divergence: Figure<"ALL_OFF_TARGET">;
}

/**
 * The Kullback-Leibler divergence Σ p log₂(p/q) of what is there from a target, over the cells with a target above 0,
 * p as shares of what lies in those; and beside it the share that lies in none. Counts, weights or shares by cell.
 *
 * Not symmetric. Cells with a target and nothing in them count through the others. Undefined: NO_COUNTS, where a set
 * adds up to 0. Throws a RangeError on different lengths and on weights below 0 or not finite.
 * Source: Cover and Thomas, Elements of information theory, 2nd ed. (2006), 2.3.
 */
export function divergenceFromTarget(
  actual: ArrayLike<number>,
  target: ArrayLike<number>,
): DivergenceFromTarget | { kind: "undefined"; because: "NO_COUNTS" } {
  const shares = pairOfShares(actual, target);
  if (!shares) return noFigure("NO_COUNTS");
  const { first: p, second: q } = shares;
  const offTargetMass = p.reduce((sum, share, i) => sum + (q[i] === 0 ? share : 0), 0);
  const onTarget = p.reduce((sum, share, i) => sum + (q[i] === 0 ? 0 : share), 0);
  if (onTarget === 0) return { kind: "defined", offTargetMass: 1, divergence: noFigure("ALL_OFF_TARGET") };
  const bits = p.reduce((sum, share, i) => {
    if (q[i] === 0 || share === 0) return sum;
    return sum + (share / onTarget) * Math.log2(share / onTarget / q[i]!);
  }, 0);
  return { kind: "defined", offTargetMass, divergence: figure(Math.max(0, bits)) };
}
