// What do counted cells say against a plan: shares, targets, what is missing? Pure.
import { cellName } from "./checkPlan.js";
import type { CoveragePlan, PlanTarget } from "./coveragePlan.js";
import { canonicalValue, declaredValues, nameOf, planDimension, type AskedDimension } from "./dimensions.js";

/** How the numbers are made; another number where that changes. */
export const COVERAGE_METHOD = "coverage@1";

/** What was counted. A cell has one key per dimension, null where an example has no value there. */
export interface CoverageCounts {
  exampleCount: number;
  /** Examples that lack a value in one asked dimension or more. */
  unassignedCount: number;
  /** In the order asked: examples without a value, and examples counted once for each value they have (none counts as one). */
  dimensions: Array<{ unassignedCount: number; placementCount: number }>;
  cells: Array<{ keys: Array<string | null>; count: number }>;
}

export interface CoverageCell {
  keys: Array<string | null>;
  count: number;
  /** Of all examples counted; null where there are none. */
  share: number | null;
  /** How many the plan asks for at this number of examples; null where it has no target for the cell. */
  target: number | null;
  targetShare: number | null;
  deficit: number | null;
  met: boolean | null;
  /** Whether every key stands in a declared taxonomy; null where nothing declares one of them. */
  declared: boolean | null;
  /** "0 of 12"; null without a target. */
  summary: string | null;
}

export interface CoverageDimensionReport extends AskedDimension {
  name: string;
  multiple: boolean;
  unassignedCount: number;
  unassignedShare: number | null;
}

export interface CoverageNumbers {
  exampleCount: number;
  unassignedCount: number;
  unassignedShare: number | null;
  dimensions: CoverageDimensionReport[];
  cells: CoverageCell[];
  gaps: CoverageCell[];
}

/**
 * Shares are of examples: over a dimension of several values they may sum to more than 1. Cells that the plan has targets
 * for, and over one dimension those it declares, are there with count 0 where nothing was counted.
 */
export function coverageReport(
  counts: CoverageCounts,
  plan: CoveragePlan | null,
  asked: readonly AskedDimension[],
): CoverageNumbers {
  const { exampleCount, unassignedCount } = counts;
  const frame = frameOf(plan, asked);
  const order = (a: CoverageCell, b: CoverageCell) => compareKeys(a.keys, b.keys, frame);
  const cells = [...counts.cells, ...emptyCells(counts, frame)]
    .map(({ keys, count }) => cellOf(keys, count, exampleCount, frame))
    .sort(order);
  return {
    exampleCount,
    unassignedCount,
    unassignedShare: shareOf(unassignedCount, exampleCount),
    dimensions: asked.map((one, i) => dimensionOf(one, counts, i, plan)),
    cells,
    gaps: cells.filter(({ met }) => met === false).sort((a, b) => b.deficit! - a.deficit! || order(a, b)),
  };
}

/** What cells are held against. */
interface Frame {
  asked: readonly AskedDimension[];
  /** By dimension: the declared values and their places; null where any value may come. */
  declared: Array<ReadonlyMap<string, number> | null>;
  /** The plan's targets over exactly the dimensions asked for, by cell. */
  targets: ReadonlyMap<string, PlanTarget>;
}

function frameOf(plan: CoveragePlan | null, asked: readonly AskedDimension[]): Frame {
  const names = asked.map(nameOf);
  const over = (plan?.targets ?? []).filter(
    ({ cell }) => cell.length === names.length && cell.every(({ dimension }) => names.includes(dimension)),
  );
  const declared = asked.map((one) => {
    const values = declaredValues(plan, one);
    return values && new Map(values.map((value, i) => [value, i]));
  });
  return { asked, declared, targets: new Map(over.map((target) => [cellName(target.cell), target])) };
}

/** As targets are found by; "" for a cell of what is unassigned. */
function nameOfCell(keys: ReadonlyArray<string | null>, { asked }: Frame): string {
  return keys.includes(null) ? "" : cellName(asked.map((one, i) => ({ dimension: nameOf(one), value: keys[i]! })));
}

function emptyCells(counts: CoverageCounts, frame: Frame): CoverageCounts["cells"] {
  const { asked, declared, targets } = frame;
  const declaredCells = asked.length === 1 ? [...(declared[0]?.keys() ?? [])].map((value) => [value]) : [];
  const plannedCells = [...targets.values()].map(({ cell }) =>
    asked.map((one) => {
      const { dimension, value } = cell.find((key) => key.dimension === nameOf(one))!;
      return canonicalValue(dimension, value);
    }),
  );
  const counted = new Set(counts.cells.map(({ keys }) => nameOfCell(keys, frame)));
  const expected = new Map([...declaredCells, ...plannedCells].map((keys) => [nameOfCell(keys, frame), keys]));
  return [...expected].filter(([name]) => !counted.has(name)).map(([, keys]) => ({ keys, count: 0 }));
}

function cellOf(keys: Array<string | null>, count: number, exampleCount: number, frame: Frame): CoverageCell {
  const planned = frame.targets.get(nameOfCell(keys, frame));
  const target = planned ? targetCount(planned, exampleCount) : null;
  return {
    keys,
    count,
    share: shareOf(count, exampleCount),
    target,
    targetShare: planned?.share ?? null,
    deficit: target === null ? null : Math.max(0, target - count),
    met: target === null ? null : count >= target,
    declared: isDeclared(keys, frame),
    summary: target === null ? null : `${count} of ${target}`,
  };
}

/** max(⌈share × examples⌉, minimumCount). The product is rounded first: 0.1 × 30 is a little more than 3 in doubles. */
export function targetCount({ share = 0, minimumCount = 0 }: PlanTarget, exampleCount: number): number {
  return Math.max(Math.ceil(Number((share * exampleCount).toFixed(6))), minimumCount);
}

function isDeclared(keys: ReadonlyArray<string | null>, { declared }: Frame): boolean | null {
  const each = keys.map((key, i) => (key === null ? null : (declared[i]?.has(key) ?? null)));
  return each.includes(false) ? false : each.includes(null) ? null : true;
}

function dimensionOf(
  asked: AskedDimension,
  { dimensions, exampleCount }: CoverageCounts,
  index: number,
  plan: CoveragePlan | null,
): CoverageDimensionReport {
  const { unassignedCount, placementCount } = dimensions[index]!;
  return {
    ...asked,
    name: nameOf(asked),
    multiple: (planDimension(plan, asked)?.multiple ?? false) || placementCount > exampleCount,
    unassignedCount,
    unassignedShare: shareOf(unassignedCount, exampleCount),
  };
}

function shareOf(count: number, exampleCount: number): number | null {
  return exampleCount === 0 ? null : count / exampleCount;
}

/** In the order of the declared values, then by code units; what is unassigned last. */
function compareKeys(a: ReadonlyArray<string | null>, b: ReadonlyArray<string | null>, { declared }: Frame): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]!;
    if (left === right) continue;
    if (left === null || right === null) return left === null ? 1 : -1;
    const [leftPlace, rightPlace] = [left, right].map((value) => declared[i]?.get(value) ?? Number.MAX_SAFE_INTEGER);
    return leftPlace! - rightPlace! || (left < right ? -1 : 1);
  }
  return 0;
}
