// What is one row of an input file, and how is a row that cannot be taken described?

/** Where a row begins: the file as named by the caller, its 1-based line, its byte offset after unpacking. */
export interface Place {
  file: string;
  line: number;
  offset: number;
}

/** Why a row, or one field of it, cannot be taken. */
export interface Problem {
  file: string;
  line: number;
  field: string | null;
  reason: string;
  code?: string;
}

export type Fields = Record<string, unknown>;

/** One row as read: its fields, or the problem that stands in their place. */
export type Row = { place: Place; fields: Fields } | { place: Place; problem: Problem };

export function problemAt(place: Place, field: string | null, reason: string): Problem {
  return { file: place.file, line: place.line, field, reason };
}

/** A refusal of one field inside pure mapping code; the caller adds the place. */
export class FieldProblem extends Error {
  constructor(
    readonly field: string | null,
    readonly reason: string,
  ) {
    super(field === null ? reason : `${field}: ${reason}`);
  }
}
