// What does a feedback say: the annotator's own numbers as they were, and words to them? Pure.
import type { SnapshotKey } from "../activities/snapshot.js";
import type { AnnotatorNumbers } from "./annotatorNumbers.js";
import { METHOD_VERSION, parametersOf } from "./qualityReport.js";
import type { QualityQuestion } from "./question.js";

/** One text in contents, so that one erasure takes numbers and words. */
export interface FeedbackText {
  words: string | null;
  report: object;
}

/** The numbers of one annotator with all that is needed to cite them; no other annotator is in them. */
export function frozenReport(
  { annotatorId: _, key, kind, ...numbers }: AnnotatorNumbers,
  { activity, population }: SnapshotKey,
  question: QualityQuestion,
): object {
  const cited = { activity, population, methodVersion: METHOD_VERSION, parameters: parametersOf(question) };
  return { annotator: key, kind, ...cited, ...numbers };
}

export function encodeFeedback(text: FeedbackText): string {
  return JSON.stringify(text);
}

/** Null where it was erased. */
export function decodeFeedback(text: string | null): FeedbackText | null {
  return text === null ? null : (JSON.parse(text) as FeedbackText);
}
