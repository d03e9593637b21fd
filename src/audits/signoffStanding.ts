// Does an audit count as signed off? Pure.
import type { SignoffDecision } from "./tables.js";

/** A decision in force: the last of one principal on one audit. */
export interface SignoffGiven {
  decision: SignoffDecision;
  principalUid: string;
}

export interface SignoffStanding {
  requiredCount: number;
  acceptedCount: number;
  /** At least one decision in force is REJECT: the audit says nothing about a release. */
  rejected: boolean;
  signedOff: boolean;
  /** What is missing, in words; null where it is signed off. */
  missing: string | null;
}

/** How many others have to accept: a finding that is HIGH takes two pairs of eyes. */
export function requiredSignoffs(hasHigh: boolean): number {
  return hasHigh ? 2 : 1;
}

/** Signed off: as many as are required accept, none of them the author, and nobody's last word is against it. */
export function signoffStanding(
  { authorUid, hasHigh }: { authorUid: string; hasHigh: boolean },
  given: readonly SignoffGiven[],
): SignoffStanding {
  const others = given.filter(({ principalUid }) => principalUid !== authorUid);
  const accepting = new Set(others.filter((one) => one.decision === "ACCEPT").map((one) => one.principalUid));
  const requiredCount = requiredSignoffs(hasHigh);
  const acceptedCount = accepting.size;
  const rejected = others.some(({ decision }) => decision === "REJECT");
  const unfinished = others.some(({ decision }) => decision === "NEEDS_WORK");
  const missing = rejected
    ? "it was rejected"
    : unfinished
      ? "somebody says that it needs work"
      : acceptedCount < requiredCount
        ? `${acceptedCount} of ${requiredCount} people other than its author accept it`
        : null;
  return { requiredCount, acceptedCount, rejected, signedOff: missing === null, missing };
}
