// How does a bias audit become a record?
import canonicalize from "canonicalize";
import { requestKnown } from "../activities/queries.js";
import { addText, emptyPlan, type Plan } from "../activities/plan.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { AUDIT_FAMILIES, type AuditNumbers } from "./auditNumbers.js";
import { LONGEST_TITLE, wordsProblem } from "./checkWords.js";
import { audits, findings } from "./tables.js";

export interface RecordAuditInput extends RequestFields {
  title: string;
}

/** What an audit is a record of: the report on a snapshot, which is the same for ever. */
export interface AuditedSnapshot {
  snapshot: SnapshotKey;
  /** All that was asked, defaults filled in. */
  question: Record<string, unknown>;
  numbers: AuditNumbers;
}

interface Prepared extends RecordAuditInput {
  /** Null where the request was answered before, or is refused anyway: nothing is computed for it. */
  audited: AuditedSnapshot | null;
}

const recordAuditVerb: Verb<Prepared, null> = {
  kind: "AUDIT",
  facts: async () => null,
  plan({ input: { title, audited } }, _facts, ids) {
    const unfit = wordsProblem({ title }, LONGEST_TITLE);
    return unfit ? { kind: "refused", problems: [unfit] } : { kind: "plan", plan: planOf(title, audited!, ids) };
  },
};

/**
 * Records an audit with its numbers and a finding for each test that is no pass, in one activity. The numbers are computed
 * before the dataset is locked, and not at all for a request key that was answered before.
 */
export async function recordAudit(
  db: Database,
  scope: Scope,
  input: RecordAuditInput,
  audit: () => Promise<AuditedSnapshot>,
): Promise<Answer> {
  const { title, requestKey, message } = input;
  const known = await requestKnown(db, scope.datasetId, scope.viewer.principalUid, requestKey ?? null);
  const refused = wordsProblem({ title }, LONGEST_TITLE) !== null;
  const audited = known || refused ? null : await audit();
  return write(db, scope, recordAuditVerb, { title, requestKey, message, audited }, input);
}

function planOf(title: string, { snapshot, question, numbers }: AuditedSnapshot, ids: Ids): Plan {
  const plan = emptyPlan();
  const audit = ids.take("audit");
  const row = {
    audit,
    title: addText(plan, title),
    asOf: snapshot.activity,
    population: snapshot.population,
    candidate: snapshot.candidate,
    scopeDigest: Buffer.from(numbers.scopeDigest, "hex"),
    exampleVersionCount: numbers.exampleVersionCount,
    question,
    families: familiesOf(numbers),
    methodVersion: numbers.methodVersion,
    seed: numbers.seed,
    lexicons: numbers.lexicons,
    numbers: addText(plan, canonicalize(numbers)!),
  };
  const found = numbers.tests.filter(({ verdict }) => verdict !== "PASS");
  const first = found.length === 0 ? 0 : ids.take("finding", found.length);
  const rows = found.map(({ key, verdict }, i) => ({ finding: first + i, audit, testKey: key, severity: verdict }));
  plan.rows.push({ table: audits, rows: [row] });
  if (rows.length > 0) plan.rows.push({ table: findings, rows });
  plan.used.push({ noun: "activity", id: snapshot.activity });
  if (snapshot.candidate !== null) plan.used.push({ noun: "candidate", id: snapshot.candidate });
  plan.outcome = { accepted: 1, unchanged: 0, problems: [], more: { audit, findings: rows.length } };
  return plan;
}

/** In the order of the families. */
function familiesOf({ tests, skipped }: AuditNumbers): string[] {
  const looked = new Set([...tests, ...skipped].map(({ family }) => family));
  return AUDIT_FAMILIES.filter((family) => looked.has(family));
}
