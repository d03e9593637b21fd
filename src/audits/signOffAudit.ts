// How does somebody else than its author sign an audit off?
import { addText, emptyPlan } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { auditHeads, signoffsOfAudits, type AuditHead, type SignoffRow } from "./auditQueries.js";
import { unknownAudit, wordsProblem } from "./checkWords.js";
import { auditSignoffs, type SignoffDecision } from "./tables.js";

export interface SignOffAuditInput extends RequestFields {
  audit: number;
  decision: SignoffDecision;
  statement: string;
}

interface Facts {
  head: AuditHead | null;
  inForce: SignoffRow[];
}

const signOffAuditVerb: Verb<SignOffAuditInput, Facts> = {
  kind: "AUDIT_SIGNOFF",
  async facts(tx, datasetId, [command]) {
    const keys = [command!.input.audit];
    const [head] = await auditHeads(tx, datasetId, keys);
    const [all] = await signoffsOfAudits(tx, datasetId, keys);
    return { head: head!, inForce: all!.filter((one) => one.supersededByNumber === null) };
  },
  plan({ scope, input }, { head, inForce }, ids) {
    const { principalUid } = scope.viewer;
    const unfit = signoffProblem(input, head, principalUid);
    if (unfit) return { kind: "refused", problems: [unfit] };
    const { audit, decision, statement } = input;
    const plan = emptyPlan();
    const row = { auditSignoff: ids.take("auditSignoff"), audit, decision, statement: addText(plan, statement) };
    plan.rows.push({ table: auditSignoffs, rows: [{ ...row, supersededBy: null }] });
    const own = inForce.filter((one) => one.principalUid === principalUid).map((one) => one.auditSignoff);
    if (own.length > 0) plan.superseded.push({ table: auditSignoffs, ids: own });
    plan.used.push({ noun: "audit", id: audit });
    plan.outcome.accepted = 1;
    return { kind: "plan", plan };
  },
};

/** Records what the caller says of an audit that somebody else recorded, in place of what they said before. */
export function signOffAudit(db: Database, scope: Scope, input: SignOffAuditInput): Promise<Answer> {
  return write(db, scope, signOffAuditVerb, input);
}

function signoffProblem(
  { audit, statement }: SignOffAuditInput,
  head: AuditHead | null,
  principalUid: string,
): UserProblem | null {
  if (!head) return unknownAudit(audit);
  if (head.authorUid === principalUid)
    return problem("OWN_AUDIT", `you recorded audit ${audit}; somebody else has to sign it off`, "audit");
  return wordsProblem({ statement });
}
