// May this candidate be cut under this version? Pure.
import { problem, type UserProblem } from "../platform/errors.js";
import type { CutVersion, LostMember } from "./cutQueries.js";
import type { CandidateRow } from "./queries.js";
import type { GateResult } from "./gates.js";
import { blocking } from "./runGates.js";
import { versionProblem, type Bump } from "./versionBump.js";

export interface CutFacts {
  candidate: CandidateRow | null;
  cut: CutVersion[];
  lastStable: string | null;
  bump: Bump;
  lost: LostMember[];
  /** The gate that time or a later audit may have closed since the candidate was prepared; null where not asked for. */
  audit: GateResult | null;
}

const SHOWN = 5;

/** Every reason why not: the candidate, its gates, what happened to its members since, and the version. */
export function cutProblems(
  { candidate: id, version }: { candidate: number; version: string },
  facts: CutFacts,
): UserProblem[] {
  const { candidate, cut, lastStable, bump, lost, audit } = facts;
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
  const problems = blocking(candidate.gates).map((gate) => gateProblem(gate));
  const stood = candidate.gates.some((gate) => gate.name === audit?.name && gate.passed);
  if (audit && stood && !audit.passed) problems.push(gateProblem(audit));
  if (lost.length > 0) problems.push(lostProblem(lost));
  const misfit = versionProblem(
    version,
    cut.map((one) => one.version),
    lastStable,
    bump,
  );
  return misfit ? [...problems, misfit] : problems;
}

function gateProblem({ name, observed, required }: GateResult): UserProblem {
  return problem("GATE_FAILED", `${name}: ${observed}; required: ${required}`, "candidateId");
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
