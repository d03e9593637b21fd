// How is it said what became of a finding?
import { addText, emptyPlan, type Decision } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import { clausesByName } from "../guidelines/keyQueries.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { unknownFinding, wordsProblem } from "./checkWords.js";
import { findingHead, type FindingHead } from "./findingQueries.js";
import { findingStatuses, waivers, type FindingStatus } from "./tables.js";

export interface SetFindingStatusInput extends RequestFields {
  finding: number;
  status: FindingStatus;
  reason: string;
  /** The clause that it asks to change, by full name: "house-style@2.0#2.1". */
  clause?: string | null;
}

interface Facts {
  head: FindingHead | null;
  clause: number | null;
}

const setFindingStatusVerb: Verb<SetFindingStatusInput, Facts> = {
  kind: "FINDING_STATUS",
  async facts(tx, datasetId, [command]) {
    const { finding, clause = null } = command!.input;
    const sound = clause !== null && clause.isWellFormed() ? [clause] : [];
    const [found] = await clausesByName(tx, datasetId, sound);
    return { head: await findingHead(tx, datasetId, finding), clause: found?.clause ?? null };
  },
  plan({ input }, facts, ids) {
    const problems = statusProblems(input, facts);
    return problems.length > 0 ? { kind: "refused", problems } : planStatus(input, facts, ids);
  },
};

/**
 * Sets OPEN, MITIGATED or ACCEPTED, with the reason and the guideline clause that it asks to change. The same again changes
 * nothing; another ends a waiver that is there. Who may not waive may not accept either.
 */
export function setFindingStatus(db: Database, scope: Scope, input: SetFindingStatusInput): Promise<Answer> {
  return write(db, scope, setFindingStatusVerb, input);
}

function statusProblems(
  { finding, status, reason, clause: name = null }: SetFindingStatusInput,
  { head, clause }: Facts,
): UserProblem[] {
  const problems: UserProblem[] = [];
  if (!head) problems.push(unknownFinding(finding));
  if (status === "WAIVED")
    problems.push(
      problem("INVALID_VALUE", "a waiver has an end; waiveFinding waives, with reason and until", "status"),
    );
  if (name !== null && clause === null)
    problems.push(
      problem(
        "UNKNOWN_CLAUSE",
        `clause ${JSON.stringify(name)} is not known; name it as house-style@2.0#2.1`,
        "clause",
      ),
    );
  const unfit = wordsProblem({ reason });
  return unfit ? [...problems, unfit] : problems;
}

function planStatus({ status, reason }: SetFindingStatusInput, { head, clause }: Facts, ids: Ids): Decision {
  const { finding, findingStatus, waiver } = head!;
  if (head!.status === status && head!.reason === reason && head!.clause === clause)
    return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
  const plan = emptyPlan();
  const row = { findingStatus: ids.take("findingStatus"), finding, status, reason: addText(plan, reason), clause };
  plan.rows.push({ table: findingStatuses, rows: [{ ...row, supersededBy: null }] });
  if (findingStatus !== null) plan.superseded.push({ table: findingStatuses, ids: [findingStatus] });
  if (waiver !== null) plan.superseded.push({ table: waivers, ids: [waiver] });
  plan.used.push({ noun: "finding", id: finding });
  if (clause !== null) plan.used.push({ noun: "clause", id: clause });
  plan.outcome.accepted = 1;
  return { kind: "plan", plan };
}
