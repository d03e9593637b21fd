// Which sources of a submission can be taken, and what becomes of them? Pure.
import canonicalize from "canonicalize";
import parseLicence from "spdx-expression-parse";
import { itemProblem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { SourceKind } from "./tables.js";

export interface SourceInput {
  key: string;
  kind: SourceKind;
  title: string;
  licence?: string | null;
  terms?: string | null;
  contact?: string | null;
  human?: object | null;
  filtered?: object | null;
  model?: object | null;
  release?: object | null;
}

/** What is known of a key now, with its texts. */
export interface KnownSource {
  source: number;
  sourceVersion: number;
  kind: SourceKind;
  title: string;
  licence: string | null;
  terms: string | null;
  contact: string | null;
  details: Record<string, unknown>;
}

export interface SourceToWrite {
  input: SourceInput;
  details: Record<string, unknown>;
  /** The source that gets a new version; null for a new source. */
  known: KnownSource | null;
}

export interface CheckedSources {
  toWrite: SourceToWrite[];
  unchanged: number;
  problems: UserProblem[];
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,127}$/;

/** The details that a kind asks for, by the input's field. */
const DETAILS_OF: Record<SourceKind, "human" | "filtered" | "model"> = {
  HUMAN_DEMONSTRATION: "human",
  FILTERED_DATASET: "filtered",
  MODEL_GENERATED: "model",
};

export function checkSources(
  inputs: readonly SourceInput[],
  known: ReadonlyMap<string, KnownSource>,
  onConflict: "REFUSE" | "NEW_VERSION",
): CheckedSources {
  const result: CheckedSources = { toWrite: [], unchanged: 0, problems: [] };
  const seen = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const found = known.get(input.key) ?? null;
    const details = detailsOf(input);
    const problem =
      problemOf(input, index, found, seen) ?? (found && conflictOf(input, index, details, found, onConflict));
    seen.add(input.key);
    if (problem) result.problems.push(problem);
    else if (found && isSame(input, details, found)) result.unchanged++;
    else result.toWrite.push({ input, details, known: found });
  }
  return result;
}

function problemOf(
  input: SourceInput,
  index: number,
  known: KnownSource | null,
  seen: Set<string>,
): UserProblem | null {
  const bad = (field: string, code: UserProblem["code"], message: string) =>
    itemProblem("sources", index, field, code, message);
  const unsound = unsoundPath(input);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
  if (!KEY.test(input.key))
    return bad(
      "key",
      "INVALID_VALUE",
      `key ${JSON.stringify(input.key)} is not taken; use 1 to 128 of A–Z, a–z, 0–9 and . _ : @ / + -`,
    );
  if (seen.has(input.key))
    return bad("key", "DUPLICATE_IN_BATCH", `key ${input.key} stands in this batch already; give each source once`);
  if (input.title.trim() === "") return bad("title", "INVALID_VALUE", "title is empty; say what the source is called");
  if (input.licence != null && !isLicence(input.licence))
    return bad(
      "licence",
      "INVALID_VALUE",
      `licence ${JSON.stringify(input.licence)} is no SPDX expression; use one, or LicenseRef-… for terms of its own`,
    );
  if (known && known.kind !== input.kind)
    return bad(
      "kind",
      "CONTENT_CONFLICT",
      `source ${input.key} is ${known.kind}; a source keeps its kind, so give ${input.kind} another key`,
    );
  const wrong = (["human", "filtered", "model"] as const).find(
    (field) => input[field] && field !== DETAILS_OF[input.kind],
  );
  if (wrong) return bad(wrong, "INVALID_VALUE", `a ${input.kind} source has ${DETAILS_OF[input.kind]}, not ${wrong}`);
  return null;
}

function conflictOf(
  input: SourceInput,
  index: number,
  details: Record<string, unknown>,
  known: KnownSource,
  onConflict: "REFUSE" | "NEW_VERSION",
): UserProblem | null {
  if (onConflict === "NEW_VERSION" || isSame(input, details, known)) return null;
  return itemProblem(
    "sources",
    index,
    "key",
    "CONTENT_CONFLICT",
    `source ${input.key} is known with other content; send onConflict: NEW_VERSION to correct it`,
  );
}

/** Whether it is an SPDX expression; LicenseRef-… counts. */
export function isLicence(text: string): boolean {
  try {
    parseLicence(text);
    return true;
  } catch {
    return false;
  }
}

/** The kind's details and the release it came from, without empty fields. */
function detailsOf(input: SourceInput): Record<string, unknown> {
  const own = input[DETAILS_OF[input.kind]] ?? {};
  const given = { ...own, ...(input.release ? { release: { ...input.release } } : {}) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}

function isSame(input: SourceInput, details: Record<string, unknown>, known: KnownSource): boolean {
  return (
    input.title === known.title &&
    (input.licence ?? null) === known.licence &&
    (input.terms ?? null) === known.terms &&
    (input.contact ?? null) === known.contact &&
    canonicalize(details) === canonicalize(known.details)
  );
}
