// What are the numbers of a question on a snapshot?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import type { Database, Tx } from "../platform/db.js";
import { decodeCounts } from "../ratings/countVectors.js";
import { patternsOfHistogram } from "../statistics/ratingPatterns.js";
import { computed } from "./coefficientNames.js";
import { groupingName, type Grouping } from "./grouping.js";
import { withHashJoins } from "./hashJoins.js";
import { ofMoments, type MomentsRow } from "./intervalAlpha.js";
import { drawsAnew } from "./inference.js";
import { pairGroups } from "./pairGroups.js";
import { criterionVersionsAt, headMoments, keptHistogram, type KeptHistogram } from "./queries.js";
import { asksForKept, bad, type Question } from "./question.js";
import { readAll, readGroups } from "./readGroups.js";
import { measuredRow, rowOfCoefficient, type GroupRow, type MeasuredRow } from "./rows.js";

export interface GroupingReport extends Grouping {
  groups: GroupRow[];
}

export interface AgreementNumbers {
  overall: MeasuredRow;
  groupings: GroupingReport[];
}

const MOST_GROUPS = 1_000;

/** Overall and by each grouping; throws BAD_USER_INPUT where a grouping has too many groups. */
export function measureAgreement(db: Database, snapshot: SnapshotKey, question: Question): Promise<AgreementNumbers> {
  return withHashJoins(db, async (tx) => {
    const overall = await measureOverall(tx, snapshot, question);
    const groupings: GroupingReport[] = [];
    for (const grouping of question.groupBy)
      groupings.push({ ...grouping, groups: await measureGroups(tx, snapshot, question, grouping) });
    return { overall, groupings };
  });
}

/**
 * What can be said at once of a kept histogram, in time that does not depend on the number of ratings; null where the
 * question asks for more.
 */
export function measureKept(question: Question, kept: KeptHistogram | null): AgreementNumbers | null {
  if (!kept || question.groupBy.length > 0 || question.measured.categories === null) return null;
  if (asksWhoRated(question) || drawsAnew(question.inference.kinds)) return null;
  return { overall: rowOfHistogram(question, kept), groupings: [] };
}

/** Whether the kept histogram is of the question's ratings, groupings apart. */
export function isOfKept({ population }: SnapshotKey, question: Omit<Question, "coefficients" | "measured">): boolean {
  return population === Population.CURRENT && asksForKept(question) && question.filter === null;
}

function asksWhoRated({ coefficients, measured }: Question): boolean {
  return computed(coefficients, measured).some(({ needs }) => needs === "RATERS");
}

function rowOfHistogram(question: Question, kept: KeptHistogram): MeasuredRow {
  const vectors = kept.vectors.map(([counts, units]) => ({ units, counts: decodeCounts(counts) }));
  return measuredRow({ patterns: patternsOfHistogram(question.measured.categories!, vectors, kept.raters) }, question);
}

async function measureOverall(tx: Tx, snapshot: SnapshotKey, question: Question): Promise<MeasuredRow> {
  const withRaters = asksWhoRated(question);
  if (!withRaters && isOfKept(snapshot, question)) {
    const kept = await measureFromKept(tx, snapshot, question);
    if (kept) return kept;
  }
  return measuredRow(await readAll(tx, snapshot, question, withRaters), question);
}

/** From what is kept at the head; null where the head has moved on, or the values themselves are needed. */
async function measureFromKept(tx: Tx, snapshot: SnapshotKey, question: Question): Promise<MeasuredRow | null> {
  const { criterionVersion, categories } = question.measured;
  if (categories !== null) {
    const kept = await keptHistogram(tx, snapshot, criterionVersion);
    return kept && rowOfHistogram(question, kept);
  }
  const onlyAlpha = question.coefficients.every(
    ({ coefficient, weighting }) => coefficient === "KRIPPENDORFF_ALPHA" && weighting === "INTERVAL",
  );
  if (!onlyAlpha) return null;
  const rows = await headMoments(tx, snapshot, criterionVersion);
  if (rows.length === 0) return null;
  const moments = rows.filter((row): row is MomentsRow & { raters: number } => row.n !== null);
  const alpha = ofMoments(moments, rows[0]!.raters);
  return alpha && rowOfCoefficient(alpha, question);
}

async function measureGroups(
  tx: Tx,
  snapshot: SnapshotKey,
  question: Question,
  grouping: Grouping,
): Promise<GroupRow[]> {
  if (grouping.by === "CRITERION_VERSION") return measureVersions(tx, snapshot, question);
  const pairs = grouping.by === "ANNOTATOR_PAIR";
  const groups = pairs
    ? await pairGroups(tx, snapshot, question, MOST_GROUPS)
    : await readGroups(tx, snapshot, question, grouping, asksWhoRated(question));
  if (groups.length > MOST_GROUPS) throw tooMany(grouping, groups.length);
  return groups.map(({ key, ratings }) => ({ key, ...measuredRow(ratings, question) }));
}

/** Each version of the criterion on its own scale: values of two versions are never pooled. */
async function measureVersions(tx: Tx, snapshot: SnapshotKey, question: Question): Promise<GroupRow[]> {
  if (question.coefficients.some(({ disagreements }) => disagreements))
    throw bad("groupBy", "a table of disagreements is of one scale, and versions have several; ask for one version");
  const groups: GroupRow[] = [];
  for (const measured of await criterionVersionsAt(tx, snapshot, question.measured.key)) {
    const row = await measureOverall(tx, snapshot, { ...question, measured });
    if (row.unitCount > 0) groups.push({ key: `${measured.key}@${measured.version}`, ...row });
  }
  return groups;
}

function tooMany(grouping: Grouping, count: number) {
  const name = groupingName(grouping);
  return bad("groupBy", `groupBy ${name} gives ${count} groups; at most ${MOST_GROUPS} are answered, use a filter`);
}
