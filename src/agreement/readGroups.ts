// Which ratings does each group have: as patterns from what is kept, as patterns from the facts, or with who gave them?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import type { Tx } from "../platform/db.js";
import type { RatingsBothWays } from "../statistics/inferCoefficients.js";
import {
  decodePatterns,
  decodeTallies,
  type DecodedGroups,
  type PatternRow,
  type RaterRow,
  type RatingGroup,
  type TallyRow,
} from "./decodeGroups.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import { patternStatement, ratersStatement, type PatternStatement } from "./patternStatement.js";
import { countedAnnotators, headIs, keptRaters } from "./queries.js";
import { asksForKept, type CountedRatings } from "./question.js";
import { noRatings, readMatrices } from "./readMatrices.js";
import { keptRatersStatement, tallyStatement } from "./tallyStatement.js";
import { SAMPLED_UNITS, unitPatternStatement } from "./unitPatternStatement.js";
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
      const unfiltered = ofUnits(grouping) && question.filter === null;
      const groups = await (unfiltered ? readUnitPatterns : readPatterns)(tx, snapshot, question, grouping);
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
  const asked = snapshot.population === Population.CURRENT && asksForKept(question) && ofUnits(grouping);
  return asked && (await headIs(tx, snapshot));
}

function ofUnits(grouping: Grouping | null): boolean {
  return grouping === null || sqlOf(grouping)!.ofUnits === true;
}

/** Who rated is asked of some units; of the others only where somebody may be missing. */
async function readKept(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): Promise<RatingGroup[]> {
  const { text, values } = tallyStatement(snapshot, question, grouping);
  const found = decodeTallies(await tx.rowsOnce<TallyRow>(text, values), question.measured.categories!);
  const missing = found.missing(await keptRaters(tx, snapshot, question.measured.criterionVersion));
  if (missing.length > 0) await addRaters(tx, found, keptRatersStatement(snapshot, question, grouping, missing));
  return found.groups;
}

async function readPatterns(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): Promise<RatingGroup[] | null> {
  const { text, values } = patternStatement(snapshot, question, grouping);
  return decodePatterns(await tx.rowsOnce<PatternRow>(text, values), question.measured.categories!)?.groups ?? null;
}

/** As readKept asks who rated. */
async function readUnitPatterns(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): Promise<RatingGroup[] | null> {
  const { counted, all } = await countedAnnotators(tx, snapshot, question);
  const { text, values } = unitPatternStatement(snapshot, question, grouping, counted.length === all ? null : counted);
  const found = decodePatterns(await tx.rowsOnce<PatternRow>(text, values), question.measured.categories!);
  if (!found) return null;
  const missing = found.units <= SAMPLED_UNITS ? [] : found.missing(counted);
  if (missing.length > 0) await addRaters(tx, found, ratersStatement(snapshot, question, grouping, missing));
  return found.groups;
}

async function addRaters(tx: Tx, found: DecodedGroups, { text, values }: PatternStatement): Promise<void> {
  found.addRaters(await tx.rowsOnce<RaterRow>(text, values));
}
