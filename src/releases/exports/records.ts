// How is a member written as a standard record?
import canonicalize from "canonicalize";
import type { ExportRow } from "../exportQueries.js";
import { messagesOf, standardRecord } from "../standardRecord.js";

/**
 * RFC 8785 of the record with its salt beside, so that anyone can recompute the leaf. Of a member whose text was erased
 * since, what is left: id, split, leaf and "erased", so that the root still can be.
 */
export function recordsLine({ text, salt, facets, language, leaf }: ExportRow): string {
  if (text === null || salt === null)
    return canonicalize({ id: facets.id, split: facets.split, leaf: leaf.toString("hex"), erased: true })!;
  return canonicalize({ ...standardRecord(facets, language, messagesOf(text)), salt: salt.toString("hex") })!;
}
