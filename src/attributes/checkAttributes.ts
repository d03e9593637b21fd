// Which attributes of annotators can be set, and what becomes of each value? Pure.
import { PLAIN_KEY, PLAIN_KEY_RULE } from "../guidelines/names.js";
import type { UserErrorCode, UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { readValue } from "./attributeValue.js";
import type { AttributeRow } from "./queries.js";

export interface AttributeInput {
  attribute: string;
  value?: string | null;
}

export interface AnnotatorAttributesInput {
  annotator: string;
  attributes: AttributeInput[];
}

/** Under what the values were given. */
export interface Grant {
  consent: string;
  purpose: string | null;
  grantedAt: Date | null;
}

export interface AttributeFacts {
  annotators: ReadonlyMap<string, { annotator: number; kind: "HUMAN" | "MODEL" }>;
  /** By attributeKey. */
  known: ReadonlyMap<string, AttributeRow>;
}

export interface CheckedAttributes {
  toSet: Array<{ annotator: number; attribute: string; value: string }>;
  /** Known so far, and unknown from now on. */
  toDelete: Array<{ annotator: number; attribute: string }>;
  /** Annotators of the items that are taken. */
  annotators: number[];
  accepted: number;
  unchanged: number;
  /** Values taken as unknown, by word. */
  unknown: Record<string, number>;
  problems: UserProblem[];
}

const MOST_ATTRIBUTES = 50;

export const attributeKey = (annotator: number, attribute: string): string => `${annotator} ${attribute}`;

type Seen = Map<string, { index: number; value: string | null }>;
type Taken = Array<{ attribute: string; value: string | null; word: string | null }>;

/** Says which item and value is wrong. A value is in no message: problems stay in the log. */
export function checkAttributes(
  inputs: readonly AnnotatorAttributesInput[],
  facts: AttributeFacts,
  grant: Grant,
): CheckedAttributes {
  const result: CheckedAttributes = {
    toSet: [],
    toDelete: [],
    annotators: [],
    accepted: 0,
    unchanged: 0,
    unknown: {},
    problems: [],
  };
  const seen: Seen = new Map();
  for (const [index, input] of inputs.entries()) {
    const taken = takenOf(input, index, facts, seen);
    if (!Array.isArray(taken)) {
      result.problems.push(taken);
      continue;
    }
    const { annotator } = facts.annotators.get(input.annotator)!;
    result.annotators.push(annotator);
    const changes = taken.filter((one) => change(annotator, one, facts, grant, result)).length;
    if (changes > 0) result.accepted++;
    else result.unchanged++;
  }
  return result;
}

/** Adds what one value changes; false for nothing. */
function change(
  annotator: number,
  { attribute, value, word }: Taken[number],
  { known }: AttributeFacts,
  grant: Grant,
  result: CheckedAttributes,
): boolean {
  const before = known.get(attributeKey(annotator, attribute));
  if (value === null) {
    result.unknown[word!] = (result.unknown[word!] ?? 0) + 1;
    if (before) result.toDelete.push({ annotator, attribute });
    return before !== undefined;
  }
  if (before && before.value === value && isSameGrant(before, grant)) return false;
  result.toSet.push({ annotator, attribute, value });
  return true;
}

function isSameGrant(before: AttributeRow, { consent, purpose, grantedAt }: Grant): boolean {
  return (
    before.consent === consent &&
    before.purpose === purpose &&
    (grantedAt === null || before.grantedAt.getTime() === grantedAt.getTime())
  );
}

/** What an item says that no item before said, or the first thing that is wrong with it. */
function takenOf(
  { annotator, attributes }: AnnotatorAttributesInput,
  index: number,
  facts: AttributeFacts,
  seen: Seen,
): Taken | UserProblem {
  const bad = problemAt(index);
  const unsound = unsoundPath({ annotator });
  if (unsound) return bad(["annotator"], "INVALID_TEXT", `annotator ${UNSOUND}`);
  const known = facts.annotators.get(annotator);
  if (!known)
    return bad(
      ["annotator"],
      "UNKNOWN_ANNOTATOR",
      `annotator ${JSON.stringify(annotator)} is not enrolled; enrol it first`,
    );
  if (known.kind === "MODEL")
    return bad(["annotator"], "INVALID_VALUE", `annotator ${annotator} is a model; attributes are of people`);
  if (attributes.length > MOST_ATTRIBUTES)
    return bad(
      ["attributes"],
      "INVALID_VALUE",
      `${attributes.length} attributes came; give at most ${MOST_ATTRIBUTES}`,
    );
  const taken: Taken = [];
  const fresh: Seen = new Map();
  for (const [place, input] of attributes.entries()) {
    const read = readAttribute(input, (field, code, message) =>
      bad(["attributes", String(place), field], code, message),
    );
    if ("code" in read) return read;
    const key = attributeKey(known.annotator, read.attribute);
    const earlier = seen.get(key) ?? fresh.get(key);
    if (earlier && earlier.value !== read.value)
      return bad(
        ["attributes", String(place), "value"],
        "DUPLICATE_IN_BATCH",
        saidOtherwise(annotator, input, earlier.index),
      );
    if (!earlier) taken.push(read);
    fresh.set(key, { index: earlier?.index ?? index, value: read.value });
  }
  for (const [key, said] of fresh) seen.set(key, said);
  return taken;
}

function saidOtherwise(annotator: string, { attribute }: AttributeInput, earlier: number): string {
  return `item ${earlier} gives ${attribute} of ${annotator} another value; give one`;
}

type BadAt = (path: string[], code: UserErrorCode, message: string) => UserProblem;

const problemAt =
  (index: number): BadAt =>
  (path, code, message) => ({ code, message, path: ["annotators", String(index), ...path], index });

function readAttribute(
  { attribute, value = null }: AttributeInput,
  bad: (field: string, code: UserErrorCode, message: string) => UserProblem,
): Taken[number] | UserProblem {
  if (!PLAIN_KEY.test(attribute))
    return bad("attribute", "INVALID_VALUE", `attribute ${JSON.stringify(attribute)} is not taken; ${PLAIN_KEY_RULE}`);
  const read = readValue(value);
  if (read.kind === "REFUSED") return bad("value", "INVALID_TEXT", read.message);
  return read.kind === "GROUP"
    ? { attribute, value: read.value, word: null }
    : { attribute, value: null, word: read.word };
}
