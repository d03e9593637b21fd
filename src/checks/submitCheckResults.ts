// How do results of automatic checks that ran elsewhere come in?
import { addText, emptyPlan, settle, type BulkMode, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import { tooMany } from "../examples/importExamples.js";
import type { Database, Tx } from "../platform/db.js";
import { decodeGlobalId } from "../platform/nodes.js";
import { unsoundPath } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { namedInSubmissions, type VersionTuple } from "../ratings/factQueries.js";
import { resolveVersion } from "../ratings/resolveNames.js";
import type { KnownVersion } from "../ratings/submission.js";
import {
  checkSubmittedResults,
  resultKey,
  runName,
  type CheckFacts,
  type CheckResultInput,
  type NewResult,
} from "./checkSubmittedResults.js";
import { resultsInForce, runsOfChecks, turnLengths } from "./queries.js";
import { checkResults, checkRuns } from "./tables.js";

export interface SubmitCheckResultsInput extends RequestFields {
  mode: BulkMode;
  results: CheckResultInput[];
}

export const MOST_RESULTS = 5_000;

const submitCheckResultsVerb: Verb<SubmitCheckResultsInput, CheckFacts> = {
  kind: "CHECKS",
  facts: (tx, datasetId, [command]) => factsOf(tx, datasetId, command!.input.results),
  plan({ input }, facts, ids) {
    const { toWrite, unchanged, problems } = checkSubmittedResults(input.results, facts);
    const plan = emptyPlan();
    if (toWrite.length > 0) addResults(plan, ids, toWrite, facts.runs);
    plan.outcome = { accepted: toWrite.length, unchanged, problems };
    return settle(input.mode, plan);
  },
};

/** Takes up to 5,000 results. The same again changes nothing; another of the same check, version and parameters supersedes. */
export async function submitCheckResults(db: Database, scope: Scope, input: SubmitCheckResultsInput): Promise<Answer> {
  const { length } = input.results;
  if (length > MOST_RESULTS) return tooMany("results", length, MOST_RESULTS);
  return write(db, scope, submitCheckResultsVerb, input);
}

function addResults(plan: Plan, ids: Ids, made: readonly NewResult[], known: ReadonlyMap<string, number>): void {
  const runs = new Map(known);
  for (const { run } of made) {
    if (runs.has(run.key)) continue;
    const checkRun = ids.take("checkRun");
    runs.set(run.key, checkRun);
    const { name, version, parameters, digest } = run;
    plan.rows.push({ table: checkRuns, rows: [{ checkRun, name, version, parameters, parametersDigest: digest }] });
  }
  const first = ids.take("checkResult", made.length);
  const rows = made.map(({ run, exampleVersion, status, level, score, findings }, i) => ({
    result: first + i,
    checkRun: runs.get(run.key)!,
    exampleVersion,
    status,
    level,
    score,
    findings: addText(plan, findings),
    supersededBy: null,
  }));
  plan.rows.push({ table: checkResults, rows });
  const replaced = made.flatMap((one) => one.replaces ?? []);
  if (replaced.length > 0) plan.superseded.push({ table: checkResults, ids: replaced });
}

/** Names that cannot be stored are left out: the check refuses them, and Postgres would not take them. */
function sound(names: ReadonlyArray<string | null | undefined>): string[] {
  return [...new Set(names)].filter((name) => name != null && unsoundPath(name) === null) as string[];
}

async function factsOf(tx: Tx, datasetId: number, inputs: readonly CheckResultInput[]): Promise<CheckFacts> {
  const versions = await namedVersions(tx, datasetId, inputs);
  const named = inputs.flatMap((input) => resolveVersion(input, versions)?.exampleVersion ?? []);
  const spanned = inputs.flatMap((input) =>
    input.spans.length === 0 ? [] : (resolveVersion(input, versions)?.exampleVersion ?? []),
  );
  const runs = await runsOfChecks(tx, datasetId, sound(inputs.map((input) => input.check)));
  const inForce = await resultsInForce(tx, datasetId, [...new Set(named)]);
  return {
    ...versions,
    runs: new Map(runs.map(({ checkRun, name, version, digest }) => [runName(name, version, digest), checkRun])),
    inForce: new Map(inForce.map((row) => [resultKey(row.exampleVersion, row.checkRun), row])),
    turns: spanned.length === 0 ? new Map() : await turnLengths(tx, datasetId, [...new Set(spanned)]),
  };
}

type NamedVersions = Pick<CheckFacts, "datasetUid" | "byExternalId" | "byVersionId">;

async function namedVersions(tx: Tx, datasetId: number, inputs: readonly CheckResultInput[]): Promise<NamedVersions> {
  const externalIds = sound(inputs.map((input) => input.externalId));
  const ids = sound(inputs.map((input) => input.exampleVersionId)).map(decodeGlobalId);
  const versionIds = [...new Set(ids.flatMap((id) => id?.id ?? []))];
  const nothing = { guidelineVersions: [], annotators: [], batches: [] };
  const named = await namedInSubmissions(tx, datasetId, { ...nothing, externalIds, versionIds });
  return {
    datasetUid: named.datasetUid,
    byExternalId: new Map(named.byExternalId.map((tuple) => [externalIds[tuple[0]]!, knownOf(tuple)])),
    byVersionId: new Map(named.byVersionId.map((tuple) => [versionIds[tuple[0]]!, knownOf(tuple)])),
  };
}

function knownOf([, exampleVersion, latest, current, erased]: VersionTuple): KnownVersion {
  return { exampleVersion, latest, current, erased };
}
