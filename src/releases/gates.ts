// What stands in the way of a release?
import type { AuditStanding } from "../audits/auditStanding.js";
import type { Selection } from "./selection.js";
import type { Split } from "./splitOf.js";

/** A gate's verdict. BLOCK: a candidate that does not pass cannot be cut. WARN: it can, and the release says so. */
export interface GateResult {
  name: string;
  level: "BLOCK" | "WARN";
  passed: boolean;
  observed: string;
  required: string;
}

/** How many examples something is true of, and the first few of them by external id. */
export interface Found {
  count: number;
  ids: string[];
}

/** What gates look at: the selection as of the candidate's activity. */
export interface GateFacts {
  selection: Selection;
  memberCount: number;
  /** Selected, but their text is erased, so they have no record. */
  erased: Found;
  /** Selected, but their turns are not the shape of a record. */
  unrecordable: Found;
  undecided: Found;
  /** Decided REJECT or NEEDS_WORK. */
  rejected: Found;
  withdrawn: Found;
  unlicensed: Found;
  /** Members whose content is that of an earlier one. */
  duplicates: Found;
  /** Members whose prompt is also in another split. */
  crossing: Found;
  unrated: Found;
  uncategorised: Found;
  splitCounts: Record<Split, number>;
  /** The bias audits of exactly the members; empty where none is asked for. */
  audits: readonly AuditStanding[];
}

export type Gate = (facts: GateFacts) => GateResult;

const SHOWN = 5;

export function nothingFound(): Found {
  return { count: 0, ids: [] };
}

/** Counts one more. */
export function find(found: Found, id: string): void {
  found.count++;
  if (found.ids.length < SHOWN) found.ids.push(id);
}

/** "3 of 120: ext-4, ext-9, ext-17". */
export function observedOf({ count, ids }: Found, total: number): string {
  if (count === 0) return `0 of ${total}`;
  return `${count} of ${total}: ${ids.join(", ")}${count > ids.length ? ", …" : ""}`;
}
