// What is the quality_rating of each example of a candidate?
import type { SnapshotKey } from "../activities/snapshot.js";
import { consensusOf, type UnitRule } from "../consensus/consensusOf.js";
import { fittedValues } from "../consensus/findFit.js";
import type { Db } from "../platform/db.js";
import type { Reach } from "../platform/filters.js";
import { countedRatings, type CriterionAt } from "./memberQueries.js";
import type { Selection } from "./selection.js";

export type QualityRating = number | string | null;
/** Reads it for some example versions; those that are not in the answer have none. */
export type QualityReader = (exampleVersions: readonly number[]) => Promise<ReadonlyMap<number, QualityRating>>;

const NONE: ReadonlyMap<number, QualityRating> = new Map();

/** As of the snapshot's activity. A model is fitted once, for all of them. */
export async function qualityReader(
  reach: Reach,
  snapshot: SnapshotKey,
  { qualityRule: rule }: Selection,
  criterion: CriterionAt | null,
): Promise<QualityReader> {
  if (criterion === null || rule === null) return () => Promise.resolve(NONE);
  if (rule !== "DAWID_SKENE")
    return (exampleVersions) => ownConsensus(reach.db, snapshot, { rule, criterion, exampleVersions });
  const fitted = await fittedValues(reach, snapshot, criterion);
  return () => Promise.resolve(fitted);
}

async function ownConsensus(
  db: Db,
  { datasetId, activity: at }: SnapshotKey,
  asked: { rule: UnitRule; criterion: CriterionAt; exampleVersions: readonly number[] },
): Promise<ReadonlyMap<number, QualityRating>> {
  const { rule, criterion, exampleVersions } = asked;
  const { criterionVersion } = criterion;
  const ratings = await countedRatings(db, datasetId, { criterionVersion, at, exampleVersions });
  return new Map([...ratings].map(([id, values]) => [id, consensusOf(rule, criterion, values).value]));
}
