// How is a member written as messages, the form that trainers load?
import canonicalize from "canonicalize";
import type { ExportRow } from "../exportQueries.js";
import { messagesOf } from "../standardRecord.js";

/** Null where the text was erased since: a trainer has no use for the line. */
export function messagesLine({ text, facets }: ExportRow): string | null {
  return text === null ? null : canonicalize({ id: facets.id, messages: messagesOf(text), split: facets.split })!;
}
