// How is a release deprecated or revoked?
import { emptyPlan, type Decision } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { statusByVersion, type StatusRow } from "./statusQueries.js";
import { releaseStatuses } from "./tables.js";

export interface SetReleaseStatusInput extends RequestFields {
  version: string;
  status: "DEPRECATED" | "REVOKED";
  reason: string;
}

const LONGEST_REASON = 2000;

const setReleaseStatusVerb: Verb<SetReleaseStatusInput, StatusRow | null> = {
  kind: "RELEASE_STATUS",
  facts: (tx, datasetId, [command]) => statusByVersion(tx, datasetId, command!.input.version),
  plan: ({ input }, now, ids) => planStatus(input, now, ids),
};

/** Deprecates or revokes a release, with the reason. What was revoked stays so; the same again changes nothing. */
export function setReleaseStatus(db: Database, scope: Scope, input: SetReleaseStatusInput): Promise<Answer> {
  return write(db, scope, setReleaseStatusVerb, input);
}

function planStatus(input: SetReleaseStatusInput, now: StatusRow | null, ids: Ids): Decision {
  const wrong = problemOf(input, now);
  if (wrong) return { kind: "refused", problems: [wrong] };
  const { status, reason } = input;
  if (now!.status === status && now!.reason === reason)
    return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
  const plan = emptyPlan();
  plan.superseded.push({ table: releaseStatuses, ids: [now!.releaseStatus] });
  const row = { releaseStatus: ids.take("releaseStatus"), release: now!.release, status, reason };
  plan.rows.push({ table: releaseStatuses, rows: [row] });
  plan.used.push({ noun: "release", id: now!.release });
  plan.outcome = { accepted: 1, unchanged: 0, problems: [] };
  return { kind: "plan", plan };
}

function problemOf({ version, status, reason }: SetReleaseStatusInput, now: StatusRow | null): UserProblem | null {
  const unsound = unsoundPath({ version, reason });
  if (unsound) return problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound);
  if (!now) return problem("UNKNOWN_RELEASE", `there is no release ${JSON.stringify(version)}`, "version");
  if (reason.trim() === "" || reason.length > LONGEST_REASON)
    return problem(
      "INVALID_VALUE",
      `reason has ${reason.length} characters; say why in 1 to ${LONGEST_REASON}`,
      "reason",
    );
  if ((status as string) === "PUBLISHED")
    return problem("STATUS_NOT_ALLOWED", "a release is PUBLISHED by cutRelease; set DEPRECATED or REVOKED", "status");
  if (now.status === "REVOKED" && status === "DEPRECATED")
    return problem(
      "STATUS_NOT_ALLOWED",
      `release ${version} is REVOKED and stays so; cut a new release instead`,
      "status",
    );
  return null;
}
