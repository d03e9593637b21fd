// What are the numbers of a question on a snapshot: from what is kept at the head, or from the facts?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Database, Tx } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import { decodeCounts } from "../ratings/countVectors.js";
import { patternsOfHistogram, type RatingPatterns } from "../statistics/ratingPatterns.js";
import { decodeGroups, type PatternGroup, type PatternRow } from "./decodeGroups.js";
import { withHashJoins } from "./hashJoins.js";
import { alphaOfMoments, type MomentsRow } from "./intervalAlpha.js";
import { patternStatement } from "./patternStatement.js";
import { headMoments, type MeasuredCriterion } from "./queries.js";
import type { Grouping, Question } from "./question.js";
import { measuredRow, rowOfEstimate, type GroupRow, type MeasuredRow } from "./rows.js";
import { MOST_VECTOR_CATEGORIES } from "./vectors.js";

export interface GroupingReport extends Grouping {
  groups: GroupRow[];
}

export interface AgreementNumbers {
  overall: MeasuredRow;
  groupings: GroupingReport[];
}

const MOST_GROUPS = 1_000;

/** Overall and by each grouping; throws BAD_USER_INPUT where a grouping has too many groups. */
export async function measureAgreement(
  db: Database,
  snapshot: SnapshotKey,
  criterion: MeasuredCriterion,
  question: Question,
): Promise<AgreementNumbers> {
  const kept = await measureKept(db, snapshot, criterion, question);
  if (kept && question.groupBy.length === 0) return { overall: kept, groupings: [] };
  return withHashJoins(db, async (tx) => {
    const overall = kept ?? (await measureFacts(tx, snapshot, criterion, question));
    const groupings: GroupingReport[] = [];
    for (const grouping of question.groupBy)
      groupings.push(await measureGroups(tx, snapshot, criterion, question, grouping));
    return { overall, groupings };
  });
}

async function measureFacts(
  tx: Tx,
  snapshot: SnapshotKey,
  criterion: MeasuredCriterion,
  question: Question,
): Promise<MeasuredRow> {
  const groups = await readGroups(tx, snapshot, criterion, question, null);
  const patterns = groups[0]?.patterns ?? { values: criterion.categories ?? [], patterns: [], raters: 0 };
  return measuredRow(patterns, question.coefficients, criterion.categories === null);
}

async function measureGroups(
  tx: Tx,
  snapshot: SnapshotKey,
  criterion: MeasuredCriterion,
  question: Question,
  grouping: Grouping,
): Promise<GroupingReport> {
  const groups = await readGroups(tx, snapshot, criterion, question, grouping);
  refuseTooMany(grouping, groups.length);
  const row = (patterns: RatingPatterns) => measuredRow(patterns, question.coefficients, criterion.categories === null);
  return { ...grouping, groups: groups.map(({ key, patterns }) => ({ key, ...row(patterns) })) };
}

/** From what is kept per unit; null where that is not of this question, or it needs the values themselves. */
async function measureKept(
  db: Database,
  snapshot: SnapshotKey,
  { criterionVersion, categories, kept }: MeasuredCriterion,
  { coefficients }: Question,
): Promise<MeasuredRow | null> {
  if (!kept) return null;
  if (categories !== null) {
    const vectors = kept.vectors.map(([counts, units]) => ({ units, counts: decodeCounts(counts) }));
    return measuredRow(patternsOfHistogram(categories, vectors, kept.raters), coefficients, false);
  }
  if (!coefficients.every((one) => one.weighting === "INTERVAL")) return null;
  const rows = await withHashJoins(db, (tx) => headMoments(tx, snapshot, criterionVersion));
  if (rows.length === 0) return null;
  const moments = rows.filter((row): row is MomentsRow & { raters: number } => row.n !== null);
  const alpha = alphaOfMoments(moments, rows[0]!.raters);
  return alpha && rowOfEstimate(alpha, coefficients);
}

/** From the facts: by vectors where these hold all counts, else by lists. */
async function readGroups(
  tx: Tx,
  snapshot: SnapshotKey,
  { criterionVersion, categories }: MeasuredCriterion,
  question: Question,
  grouping: Grouping | null,
): Promise<PatternGroup[]> {
  const read = async (form: { categories: number } | "LIST") => {
    const { text, values } = patternStatement(snapshot, { criterionVersion, form }, question, grouping);
    return decodeGroups(await tx.rowsOnce<PatternRow>(text, values), categories);
  };
  const vectors = categories !== null && categories.length <= MOST_VECTOR_CATEGORIES;
  return (vectors ? await read({ categories: categories.length }) : null) ?? (await read("LIST"))!;
}

function refuseTooMany({ by, dimension }: Grouping, count: number): void {
  if (count <= MOST_GROUPS) return;
  const name = dimension === null ? by : `${by} ${dimension}`;
  throw refusal(
    "BAD_USER_INPUT",
    `groupBy ${name} gives ${count} groups; at most ${MOST_GROUPS} are answered, use a filter`,
    {
      argument: "groupBy",
    },
  );
}
