// Which counts of people must be hidden so that none below k can be read or worked out? Pure.

/** Fewer people than this are not counted in public. */
export const SMALLEST_SHOWN = 5;

/**
 * The groups of a list to hide, their total being known: all with fewer than k people, and where these could be worked out
 * or are fewer than k together, the next smallest too (complementary suppression). Counts are above 0.
 * @returns true at each hidden place. What is hidden has k people or more, or is everything.
 */
export function suppressSmallGroups(counts: readonly number[], k: number = SMALLEST_SHOWN): boolean[] {
  const hidden = counts.map((count) => count < k);
  const size = () => hidden.filter(Boolean).length;
  const people = () => counts.reduce((sum, count, i) => sum + (hidden[i] ? count : 0), 0);
  while (size() > 0 && (size() === 1 || people() < k)) {
    const next = smallest(counts, (i) => !hidden[i]);
    if (next === null) break;
    hidden[next] = true;
  }
  return hidden;
}

/** The place of the smallest count among those that may be taken, the first of equals; null for none. */
function smallest(counts: readonly number[], may: (place: number) => boolean): number | null {
  let found: number | null = null;
  for (const [i, count] of counts.entries()) if (may(i) && (found === null || count < counts[found]!)) found = i;
  return found;
}

/** A cell by row and column, or a line: −1 stands for all. */
type Place = readonly [row: number, column: number];

/**
 * The cells of a two-way table to hide, the sums of its rows and columns being known and k or more each: all below k, also
 * 0; then, until nothing is left to do, the smallest shown cell of each line in which a hidden cell stands alone or hidden
 * cells have fewer than k people together, and a neighbour of each hidden cell whose value still follows from what is shown.
 * @param table rows × columns of whole numbers from 0.
 * @returns true at each hidden cell. For each of them there is another table of whole numbers from 0 with the same sums and
 * shown cells in which it is another. Source of the test: a cell of a table with fixed sums can change by one where the
 * hidden cells allow an alternating cycle through it (Gusfield 1988, A graph theoretic approach to statistical data security).
 */
export function suppressSmallCells(table: ReadonlyArray<readonly number[]>, k: number = SMALLEST_SHOWN): boolean[][] {
  const hidden = table.map((row) => row.map((count) => count < k));
  for (;;) {
    const more = [...thinLines(table, hidden, k), ...fixedCells(table, hidden)];
    let grew = false;
    for (const place of more) {
      const next = neighbour(table, hidden, place);
      if (next) hidden[next[0]]![next[1]] = grew = true;
    }
    if (!grew) return hidden;
  }
}

/** A row, named by its number and column −1, or a column. */
interface Line {
  name: Place;
  cells: Place[];
}

function linesOf(table: ReadonlyArray<readonly number[]>): Line[] {
  const rows = table.map((row, r): Line => ({ name: [r, -1], cells: row.map((_, c): Place => [r, c]) }));
  const width = table[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, c): Line => ({
    name: [-1, c],
    cells: table.map((_row, r): Place => [r, c]),
  }));
  return [...rows, ...columns];
}

/** The lines that hide too little. */
function thinLines(table: ReadonlyArray<readonly number[]>, hidden: readonly boolean[][], k: number): Place[] {
  const thin = linesOf(table).filter(({ cells }) => {
    const unseen = cells.filter(([r, c]) => hidden[r]![c]);
    const people = unseen.reduce((sum, [r, c]) => sum + table[r]![c]!, 0);
    return unseen.length > 0 && (unseen.length === 1 || people < k);
  });
  return thin.map(({ name }) => name);
}

/** The smallest shown cell of a row (column −1), of a column (row −1), of both lines of a cell, or else of the table. */
function neighbour(
  table: ReadonlyArray<readonly number[]>,
  hidden: readonly boolean[][],
  [row, column]: Place,
): Place | null {
  const shown = table.flatMap((line, r) => line.flatMap((_, c): Place[] => (hidden[r]![c] ? [] : [[r, c]])));
  const beside = shown.filter(([r, c]) => r === row || c === column);
  const candidates = beside.length > 0 || row < 0 || column < 0 ? beside : shown;
  const at = smallest(
    candidates.map(([r, c]) => table[r]![c]!),
    () => true,
  );
  return at === null ? null : candidates[at]!;
}

/** Hidden cells that can be neither more nor less while all sums and shown cells stay. */
function fixedCells(table: ReadonlyArray<readonly number[]>, hidden: readonly boolean[][]): Place[] {
  return table.flatMap((row, r) =>
    row.flatMap((_, c): Place[] => (hidden[r]![c] && !canChange(table, hidden, [r, c]) ? [[r, c]] : [])),
  );
}

function canChange(table: ReadonlyArray<readonly number[]>, hidden: readonly boolean[][], cell: Place): boolean {
  return table[cell[0]]![cell[1]]! > 0
    ? canMove(table, hidden, cell, "up") || canMove(table, hidden, cell, "down")
    : canMove(table, hidden, cell, "up");
}

/**
 * Whether a cell can change by one: from its column one must come back to its row (up), or from its row to its column
 * (down), by steps of row → column, where a hidden cell grows, and column → row, where one that is above 0 shrinks.
 */
function canMove(
  table: ReadonlyArray<readonly number[]>,
  hidden: readonly boolean[][],
  [row, column]: Place,
  way: "up" | "down",
): boolean {
  const rows = table.length;
  const isOwn = (r: number, c: number) => r === row && c === column;
  const stepsFrom = (node: number): number[] =>
    node < rows
      ? table[node]!.flatMap((_, c) => (hidden[node]![c] && !isOwn(node, c) ? [rows + c] : []))
      : table.flatMap((line, r) => {
          const c = node - rows;
          return hidden[r]![c] && line[c]! > 0 && !isOwn(r, c) ? [r] : [];
        });
  const [from, to] = way === "up" ? [rows + column, row] : [row, rows + column];
  const reached = new Set([from]);
  for (const node of reached) {
    if (node === to) return true;
    for (const next of stepsFrom(node)) reached.add(next);
  }
  return false;
}
