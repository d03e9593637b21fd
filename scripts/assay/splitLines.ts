// Where does each line, or each CSV record, of a byte stream begin and end?

/** `bytes` is null where the line is longer than the limit; its length is counted, its content is not kept. */
export interface RawLine {
  line: number;
  offset: number;
  bytes: Buffer | null;
  length: number;
  /** CSV only: the input ended inside quotes. */
  openQuote?: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Collects the bytes of one line up to a limit; beyond it only counts them. */
class Collector {
  private pieces: Buffer[] = [];
  length = 0;
  constructor(private readonly limit: number) {}

  add(piece: Buffer): void {
    this.length += piece.length;
    if (this.length > this.limit) this.pieces = [];
    else if (piece.length > 0) this.pieces.push(piece);
  }

  /** A carriage return before the line feed belongs to the line end. */
  take(): { bytes: Buffer | null; length: number } {
    const { length } = this;
    const whole = length > this.limit ? null : this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    this.pieces = [];
    this.length = 0;
    return { bytes: whole?.at(-1) === CR ? whole.subarray(0, -1) : whole, length };
  }
}

/** Splits on byte 0x0A only: U+2028 and lone carriage returns stay inside a line. A byte order mark at the start is dropped. */
export async function* splitLines(bytes: AsyncIterable<Buffer>, limit: number): AsyncGenerator<RawLine> {
  const current = new Collector(limit);
  let line = 1;
  let offset = 0;
  for await (const chunk of withoutBom(bytes, (skipped) => (offset = skipped))) {
    let from = 0;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      current.add(chunk.subarray(from, at));
      const taken = current.take();
      yield { line, offset, ...taken };
      line += 1;
      offset += taken.length + 1;
      from = at + 1;
    }
    current.add(chunk.subarray(from));
  }
  if (current.length > 0) yield { line, offset, ...current.take() };
}

/** Splits CSV into records: a line feed inside quotes belongs to its field (RFC 4180). `line` is the record's first line. */
export async function* splitCsvRecords(
  bytes: AsyncIterable<Buffer>,
  delimiter: number,
  limit: number,
): AsyncGenerator<RawLine> {
  const current = new Collector(limit);
  const scan = new CsvScan(delimiter);
  let line = 1;
  let offset = 0;
  for await (const chunk of withoutBom(bytes, (skipped) => (offset = skipped))) {
    let from = 0;
    for (let end = scan.recordEnd(chunk, 0); end !== -1; end = scan.recordEnd(chunk, from)) {
      current.add(chunk.subarray(from, end));
      const taken = current.take();
      yield { line, offset, ...taken };
      line += scan.takeLines();
      offset += taken.length + 1;
      from = end + 1;
    }
    current.add(chunk.subarray(from));
  }
  if (current.length > 0) yield { line, offset, ...current.take(), openQuote: scan.insideQuotes };
}

/** Where a CSV record ends. A quote opens a field only at its start; elsewhere it is left for the parser to refuse. */
class CsvScan {
  insideQuotes = false;
  private fieldStart = true;
  private lines = 0;
  constructor(private readonly delimiter: number) {}

  /** The index of the line feed that ends the record, or -1 when it goes on after this chunk. */
  recordEnd(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte === LF) {
        this.lines += 1;
        if (!this.insideQuotes) {
          this.fieldStart = true;
          return at;
        }
      } else if (byte === QUOTE) {
        // A doubled quote closes and, being at a field start again, opens: the state after both is right.
        if (this.insideQuotes) {
          this.insideQuotes = false;
          this.fieldStart = true;
        } else if (this.fieldStart) this.insideQuotes = true;
        continue;
      }
      if (!this.insideQuotes) this.fieldStart = byte === this.delimiter;
    }
    return -1;
  }

  takeLines(): number {
    const { lines } = this;
    this.lines = 0;
    return lines;
  }
}

async function* withoutBom(bytes: AsyncIterable<Buffer>, skipped: (count: number) => void): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < BOM.length) continue;
    const marked = head.subarray(0, BOM.length).equals(BOM);
    if (marked) skipped(BOM.length);
    yield marked ? head.subarray(BOM.length) : head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}
