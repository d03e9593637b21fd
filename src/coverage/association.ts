// Have two dimensions of what was counted anything to do with each other, and in which cells does it show? Pure.
import { chiSquareIndependence } from "../statistics/chiSquareIndependence.js";
import { cramersV, type CramersVReason } from "../statistics/cramersV.js";
import type { Limits } from "../statistics/figure.js";
import { FEWEST_FOR_SHARES } from "./coverageCell.js";
import { compareValues, type Frame, type Keys } from "./planFrame.js";

/**
 * MULTI_VALUED: an example may have several values, and the test is of examples that count once each. FEW_EXAMPLES: under
 * 30 have a value in both. TOO_MANY_CELLS: rows × columns are more than a report takes. The others as in statistics.
 */
export type AssociationReason = CramersVReason | "MULTI_VALUED" | "FEW_EXAMPLES" | "TOO_MANY_CELLS";

/** Over the examples that have a value in both dimensions; tables by row (first dimension) and column (second). */
export interface Association {
  exampleCount: number;
  undefinedBecause: AssociationReason | null;
  rows: string[];
  columns: string[];
  observed: number[][];
  expected: number[][];
  /** (O − E)/√(E(1 − row share)(1 − column share)): beyond ±3 is much. */
  adjustedResiduals: Array<Array<number | null>>;
  chiSquare: number | null;
  df: number | null;
  p: number | null;
  /** By PERMUTATIONS tables with the same margins, where an expected count is below 5 and the table is small; else null. */
  permutationP: number | null;
  smallestExpected: number | null;
  cramersV: number | null;
  cramersVUndefinedBecause: AssociationReason | null;
  cramersVInterval: Limits | null;
}

export const PERMUTATIONS = 999;
const SEED = 1;
/** Each permutation draws every cell. */
const MOST_PERMUTED_CELLS = 200;
const LEVEL = 0.95;

interface Counted {
  cells: ReadonlyArray<{ keys: Keys; count: number }>;
  /** Whether each example counts in one cell. */
  single: boolean;
}

export interface CountedTable {
  rows: string[];
  columns: string[];
  observed: number[][];
}

/** The table of what has a value in both dimensions; `declared` puts its rows and columns in order. */
export function tableOfCells({ cells }: Pick<Counted, "cells">, declared: Frame["declared"] = []): CountedTable {
  const there = cells.filter(({ keys, count }) => count > 0 && !keys.includes(null));
  const valuesOf = (i: number) =>
    [...new Set(there.map(({ keys }) => keys[i]!))].sort((a, b) => compareValues(a, b, declared[i] ?? null));
  const [rows, columns] = [valuesOf(0), valuesOf(1)];
  const [rowOf, columnOf] = [rows, columns].map((values) => new Map(values.map((value, i) => [value, i])));
  const observed = rows.map(() => columns.map(() => 0));
  for (const { keys, count } of there) observed[rowOf!.get(keys[0]!)!]![columnOf!.get(keys[1]!)!]! += count;
  return { rows, columns, observed };
}

/** The p by permutation: apart from the rest, because it takes long where there are many examples. */
export function permutationPOf(counted: Counted): number | null {
  if (!counted.single) return null;
  const { rows, columns, observed } = tableOfCells(counted);
  if (rows.length * columns.length > MOST_PERMUTED_CELLS) return null;
  const test = chiSquareIndependence(observed, { seed: SEED, permutations: PERMUTATIONS });
  return test.kind === "defined" ? test.permutationP : null;
}

export function associationOf(
  counted: Counted,
  declared: Frame["declared"],
  permutationP: number | null,
  mostCells: number,
): Association {
  const exampleCount = counted.cells.reduce((sum, { keys, count }) => sum + (keys.includes(null) ? 0 : count), 0);
  if (!counted.single) return without("MULTI_VALUED", 0);
  if (exampleCount < FEWEST_FOR_SHARES) return without("FEW_EXAMPLES", exampleCount);
  const table = tableOfCells(counted, declared);
  if (table.rows.length * table.columns.length > mostCells) return without("TOO_MANY_CELLS", exampleCount);
  const test = chiSquareIndependence(table.observed);
  if (test.kind === "undefined") return { ...without(test.because, exampleCount), ...table };
  const { statistic: chiSquare, df, p, smallestExpected, fewExpected } = test;
  const v = cramersV(table.observed, LEVEL);
  return {
    ...without(null, exampleCount),
    ...table,
    expected: test.expected.map((row) => Array.from(row)),
    adjustedResiduals: test.adjustedResiduals.map((row) => [...row]),
    chiSquare,
    df,
    p,
    smallestExpected,
    permutationP: fewExpected ? permutationP : null,
    ...(v.kind === "defined"
      ? {
          cramersV: v.value,
          cramersVInterval: v.interval,
          cramersVUndefinedBecause: null,
        }
      : { cramersVUndefinedBecause: v.because }),
  };
}

function without(because: AssociationReason | null, exampleCount: number): Association {
  const table = { rows: [], columns: [], observed: [], expected: [], adjustedResiduals: [] };
  const test = { chiSquare: null, df: null, p: null, permutationP: null, smallestExpected: null };
  const v = { cramersV: null, cramersVUndefinedBecause: because, cramersVInterval: null };
  return { exampleCount, undefinedBecause: because, ...table, ...test, ...v };
}
