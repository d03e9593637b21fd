// Which criteria of a submission can be published, and which are as they are? Pure.
import canonicalize from "canonicalize";
import { itemProblem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { PLAIN_KEY, PLAIN_KEY_RULE } from "./names.js";
import { scaleOf, scaleProblem, type Scale, type ScaleInput } from "./scale.js";

export interface CriterionInput extends ScaleInput {
  key: string;
  question: string;
}

/** The latest version of a known criterion, with its question (null where erased). */
export interface KnownCriterion extends Scale {
  criterion: number;
  criterionVersion: number;
  version: number;
  question: string | null;
}

export interface CriterionToPublish {
  key: string;
  question: string;
  scale: Scale;
  /** The criterion that gets a new version; null for a new criterion. */
  known: KnownCriterion | null;
}

export interface CheckedCriteria {
  toPublish: CriterionToPublish[];
  unchanged: number;
  problems: UserProblem[];
}

const LONGEST_QUESTION = 2_000;

export function checkCriteria(
  inputs: readonly CriterionInput[],
  known: ReadonlyMap<string, KnownCriterion>,
  onConflict: "REFUSE" | "NEW_VERSION",
): CheckedCriteria {
  const result: CheckedCriteria = { toPublish: [], unchanged: 0, problems: [] };
  const seen = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const scale = scaleOf(input);
    const found = known.get(input.key) ?? null;
    const same = found !== null && isSame(input.question, scale, found);
    const problem =
      problemOf(input, scale, index, seen) ??
      (found && !same && onConflict === "REFUSE" ? conflict(input, index, found) : null);
    seen.add(input.key);
    if (problem) result.problems.push(problem);
    else if (same) result.unchanged++;
    else result.toPublish.push({ key: input.key, question: input.question, scale, known: found });
  }
  return result;
}

function problemOf(input: CriterionInput, scale: Scale, index: number, seen: ReadonlySet<string>): UserProblem | null {
  const bad = (field: string, code: UserProblem["code"], message: string) =>
    itemProblem("criteria", index, field, code, message);
  const unsound = unsoundPath(input);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
  if (!PLAIN_KEY.test(input.key))
    return bad("key", "INVALID_VALUE", `key ${JSON.stringify(input.key)} is not taken; ${PLAIN_KEY_RULE}`);
  if (seen.has(input.key))
    return bad("key", "DUPLICATE_IN_BATCH", `key ${input.key} stands in this batch already; give each criterion once`);
  if (input.question.trim() === "")
    return bad("question", "INVALID_VALUE", "question is empty; say what raters are asked");
  if (input.question.length > LONGEST_QUESTION)
    return bad(
      "question",
      "INVALID_VALUE",
      `question has ${input.question.length} characters; use at most ${LONGEST_QUESTION}`,
    );
  const wrong = scaleProblem(scale);
  return wrong && bad(wrong.field, "INVALID_VALUE", wrong.message);
}

function conflict({ key }: CriterionInput, index: number, { version }: KnownCriterion): UserProblem {
  return itemProblem(
    "criteria",
    index,
    "key",
    "CONTENT_CONFLICT",
    `criterion ${key} is known with other content as ${key}@${version}; send onConflict: NEW_VERSION to publish ${key}@${version + 1}`,
  );
}

function isSame(question: string, scale: Scale, known: KnownCriterion): boolean {
  return question === known.question && canonicalize(scale) === canonicalize(scaleOf(known));
}
