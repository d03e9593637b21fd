// How do shares with their targets look as bars in a terminal? Pure.
import { count, textWidth, padded } from "../table.js";
import { COLOUR_OF, MARK_OF, nameOfKey, percent, standingOf } from "./cells.js";
import type { CellRow } from "./coverageDocuments.js";
import type { Paint } from "./paint.js";

const NARROWEST = 16;
const WIDEST = 60;
const LONGEST_NAME = 32;

/** What a bar shows, in parts of the longest: each from 0 to 1; null where there is none. */
export interface Bar {
  share: number;
  low: number | null;
  high: number | null;
  target: number | null;
  maximum: number | null;
}

/** Shares in parts of what must fit: the largest share with its interval, and the largest target. */
export function barsOf(cells: readonly CellRow[], exampleCount: number): { bars: Bar[]; full: number } {
  const parts = cells.map(({ count, interval, target, maximumShare }) => ({
    share: exampleCount === 0 ? 0 : count / exampleCount,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    target: target === null || exampleCount === 0 ? null : target / exampleCount,
    maximum: maximumShare,
  }));
  const full = Math.max(1e-9, ...parts.flatMap(({ share, high, target }) => [share, high ?? 0, target ?? 0]));
  const within = (part: number | null) => (part === null ? null : part / full);
  const bars = parts.map(({ share, low, high, target, maximum }) => ({
    share: share / full,
    low: within(low),
    high: within(high),
    target: within(target),
    maximum: maximum !== null && maximum <= full ? maximum / full : null,
  }));
  return { bars, full };
}

/** █ up to the lower limit, ▓ up to the share, ─ up to the upper limit ┤; ┃ is the target, ╎ the maximum. */
export function barText({ share, low, high, target, maximum }: Bar, width: number): string {
  const place = (part: number) => Math.round(part * width);
  const end = place(share);
  const characters = Array.from({ length: width }, (_, i): string => {
    if (i < end) return low === null || i < place(low) ? "█" : "▓";
    return high !== null && i < place(high) ? "─" : " ";
  });
  const put = (part: number, sign: string) => (characters[Math.min(width - 1, Math.max(0, place(part) - 1))] = sign);
  if (high !== null && place(high) > end) put(high, "┤");
  if (maximum !== null) put(maximum, "╎");
  if (target !== null) put(target, "┃");
  return characters.join("");
}

/** A line for each cell: its name, the bar, and the numbers that fit beside it. */
export function barLines(cells: readonly CellRow[], exampleCount: number, width: number, paint: Paint): string[] {
  const names = cells.map(({ keys }) => clipped(keys.map(nameOfKey).join(" × "), LONGEST_NAME));
  const numbers = cells.map(numbersOf);
  const widths = [0, 1, 2, 3].map((i) => Math.max(...numbers.map((row) => row[i]!.length), HEADINGS[i]!.length));
  const nameWidth = Math.max(...names.map(textWidth));
  const beside = widths.reduce((sum, one) => sum + one + 2, 0);
  const barWidth = Math.min(WIDEST, Math.max(NARROWEST, width - nameWidth - beside - 4));
  const { bars } = barsOf(cells, exampleCount);
  const line = (name: string, bar: string, row: readonly string[]) =>
    `${padded(name, nameWidth, false)}  ${bar}  ${row.map((text, i) => padded(text, widths[i]!, true)).join("  ")}`;
  return [
    line("", " ".repeat(barWidth), HEADINGS),
    ...cells.map((cell, i) => {
      const standing = standingOf(cell);
      const bar = paint.text(COLOUR_OF[standing], barText(bars[i]!, barWidth));
      return `${line(names[i]!, bar, numbers[i]!)} ${paint.text(COLOUR_OF[standing], MARK_OF[standing])}`.trimEnd();
    }),
    "",
    "█ share  ▓─┤ its 95 % interval  ┃ target  ╎ maximum   ✓ met  ~ half or more of it  ! less than half  ^ over the maximum",
  ];
}

const HEADINGS = ["examples", "share", "target", "to add"];

function numbersOf(cell: CellRow): string[] {
  const { count: n, share, target, toAdd, met } = cell;
  const add = met === false ? (toAdd === null ? "–" : count(toAdd)) : "";
  return [count(n), share === null ? "–" : percent(share), target === null ? "" : count(target), add];
}

/** At most so many places, the rest as …. */
export function clipped(text: string, most: number): string {
  if (textWidth(text) <= most) return text;
  let short = "";
  for (const char of text) {
    if (textWidth(short + char) > most - 1) break;
    short += char;
  }
  return `${short}…`;
}
