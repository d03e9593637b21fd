// Which items does a file hold, and which of its rows become none?
import { itemBytes, type PlacedItem } from "./chunks.js";
import { readRecords, type ReadOptions } from "./readRecords.js";
import { FieldProblem, problemAt, type Fields, type Problem, type Row } from "./rows.js";
import type { SourceFile } from "./sourceFile.js";

/** One row's items, and the names of the fields that no mapping took. Throws FieldProblem. */
export type ItemsOfRow = (fields: Fields) => { items: Fields[]; left: string[] };

export interface RowCounts {
  rows: number;
  items: number;
  /** Field → in how many rows it was not taken. */
  left: Map<string, number>;
}

export interface RowReading {
  file: SourceFile;
  read: ReadOptions;
  itemsOf: ItemsOfRow;
  /** Only these lines, where given. */
  only: ReadonlySet<number> | null;
  onProblem: (problem: Problem) => Promise<void>;
  counts: RowCounts;
}

// The server takes 16 MiB a call; what surrounds the item needs some of it.
const MAX_ITEM_BYTES = 15.5 * 1024 * 1024;
const MAX_LEFT_NAMES = 100;

export const noCounts = (): RowCounts => ({ rows: 0, items: 0, left: new Map() });

export async function* itemsOfFile(reading: RowReading): AsyncGenerator<PlacedItem> {
  for await (const row of readRecords(reading.file.path, { ...reading.read, name: reading.file.name })) {
    if (reading.only !== null && !reading.only.has(row.place.line)) continue;
    reading.counts.rows += 1;
    const items = itemsOrProblem(row, reading);
    if (!Array.isArray(items)) {
      await reading.onProblem(items);
      continue;
    }
    reading.counts.items += items.length;
    for (const item of items) yield { item, place: row.place };
  }
}

function itemsOrProblem(row: Row, { itemsOf, counts }: RowReading): Fields[] | Problem {
  if ("problem" in row) return row.problem;
  try {
    const { items, left } = itemsOf(row.fields);
    for (const item of items) {
      const bytes = itemBytes(item);
      if (bytes > MAX_ITEM_BYTES)
        throw new FieldProblem(null, `takes ${bytes} bytes; a call to the server can hold 16 MiB`);
    }
    countLeft(counts.left, left);
    return items;
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    return problemAt(row.place, error.field, error.reason);
  }
}

function countLeft(counts: Map<string, number>, names: string[]): void {
  for (const name of names) {
    const before = counts.get(name);
    if (before !== undefined || counts.size < MAX_LEFT_NAMES) counts.set(name, (before ?? 0) + 1);
  }
}
