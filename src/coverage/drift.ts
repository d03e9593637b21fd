// How much have the shares of a dimension moved from one snapshot to another? Pure.
import { populationStability } from "../statistics/populationStability.js";
import { FEWEST_FOR_SHARES } from "./coverageCell.js";
import type { CoverageCounts } from "./coverageReport.js";
import { declaredValues, isMultipleByNature, nameOf, type AskedDimension } from "./dimensions.js";
import type { CoveragePlan } from "./coveragePlan.js";
import { compareValues } from "./planFrame.js";

/**
 * MULTI_VALUED: an example may have several values, so that the counts are none of a whole. FEW_EXAMPLES: under 30
 * examples on a side.
 */
export type DriftReason = "MULTI_VALUED" | "FEW_EXAMPLES";

export interface DriftValue {
  /** Null: examples without a value. */
  key: string | null;
  countBefore: number;
  count: number;
  shareBefore: number | null;
  share: number | null;
  /** What it adds to the index; null where there is none. */
  contribution: number | null;
}

export interface DimensionDrift extends AskedDimension {
  name: string;
  exampleCountBefore: number;
  exampleCount: number;
  undefinedBecause: DriftReason | null;
  /** The population stability index, what chance alone would give about, and whether ½ was added to each count. */
  stability: number | null;
  byChance: number | null;
  smoothed: boolean | null;
  values: DriftValue[];
}

/** Of counts over the one dimension before and now; values without one are a value of their own. */
export function driftOf(
  before: CoverageCounts,
  now: CoverageCounts,
  asked: AskedDimension,
  plan: CoveragePlan | null,
): DimensionDrift {
  const declared = declaredValues(plan, asked);
  const places = declared && new Map(declared.map((value, i) => [value, i]));
  const [left, right] = [before, now].map(({ cells }) => new Map(cells.map(({ keys, count }) => [keys[0]!, count])));
  const keys = [...new Set([...left!.keys(), ...right!.keys()])].sort((a, b) => compareValues(a, b, places));
  const counts = [left!, right!].map((of) => keys.map((key) => of.get(key) ?? 0));
  const because = isMultipleByNature(asked.by) ? "MULTI_VALUED" : whyNot(before, now);
  const index = because === null ? populationStability(counts[0]!, counts[1]!) : null;
  const found = index?.kind === "defined" ? index : null;
  const shareOf = (count: number, { exampleCount }: CoverageCounts) => (found ? count / exampleCount : null);
  return {
    ...asked,
    name: nameOf(asked),
    exampleCountBefore: before.exampleCount,
    exampleCount: now.exampleCount,
    undefinedBecause: because,
    stability: found?.value ?? null,
    byChance: found?.byChance ?? null,
    smoothed: found?.smoothed ?? null,
    values: keys.map((key, i) => ({
      key,
      countBefore: counts[0]![i]!,
      count: counts[1]![i]!,
      shareBefore: shareOf(counts[0]![i]!, before),
      share: shareOf(counts[1]![i]!, now),
      contribution: found?.contributions[i] ?? null,
    })),
  };
}

function whyNot(...sides: CoverageCounts[]): DriftReason | null {
  const isMultiple = ({ dimensions, exampleCount }: CoverageCounts) => dimensions[0]!.placementCount > exampleCount;
  if (sides.some(isMultiple)) return "MULTI_VALUED";
  return sides.some(({ exampleCount }) => exampleCount < FEWEST_FOR_SHARES) ? "FEW_EXAMPLES" : null;
}
