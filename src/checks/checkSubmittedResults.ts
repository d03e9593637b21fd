// Which results of automatic checks can be taken, and which are as they are? Pure.
import canonicalize from "canonicalize";
import { PLAIN_KEY, PLAIN_KEY_RULE, VERSION, VERSION_RULE } from "../guidelines/names.js";
import { sha256 } from "../platform/digest.js";
import { itemProblem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { decodeGlobalId } from "../platform/nodes.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { resolveVersion } from "../ratings/resolveNames.js";
import type { KnownVersion } from "../ratings/submission.js";
import { encodeFindings, type Span } from "./checkResult.js";
import type { CheckLevel, CheckStatus } from "./tables.js";

export interface CheckResultInput {
  externalId?: string | null;
  /** A global id. */
  exampleVersionId?: string | null;
  check: string;
  checkVersion: string;
  parameters?: Record<string, unknown> | null;
  status: CheckStatus;
  level: CheckLevel;
  score?: number | null;
  message?: string | null;
  spans: Array<Partial<Span> & Pick<Span, "start" | "end">>;
}

export interface ResultInForce {
  result: number;
  exampleVersion: number;
  checkRun: number;
  status: CheckStatus;
  level: CheckLevel;
  score: number | null;
  /** Null where there are none; absent where they were erased. */
  findings?: string | null;
}

export interface CheckFacts {
  datasetUid: string;
  byExternalId: Map<string, KnownVersion>;
  byVersionId: Map<number, KnownVersion>;
  /** Ids of what ran, by runName. */
  runs: ReadonlyMap<string, number>;
  /** By resultKey. */
  inForce: ReadonlyMap<string, ResultInForce>;
  /** Code points of each turn, of the versions that spans are given for. */
  turns: ReadonlyMap<number, number[]>;
}

export interface NewResult {
  exampleVersion: number;
  run: { name: string; version: string; parameters: Record<string, unknown>; digest: Buffer; key: string };
  status: CheckStatus;
  level: CheckLevel;
  score: number | null;
  findings: string | null;
  replaces: number | null;
}

export interface CheckedResults {
  toWrite: NewResult[];
  unchanged: number;
  problems: UserProblem[];
}

/** What names a check in a version with parameters. */
export const runName = (name: string, version: string, digest: Buffer): string =>
  `${name}@${version} ${digest.toString("hex")}`;
export const resultKey = (exampleVersion: number, run: number): string => `${exampleVersion} ${run}`;
export const parametersDigest = (parameters: Record<string, unknown>): Buffer => sha256(canonicalize(parameters)!);

const LONGEST_MESSAGE = 10_000;
const LONGEST_PARAMETERS = 4_096;
const MOST_SPANS = 100;
const LONGEST_LABEL = 128;

type Bad = (field: string, code: UserErrorCode, message: string) => UserProblem;

export function checkSubmittedResults(inputs: readonly CheckResultInput[], facts: CheckFacts): CheckedResults {
  const result: CheckedResults = { toWrite: [], unchanged: 0, problems: [] };
  const seen = new Map<string, number>();
  for (const [index, input] of inputs.entries()) {
    const bad: Bad = (field, code, message) => itemProblem("results", index, field, code, message);
    const made = resultOf(input, index, facts, seen, bad);
    if (made === "UNCHANGED") result.unchanged++;
    else if ("code" in made) result.problems.push(made);
    else result.toWrite.push(made);
  }
  return result;
}

function resultOf(
  input: CheckResultInput,
  index: number,
  facts: CheckFacts,
  seen: Map<string, number>,
  bad: Bad,
): NewResult | UserProblem | "UNCHANGED" {
  const version = versionOf(input, facts, bad);
  if ("code" in version) return version;
  const unfit = runProblem(input, bad) ?? findingsProblem(input, version, facts, bad);
  if (unfit) return unfit;
  const { check: name, checkVersion, status, level, score = null, message = null } = input;
  const parameters = input.parameters ?? {};
  const digest = parametersDigest(parameters);
  const key = runName(name, checkVersion, digest);
  const { exampleVersion } = version;
  const earlier = seen.get(`${exampleVersion} ${key}`);
  if (earlier !== undefined)
    return bad("check", "DUPLICATE_IN_BATCH", `item ${earlier} is of this check on this example version; give one`);
  seen.set(`${exampleVersion} ${key}`, index);
  const spans = input.spans.map(({ turn = null, start, end, label = null }): Span => ({ turn, start, end, label }));
  const findings = encodeFindings({ message, spans });
  const known = facts.inForce.get(resultKey(exampleVersion, facts.runs.get(key) ?? -1));
  if (known && known.status === status && known.level === level && known.score === score && known.findings === findings)
    return "UNCHANGED";
  const run = { name, version: checkVersion, parameters, digest, key };
  return { exampleVersion, run, status, level, score, findings, replaces: known?.result ?? null };
}

function versionOf(input: CheckResultInput, facts: CheckFacts, bad: Bad): KnownVersion | UserProblem {
  const unsound = unsoundPath(input);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
  const { externalId, exampleVersionId } = input;
  if ((externalId == null) === (exampleVersionId == null))
    return bad("externalId", "INVALID_VALUE", "give exactly one of externalId and exampleVersionId");
  const field = externalId == null ? "exampleVersionId" : "externalId";
  const text = JSON.stringify(externalId ?? exampleVersionId);
  if (exampleVersionId != null && decodeGlobalId(exampleVersionId)?.node.type !== "ExampleVersion")
    return bad(field, "INVALID_VALUE", `${text} is not the id of an ExampleVersion; ids come from the id field`);
  const version = resolveVersion(input, facts);
  if (!version)
    return bad(field, "UNKNOWN_EXAMPLE", `${field} ${text} names no example of this dataset; import it first`);
  if (!version.erased) return version;
  return bad(field, "CONTENT_ERASED", `the text of ${text} was erased; nothing can be checked in it, so leave it out`);
}

function runProblem({ check, checkVersion, parameters, score }: CheckResultInput, bad: Bad): UserProblem | null {
  if (!PLAIN_KEY.test(check))
    return bad("check", "INVALID_VALUE", `check ${JSON.stringify(check)} is not taken; ${PLAIN_KEY_RULE}`);
  if (!VERSION.test(checkVersion))
    return bad(
      "checkVersion",
      "INVALID_VALUE",
      `checkVersion ${JSON.stringify(checkVersion)} is not taken; ${VERSION_RULE}`,
    );
  const { length } = canonicalize(parameters ?? {})!;
  if (length > LONGEST_PARAMETERS)
    return bad(
      "parameters",
      "INVALID_VALUE",
      `parameters have ${length} characters of JSON; use at most ${LONGEST_PARAMETERS}`,
    );
  return score == null || Number.isFinite(score) ? null : bad("score", "INVALID_VALUE", `score ${score} is no number`);
}

function findingsProblem(
  { message, spans }: CheckResultInput,
  { exampleVersion }: KnownVersion,
  { turns }: CheckFacts,
  bad: Bad,
): UserProblem | null {
  if (message != null && (message.trim() === "" || message.length > LONGEST_MESSAGE))
    return bad(
      "message",
      "INVALID_VALUE",
      `message has ${message.length} characters; use 1 to ${LONGEST_MESSAGE}, or leave it out`,
    );
  if (spans.length > MOST_SPANS)
    return bad("spans", "INVALID_VALUE", `${spans.length} spans came; give at most ${MOST_SPANS}`);
  const lengths = turns.get(exampleVersion) ?? [];
  for (const [i, span] of spans.entries()) {
    const wrong = spanProblem(span, lengths);
    if (wrong) return bad("spans", "INVALID_VALUE", `span ${i} ${wrong}`);
  }
  return null;
}

function spanProblem({ turn, start, end, label }: CheckResultInput["spans"][number], lengths: readonly number[]) {
  if (label != null && (label === "" || label.length > LONGEST_LABEL))
    return `has a label of ${label.length} characters; use 1 to ${LONGEST_LABEL}`;
  const at = turn ?? lengths.length - 1;
  const length = lengths[at];
  if (length === undefined) return `is in turn ${at}; the turns of the example version are 0 to ${lengths.length - 1}`;
  if (start >= 0 && start < end && end <= length) return null;
  return `goes from ${start} to ${end}; turn ${at} has ${length} code points, so use 0 ≤ start < end ≤ ${length}`;
}
