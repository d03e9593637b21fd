// Which rows does an input file hold, and which of its lines cannot be taken?
import { usage } from "./failure.js";
import { decodeLine, tooLong } from "./decodeLine.js";
import { pairsOfTrees } from "./oasstTrees.js";
import { BrokenInput, readBytes, type ByteOptions } from "./readBytes.js";
import { readCsv } from "./readCsv.js";
import { FieldProblem, problemAt, type Place, type Row } from "./rows.js";
import { splitLines, type RawLine } from "./splitLines.js";
import { parseStrictObject } from "./strictJson.js";

export const FORMATS = ["jsonl", "csv", "tsv", "oasst-trees"] as const;
export type Format = (typeof FORMATS)[number];

export interface ReadOptions extends ByteOptions {
  format: Format;
  /** The name under which rows are reported; the path by default. */
  name?: string;
  maxLineBytes?: number;
}

export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** By `--format` where given, else by the name without `.gz`. */
export function formatOf(name: string, given?: string): Format {
  if (given !== undefined) {
    if (!FORMATS.includes(given as Format)) {
      throw usage(`--format ${given} is not known; use one of: ${FORMATS.join(", ")}`);
    }
    return given as Format;
  }
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === "csv" || extension === "tsv") return extension;
  if (extension === "jsonl" || extension === "ndjson") return "jsonl";
  throw usage(`cannot tell the format of ${name} by its name; give --format jsonl, csv or tsv`);
}

/** Rows in file order. Memory is bounded by the line limit, whatever the file holds. */
export async function* readRecords(path: string, options: ReadOptions): AsyncGenerator<Row> {
  const file = options.name ?? path;
  const limit = options.maxLineBytes ?? MAX_LINE_BYTES;
  const last: Place = { file, line: 0, offset: 0 };
  try {
    for await (const row of rowsOf(refuseUtf16(readBytes(path, options), file), file, limit, options.format)) {
      last.line = row.place.line;
      last.offset = row.place.offset;
      yield row;
    }
  } catch (error) {
    if (!(error instanceof BrokenInput)) throw error;
    const place = { ...last, line: last.line + 1 };
    yield { place, problem: problemAt(place, null, `${error.message}; nothing after line ${last.line} was read`) };
  }
}

function rowsOf(bytes: AsyncIterable<Buffer>, file: string, limit: number, format: Format): AsyncIterable<Row> {
  if (format === "csv" || format === "tsv") return readCsv(bytes, file, format === "csv" ? "," : "\t", limit);
  const rows = readJsonl(bytes, file, limit);
  return format === "oasst-trees" ? pairsOfTrees(rows) : rows;
}

async function* readJsonl(bytes: AsyncIterable<Buffer>, file: string, limit: number): AsyncGenerator<Row> {
  for await (const raw of splitLines(bytes, limit)) {
    const row = jsonRow(raw, { file, line: raw.line, offset: raw.offset }, limit);
    if (row !== null) yield row;
  }
}

/** Null for a line of nothing but white space, which is not a row. */
function jsonRow(raw: RawLine, place: Place, limit: number): Row | null {
  if (raw.bytes === null) return { place, problem: tooLong(place, raw.length, limit) };
  const text = decodeLine(raw.bytes);
  if (typeof text !== "string") return { place, problem: problemAt(place, null, text.reason) };
  if (/^[ \t\r]*$/.test(text)) return null;
  try {
    return { place, fields: parseStrictObject(text) };
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    return { place, problem: problemAt(place, error.field, error.reason) };
  }
}

async function* refuseUtf16(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of bytes) {
    const mark = first && chunk.length > 1 ? chunk.readUInt16BE(0) : 0;
    if (mark === 0xfffe || mark === 0xfeff) throw usage(`${file} is UTF-16; convert it to UTF-8 first`);
    first = false;
    yield chunk;
  }
}
