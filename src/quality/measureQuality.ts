// What is each annotator's work like, on a snapshot?
import type { SnapshotKey } from "../activities/snapshot.js";
import { withHashJoins } from "../agreement/hashJoins.js";
import type { TaskContext } from "../platform/tasks.js";
import type { QualityNumbers } from "./annotatorNumbers.js";
import { qualityOfAnnotators } from "./qualityOfAnnotators.js";
import type { QualityQuestion } from "./question.js";
import { readRatings } from "./readRatings.js";

/** Reads in a transaction of its own, and computes when that has ended. */
export async function measureQuality(
  { db, progress }: TaskContext,
  snapshot: SnapshotKey,
  question: QualityQuestion,
): Promise<QualityNumbers> {
  progress(0, "reading ratings");
  const ratings = await withHashJoins(db, (tx) => readRatings(tx, snapshot, question, progress));
  return qualityOfAnnotators(ratings, question, progress);
}
