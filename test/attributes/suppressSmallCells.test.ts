import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributeReport, attributeTable } from "../../src/attributes/attributeReport.js";
import { suppressSmallCells, suppressSmallGroups } from "../../src/attributes/suppressSmallCells.js";

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe("groups of a list", () => {
  it.each([
    [[418, 397, 25], []],
    [
      [20, 3, 4, 9],
      [1, 2],
    ],
    [
      [20, 3, 9],
      [1, 2],
    ],
    [
      [20, 1, 1, 9],
      [1, 2, 3],
    ],
    [
      [20, 2],
      [0, 1],
    ],
    [[3], [0]],
    [[], []],
  ])("%j hides %j", (counts, expected) => {
    const hidden = suppressSmallGroups(counts);
    expect(hidden.flatMap((one, i) => (one ? [i] : []))).toEqual(expected);
  });

  it("never show one below k, and hide k people or more, in two groups or more, unless there are no more", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }),
        fc.integer({ min: 2, max: 8 }),
        (counts, k) => {
          const hidden = suppressSmallGroups(counts, k);
          const [unseen, shown] = [counts.filter((_, i) => hidden[i]), counts.filter((_, i) => !hidden[i])];
          expect(shown.every((count) => count >= k)).toBe(true);
          if (unseen.length > 0 && shown.length > 0)
            expect([unseen.length > 1, sum(unseen) >= k]).toEqual([true, true]);
          if (counts.every((count) => count >= k)) expect(unseen).toEqual([]);
        },
      ),
    );
  });
});

/** Every table of whole numbers from 0 with the same sums and the same shown cells, by trying them all. */
function* tablesLike(table: number[][], hidden: boolean[][]): Generator<number[][]> {
  const rows = table.map(sum);
  const columns = table[0]!.map((_, c) => sum(table.map((row) => row[c]!)));
  const made = table.map((row, r) => row.map((count, c) => (hidden[r]![c] ? 0 : count)));
  const width = columns.length;
  function* fill(place: number): Generator<number[][]> {
    if (place === rows.length * width) {
      if (columns.every((total, c) => sum(made.map((row) => row[c]!)) === total)) yield made;
      return;
    }
    const [r, c] = [Math.floor(place / width), place % width];
    const isLast = c === width - 1;
    const left = rows[r]! - sum(made[r]!) + (hidden[r]![c] ? made[r]![c]! : 0);
    if (!hidden[r]![c]) {
      if (!isLast || sum(made[r]!) === rows[r]) yield* fill(place + 1);
      return;
    }
    for (let value = isLast || last(r, c) ? left : 0; value <= left; value++) {
      made[r]![c] = value;
      if (sum(made.map((row) => row[c]!)) <= columns[c]! && (!isLast || sum(made[r]!) === rows[r]))
        yield* fill(place + 1);
    }
    made[r]![c] = 0;
  }
  /** Whether no hidden cell follows in the row, so that only one value is left. */
  const last = (r: number, c: number) => !hidden[r]!.slice(c + 1).includes(true);
  yield* fill(0);
}

/** Hidden cells that have one value only in all of those tables. */
function derived(table: number[][], hidden: boolean[][]): string[] {
  const values = new Map<string, Set<number>>();
  for (const other of tablesLike(table, hidden))
    for (const [r, row] of hidden.entries())
      for (const [c, one] of row.entries())
        if (one) values.set(`${r},${c}`, (values.get(`${r},${c}`) ?? new Set()).add(other[r]![c]!));
  return [...values].filter(([, all]) => all.size === 1).map(([place]) => place);
}

