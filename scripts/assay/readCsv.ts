// Which records does a CSV file hold (RFC 4180, first record names the columns)?
import { parse } from "csv-parse/sync";
import { decodeLine, tooLong } from "./decodeLine.js";
import { usage } from "./failure.js";
import { problemAt, FieldProblem, type Place, type Row } from "./rows.js";
import { splitCsvRecords, type RawLine } from "./splitLines.js";
import { checkText } from "./strictJson.js";

const BATCH_RECORDS = 500;
const BATCH_BYTES = 1024 * 1024;

interface Decoded {
  place: Place;
  text: string;
}

/** Every cell is a string, as it stands. A record whose number of cells differs from the header's is a problem. */
export async function* readCsv(
  bytes: AsyncIterable<Buffer>,
  file: string,
  delimiter: string,
  limit: number,
): AsyncGenerator<Row> {
  let columns: string[] | undefined;
  for await (const batch of batches(splitCsvRecords(bytes, delimiter.charCodeAt(0), limit))) {
    for (const row of cellsOf(batch, file, delimiter, limit)) {
      if (columns === undefined) columns = headerOf(row, file);
      else yield "problem" in row ? row : recordOf(row, columns);
    }
  }
}

interface Cells {
  place: Place;
  cells: string[];
}
type Problematic = Extract<Row, { problem: unknown }>;

async function* batches(records: AsyncIterable<RawLine>): AsyncGenerator<RawLine[]> {
  let batch: RawLine[] = [];
  let size = 0;
  try {
    for await (const record of records) {
      if (record.length === 0 || (record.length === 1 && record.bytes?.length === 0)) continue;
      batch.push(record);
      size += record.length;
      if (batch.length < BATCH_RECORDS && size < BATCH_BYTES) continue;
      yield batch;
      batch = [];
      size = 0;
    }
  } catch (error) {
    // What was whole before the input broke off is still read.
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}

function cellsOf(batch: RawLine[], file: string, delimiter: string, limit: number): (Cells | Problematic)[] {
  const decoded = batch.map((raw) => decode(raw, file, limit));
  const whole = decoded.filter((each): each is Decoded => "text" in each);
  const together = parseRecords(whole.map((each) => each.text).join("\n"), delimiter);
  if (Array.isArray(together) && together.length === whole.length) {
    let next = 0;
    return decoded.map((each) => ("text" in each ? { place: each.place, cells: together[next++]! } : each));
  }
  return decoded.map((each) => ("text" in each ? parseAlone(each, delimiter) : each));
}

function decode(raw: RawLine, file: string, limit: number): Decoded | Problematic {
  const place = { file, line: raw.line, offset: raw.offset };
  if (raw.openQuote) {
    return { place, problem: problemAt(place, null, "a quote is opened here and never closed; the rest was not read") };
  }
  if (raw.bytes === null) return { place, problem: tooLong(place, raw.length, limit) };
  const text = decodeLine(raw.bytes);
  return typeof text === "string" ? { place, text } : { place, problem: problemAt(place, null, text.reason) };
}

function parseRecords(text: string, delimiter: string): string[][] | Error {
  if (text === "") return [];
  try {
    return parse(text, { delimiter, record_delimiter: "\n", relax_column_count: true });
  } catch (error) {
    return error as Error;
  }
}

function parseAlone({ place, text }: Decoded, delimiter: string): Cells | Problematic {
  const records = parseRecords(text, delimiter);
  if (Array.isArray(records) && records.length === 1) return { place, cells: records[0]! };
  const reason = records instanceof Error ? records.message : "the record has no single end";
  return { place, problem: problemAt(place, null, `not valid CSV: ${reason.replace(/ at line \d+/, "")}`) };
}

function headerOf(row: Cells | Problematic, file: string): string[] {
  if ("problem" in row) throw usage(`${file}: the header cannot be read: ${row.problem.reason}`);
  const twice = row.cells.find((name, at) => row.cells.indexOf(name) !== at);
  if (twice !== undefined) throw usage(`${file}: the header names the column "${twice}" twice`);
  return row.cells;
}

function recordOf({ place, cells }: Cells, columns: string[]): Row {
  if (cells.length !== columns.length) {
    const reason = `has ${cells.length} cells where the header has ${columns.length}`;
    return { place, problem: problemAt(place, null, reason) };
  }
  const fields = Object.fromEntries(columns.map((name, at) => [name, cells[at]!]));
  try {
    for (const name of columns) checkText(fields[name]!, name);
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    return { place, problem: problemAt(place, error.field, error.reason) };
  }
  return { place, fields };
}
