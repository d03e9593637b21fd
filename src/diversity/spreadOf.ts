// How evenly are counts spread over kinds? Pure.
import { gini } from "../statistics/gini.js";
import { hillNumbers } from "../statistics/hillNumbers.js";
import type { SpreadNumbers } from "./diversityNumbers.js";
import type { DimensionAsked } from "./question.js";

/** How many have each kind, and how many have none. */
export interface KindCounts {
  counts: ArrayLike<number>;
  unassigned: number;
  /** The kind that has most; null where kinds are not named. */
  topKey: string | null;
}

/** Hill numbers, top share and Gini of the kinds; those without a kind are told apart and not counted. */
export function spreadOf(asked: DimensionAsked, { counts, unassigned, topKey }: KindCounts): SpreadNumbers {
  const [hill, inequality] = [hillNumbers(counts), gini(counts)];
  let counted = 0;
  for (let i = 0; i < counts.length; i++) counted += counts[i]!;
  if (hill.kind === "undefined" || inequality.kind === "undefined")
    return { ...asked, counted, unassigned, spread: null };
  const { q0, q1, q2, evenness, topShare } = hill;
  return { ...asked, counted, unassigned, spread: { q0, q1, q2, evenness, topShare, gini: inequality.value, topKey } };
}