describe("cells of a two-way table", () => {
  const k = 3;
  const tables = fc
    .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }))
    .chain(([rows, columns]) =>
      fc.array(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 6 })), {
          minLength: columns,
          maxLength: columns,
        }),
        {
          minLength: rows,
          maxLength: rows,
        },
      ),
    )
    .filter((table) =>
      [...table.map(sum), ...table[0]!.map((_, c) => sum(table.map((row) => row[c]!)))].every((total) => total >= k),
    );

  it("none that is hidden can be worked out, none below k is shown, and each line hides k people or more", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const hidden = suppressSmallCells(table, k);
        expect(derived(table, hidden)).toEqual([]);
        const lines = [
          ...table.map((row, r) => row.map((count, c) => ({ count, unseen: hidden[r]![c]! }))),
          ...table[0]!.map((_, c) => table.map((row, r) => ({ count: row[c]!, unseen: hidden[r]![c]! }))),
        ];
        for (const line of lines) {
          expect(line.every(({ count, unseen }) => unseen || count >= k)).toBe(true);
          const unseen = line.filter((one) => one.unseen).map(({ count }) => count);
          if (unseen.length > 0) expect([unseen.length > 1, sum(unseen) >= k]).toEqual([true, true]);
        }
        if (table.flat().every((count) => count >= k)) expect(hidden.flat().includes(true)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("a cell that only joins two blocks of hidden cells is worked out from the blocks, unless more is hidden", () => {
    const big = 9;
    const blocks = [
      [1, 1, big, big],
      [1, 1, 2, big],
      [big, big, 1, 1],
      [big, big, 1, 1],
    ];
    const only = blocks.map((row) => row.map((count) => count < big));
    expect(derived(blocks, only)).toEqual(["1,2"]);
    expect(derived(blocks, suppressSmallCells(blocks, 2))).toEqual([]);
  });

  it("a table of one line has its sums as cells, and hides nothing", () => {
    expect(suppressSmallCells([[5, 9, 7]])).toEqual([[false, false, false]]);
    expect(suppressSmallCells([[5], [9]])).toEqual([[false], [false]]);
  });

  it("40 groups by 40 take less than a second", () => {
    const table = Array.from({ length: 40 }, (_, r) => Array.from({ length: 40 }, (__, c) => (r * 7 + c * 13) % 11));
    const began = performance.now();
    suppressSmallCells(table);
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe("what is shown", () => {
  it("is the largest group first, then the unknown, then what is too small, as one", () => {
    const counts = [
      { value: "a", count: 6 },
      { value: "b", count: 20 },
      { value: "c", count: 3 },
      { value: "d", count: 4 },
      { value: null, count: 7 },
    ];
    expect(attributeReport("x", counts)).toEqual({
      attribute: "x",
      annotatorCount: 40,
      groups: [
        { kind: "NAMED", group: "b", annotatorCount: 20 },
        { kind: "NAMED", group: "a", annotatorCount: 6 },
        { kind: "UNKNOWN", group: null, annotatorCount: 7 },
        { kind: "SUPPRESSED", group: null, annotatorCount: 7 },
      ],
    });
    const unknown = (count: number) =>
      attributeReport("x", [
        { value: "a", count: 20 },
        { value: null, count },
      ]).groups;
    expect(unknown(0)).toMatchObject([{ group: "a" }, { kind: "UNKNOWN", annotatorCount: 0 }]);
    expect(unknown(2)).toMatchObject([{ kind: "SUPPRESSED", annotatorCount: 22 }]);
  });

  it("of two attributes sums to what is shown of each", () => {
    const pairs = [
      { row: "a", column: "x", count: 12 },
      { row: "a", column: "y", count: 8 },
      { row: "b", column: "x", count: 9 },
      { row: "b", column: "y", count: 2 },
      { row: "c", column: "y", count: 1 },
      { row: null, column: null, count: 2 },
      { row: "d", column: null, count: 4 },
    ];
    const { rows, columns, cells } = attributeTable(["p", "q"], pairs);
    expect(rows.groups).toEqual(
      [
        { kind: "NAMED", group: "a", annotatorCount: 20 },
        { kind: "NAMED", group: "b", annotatorCount: 11 },
        { kind: "SUPPRESSED", group: null, annotatorCount: 7 },
      ]
        .toSpliced(2, 0, { kind: "UNKNOWN", group: null, annotatorCount: 0 } as never)
        .filter(({ annotatorCount }) => annotatorCount > 0),
    );
    expect(columns.groups.map(({ annotatorCount }) => annotatorCount)).toEqual([21, 11, 6]);
    expect(cells.filter(({ annotatorCount }) => annotatorCount !== null && annotatorCount < 5)).toEqual([]);
    expect(cells).toHaveLength(9);
  });
});
