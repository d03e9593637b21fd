// How is a candidate published under a version?
import { addText, emptyPlan, type Decision } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Db } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { cutProblems, type CutFacts } from "./checkCut.js";
import { cutVersions, diffCounts, lostMembers, type CutVersion } from "./cutQueries.js";
import { candidatesById } from "./queries.js";
import { releaseDigest } from "./releaseDigest.js";
import { releases, releaseStatuses } from "./tables.js";
import { highestVersion, minimumBump, type Bump } from "./versionBump.js";

export interface CutReleaseInput extends RequestFields {
  candidate: number;
  version: string;
  notes?: string | null;
}

/** What the members of a candidate are compared with, and what that asks of the version. */
interface Comparison {
  lastStable: CutVersion | null;
  bump: Bump;
}

/** Cuts a release: one short activity. The comparison with the last stable release is made before the dataset is locked. */
export async function cutRelease(
  db: Database,
  scope: Scope,
  dataset: { datasetId: number; uid: string },
  input: CutReleaseInput,
): Promise<Answer> {
  const before = await compare(db, dataset.datasetId, await cutVersions(db, dataset.datasetId), input.candidate);
  return write(db, scope, cutReleaseVerb, { ...input, datasetUid: dataset.uid, before }, input);
}

/** Against the last stable release, or the comparison made before where that is still the last. */
async function compare(
  db: Db,
  datasetId: number,
  cut: readonly CutVersion[],
  candidate: number,
  before?: Comparison,
): Promise<Comparison> {
  const version = highestVersion(
    cut.map((one) => one.version),
    { stable: true },
  );
  const lastStable = cut.find((one) => one.version === version) ?? null;
  if (before && before.lastStable?.version === lastStable?.version) return before;
  const bump =
    lastStable === null ? "PATCH" : minimumBump(await diffCounts(db, datasetId, lastStable.candidate, candidate));
  return { lastStable, bump };
}

interface PreparedCut extends CutReleaseInput {
  datasetUid: string;
  before: Comparison;
}

const cutReleaseVerb: Verb<PreparedCut, CutFacts> = {
  kind: "RELEASE",
  async facts(tx, datasetId, [command]) {
    const { candidate: id, before } = command!.input;
    const candidate = (await candidatesById(tx, datasetId, [id]))[0] ?? null;
    const cut = await cutVersions(tx, datasetId);
    const { lastStable, bump } = await compare(tx, datasetId, cut, id, before);
    const lost = candidate ? await lostMembers(tx, datasetId, { candidate: id, at: candidate.atNumber }) : [];
    return { candidate, cut, lastStable: lastStable?.version ?? null, bump, lost };
  },
  plan: ({ input }, facts, ids) => planCut(input, facts, ids),
};

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
