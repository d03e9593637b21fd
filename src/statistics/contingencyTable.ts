// What does a table of counts add up to, and what would stand in it if rows and columns were independent?

/** Counts by row and column: whole numbers from 0 up, all rows of one length. */
export type CountTable = ReadonlyArray<ArrayLike<number>>;

export interface Margins {
  /** The sums of rows and columns; of all counts. */
  rows: Float64Array;
  columns: Float64Array;
  n: number;
  /** How many rows and columns have a count. Empty ones say nothing and are in no degree of freedom. */
  usedRows: number;
  usedColumns: number;
}

/** The margins of a table. Throws a RangeError on rows of different lengths and on counts that are no whole numbers. */
export function marginsOf(table: CountTable): Margins {
  const rows = new Float64Array(table.length);
  const columns = new Float64Array(table[0]?.length ?? 0);
  let n = 0;
  table.forEach((row, i) => {
    if (row.length !== columns.length)
      throw new RangeError(`row ${i} has ${row.length} counts, row 0 has ${columns.length}; expected equally many`);
    for (let j = 0; j < row.length; j++) {
      refuseWrongCount(row[j]!);
      rows[i]! += row[j]!;
      columns[j]! += row[j]!;
      n += row[j]!;
    }
  });
  const used = (sums: Float64Array) => sums.reduce((count, sum) => count + (sum > 0 ? 1 : 0), 0);
  return { rows, columns, n, usedRows: used(rows), usedColumns: used(columns) };
}

/** n_i n_j / n in row i and column j, row by row, where n > 0; 0 in empty rows and columns. */
export function expectedCounts({ rows, columns, n }: Margins): Float64Array[] {
  return Array.from(rows, (row) => columns.map((column) => (row / n) * column));
}

/** Pearson's Σ (O − E)²/E over the cells with an expected count. */
export function chiSquareOf(table: CountTable, expected: ReadonlyArray<Float64Array>): number {
  let sum = 0;
  table.forEach((row, i) => {
    for (let j = 0; j < row.length; j++)
      if (expected[i]![j]! > 0) sum += (row[j]! - expected[i]![j]!) ** 2 / expected[i]![j]!;
  });
  return sum;
}

/** Throws a RangeError unless the count is a whole number from 0 up. */
export function refuseWrongCount(count: number): void {
  if (Number.isSafeInteger(count) && count >= 0) return;
  throw new RangeError(`a count is ${count}; expected a whole number from 0 up`);
}
