// Which enrolments of a submission can be taken, and what do they change? Pure.
import canonicalize from "canonicalize";
import { KEY, KEY_RULE } from "../activities/principals.js";
import { itemProblem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { AnnotatorKind, AnnotatorRow, AnnotatorStatus, EnrollablePrincipal, QualificationRow } from "./queries.js";

/** What is left out stays as it is; a new annotator is HUMAN and ACTIVE, without expertise, languages and qualifications. */
export interface EnrolmentInput {
  key: string;
  kind?: AnnotatorKind | null;
  principal?: string | null;
  expertise?: string[] | null;
  languages?: string[] | null;
  status?: AnnotatorStatus | null;
  qualifiedFor?: string[] | null;
}

export interface EnrolmentFacts {
  annotators: ReadonlyMap<string, AnnotatorRow>;
  qualifications: ReadonlyMap<number, QualificationRow[]>;
  principals: ReadonlyMap<string, EnrollablePrincipal>;
  /** Guideline versions by name. */
  guidelineVersions: ReadonlyMap<string, number>;
  /** Whether principals that are no members may be enrolled: for those who may read all principals anyway. */
  seesAllPrincipals: boolean;
}

/** An annotator as it is to be. */
export interface EnrolmentToWrite {
  key: string;
  kind: AnnotatorKind;
  /** Null for a new annotator. */
  known: AnnotatorRow | null;
  principal: EnrollablePrincipal | null;
  profile: { status: AnnotatorStatus; expertise: string[]; languages: string[] };
  profileChanged: boolean;
  /** Guideline versions it becomes qualified for. */
  added: number[];
  /** Qualifications that end. */
  ended: number[];
}

export interface CheckedEnrolments {
  toWrite: EnrolmentToWrite[];
  unchanged: number;
  problems: UserProblem[];
}

const MOST_WORDS = 100;
const LONGEST_WORD = 200;

/** What is wrong with an annotator's key, or null: for every verb that enrols. */
export function annotatorKeyProblem(key: string): string | null {
  if (KEY.test(key)) return null;
  return `annotator key ${JSON.stringify(key)} is not taken; ${KEY_RULE}`;
}

export function checkEnrolments(inputs: readonly EnrolmentInput[], facts: EnrolmentFacts): CheckedEnrolments {
  const result: CheckedEnrolments = { toWrite: [], unchanged: 0, problems: [] };
  const keys = new Set<string>();
  const principals = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const repeated = keys.has(input.key)
      ? "key"
      : input.principal != null && principals.has(input.principal)
        ? "principal"
        : null;
    const problem = repeated ? repeatedProblem(repeated, input, index) : problemOf(input, index, facts);
    keys.add(input.key);
    if (input.principal != null) principals.add(input.principal);
    const enrolment = problem ? null : enrolmentOf(input, facts);
    if (problem) result.problems.push(problem);
    else if (isUnchanged(enrolment!)) result.unchanged++;
    else result.toWrite.push(enrolment!);
  }
  return result;
}

function repeatedProblem(field: "key" | "principal", input: EnrolmentInput, index: number): UserProblem {
  return itemProblem(
    "annotators",
    index,
    field,
    "DUPLICATE_IN_BATCH",
    `${field} ${input[field]} stands in this batch already; give each once`,
  );
}

function problemOf(input: EnrolmentInput, index: number, facts: EnrolmentFacts): UserProblem | null {
  const bad: Bad = (field, code, message) => itemProblem("annotators", index, field, code, message);
  const unsound = unsoundPath(input);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
  const wrongKey = annotatorKeyProblem(input.key);
  if (wrongKey) return bad("key", "INVALID_VALUE", wrongKey);
  for (const field of ["expertise", "languages"] as const) {
    const wrong = wordsProblem(input[field] ?? [], field);
    if (wrong) return bad(field, "INVALID_VALUE", wrong);
  }
  const unknown = input.qualifiedFor?.find((name) => !facts.guidelineVersions.has(name));
  if (unknown !== undefined)
    return bad(
      "qualifiedFor",
      "UNKNOWN_GUIDELINE_VERSION",
      `guideline version ${unknown} is not known; name it as house-style@1.0`,
    );
  const known = facts.annotators.get(input.key) ?? null;
  if (known && input.kind != null && input.kind !== known.kind)
    return bad(
      "kind",
      "CONTENT_CONFLICT",
      `annotator ${input.key} is ${known.kind} and stays so; enrol the ${input.kind} one under another key`,
    );
  return input.principal == null ? null : principalProblem(input, input.principal, known, facts, bad);
}

