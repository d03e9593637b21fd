// How do the audits of exactly these example versions stand: signed off, and with what still open?
import type { Db } from "../platform/db.js";
import { auditHeads, auditsOfScopes, signoffsOfAudits, type AuditRow, type SignoffRow } from "./auditQueries.js";
import type { AuditFamily } from "./auditNumbers.js";
import { findingHeads, type FindingHead } from "./findingQueries.js";
import { findingStanding } from "./findingStanding.js";
import { BLOCKING, type Severity } from "./severity.js";
import { signoffStanding, type SignoffStanding } from "./signoffStanding.js";

export interface OpenFinding {
  finding: number;
  severity: Severity;
  /** When the waiver that it had expired; null for one that was not waived. */
  expiredAt: Date | null;
}

export interface AuditStanding {
  audit: number;
  families: AuditFamily[];
  signoff: SignoffStanding;
  /** HIGH and MEDIUM findings that are open, or whose waiver has expired. */
  open: OpenFinding[];
}

/** Of a scope digest (hex), in order of their numbers, whatever snapshot each was made on: what counts is that it looked at just these versions. */
export async function standingOfScope(
  db: Db,
  datasetId: number,
  scopeDigest: string,
  now: Date,
): Promise<AuditStanding[]> {
  const [rows] = await auditsOfScopes(db, datasetId, [scopeDigest]);
  if (rows!.length === 0) return [];
  const keys = rows!.map((row) => row.audit);
  const heads = await auditHeads(db, datasetId, keys);
  const signoffs = await signoffsOfAudits(db, datasetId, keys);
  const findings = await findingHeads(db, datasetId, keys, BLOCKING);
  return rows!.map((row, i) => standingOf(row, { head: heads[i]!, signoffs: signoffs[i]!, findings }, now));
}

function standingOf(
  { audit, families }: AuditRow,
  {
    head,
    signoffs,
    findings,
  }: { head: { authorUid: string; hasHigh: boolean }; signoffs: SignoffRow[]; findings: FindingHead[] },
  now: Date,
): AuditStanding {
  const own = findings.filter((finding) => finding.audit === audit);
  const inForce = signoffs.filter((one) => one.supersededByNumber === null);
  const open = own.flatMap(({ finding, severity, ...standing }) => {
    const { isOpen, expiredAt } = findingStanding(standing, now);
    return isOpen ? [{ finding, severity, expiredAt }] : [];
  });
  return { audit, families, signoff: signoffStanding(head, inForce), open };
}
