// How do rows of facts look as aligned plain text?

export type Cell = string | number | null | undefined;

/** Columns are as wide as their widest cell; columns of numbers are aligned to the right; null is shown as –. */
export function tableOf(header: string[], rows: Cell[][]): string[] {
  const numeric = header.map((_, column) => rows.length > 0 && rows.every((row) => isNumeric(row[column])));
  const shown = [header, ...rows.map((row) => row.map(textOf))];
  const widths = header.map((_, column) => Math.max(...shown.map((row) => textWidth(row[column] ?? ""))));
  const lines = shown.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column]!, numeric[column]!))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0]!, widths.map((width) => "─".repeat(width)).join("  "), ...lines.slice(1)];
}

function isNumeric(cell: Cell): boolean {
  return cell === null || cell === undefined || typeof cell === "number" || /^[-+]?[\d,]*\.?\d+%?$|^–$/.test(cell);
}

function textOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "–";
  return typeof cell === "number" ? count(cell) : visible(cell);
}

// Wide characters take two places in a terminal; counting them roughly keeps columns straight.
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text)
    width += /\p{M}|\u200b|\u200d/u.test(char)
      ? 0
      : /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(char)
        ? 2
        : 1;
  return width;
}

export function padded(text: string, width: number, toRight: boolean): string {
  const space = " ".repeat(Math.max(0, width - textWidth(text)));
  return toRight ? space + text : text + space;
}

/** 14131 → 14,131 */
export const count = (value: number) => value.toLocaleString("en-US");

/** `1 call`, `2 calls` */
export const several = (value: number, noun: string) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A statistic with three decimals, or the reason why there is none. */
export function statistic(value: number | null | undefined, undefinedBecause?: string | null): string {
  return value === null || value === undefined ? (undefinedBecause ?? "–") : value.toFixed(3);
}

export const share = (value: number | null | undefined) =>
  value === null || value === undefined ? null : `${(value * 100).toFixed(1)}%`;

/** Control characters, which could move the cursor or hide text, as escapes. */
export function visible(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
