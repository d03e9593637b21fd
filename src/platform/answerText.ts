// What does an answer look like as text?
import type { FormattedExecutionResult } from "graphql";
import { refusal } from "./errors.js";

/** JSON; where it is longer than a string can be, a refusal in its place. */
export function answerText(answer: FormattedExecutionResult): string {
  try {
    return `${JSON.stringify(answer)}\n`;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = "The answer is too long to be sent; ask for smaller pages, or for fewer texts.";
    return `${JSON.stringify({ errors: [refusal("QUERY_TOO_COMPLEX", message, { limit: "answer" })], data: null })}\n`;
  }
}