function wordsProblem(words: readonly string[], field: "expertise" | "languages"): string | null {
  if (words.length > MOST_WORDS) return `${words.length} ${field} were given; at most ${MOST_WORDS} are taken`;
  const repeated = words.find((word, i) => words.indexOf(word) !== i);
  if (repeated !== undefined) return `${field} names ${JSON.stringify(repeated)} twice; give each once`;
  const unfit = words.find(
    (word) => word.trim() === "" || word.length > LONGEST_WORD || (field === "languages" && !isLanguage(word)),
  );
  if (unfit === undefined) return null;
  return `${JSON.stringify(unfit.slice(0, 40))} is no ${field === "languages" ? "BCP 47 language tag; use one such as en or pt-BR" : `expertise; use 1 to ${LONGEST_WORD} characters`}`;
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

type Bad = (field: string, code: UserErrorCode, message: string) => UserProblem;

function principalProblem(
  input: EnrolmentInput,
  key: string,
  known: AnnotatorRow | null,
  { principals, seesAllPrincipals }: EnrolmentFacts,
  bad: Bad,
): UserProblem | null {
  const principal = principals.get(key);
  if (!principal || !(principal.isMember || seesAllPrincipals)) {
    const message = `principal ${key} is no member of this dataset; an owner makes it one with setMember`;
    return bad("principal", "UNKNOWN_PRINCIPAL", message);
  }
  const kind = input.kind ?? known?.kind ?? "HUMAN";
  if ((principal.kind === "HUMAN") !== (kind === "HUMAN"))
    return bad("principal", "INVALID_VALUE", `principal ${key} is a ${principal.kind}, which cannot rate as a ${kind}`);
  return linkProblem(input, principal, known, bad);
}

/** An annotator keeps the principal it was enrolled with, or without; and a principal is one annotator. */
function linkProblem(
  input: EnrolmentInput,
  principal: EnrollablePrincipal,
  known: AnnotatorRow | null,
  bad: Bad,
): UserProblem | null {
  if (known && known.principalUid !== principal.uid) {
    const enrolled = known.principalUid ? "for another principal" : "without a principal";
    const message = `annotator ${input.key} was enrolled ${enrolled} and stays so; enrol ${principal.key} under another key`;
    return bad("principal", "CONTENT_CONFLICT", message);
  }
  if (known || principal.annotatorKey === null) return null;
  const message = `principal ${principal.key} is annotator ${principal.annotatorKey} already; one person is one annotator`;
  return bad("principal", "ALREADY_EXISTS", message);
}

function enrolmentOf(input: EnrolmentInput, facts: EnrolmentFacts): EnrolmentToWrite {
  const known = facts.annotators.get(input.key) ?? null;
  const profile = {
    status: input.status ?? known?.status ?? "ACTIVE",
    expertise: input.expertise ?? known?.expertise ?? [],
    languages: input.languages ?? known?.languages ?? [],
  };
  const before = known ? (facts.qualifications.get(known.annotator) ?? []) : [];
  const held = new Set(before.map((one) => one.guidelineVersion));
  const wanted = input.qualifiedFor
    ? new Set(input.qualifiedFor.map((name) => facts.guidelineVersions.get(name)!))
    : held;
  return {
    key: input.key,
    kind: known?.kind ?? input.kind ?? "HUMAN",
    known,
    principal: input.principal == null ? null : facts.principals.get(input.principal)!,
    profile,
    profileChanged: known !== null && !isSameProfile(profile, known),
    added: [...wanted].filter((guidelineVersion) => !held.has(guidelineVersion)),
    ended: before.filter((one) => !wanted.has(one.guidelineVersion)).map((one) => one.qualification),
  };
}

function isSameProfile(profile: EnrolmentToWrite["profile"], { status, expertise, languages }: AnnotatorRow): boolean {
  return canonicalize(profile) === canonicalize({ status, expertise, languages });
}

function isUnchanged({ known, profileChanged, added, ended }: EnrolmentToWrite): boolean {
  return known !== null && !profileChanged && added.length === 0 && ended.length === 0;
}
