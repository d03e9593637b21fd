// Which batches of a submission can be opened? Pure.
import { KEY, KEY_RULE } from "../activities/principals.js";
import { itemProblem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { BatchRow } from "./batchQueries.js";

export interface BatchInput {
  key: string;
  title: string;
  /** A name such as house-style@1.0. */
  guidelineVersion?: string | null;
}

export interface BatchFacts {
  batches: ReadonlyMap<string, BatchRow>;
  /** Guideline versions by name. */
  guidelineVersions: ReadonlyMap<string, number>;
}

export interface CheckedBatches {
  toOpen: Array<{ key: string; title: string; guidelineVersion: number | null }>;
  unchanged: number;
  problems: UserProblem[];
}

const LONGEST_TITLE = 200;

export function checkBatches(inputs: readonly BatchInput[], facts: BatchFacts): CheckedBatches {
  const result: CheckedBatches = { toOpen: [], unchanged: 0, problems: [] };
  const seen = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const { key, title } = input;
    const guidelineVersion =
      input.guidelineVersion == null ? null : (facts.guidelineVersions.get(input.guidelineVersion) ?? null);
    const known = facts.batches.get(key);
    const same = known !== undefined && known.title === title && known.guidelineVersionId === guidelineVersion;
    const problem = problemOf(input, index, guidelineVersion, seen) ?? (known && !same ? conflict(index, key) : null);
    seen.add(key);
    if (problem) result.problems.push(problem);
    else if (same) result.unchanged++;
    else result.toOpen.push({ key, title, guidelineVersion });
  }
  return result;
}

function problemOf(
  input: BatchInput,
  index: number,
  guidelineVersion: number | null,
  seen: ReadonlySet<string>,
): UserProblem | null {
  const bad = (field: string, code: UserProblem["code"], message: string) =>
    itemProblem("batches", index, field, code, message);
  const { key, title } = input;
  const unsound = unsoundPath(input);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
  if (!KEY.test(key)) return bad("key", "INVALID_VALUE", `key ${JSON.stringify(key)} is not taken; ${KEY_RULE}`);
  if (seen.has(key))
    return bad("key", "DUPLICATE_IN_BATCH", `key ${key} stands in this submission already; give each batch once`);
  if (title.trim() === "" || title.length > LONGEST_TITLE)
    return bad(
      "title",
      "INVALID_VALUE",
      `title has ${title.length} characters; use 1 to ${LONGEST_TITLE}, not all blank`,
    );
  if (input.guidelineVersion != null && guidelineVersion === null)
    return bad(
      "guidelineVersion",
      "UNKNOWN_GUIDELINE_VERSION",
      `guideline version ${input.guidelineVersion} is not known; name it as house-style@1.0`,
    );
  return null;
}

function conflict(index: number, key: string): UserProblem {
  return itemProblem(
    "batches",
    index,
    "key",
    "CONTENT_CONFLICT",
    `batch ${key} is open with another title or guideline version; a batch keeps both, so open this one under another key`,
  );
}
