// Which ratings does each group have: as patterns from what is kept, as patterns from the facts, or with who gave them?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import type { Tx } from "../platform/db.js";
import type { RatingsBothWays } from "../statistics/inferCoefficients.js";
import { decodePatterns, decodeTallies, type PatternRow, type RatingGroup, type TallyRow } from "./decodeGroups.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import type { GroupKey } from "./groupKey.js";
import { patternStatement } from "./patternStatement.js";
import { headIs } from "./queries.js";
import { asksForKept, type CountedRatings } from "./question.js";
import { noRatings, readMatrices } from "./readMatrices.js";
import { keptRatersStatement, tallyStatement } from "./tallyStatement.js";
import { MOST_VECTOR_CATEGORIES } from "./vectors.js";

/**
 * The groups of a grouping by a column, or everything as one group: those that have ratings, in order, unassigned last.
 * With who rated where that is asked for, which reads every rating; else patterns, by whatever way is quickest.
 */
export async function readGroups(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
  withRaters: boolean,
): Promise<RatingGroup[]> {
  const { categories } = question.measured;
  if (!withRaters && categories !== null) {
    if (await keptMayAnswer(tx, snapshot, question, grouping)) return readKept(tx, snapshot, question, grouping);
    if (categories.length <= MOST_VECTOR_CATEGORIES) {
      const { text, values } = patternStatement(snapshot, question, grouping);
      const groups = decodePatterns(await tx.rowsOnce<PatternRow>(text, values), categories);
      if (groups) return groups;
    }
  }
  return readMatrices(tx, snapshot, question, grouping);
}

/** Everything at once; of nothing where nobody rated. */
export async function readAll(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  withRaters: boolean,
): Promise<RatingsBothWays> {
  const [group] = await readGroups(tx, snapshot, question, null, withRaters);
  return group?.ratings ?? noRatings(question);
}

/** Slices of units at the head are made of what is kept, unless the head has moved on. */
export async function keptMayAnswer(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
) {
  const ofUnits = grouping === null || sqlOf(grouping)!.ofUnits === true;
  const asked = snapshot.population === Population.CURRENT && asksForKept(question) && ofUnits;
  return asked && (await headIs(tx, snapshot));
}

async function readKept(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): Promise<RatingGroup[]> {
  const { text, values } = tallyStatement(snapshot, question, grouping);
  const { groups, everybody } = decodeTallies(await tx.rowsOnce<TallyRow>(text, values), question.measured.categories!);
  const known = await tx.rows<{ n: number }>(
    `/* ratersKept */ select count(*) as n from rater_tallies where dataset_id = $1 and criterion_version = $2`,
    [snapshot.datasetId, question.measured.criterionVersion],
  );
  if (everybody(known[0]!.n)) return groups;
  const all = keptRatersStatement(snapshot, question, grouping);
  const raters = await tx.rowsOnce<{ key: GroupKey; raters: number }>(all.text, all.values);
  const byKey = new Map(raters.map((row) => [row.key, row.raters]));
  return groups.map(({ id, key, ratings }) => {
    const patterns = { ...ratings.patterns, raters: byKey.get(id) ?? 0 };
    return { id, key, ratings: { patterns } };
  });
}
