// Which ratings does each group have: as patterns from what is kept, as patterns from the facts, or with who gave them?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import type { Tx } from "../platform/db.js";
import type { RatingsBothWays } from "../statistics/inferCoefficients.js";
import { matrixOfColumns, patternsOfMatrix, RatingColumns } from "../statistics/ratingColumns.js";
import { Values } from "../platform/statement.js";
import { decodePatterns, decodeTallies, type PatternRow, type RatingGroup, type TallyRow } from "./decodeGroups.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import { compareKeys, type GroupKey } from "./groupKey.js";
import { patternStatement } from "./patternStatement.js";
import { headIs } from "./queries.js";
import { asksForKept, bad, type CountedRatings } from "./question.js";
import { saidStatement } from "./saidStatement.js";
import { keptRatersStatement, tallyStatement } from "./tallyStatement.js";
import { MOST_VECTOR_CATEGORIES } from "./vectors.js";

/** More ratings are not read into memory: 40 bytes each while they are sorted. */
const MOST_RATINGS = 12_000_000;

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
  return group?.ratings ?? nothing(question);
}

function nothing({ measured }: CountedRatings): RatingsBothWays {
  const matrix = matrixOfColumns(new RatingColumns(), measured.categories);
  return { patterns: patternsOfMatrix(matrix), matrix };
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

async function readMatrices(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): Promise<RatingGroup[]> {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const columns = "r.example_version, r.annotator, coalesce(r.category, r.score)";
  const said = saidStatement(snapshot, question, grouping, values, columns);
  // Of one rater's repeats the first is the first further rater; without repeats no order is needed.
  const text = `/* agreementRatings */ ${said} ${question.repeats === "ALL" ? "order by r.rating" : ""}`;
  const found = new Map<GroupKey, RatingColumns>();
  let count = 0;
  await tx.scan(text, values.list, (rows) => {
    count += rows.length;
    if (count > MOST_RATINGS) throw tooMany();
    for (const [key, unit, rater, value] of rows as Array<[GroupKey, number, number, number]>) {
      let group = found.get(key);
      if (!group) found.set(key, (group = new RatingColumns()));
      group.add(unit, rater, value);
    }
  });
  const labels = await labelsOf(tx, snapshot, grouping, [...found.keys()]);
  const { categories } = question.measured;
  return [...found]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([id, group]) => {
      const matrix = matrixOfColumns(group, categories);
      return { id, key: labels.get(id) ?? null, ratings: { matrix, patterns: patternsOfMatrix(matrix) } };
    });
}

function tooMany() {
  return bad(
    "coefficients",
    `more than ${MOST_RATINGS} ratings count, and who gave them is asked for; use a filter, or offer FROM_COUNTS`,
  );
}

/** What groups are called, of ids that are not what they are called themselves. */
async function labelsOf(tx: Tx, { datasetId }: SnapshotKey, grouping: Grouping | null, keys: GroupKey[]) {
  const sql = sqlOf(grouping);
  if (!sql?.labelJoin) return new Map(keys.map((key) => [key, key === null ? null : String(key)]));
  const ids = keys.filter((key) => key !== null);
  const rows = await tx.rowsOnce<{ key: number; label: string }>(
    `/* groupLabels */ select x.key, ${sql.label} as label from unnest($2::int[]) x(key) ${sql.labelJoin}`,
    [datasetId, ids],
  );
  return new Map<GroupKey, string | null>(rows.map((row) => [row.key, row.label]));
}
