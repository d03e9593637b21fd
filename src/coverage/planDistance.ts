// How far is what was counted from the shares that a plan asks for, as one distribution from another? Pure.
import { divergenceFromTarget } from "../statistics/divergenceFromTarget.js";
import { jensenShannon } from "../statistics/jensenShannon.js";
import { totalVariation } from "../statistics/totalVariation.js";
import { FEWEST_FOR_SHARES } from "./coverageCell.js";
import { keysOf, nameOfCell, type Frame, type Keys } from "./planFrame.js";

/**
 * NO_DISTRIBUTION: the plan's shares over these dimensions do not add up to 1. MULTI_VALUED: an example may count several
 * times, so that shares are none of a whole. FEW_EXAMPLES: under 30 examples have a value.
 */
export type DistanceReason = "NO_DISTRIBUTION" | "MULTI_VALUED" | "FEW_EXAMPLES";

export interface PlanDistance {
  /** Examples that have a value in every dimension: the others are in neither distribution. */
  exampleCount: number;
  undefinedBecause: DistanceReason | null;
  /** Which share would have to be elsewhere, 0 to 1. */
  totalVariation: number | null;
  /** The Jensen-Shannon distance to base 2, 0 to 1. */
  jensenShannon: number | null;
  /** The share that lies where the plan has none. */
  offTargetMass: number | null;
}

const ROUNDING = 1e-6;

/** Null where the plan asks for no shares over these dimensions. */
export function planDistance(
  cells: ReadonlyArray<{ keys: Keys; count: number }>,
  frame: Frame,
  multiple: boolean,
): PlanDistance | null {
  const planned = [...frame.targets.values()].filter(({ share }) => share !== undefined);
  if (planned.length === 0) return null;
  const assigned = cells.filter(({ keys }) => !keys.includes(null));
  const exampleCount = multiple ? 0 : assigned.reduce((sum, { count }) => sum + count, 0);
  const sum = planned.reduce((sum, { share }) => sum + share!, 0);
  const without = (undefinedBecause: DistanceReason): PlanDistance => ({ exampleCount, undefinedBecause, ...NONE });
  if (multiple) return without("MULTI_VALUED");
  if (Math.abs(sum - 1) > ROUNDING) return without("NO_DISTRIBUTION");
  if (exampleCount < FEWEST_FOR_SHARES) return without("FEW_EXAMPLES");
  const shares = new Map(planned.map((target) => [nameOfCell(keysOf(target, frame), frame), target.share!]));
  const [actual, wanted] = [
    assigned.map(({ count }) => count),
    assigned.map(({ keys }) => shares.get(nameOfCell(keys, frame)) ?? 0),
  ];
  return { exampleCount, undefinedBecause: null, ...distancesOf(actual, wanted) };
}

const NONE = { totalVariation: null, jensenShannon: null, offTargetMass: null };

function distancesOf(actual: number[], wanted: number[]) {
  const [variation, distance] = [totalVariation(actual, wanted), jensenShannon(actual, wanted)];
  const off = divergenceFromTarget(actual, wanted);
  return {
    totalVariation: variation.kind === "defined" ? variation.value : null,
    jensenShannon: distance.kind === "defined" ? distance.value : null,
    offTargetMass: off.kind === "defined" ? off.offTargetMass : null,
  };
}
