// How well do people agree with people, and models with people? Pure.
import type { Pairs } from "./pairs.js";

export const BETWEEN = ["HUMAN_HUMAN", "HUMAN_MODEL", "MODEL_MODEL"] as const;
export type Between = (typeof BETWEEN)[number];

export interface PairSummary {
  between: Between;
  pairCount: number;
  /** Units over all pairs: one that three people rated counts three times. */
  unitCount: number;
  /** Means over pairs, each as heavy as its units; κ over those that have one. Null where none has. */
  meanPercentAgreement: number | null;
  meanKappa: number | null;
}

/** For each kind of pair that there is. */
export function pairSummaries(pairs: Pairs): PairSummary[] {
  return BETWEEN.flatMap((between): PairSummary[] => {
    const some = pairs.pairs.filter((pair) => betweenOf(pairs, pair) === between);
    if (some.length === 0) return [];
    return [
      {
        between,
        pairCount: some.length,
        unitCount: some.reduce((sum, pair) => sum + pair.unitCount, 0),
        meanPercentAgreement: meanByUnits(some.map((pair) => [pair.unitCount, pair.percentAgreement])),
        meanKappa: meanByUnits(some.map((pair) => [pair.unitCount, pair.kappa])),
      },
    ];
  });
}

/** Which kinds of annotators a pair is of. */
export function betweenOf({ annotators }: Pairs, { first, second }: { first: number; second: number }): Between {
  const models = [first, second].filter((place) => annotators[place]!.kind === "MODEL").length;
  return BETWEEN[models]!;
}

function meanByUnits(values: ReadonlyArray<readonly [units: number, value: number | null]>): number | null {
  const known = values.filter((one): one is [number, number] => one[1] !== null);
  const units = known.reduce((sum, [n]) => sum + n, 0);
  return units === 0 ? null : known.reduce((sum, [n, value]) => sum + (n / units) * value, 0);
}
