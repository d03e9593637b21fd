// How does a table of two dimensions look as a heat map in a terminal? Pure.
import { count, padded, textWidth } from "../table.js";
import { clipped } from "./bars.js";
import { COLOUR_OF, MARK_OF, nameOfKey, standingOf } from "./cells.js";
import type { Association, CellRow, Report } from "./coverageDocuments.js";
import type { Colour, Paint } from "./paint.js";

export const SHOWN = ["ATTAINMENT", "RESIDUAL", "COUNT"] as const;
export type Shown = (typeof SHOWN)[number];

/** One square of the map. */
export interface Square {
  text: string;
  mark: string;
  colour: Colour | null;
}

export interface HeatMap {
  rows: (string | null)[];
  columns: (string | null)[];
  /** By row and column. */
  squares: Square[][];
}

/** Attainment where the plan has targets over both dimensions, else residuals where there is a test, else counts. */
export function bestShown({ cells, association }: Pick<Report, "cells" | "association">): Shown {
  if (cells.some(({ target, maximumShare }) => target !== null || maximumShare !== null)) return "ATTAINMENT";
  return association && association.undefinedBecause === null ? "RESIDUAL" : "COUNT";
}

export function heatMapOf({ cells, association }: Pick<Report, "cells" | "association">, shown: Shown): HeatMap {
  const rows = [...new Set(cells.map(({ keys }) => keys[0]!))];
  const columns = columnsOf(cells);
  const byKeys = new Map(cells.map((cell) => [JSON.stringify(cell.keys), cell]));
  const squareOf = (row: string | null, column: string | null): Square => {
    const cell = byKeys.get(JSON.stringify([row, column])) ?? null;
    if (shown === "RESIDUAL") return residualSquare(association, row, column);
    if (shown === "ATTAINMENT") return attainmentSquare(cell);
    return { text: count(cell?.count ?? 0), mark: " ", colour: null };
  };
  return { rows, columns, squares: rows.map((row) => columns.map((column) => squareOf(row, column))) };
}

/** In the order that they have within every row; null last. */
function columnsOf(cells: readonly CellRow[]): (string | null)[] {
  const seen = new Set<string | null>(cells.map(({ keys }) => keys[1]!));
  const after = new Map<string | null, Set<string | null>>([...seen].map((key) => [key, new Set()]));
  cells.forEach(({ keys }, i) => {
    const next = cells[i + 1];
    if (next && next.keys[0] === keys[0]) after.get(keys[1] ?? null)!.add(next.keys[1] ?? null);
  });
  const order: (string | null)[] = [];
  const visit = (key: string | null): void => {
    if (!seen.delete(key)) return;
    for (const next of [...after.get(key)!].reverse()) visit(next);
    order.unshift(key);
  };
  for (const key of [...seen].reverse()) visit(key);
  return [...order.filter((key) => key !== null), ...order.filter((key) => key === null)];
}

function attainmentSquare(cell: CellRow | null): Square {
  if (!cell) return { text: "·", mark: " ", colour: null };
  const standing = standingOf(cell);
  const text = cell.target === null ? count(cell.count) : `${count(cell.count)}/${count(cell.target)}`;
  return { text, mark: MARK_OF[standing], colour: COLOUR_OF[standing] };
}

/** Beyond 3 is much, beyond 2 some: more than expected blue, fewer red and amber. */
function residualSquare(association: Association | null, row: string | null, column: string | null): Square {
  const [i, j] = [association?.rows.indexOf(row ?? "") ?? -1, association?.columns.indexOf(column ?? "") ?? -1];
  const residual = row === null || column === null ? null : (association?.adjustedResiduals[i]?.[j] ?? null);
  if (residual === null) return { text: "·", mark: " ", colour: null };
  const text = `${residual > 0 ? "+" : ""}${residual.toFixed(1)}`;
  if (residual >= 3) return { text, mark: "▲", colour: "blue" };
  if (residual <= -3) return { text, mark: "▼", colour: "red" };
  return { text, mark: " ", colour: Math.abs(residual) >= 2 ? (residual > 0 ? "green" : "amber") : null };
}

const LONGEST_ROW = 28;
const LONGEST_COLUMN = 20;

/** As many columns beside each other as fit the width; the others below. */
export function heatMapLines({ rows, columns, squares }: HeatMap, width: number, paint: Paint): string[] {
  const names = rows.map((row) => clipped(nameOfKey(row), LONGEST_ROW));
  const nameWidth = Math.max(...names.map(textWidth), 0);
  const headings = columns.map((column) => clipped(nameOfKey(column), LONGEST_COLUMN));
  const widths = columns.map((_, j) =>
    Math.max(textWidth(headings[j]!) + 2, ...squares.map((row) => row[j]!.text.length + 2)),
  );
  return blocksOf(widths, width - nameWidth).flatMap((block, at) => [
    ...(at === 0 ? [] : [""]),
    `${" ".repeat(nameWidth)}  ${block.map((j) => padded(headings[j]!, widths[j]! - 2, true)).join("   ")}`,
    ...rows.map((_, i) => {
      const line = block.map((j) => {
        const { text, mark, colour } = squares[i]![j]!;
        return paint.shade(colour, `${padded(text, widths[j]! - 2, true)}${mark} `);
      });
      return `${padded(names[i]!, nameWidth, false)}  ${line.join(" ")}`.trimEnd();
    }),
  ]);
}

function blocksOf(widths: readonly number[], room: number): number[][] {
  const blocks: number[][] = [];
  let left = 0;
  widths.forEach((width, j) => {
    if (blocks.length === 0 || left < width + 1) [left] = [room - 2, blocks.push([])];
    blocks.at(-1)!.push(j);
    left -= width + 1;
  });
  return blocks;
}

export const LEGENDS: Record<Shown, string> = {
  ATTAINMENT: "examples/target   ✓ met  ~ half or more of it  ! less than half  ^ over the maximum  · none",
  RESIDUAL:
    "adjusted residuals: beyond ±3 (▲ ▼) is more, or fewer, than if the dimensions had nothing to do with each other",
  COUNT: "examples",
};
