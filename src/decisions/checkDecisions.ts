// Which decisions of a submission can be taken, and which are as they are? Pure.
import { itemProblem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { DecisionInForce } from "./queries.js";
import type { Verdict } from "./tables.js";

export interface DecisionInput {
  externalId?: string | null;
  /** A global id. */
  exampleVersionId?: string | null;
  verdict: Verdict;
  reason?: string | null;
  /** Names such as house-style@2.0#2.1. */
  clauses?: string[] | null;
  clientRef?: string | null;
}

/** An example version as an item names it. */
export interface NamedVersion {
  exampleVersion: number;
  externalId: string;
  version: number;
  /** The example's latest version: its number within the example. */
  latest: number;
}

export interface DecisionFacts {
  /** By item: the version; null where nothing is called that; "malformed" where the id is none of an example version. */
  versions: ReadonlyArray<NamedVersion | "malformed" | null>;
  /** By example version. */
  inForce: ReadonlyMap<number, DecisionInForce>;
  /** Clauses by name. */
  clauses: ReadonlyMap<string, number>;
}

export interface NewDecision {
  exampleVersion: number;
  verdict: Verdict;
  reason: string | null;
  clauses: number[];
  /** The decision in force before the submission that this one replaces; null for none. */
  replaces: number | null;
  /** Whether a later one of the same submission replaces it. */
  replaced: boolean;
}

export interface CheckedDecisions {
  toWrite: NewDecision[];
  unchanged: number;
  problems: UserProblem[];
}

const LONGEST_REASON = 10_000;
const LONGEST_REF = 255;
const MOST_CLAUSES = 50;

export function checkDecisions(inputs: readonly DecisionInput[], facts: DecisionFacts): CheckedDecisions {
  const result: CheckedDecisions = { toWrite: [], unchanged: 0, problems: [] };
  const refs = new Map<string, number>();
  const made = new Map<number, NewDecision>();
  for (const [index, input] of inputs.entries()) {
    const problem = problemOf(input, index, facts, refs);
    if (input.clientRef != null && !refs.has(input.clientRef)) refs.set(input.clientRef, index);
    if (problem) result.problems.push(problem);
    else if (!addDecision(input, (facts.versions[index] as NamedVersion).exampleVersion, facts, made, result.toWrite))
      result.unchanged++;
  }
  return result;
}

/** Adds what is decided, after what the submission decided on the same version before; false where that is as it is. */
function addDecision(
  input: DecisionInput,
  exampleVersion: number,
  facts: DecisionFacts,
  made: Map<number, NewDecision>,
  toWrite: NewDecision[],
): boolean {
  const earlier = made.get(exampleVersion);
  const inForce = facts.inForce.get(exampleVersion);
  const clauses = [...new Set(input.clauses?.map((name) => facts.clauses.get(name)!))].sort((a, b) => a - b);
  const decision = { exampleVersion, verdict: input.verdict, reason: input.reason ?? null, clauses, replaced: false };
  if (
    earlier
      ? saysTheSame(decision, { ...earlier, hasReason: earlier.reason !== null })
      : inForce && saysTheSame(decision, inForce)
  )
    return false;
  if (earlier) earlier.replaced = true;
  const added = { ...decision, replaces: earlier ? null : (inForce?.decision ?? null) };
  made.set(exampleVersion, added);
  toWrite.push(added);
  return true;
}

function saysTheSame(
  { verdict, reason, clauses }: Pick<NewDecision, "verdict" | "reason" | "clauses">,
  known: Pick<DecisionInForce, "verdict" | "reason" | "hasReason" | "clauses">,
): boolean {
  const cited = new Set(known.clauses);
  return (
    verdict === known.verdict &&
    reason === known.reason &&
    known.hasReason === (reason !== null) &&
    clauses.length === cited.size &&
    clauses.every((clause) => cited.has(clause))
  );
}

type Bad = (field: string, code: UserErrorCode, message: string) => UserProblem;

function problemOf(
  input: DecisionInput,
  index: number,
  facts: DecisionFacts,
  refs: ReadonlyMap<string, number>,
): UserProblem | null {
  const bad: Bad = (field, code, message) => itemProblem("decisions", index, field, code, message);
  const unsound = unsoundPath(input);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
  return (
    refProblem(input, refs, bad) ??
    versionProblem(input, facts.versions[index]!, bad) ??
    contentProblem(input, facts, bad)
  );
}

function refProblem({ clientRef }: DecisionInput, refs: ReadonlyMap<string, number>, bad: Bad): UserProblem | null {
  if (clientRef == null) return null;
  if (clientRef === "" || clientRef.length > LONGEST_REF)
    return bad("clientRef", "INVALID_VALUE", `clientRef has ${clientRef.length} characters; use 1 to ${LONGEST_REF}`);
  if (!refs.has(clientRef)) return null;
  return bad(
    "clientRef",
    "DUPLICATE_CLIENT_REF",
    `clientRef ${clientRef} is that of item ${refs.get(clientRef)} already; give each item its own`,
  );
}

function versionProblem(
  { externalId, exampleVersionId }: DecisionInput,
  named: DecisionFacts["versions"][number],
  bad: Bad,
): UserProblem | null {
  if ((externalId == null) === (exampleVersionId == null))
    return bad("externalId", "INVALID_VALUE", "give exactly one of externalId and exampleVersionId");
  const field = externalId == null ? "exampleVersionId" : "externalId";
  if (named === "malformed")
    return bad(
      field,
      "INVALID_VALUE",
      `${exampleVersionId} is not the id of an ExampleVersion; ids come from the id field`,
    );
  if (named === null)
    return bad(
      field,
      "UNKNOWN_EXAMPLE",
      `example ${externalId ?? exampleVersionId} is not in this dataset; import it first`,
    );
  if (named.version === named.latest) return null;
  return bad(
    field,
    "STALE_VERSION",
    `version ${named.version} of ${named.externalId} was followed by version ${named.latest}; read that one and decide on it`,
  );
}

function contentProblem({ reason, clauses }: DecisionInput, facts: DecisionFacts, bad: Bad): UserProblem | null {
  if (reason != null && reason.trim() === "")
    return bad("reason", "INVALID_VALUE", "reason is empty; write it, or leave it out");
  if (reason != null && reason.length > LONGEST_REASON)
    return bad("reason", "INVALID_VALUE", `reason has ${reason.length} characters; use at most ${LONGEST_REASON}`);
  if (clauses && clauses.length > MOST_CLAUSES)
    return bad("clauses", "INVALID_VALUE", `${clauses.length} clauses are cited; at most ${MOST_CLAUSES} are taken`);
  const unknown = clauses?.find((name) => !facts.clauses.has(name));
  return unknown === undefined
    ? null
    : bad("clauses", "UNKNOWN_CLAUSE", `clause ${unknown} is not known; name it as house-style@2.0#2.1`);
}
