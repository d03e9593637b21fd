// Which words can be sent, and what may be acknowledged? Pure.
import { problem, type UserProblem } from "../platform/errors.js";
import type { FeedbackSent } from "./queries.js";

const LONGEST_WORDS = 10_000;

/** What is wrong with a text of an input's field; null where nothing is, or there is none. */
export function wordsProblem(field: "words" | "comment", text: string | null | undefined): UserProblem | null {
  if (text == null) return null;
  if (text.trim() === "") return problem("INVALID_VALUE", `${field} is empty; write it, or leave it out`, field);
  if (text.length <= LONGEST_WORDS) return null;
  return problem("INVALID_VALUE", `${field} has ${text.length} characters; use at most ${LONGEST_WORDS}`, field);
}

/** What somebody else was sent looks like what is not there. */
export function acknowledgementProblem(sent: FeedbackSent | null, principalUid: string): UserProblem | null {
  if (!sent || sent.principalUid !== principalUid)
    return problem("UNKNOWN_FEEDBACK", "no such feedback was sent to you; myFeedback lists yours", "feedbackId");
  if (!sent.isAcknowledged) return null;
  return problem("ALREADY_EXISTS", `feedback ${sent.feedback} is acknowledged already; once is enough`, "feedbackId");
}
