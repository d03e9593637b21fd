// May this candidate be cut under this version? Pure.
import { problem, type UserProblem } from "../platform/errors.js";
import type { CutVersion, LostMember } from "./cutQueries.js";
import type { CandidateRow } from "./queries.js";
import { blocking } from "./runGates.js";
import { versionProblem, type Bump } from "./versionBump.js";

export interface CutFacts {
  candidate: CandidateRow | null;
  cut: CutVersion[];
  lastStable: string | null;
  bump: Bump;
  lost: LostMember[];
}

const SHOWN = 5;

/** Every reason why not: the candidate, its gates, what happened to its members since, and the version. */
export function cutProblems(
  { candidate: id, version }: { candidate: number; version: string },
  facts: CutFacts,
): UserProblem[] {
  const { candidate, cut, lastStable, bump, lost } = facts;
  if (!candidate)
    return [problem("UNKNOWN_CANDIDATE", `there is no candidate ${id}; prepareRelease makes one`, "candidateId")];
  const earlier = cut.find((one) => one.candidate === id);
  if (earlier)
    return [
      problem(
        "CANDIDATE_ALREADY_CUT",
        `candidate ${id} is release ${earlier.version}; prepare another for a new release`,
        "candidateId",
      ),
    ];
  const problems = blocking(candidate.gates).map((gate) =>
    problem("GATE_FAILED", `${gate.name}: ${gate.observed}; required: ${gate.required}`, "candidateId"),
  );
  if (lost.length > 0) problems.push(lostProblem(lost));
  const misfit = versionProblem(
    version,
    cut.map((one) => one.version),
    lastStable,
    bump,
  );
  return misfit ? [...problems, misfit] : problems;
}

function lostProblem(lost: CutFacts["lost"]): UserProblem {
  const shown = lost
    .slice(0, SHOWN)
    .map((one) => `${one.externalId} (${one.because.toLowerCase()} by activity ${one.activity})`);
  const more = lost.length > SHOWN ? ", …" : "";
  return problem(
    "GATE_FAILED",
    `NONE_WITHDRAWN, CONTENT_PRESENT: ${lost.length} members were lost since the candidate was prepared: ${shown.join(", ")}${more}; prepare it again`,
    "candidateId",
  );
}
