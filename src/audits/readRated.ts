// Who rated what in an audit's scope, on one criterion?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { CountedRatings, RaterKind } from "../agreement/question.js";
import { readAll } from "../agreement/readGroups.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Tx } from "../platform/db.js";
import type { AuditedCriterion } from "./auditQuestion.js";
import type { RatedCriterion } from "./ratedCriterion.js";

/** The last rating by each annotator of each example version, of stratum OPEN or RANDOM. */
export async function readRated(
  tx: Tx,
  snapshot: SnapshotKey,
  { minimum, maximum, ...measured }: AuditedCriterion,
  annotatorKinds: RaterKind[],
  filter: ExampleFilter | null,
): Promise<RatedCriterion> {
  const counted: CountedRatings = {
    measured,
    repeats: "LATEST",
    strata: ["OPEN", "RANDOM"],
    annotatorKinds,
    annotators: null,
    filter,
  };
  const { matrix } = await readAll(tx, snapshot, counted, true);
  const { key, version, level, categories } = measured;
  return { key, version, level, categories, minimum, maximum, matrix: matrix! };
}
