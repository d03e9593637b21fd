// What do counted cells say against a plan: shares, targets, gaps, distances, association? Pure.
import { associationOf, type Association } from "./association.js";
import { cellOf, FEWEST_FOR_SHARES, shareOf, type CoverageCell as CellNumbers } from "./coverageCell.js";
import type { CoveragePlan } from "./coveragePlan.js";
import { isMultipleByNature, nameOf, planDimension, type AskedDimension } from "./dimensions.js";
import { planDistance, type PlanDistance } from "./planDistance.js";
import { compareKeys, emptyCells, frameOf } from "./planFrame.js";

/** How the numbers are made; another number where that changes. */
export const COVERAGE_METHOD = "coverage@2";

/** More cells than a report takes are not read. */
export const MAX_CELLS = 5_000;

export interface MethodCount {
  method: string;
  count: number;
}

export interface CountedDimension {
  unassignedCount: number;
  /** Examples counted once for each value they have (none counts as one). */
  placementCount: number;
  /** Of a label dimension: how many labels each method made. */
  methods: MethodCount[];
}

/** What was counted. A cell has one key per dimension, null where an example has no value there. */
export interface CoverageCounts {
  exampleCount: number;
  /** Examples that lack a value in one asked dimension or more. */
  unassignedCount: number;
  /** In the order asked. */
  dimensions: CountedDimension[];
  cells: Array<{ keys: Array<string | null>; count: number }>;
  /** Of the test of independence over two dimensions, where it needs one. */
  permutationP: number | null;
  /** Examples whose text was erased, where a dimension needs it: they have no value in it. Null where none does. */
  erasedCount: number | null;
  /** Where near-duplicates count once: what all examples come to. Else null. */
  raw: Pick<CoverageCounts, "exampleCount" | "cells"> | null;
}

export interface CoverageDimensionReport extends AskedDimension {
  name: string;
  multiple: boolean;
  unassignedCount: number;
  unassignedShare: number | null;
  methods: MethodCount[];
}

/** A cell with all its examples beside, where near-duplicates count once. */
export interface CoverageCell extends CellNumbers {
  rawCount: number;
}

export const COVERAGE_WARNINGS = ["FEW_EXAMPLES", "MANY_UNASSIGNED", "TEXT_ERASED", "FEW_EXPECTED"] as const;
export type CoverageWarning = (typeof COVERAGE_WARNINGS)[number];

export interface CoverageNumbers {
  exampleCount: number;
  rawExampleCount: number;
  unassignedCount: number;
  unassignedShare: number | null;
  erasedCount: number | null;
  warnings: CoverageWarning[];
  dimensions: CoverageDimensionReport[];
  cells: CoverageCell[];
  /** The least of the cells that have a target; null where none has. */
  attainment: number | null;
  /** Cells whose target is not met, largest weight × deficit first. */
  gaps: CoverageCell[];
  /** Cells over their maximum share, largest weight × excess first. */
  excesses: CoverageCell[];
  distance: PlanDistance | null;
  /** Null over one dimension. */
  association: Association | null;
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
  const { exampleCount, unassignedCount, permutationP } = counts;
  const frame = frameOf(plan, asked);
  const order = (a: CoverageCell, b: CoverageCell) => compareKeys(a.keys, b.keys, frame);
  const counted = [...counts.cells, ...onlyRaw(counts)];
  const rawOf = new Map(counts.raw?.cells.map(({ keys, count }) => [JSON.stringify(keys), count]));
  const cells = [...counted, ...emptyCells(counted, frame)]
    .map(({ keys, count }) => ({
      ...cellOf(keys, count, exampleCount, frame),
      rawCount: rawOf.get(JSON.stringify(keys)) ?? count,
    }))
    .sort(order);
  const dimensions = asked.map((one, i) => dimensionOf(one, counts, i, plan));
  const single = dimensions.every(({ multiple }) => !multiple);
  const association =
    asked.length === 2 ? associationOf({ cells: counts.cells, single }, frame.declared, permutationP, MAX_CELLS) : null;
  return {
    exampleCount,
    rawExampleCount: counts.raw?.exampleCount ?? exampleCount,
    unassignedCount,
    unassignedShare: shareOf(unassignedCount, exampleCount),
    erasedCount: counts.erasedCount,
    warnings: warningsOf(counts, association),
    dimensions,
    cells,
    attainment: attainmentOf(cells),
    gaps: cells
      .filter(({ met }) => met === false)
      .sort((a, b) => b.weightedDeficit! - a.weightedDeficit! || order(a, b)),
    excesses: cells
      .filter(({ excess }) => excess !== null && excess > 0)
      .sort((a, b) => b.weight! * b.excess! - a.weight! * a.excess! || order(a, b)),
    distance: planDistance(cells, frame, !single),
    association,
  };
}

/** Cells of which all examples repeat one that lies elsewhere. */
function onlyRaw({ cells, raw }: CoverageCounts): CoverageCounts["cells"] {
  const there = new Set(cells.map(({ keys }) => JSON.stringify(keys)));
  const others = (raw?.cells ?? []).filter(({ keys }) => !there.has(JSON.stringify(keys)));
  return others.map(({ keys }) => ({ keys, count: 0 }));
}

function attainmentOf(cells: readonly CoverageCell[]): number | null {
  const each = cells.flatMap(({ attainment }) => (attainment === null ? [] : [attainment]));
  return each.length === 0 ? null : Math.min(...each);
}

/** More than this share without a value, and a report says little of the whole. */
const MANY_UNASSIGNED = 0.05;
const FEW_EXPECTED = 5;

function warningsOf({ exampleCount, unassignedCount, erasedCount }: CoverageCounts, association: Association | null) {
  const smallest = association?.smallestExpected ?? null;
  const there: Record<CoverageWarning, boolean> = {
    FEW_EXAMPLES: exampleCount < FEWEST_FOR_SHARES,
    MANY_UNASSIGNED: unassignedCount > MANY_UNASSIGNED * exampleCount,
    TEXT_ERASED: (erasedCount ?? 0) > 0,
    FEW_EXPECTED: smallest !== null && smallest < FEW_EXPECTED,
  };
  return COVERAGE_WARNINGS.filter((warning) => there[warning]);
}

function dimensionOf(
  asked: AskedDimension,
  { dimensions, exampleCount }: CoverageCounts,
  index: number,
  plan: CoveragePlan | null,
): CoverageDimensionReport {
  const { unassignedCount, placementCount, methods } = dimensions[index]!;
  return {
    ...asked,
    name: nameOf(asked),
    multiple:
      isMultipleByNature(asked.by) || (planDimension(plan, asked)?.multiple ?? false) || placementCount > exampleCount,
    unassignedCount,
    unassignedShare: shareOf(unassignedCount, exampleCount),
    methods,
  };
}
