// Have the rows and the columns of a table of counts anything to do with each other, and where does it show?
import { chiSquareUpperTail } from "./chiSquareDistribution.js";
import { chiSquareOf, expectedCounts, marginsOf, type CountTable, type Margins } from "./contingencyTable.js";
import { drawTable, logFactorials } from "./drawTable.js";
import { noFigure, type NoFigure } from "./figure.js";
import { isAsExtreme, permutationP, refuseWrongPermutations, type Permuting } from "./permutationP.js";
import { randomNumbers } from "./randomNumbers.js";

/** NO_COUNTS: nothing was counted. ONE_ROW_OR_COLUMN: only one row, or only one column, has a count. */
export type IndependenceReason = "NO_COUNTS" | "ONE_ROW_OR_COLUMN";

export interface Independence {
  kind: "defined";
  /** Pearson's χ², (r − 1)(c − 1) over the rows and columns that have a count, and all counts. */
  statistic: number;
  df: number;
  n: number;
  /** By the chi-square distribution. Not to be used where `permutationP` has a value. */
  p: number;
  /** The least expected count, and whether it is below 5, where the chi-square distribution fits badly. */
  smallestExpected: number;
  fewExpected: boolean;
  /** By permutation, if it was asked for and some expected count is below 5; else null. */
  permutationP: number | null;
  /** By row and column. Expected: 0 in empty rows and columns; residuals: null there. */
  expected: ReadonlyArray<ArrayLike<number>>;
  /** (O − E)/√E; their squares add up to χ². */
  pearsonResiduals: ReadonlyArray<ReadonlyArray<number | null>>;
  /** (O − E)/√(E(1 − n_i/n)(1 − n_j/n)): standard normal where rows and columns are independent, so 3 is much. */
  adjustedResiduals: ReadonlyArray<ReadonlyArray<number | null>>;
}

/**
 * Pearson's chi-square test of independence, without continuity correction, of counts by row and column; one example
 * must be counted once. At large n p is small whatever the association: look at `cramersV` for its size.
 *
 * With `permuting`, and an expected count below 5, also the p of B tables with the same margins: c of which have a χ²
 * as large, (c + 1)/(B + 1). Undefined: see `IndependenceReason`. Throws a RangeError on a table that is none.
 * Source: Agresti, Categorical data analysis, 3rd ed. (2013), 3.2 and 3.3.1 (standardised residuals).
 */
export function chiSquareIndependence(
  table: CountTable,
  permuting: Permuting | null = null,
): Independence | NoFigure<IndependenceReason> {
  if (permuting) refuseWrongPermutations(permuting);
  const margins = marginsOf(table);
  const because = whyNotIndependence(margins);
  if (because) return noFigure(because);
  const expected = expectedCounts(margins);
  const statistic = chiSquareOf(table, expected);
  const df = (margins.usedRows - 1) * (margins.usedColumns - 1);
  const smallestExpected = expected.flatMap((row) => [...row]).reduce(leastAbove0, Infinity);
  const fewExpected = smallestExpected < 5;
  const byPermutation = permuting && fewExpected ? pByPermutation(statistic, margins, expected, permuting) : null;
  const test = { statistic, df, n: margins.n, p: chiSquareUpperTail(statistic, df), permutationP: byPermutation };
  const residuals = residualsOf(table, expected, margins);
  return { kind: "defined", ...test, smallestExpected, fewExpected, expected, ...residuals };
}

/** Why the rows and columns of a table cannot be compared; null when they can. */
export function whyNotIndependence({ n, usedRows, usedColumns }: Margins): IndependenceReason | null {
  if (n === 0) return "NO_COUNTS";
  return usedRows < 2 || usedColumns < 2 ? "ONE_ROW_OR_COLUMN" : null;
}

const leastAbove0 = (least: number, count: number) => (count > 0 && count < least ? count : least);

function residualsOf(table: CountTable, expected: ReadonlyArray<Float64Array>, { rows, columns, n }: Margins) {
  const ofEach = (scale: (i: number, j: number) => number) =>
    expected.map((row, i) =>
      Array.from(row, (E, j) => (E > 0 ? (table[i]![j]! - E) / Math.sqrt(E * scale(i, j)) : null)),
    );
  return {
    pearsonResiduals: ofEach(() => 1),
    adjustedResiduals: ofEach((i, j) => (1 - rows[i]! / n) * (1 - columns[j]! / n)),
  };
}

function pByPermutation(
  seen: number,
  margins: Margins,
  expected: ReadonlyArray<Float64Array>,
  { seed, permutations }: Permuting,
): number {
  const random = randomNumbers(seed);
  const logs = logFactorials(margins.n);
  const drawn = expected.map((row) => new Float64Array(row.length));
  let asExtreme = 0;
  for (let i = 0; i < permutations; i++) {
    drawTable(random, margins, logs, drawn);
    if (isAsExtreme(chiSquareOf(drawn, expected), seen)) asExtreme++;
  }
  return permutationP(asExtreme, permutations);
}
