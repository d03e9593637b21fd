// What did the server say to one call, row by row?
import type { Chunk } from "./chunks.js";
import type { AssayClient } from "./client.js";
import { serverFailure } from "./failure.js";
import type { Acknowledged } from "./resumeState.js";
import type { Fields, Problem } from "./rows.js";

export interface BulkVerb {
  /** import, rate, decide, label: part of the request key */
  verb: string;
  /** The mutation field, and the name of the list in its input. */
  mutation: string;
  list: string;
  document: string;
}

export interface UserError {
  code: string;
  message: string;
  path: string[];
  index: number | null;
}

interface BulkPayload {
  activity: { number: number } | null;
  replayed: boolean;
  acceptedCount: number;
  /** Ratings have none: the same value again is another rating. */
  unchangedCount?: number;
  userErrors: UserError[];
}

/** Sends one chunk. A refusal that names no item is about the whole call, and ends the command. */
export async function sendChunk(
  client: AssayClient,
  bulk: BulkVerb,
  fixed: Fields,
  chunk: Chunk,
  requestKey: string,
): Promise<Acknowledged> {
  const input = { ...fixed, requestKey, [bulk.list]: chunk.items.map(({ item }) => item) };
  const data = await client.request<Record<string, BulkPayload>>(bulk.document, { input });
  const payload = data[bulk.mutation]!;
  const whole = payload.userErrors.filter((error) => indexOf(error, bulk.list) === null);
  if (whole.length > 0) throw wholeRefusal(whole, chunk);
  return {
    chunk: chunk.index,
    items: chunk.items.length,
    accepted: payload.acceptedCount,
    unchanged: payload.unchangedCount ?? 0,
    activity: payload.activity?.number ?? null,
    replayed: payload.replayed,
    refused: payload.userErrors.map((error) => problemOf(error, bulk.list, chunk)),
  };
}

function indexOf(error: UserError, list: string): number | null {
  if (error.index !== null && error.index !== undefined) return error.index;
  const at = error.path.indexOf(list);
  const index = at === -1 ? Number.NaN : Number(error.path[at + 1]);
  return Number.isInteger(index) ? index : null;
}

function problemOf(error: UserError, list: string, chunk: Chunk): Problem {
  const { place } = chunk.items[indexOf(error, list)!]!;
  const at = error.path.indexOf(list);
  const field = error.path.slice(at === -1 ? 0 : at + 2).join(".");
  return {
    file: place.file,
    line: place.line,
    field: field === "" ? null : field,
    reason: error.message,
    code: error.code,
  };
}

function wholeRefusal(errors: UserError[], chunk: Chunk) {
  const lines = errors.map(({ code, message, path }) => `${code} at ${path.join(".")}: ${message}`);
  const first = chunk.items[0]!.place;
  return serverFailure(
    `the server refused the call that begins at ${first.file}:${first.line}\n  ${lines.join("\n  ")}`,
  );
}
