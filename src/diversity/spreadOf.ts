// How evenly are counts spread over kinds? Pure.
import { gini } from "../statistics/gini.js";
import { hillNumbers } from "../statistics/hillNumbers.js";
import type { SpreadNumbers } from "./diversityNumbers.js";
import type { KindCount } from "./queries.js";
import type { DimensionAsked } from "./question.js";

/** Kinds that are people are not named. */
const UNNAMED = new Set<DimensionAsked["by"]>(["AUTHOR", "ANNOTATOR", "CLUSTER"]);

/** Hill numbers, top share and Gini of the kinds that have any; those without a kind are told apart and not counted. */
export function spreadOf(asked: DimensionAsked, rows: readonly KindCount[]): SpreadNumbers {
  const kinds = rows.filter((row) => row.key !== null && row.n > 0);
  const counts = kinds.map((row) => row.n);
  const [hill, inequality] = [hillNumbers(counts), gini(counts)];
  const counted = counts.reduce((sum, n) => sum + n, 0);
  const unassigned = rows.reduce((sum, row) => sum + (row.key === null ? row.n : 0), 0);
  if (hill.kind === "undefined" || inequality.kind === "undefined")
    return { ...asked, counted, unassigned, spread: null };
  const top = kinds.reduce((most, row) => (row.n > most.n ? row : most));
  const { q0, q1, q2, evenness, topShare } = hill;
  const topKey = UNNAMED.has(asked.by) ? null : top.key;
  return { ...asked, counted, unassigned, spread: { q0, q1, q2, evenness, topShare, gini: inequality.value, topKey } };
}
