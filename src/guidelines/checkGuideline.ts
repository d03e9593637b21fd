// Can this guideline version be published, and is it as it was? Pure.
import canonicalize from "canonicalize";
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { PLAIN_KEY, PLAIN_KEY_RULE, VERSION, VERSION_RULE } from "./names.js";

export interface IllustrationInput {
  text: string;
  note?: string | null;
}

export interface ClauseInput {
  number: string;
  title: string;
  text: string;
  examples?: IllustrationInput[] | null;
  counterexamples?: IllustrationInput[] | null;
}

export interface GuidelineInput {
  key: string;
  version: string;
  title: string;
  changeNote?: string | null;
  requiresQualification: boolean;
  clauses: ClauseInput[];
  /** Keys of criteria, or key@version. */
  criteria: string[];
}

/** A criterion version that a name of the input stands for. */
export interface NamedCriterion {
  criterionVersion: number;
  criterion: number;
  key: string;
}

export interface GuidelineFacts {
  /** The guideline, and its latest version; null for a new guideline. */
  known: { guideline: number; latest: { guidelineVersion: number; version: string } } | null;
  /** This very version as it was published, its texts included; null for a new version. */
  published: (Omit<GuidelineInput, "criteria"> & { criteria: NamedCriterion[] }) | null;
  /** What each name in criteria stands for now; null for none. */
  named: Array<NamedCriterion | null>;
}

const LONGEST = { title: 200, text: 20_000 };
const MOST = { clauses: 500, illustrations: 50, criteria: 100 };

/** All that is wrong; empty where the version can be published, or is as it was. */
export function guidelineProblems(input: GuidelineInput, facts: GuidelineFacts): UserProblem[] {
  const unsound = unsoundPath(input, (key) => key === "requestKey");
  if (unsound) return [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)];
  const problems = [
    ...headProblems(input, facts),
    ...input.clauses.flatMap(clauseProblems),
    ...repeatedNumbers(input),
    ...criterionProblems(input, facts),
  ];
  if (problems.length === 0 && facts.published && !isSamePublication(input, facts))
    problems.push(
      problem(
        "CONTENT_CONFLICT",
        `${input.key}@${input.version} is published with other content; publish this as another version`,
        "version",
      ),
    );
  return problems;
}

function headProblems(
  { key, version, title, changeNote, clauses, criteria }: GuidelineInput,
  { known, published }: GuidelineFacts,
): UserProblem[] {
  const problems: UserProblem[] = [];
  const bad = (message: string, ...path: string[]) => problems.push(problem("INVALID_VALUE", message, ...path));
  if (!PLAIN_KEY.test(key)) bad(`key ${JSON.stringify(key)} is not taken; ${PLAIN_KEY_RULE}`, "key");
  if (!VERSION.test(version)) bad(`version ${JSON.stringify(version)} is not taken; ${VERSION_RULE}`, "version");
  const wrongTitle = lengthProblem("title", title, LONGEST.title);
  if (wrongTitle) bad(wrongTitle, "title");
  const wrongNote = changeNote == null ? null : lengthProblem("changeNote", changeNote, LONGEST.text);
  if (wrongNote) bad(wrongNote, "changeNote");
  if (known && !published && changeNote == null)
    bad(
      `${key}@${version} follows ${key}@${known.latest.version}; say in changeNote what changed and why (a finding, an evaluation, a disagreement)`,
      "changeNote",
    );
  if (clauses.length > MOST.clauses)
    bad(`${clauses.length} clauses were given; at most ${MOST.clauses} are taken`, "clauses");
  if (criteria.length > MOST.criteria)
    bad(`${criteria.length} criteria were given; at most ${MOST.criteria} are taken`, "criteria");
  return problems;
}

function clauseProblems(clause: ClauseInput, index: number): UserProblem[] {
  const problems: UserProblem[] = [];
  const bad = (message: string | null, ...path: string[]) =>
    message && problems.push(problem("INVALID_VALUE", message, "clauses", String(index), ...path));
  if (!VERSION.test(clause.number))
    bad(`number ${JSON.stringify(clause.number)} is not taken; ${VERSION_RULE}`, "number");
  bad(lengthProblem("title", clause.title, LONGEST.title), "title");
  bad(lengthProblem("text", clause.text, LONGEST.text), "text");
  for (const list of ["examples", "counterexamples"] as const) {
    const given = clause[list] ?? [];
    if (given.length > MOST.illustrations)
      bad(`${given.length} ${list} were given; at most ${MOST.illustrations} are taken`, list);
    for (const [i, { text, note }] of given.entries()) {
      bad(lengthProblem("text", text, LONGEST.text), list, String(i), "text");
      if (note != null) bad(lengthProblem("note", note, LONGEST.text), list, String(i), "note");
    }
  }
  return problems;
}

function lengthProblem(name: string, text: string, longest: number): string | null {
  if (text.trim() === "") return `${name} is empty; write it, or leave it out where that can be done`;
  return text.length > longest ? `${name} has ${text.length} characters; use at most ${longest}` : null;
}

function repeatedNumbers({ clauses }: GuidelineInput): UserProblem[] {
  const numbers = clauses.map((clause) => clause.number);
  return numbers.flatMap((number, i) =>
    numbers.indexOf(number) === i
      ? []
      : [
          problem(
            "DUPLICATE_IN_BATCH",
            `clause ${number} stands above already; give each number once`,
            "clauses",
            String(i),
            "number",
          ),
        ],
  );
}

function criterionProblems({ criteria }: GuidelineInput, { named }: GuidelineFacts): UserProblem[] {
  return criteria.flatMap((name, i) => {
    const found = named[i];
    const at = ["criteria", String(i)];
    if (!found)
      return [
        problem("UNKNOWN_CRITERION", `criterion ${name} is not known; publish it with publishCriteria first`, ...at),
      ];
    const first = named.findIndex((other) => other?.criterion === found.criterion);
    return first === i
      ? []
      : [
          problem(
            "DUPLICATE_IN_BATCH",
            `${name} names the same criterion as ${criteria[first]}; one version of it can be in force`,
            ...at,
          ),
        ];
  });
}

/** A bare key means what the published version pinned, so that the same submission stays the same when a criterion moves on. */
function isSamePublication(input: GuidelineInput, { published, named }: GuidelineFacts): boolean {
  const pinned = new Map(published!.criteria.map((one) => [one.key, one.criterionVersion]));
  const meant = input.criteria.map((name, i) => pinned.get(name) ?? named[i]!.criterionVersion);
  return (
    contentOf(input) === contentOf(published!) &&
    meant.length === pinned.size &&
    canonicalize(meant.toSorted((a, b) => a - b)) === canonicalize([...pinned.values()].sort((a, b) => a - b))
  );
}

function contentOf(of: Omit<GuidelineInput, "criteria">): string {
  const list = (given?: IllustrationInput[] | null) => (given ?? []).map(({ text, note = null }) => ({ text, note }));
  return canonicalize({
    title: of.title,
    changeNote: of.changeNote ?? null,
    requiresQualification: of.requiresQualification,
    clauses: of.clauses.map(({ number, title, text, examples, counterexamples }) => ({
      number,
      title,
      text,
      examples: list(examples),
      counterexamples: list(counterexamples),
    })),
  })!;
}
