// How is a finding waived for a time?
import { addText, emptyPlan, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { unknownFinding, wordsProblem } from "./checkWords.js";
import { clock, findingHead, type FindingHead } from "./findingQueries.js";
import { findingStatuses, waivers } from "./tables.js";

export interface WaiveFindingInput extends RequestFields {
  finding: number;
  reason: string;
  mitigation?: string | null;
  /** When it ends; 90 days from now where not said. */
  until?: Date | null;
}

interface Facts {
  head: FindingHead | null;
  now: Date;
}

const DAY = 86_400_000;
const USUAL_DAYS = 90;
const MOST_DAYS = 365;

const waiveFindingVerb: Verb<WaiveFindingInput, Facts> = {
  kind: "WAIVER",
  facts: async (tx, datasetId, [command]) => ({
    head: await findingHead(tx, datasetId, command!.input.finding),
    now: await clock(tx),
  }),
  plan({ input }, { head, now }, ids) {
    const { finding, reason, mitigation } = input;
    const unfit = wordsProblem({ reason, mitigation }) ?? untilProblem(input.until ?? null, now);
    const problems = [...(head ? [] : [unknownFinding(finding)]), ...(unfit ? [unfit] : [])];
    return problems.length > 0
      ? { kind: "refused", problems }
      : { kind: "plan", plan: planWaiver(input, head!, now, ids) };
  },
};

/** Waives a finding until a time, at most a year from now. Another waiver replaces it, and another status ends it. */
export function waiveFinding(db: Database, scope: Scope, input: WaiveFindingInput): Promise<Answer> {
  return write(db, scope, waiveFindingVerb, input);
}

/** Why a waiver cannot end then; null where it can, or nothing is said. */
export function untilProblem(until: Date | null, now: Date): UserProblem | null {
  if (until === null) return null;
  const days = (until.getTime() - now.getTime()) / DAY;
  if (days > 0 && days <= MOST_DAYS) return null;
  const which = days > 0 ? `is ${Math.ceil(days)} days from now` : "is over";
  return problem(
    "INVALID_VALUE",
    `until ${until.toISOString()} ${which}; use a time in the next ${MOST_DAYS} days`,
    "until",
  );
}

function planWaiver({ reason, mitigation, until }: WaiveFindingInput, head: FindingHead, now: Date, ids: Ids): Plan {
  const { finding, findingStatus, waiver: before, clause } = head;
  const plan = emptyPlan();
  const why = addText(plan, reason);
  const expiresAt = until ?? new Date(now.getTime() + USUAL_DAYS * DAY);
  const waiver = { waiver: ids.take("waiver"), finding, reason: why, mitigation: addText(plan, mitigation), expiresAt };
  const status = { findingStatus: ids.take("findingStatus"), finding, status: "WAIVED", reason: why, clause };
  plan.rows.push({ table: waivers, rows: [{ ...waiver, supersededBy: null }] });
  plan.rows.push({ table: findingStatuses, rows: [{ ...status, supersededBy: null }] });
  if (before !== null) plan.superseded.push({ table: waivers, ids: [before] });
  if (findingStatus !== null) plan.superseded.push({ table: findingStatuses, ids: [findingStatus] });
  plan.used.push({ noun: "finding", id: finding });
  plan.outcome.accepted = 1;
  return plan;
}
