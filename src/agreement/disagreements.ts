// On which units do annotators disagree most?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Database, Tx } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { encodeCounts } from "../ratings/countVectors.js";
import type { Weighting } from "../statistics/gwetWeights.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import type { RatingPatterns, Value, ValueCounts } from "../statistics/ratingPatterns.js";
import { unitDisagreements } from "../statistics/unitDisagreements.js";
import { weightedPatterns } from "../statistics/weightedPatterns.js";
import { withHashJoins } from "./hashJoins.js";
import type { CountedRatings } from "./question.js";
import { keptMayAnswer, readAll } from "./readGroups.js";
import { saidStatement } from "./saidStatement.js";
import { keptUnits } from "./tallyStatement.js";
import { vectorColumns } from "./vectors.js";

/** A unit, by its example version, and what was said of it. */
export interface DisagreementRow {
  exampleVersion: number;
  /** The mean disagreement of its pairs of ratings, from 0 to 1. */
  disagreement: number;
  ratingCount: number;
  values: Array<{ value: Value; count: number }>;
}

export interface Disagreements {
  /** Most first, then by number; only units with any. */
  units: DisagreementRow[];
  /** Whether there are more. */
  more: boolean;
}

const MOST_UNITS = 10_000;

/** What was said of a unit, and how far apart it is. */
interface Scored {
  disagreement: number;
  counts: ValueCounts;
}

/** By number of places or distance on an ordered scale, squared; by difference alone on a nominal one. */
export function measureDisagreements(
  db: Database,
  snapshot: SnapshotKey,
  question: CountedRatings,
): Promise<Disagreements> {
  return withHashJoins(db, async (tx) => {
    const { categories } = question.measured;
    const ratings = await readAll(tx, snapshot, question, categories === null);
    const found = ratings.matrix
      ? unitsOfMatrix(ratings.matrix, question)
      : await unitsWith(tx, snapshot, question, ratings.patterns);
    const units = found.slice(0, MOST_UNITS).map(([exampleVersion, { disagreement, counts }]) => ({
      exampleVersion,
      disagreement,
      ratingCount: counts.reduce((sum, [, count]) => sum + count, 0),
      values: counts.map(([index, count]) => ({ value: (ratings.matrix ?? ratings.patterns).values[index]!, count })),
    }));
    return { units, more: found.length > MOST_UNITS };
  });
}

function weightingOf({ measured }: CountedRatings): Weighting {
  return measured.level === "NOMINAL" ? "UNWEIGHTED" : "QUADRATIC";
}

/** Those with any disagreement, most first. */
function scoredPatterns(patterns: RatingPatterns, question: CountedRatings): Scored[] {
  const { pairShares, columns } = weightedPatterns(patterns, weightingOf(question));
  return patterns.patterns
    .map(({ counts }, i) => ({ counts, disagreement: columns.ratings[i]! < 2 ? 0 : 1 - pairShares[i]! }))
    .filter(({ disagreement }) => disagreement > 0)
    .sort((a, b) => b.disagreement - a.disagreement);
}

type Unit = readonly [exampleVersion: number, scored: Scored];

function unitsOfMatrix(matrix: RaterMatrix, question: CountedRatings): Unit[] {
  return unitDisagreements(matrix, weightingOf(question)).map((one) => [Number(matrix.units[one.unit]), one]);
}

/** The units that have these patterns, found by them: nothing is computed twice. */
async function unitsWith(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  patterns: RatingPatterns,
): Promise<Unit[]> {
  const { values } = patterns;
  const scored = scoredPatterns(patterns, question);
  if (scored.length === 0) return [];
  const dense = scored.map(({ counts }) => {
    const vector = new Array<number>(values.length).fill(0);
    for (const [index, count] of counts) vector[index] = count;
    return vector;
  });
  const places = placesOf(scored);
  const statement = (await keptMayAnswer(tx, snapshot, question, null))
    ? keptUnitsStatement(snapshot, question, dense, places)
    : saidUnitsStatement(snapshot, question, dense, places);
  const rows = await tx.rowsOnce<{ unit: number; pattern: number }>(statement.text, statement.values);
  return rows.map(({ unit, pattern }) => [unit, scored[pattern - 1]!]);
}

/** The same place for patterns that disagree as much. */
function placesOf(scored: readonly Scored[]): number[] {
  let place = 0;
  return scored.map(({ disagreement }, i) => {
    if (i > 0 && disagreement < scored[i - 1]!.disagreement) place++;
    return place;
  });
}

const FOUND = `order by p.place, unit limit ${MOST_UNITS + 1}`;

function keptUnitsStatement(snapshot: SnapshotKey, question: CountedRatings, dense: number[][], places: number[]) {
  const { values, kept } = keptUnits(snapshot, question, null, "t.counts, t.example_version");
  const vectors = values.add(dense.map((counts) => `\\x${encodeCounts(counts)}`));
  return {
    text: `/* disagreeingKept */ select u.example_version as unit, p.pattern from (${kept}) u
      join unnest(${vectors}::bytea[], ${values.add(places)}::int[]) with ordinality p(counts, place, pattern)
      on p.counts = u.counts ${FOUND}`,
    values: values.list,
  };
}

function saidUnitsStatement(snapshot: SnapshotKey, question: CountedRatings, dense: number[][], places: number[]) {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const said = saidStatement(snapshot, question, null, values, "r.example_version, r.category");
  const columns = vectorColumns(dense[0]!.length);
  const vector = columns.map((powers, i) => `sum((${values.add(powers)}::float8[])[said.category + 1]) as v${i}`);
  const names = columns.map((_, i) => `v${i}`);
  const packed = columns.map((powers) =>
    values.add(dense.map((counts) => counts.reduce((sum, count, k) => sum + count * powers[k]!, 0))),
  );
  const same = names.map((name) => `p.${name} = u.${name}`).join(" and ");
  return {
    text: `/* disagreeingSaid */ with said as not materialized (${said}),
      u as (select example_version, ${vector.join(", ")} from said group by example_version)
      select u.example_version as unit, p.pattern from u
      join unnest(${packed.map((one) => `${one}::float8[]`).join(", ")}, ${values.add(places)}::int[])
        with ordinality p(${names.join(", ")}, place, pattern) on ${same} ${FOUND}`,
    values: values.list,
  };
}
