// In which formats can a release be had?
import type { ExportRow } from "./exportQueries.js";
import { messagesLine } from "./exports/messages.js";
import { recordsLine } from "./exports/records.js";

/** A new format is one file and one line here. */
export const EXPORT_FORMATS = { RECORDS: recordsLine, MESSAGES: messagesLine } as const satisfies Record<
  string,
  (row: ExportRow) => string | null
>;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** The lines of some rows as one text, each ended by a line feed; U+2028 and the like stand inside strings as they are. */
export function linesOf(format: ExportFormat, rows: readonly ExportRow[]): string {
  let text = "";
  for (const row of rows) {
    const line = EXPORT_FORMATS[format](row);
    if (line !== null) text += `${line}\n`;
  }
  return text;
}
