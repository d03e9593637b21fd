// How is a candidate published under a version?
import { addText, emptyPlan, type Decision } from "../activities/plan.js";
import { standingOfScope } from "../audits/auditStanding.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Tx } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { cutProblems, type CutFacts } from "./checkCut.js";
import { cutVersions, lostMembers } from "./cutQueries.js";
import { compare, type Comparison } from "./nextVersion.js";
import { biasAudit } from "./gates/biasAudit.js";
import type { GateResult } from "./gates.js";
import { candidatesById, type CandidateRow } from "./queries.js";
import { releaseDigest } from "./releaseDigest.js";
import { releases, releaseStatuses } from "./tables.js";

export interface CutReleaseInput extends RequestFields {
  candidate: number;
  version: string;
  notes?: string | null;
}

/**
 * Cuts a release: one short activity. The comparison with the last stable release is made before the dataset is locked.
 * Whether a waiver has expired is judged by `now`.
 */
export async function cutRelease(
  db: Database,
  scope: Scope,
  dataset: { datasetId: number; uid: string },
  input: CutReleaseInput,
  now = new Date(),
): Promise<Answer> {
  const before = await compare(db, dataset.datasetId, await cutVersions(db, dataset.datasetId), input.candidate);
  return write(db, scope, cutReleaseVerb, { ...input, datasetUid: dataset.uid, before, now }, input);
}

interface PreparedCut extends CutReleaseInput {
  datasetUid: string;
  before: Comparison;
  now: Date;
}

const cutReleaseVerb: Verb<PreparedCut, CutFacts> = {
  kind: "RELEASE",
  async facts(tx, datasetId, [command]) {
    const { candidate: id, before, now } = command!.input;
    const candidate = (await candidatesById(tx, datasetId, [id]))[0] ?? null;
    const cut = await cutVersions(tx, datasetId);
    const { lastStable, bump } = await compare(tx, datasetId, cut, id, before);
    const lost = candidate ? await lostMembers(tx, datasetId, { candidate: id, at: candidate.atNumber }) : [];
    const audit = await auditAt(tx, candidate, now);
    return { candidate, cut, lastStable: lastStable?.version ?? null, bump, lost, audit };
  },
  plan: ({ input }, facts, ids) => planCut(input, facts, ids),
};

/** The gate as it stands now, where the candidate asks for it. */
async function auditAt(tx: Tx, candidate: CandidateRow | null, now: Date): Promise<GateResult | null> {
  if (!candidate?.selection.requiredGates?.includes("BIAS_AUDIT")) return null;
  return biasAudit(await standingOfScope(tx, candidate.datasetId, candidate.scopeDigest, now));
}

function planCut(input: PreparedCut, facts: CutFacts, ids: Ids): Decision {
  const unsound = unsoundPath({ version: input.version, notes: input.notes });
  if (unsound)
    return { kind: "refused", problems: [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)] };
  const problems = cutProblems(input, facts);
  if (problems.length > 0) return { kind: "refused", problems };
  const { candidate, root, selection } = facts.candidate!;
  const plan = emptyPlan();
  const release = ids.take("release");
  const digest = releaseDigest(Buffer.from(root, "hex"), input.datasetUid, selection);
  const notes = addText(plan, input.notes);
  plan.rows.push({ table: releases, rows: [{ release, version: input.version, candidate, digest, notes }] });
  const releaseStatus = ids.take("releaseStatus");
  plan.rows.push({ table: releaseStatuses, rows: [{ releaseStatus, release, status: "PUBLISHED", reason: null }] });
  plan.used.push({ noun: "candidate", id: candidate });
  plan.outcome = { accepted: 1, unchanged: 0, problems: [], more: { release } };
  return { kind: "plan", plan };
}
