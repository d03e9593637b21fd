// Is there a bias audit of exactly these members, signed off, with nothing severe left open?
import type { AuditStanding, OpenFinding } from "../../audits/auditStanding.js";
import type { GateResult } from "../gates.js";

const REQUIRED =
  "a bias audit of exactly these example versions, signed off, and no HIGH or MEDIUM finding that is open or whose waiver has expired";

/** Of the audits that looked at just the candidate's members. One that was rejected counts for nothing. */
export function biasAudit(audits: readonly AuditStanding[]): GateResult {
  const counted = audits.filter(({ signoff }) => !signoff.rejected);
  const signed = counted.filter(({ signoff }) => signoff.signedOff);
  const open = counted.flatMap((one) => one.open.map((finding) => ({ audit: one.audit, ...finding })));
  const passed = signed.length > 0 && open.length === 0;
  return {
    name: "BIAS_AUDIT",
    level: "BLOCK",
    passed,
    observed: observedOf(audits, counted, open),
    required: REQUIRED,
  };
}

const SHOWN = 5;

function observedOf(
  audits: readonly AuditStanding[],
  counted: readonly AuditStanding[],
  open: ReadonlyArray<OpenFinding & { audit: number }>,
): string {
  if (audits.length === 0) return "no audit of these example versions; audits of others are stale here";
  if (counted.length === 0) return `every audit of these example versions was rejected: ${numbersOf(audits)}`;
  const signed = counted.filter(({ signoff }) => signoff.signedOff);
  const said = signed.length > 0 ? signed.map(signedText) : counted.map(unsignedText);
  const shown = open.slice(0, SHOWN).map(openText).join(", ");
  const more = open.length > SHOWN ? ", …" : "";
  return `${said.join("; ")}; ${open.length === 0 ? "nothing severe is open" : `open: ${shown}${more}`}`;
}

function signedText({ audit, families }: AuditStanding): string {
  return `audit ${audit} is signed off (${families.join(", ")})`;
}

function unsignedText({ audit, signoff }: AuditStanding): string {
  return `audit ${audit} is not signed off: ${signoff.missing}`;
}

function openText({ audit, finding, severity, expiredAt }: OpenFinding & { audit: number }): string {
  const why = expiredAt === null ? "" : `, waived until ${expiredAt.toISOString().slice(0, 10)}`;
  return `finding ${finding} of audit ${audit} (${severity}${why})`;
}

function numbersOf(audits: readonly AuditStanding[]): string {
  return audits.map(({ audit }) => audit).join(", ");
}
