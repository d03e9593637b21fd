// How does a finding stand at a time? Pure.
import type { FindingStatus } from "./tables.js";

export interface FindingStanding {
  /** OPEN where none was set, or where its waiver has expired by then. */
  status: FindingStatus;
  isOpen: boolean;
  /** When the waiver that it had expired; null where it had none, or has one in force. */
  expiredAt: Date | null;
}

/** Of the status and the waiver that nothing has replaced. */
export function findingStanding(
  { status, expiresAt }: { status: FindingStatus | null; expiresAt: Date | null },
  at: Date,
): FindingStanding {
  if (status !== "WAIVED") return { status: status ?? "OPEN", isOpen: (status ?? "OPEN") === "OPEN", expiredAt: null };
  const expired = expiresAt === null || expiresAt <= at;
  return expired
    ? { status: "OPEN", isOpen: true, expiredAt: expiresAt }
    : { status: "WAIVED", isOpen: false, expiredAt: null };
}
