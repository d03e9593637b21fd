// Can this be kept as somebody's words? Pure.
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";

/** Longest title of an audit, in characters. */
export const LONGEST_TITLE = 200;
/** Longest reason, statement, mitigation or note, in characters. */
export const LONGEST_WORDS = 10_000;

/** The first of some texts that cannot be kept, with what to do; null where all can. Absent ones can. */
export function wordsProblem(
  texts: Record<string, string | null | undefined>,
  longest = LONGEST_WORDS,
): UserProblem | null {
  for (const [field, text] of Object.entries(texts)) {
    if (text == null) continue;
    if (unsoundPath(text)) return problem("INVALID_TEXT", `${field} ${UNSOUND}`, field);
    if (text.trim() === "")
      return problem("INVALID_VALUE", `${field} is empty; write 1 to ${longest} characters`, field);
    if (text.length > longest)
      return problem("INVALID_VALUE", `${field} has ${text.length} characters; use at most ${longest}`, field);
  }
  return null;
}

export function unknownFinding(finding: number): UserProblem {
  return problem(
    "UNKNOWN_FINDING",
    `there is no finding ${finding} in this dataset; an audit lists its own`,
    "finding",
  );
}

export function unknownAudit(audit: number): UserProblem {
  return problem("UNKNOWN_AUDIT", `there is no audit ${audit} in this dataset; Dataset.audits lists them`, "audit");
}
