// How are pairs shown: as a list, worst first, and as a square? Pure.
import { refusal } from "../platform/errors.js";
import type { Pairs } from "./pairs.js";
import { betweenOf, type Between } from "./pairSummaries.js";
import type { AgreementPair, AgreementPairMatrix } from "./partTypes.js";

const MOST_IN_SQUARE = 200;

/** Lowest κ first; those without one last. */
export function rowsOf(pairs: Pairs, leastUnits: number, between: Between | null): AgreementPair[] {
  const rows = pairs.pairs
    .filter((pair) => pair.unitCount >= leastUnits)
    .map(({ first, second, ...pair }) => ({
      ...pair,
      firstAnnotator: pairs.annotators[first]!.key,
      secondAnnotator: pairs.annotators[second]!.key,
      between: betweenOf(pairs, { first, second }),
    }))
    .filter((pair) => between === null || pair.between === between);
  return rows.sort((a, b) => (a.kappa ?? Infinity) - (b.kappa ?? Infinity) || b.unitCount - a.unitCount || 0);
}

/** Throws BAD_USER_INPUT where it would have more cells than anybody looks at. */
export function matrixOf({ annotators, pairs }: Pairs): AgreementPairMatrix {
  const n = annotators.length;
  if (n > MOST_IN_SQUARE)
    throw refusal(
      "BAD_USER_INPUT",
      `${n} annotators rated; a square of at most ${MOST_IN_SQUARE} is answered, name some in annotators, or use list`,
      { argument: "annotators" },
    );
  const kappa = annotators.map(() => new Array<number | null>(n).fill(null));
  const unitCounts = annotators.map(() => new Array<number>(n).fill(0));
  for (const { first, second, kappa: value, unitCount } of pairs) {
    kappa[first]![second] = kappa[second]![first] = value;
    unitCounts[first]![second] = unitCounts[second]![first] = unitCount;
  }
  return { annotators: annotators.map(({ key }) => key), kappa, unitCounts };
}
