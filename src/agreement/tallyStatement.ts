// Which statements slice what is kept per unit, without reading the ratings?
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import { Values } from "../platform/statement.js";
import { COUNTED, RATER } from "../ratings/projectionQueries.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import type { PatternStatement } from "./patternStatement.js";
import type { CountedRatings } from "./question.js";

/** The first so many units of a slice are asked who rated them. */
const SAMPLED_UNITS = 5_000;

/**
 * A row for each group and count vector (hex) with the number of units that have it; and one for each group with the raters
 * of some of its units, which are mostly all there are (`keptRatersStatement` where they are not).
 *
 * Measured on 2,000,000 units: one label value in ten 0.9 s, of which the raters 0.05; reading all raters of these units
 * takes 1.0 s more.
 */
export function tallyStatement(
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): PatternStatement {
  const { values, kept, criterion } = keptUnits(snapshot, question, grouping, "t.counts, t.example_version");
  const sql = sqlOf(grouping);
  return {
    text: `/* keptPatterns */ with kept as materialized (${kept}),
      x as (select key, counts, count(*) as units, null::int[] as raters from kept group by key, counts
        union all select u.key, null, null, array_agg(distinct r.annotator)
          from (select key, example_version from kept limit ${SAMPLED_UNITS}) u
          join lateral (${countedRaters("u", criterion)} limit 10000) r on true group by u.key)
      select x.key, ${sql?.label ?? "null"} as label, encode(counts, 'hex') as counts, units, raters from x ${sql?.labelJoin ?? ""}`,
    values: values.list,
  };
}

/** Each group with those of some annotators who rated in it, a row for each, read from the ratings of all its units. */
export function keptRatersStatement(
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
  annotators: readonly number[],
): PatternStatement {
  const { values, kept, criterion } = keptUnits(snapshot, question, grouping, "t.example_version");
  return {
    text: `/* keptRaters */ select distinct u.key, r.annotator
        from (${kept}) u join ratings r on r.dataset_id = $1 and r.criterion_version = ${criterion}
          and r.example_version = u.example_version and r.annotator = any(${values.add(annotators)}::int[])
          ${RATER} and ${COUNTED}`,
    values: values.list,
  };
}

/** The units of a slice: `key`, the group, then `columns` over t (tallies) and e (example_versions). */
export function keptUnits(
  snapshot: SnapshotKey,
  { measured, filter }: CountedRatings,
  grouping: Grouping | null,
  columns: string,
) {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const criterion = values.add(measured.criterionVersion);
  const sql = sqlOf(grouping);
  const kept = `select ${sql?.key(grouping!) ?? "null::int"} as key, ${columns}
    from tallies t join example_versions e on e.dataset_id = t.dataset_id and e.example_version = t.example_version
    ${sql?.join?.(grouping!, snapshot.activity, values) ?? ""}
    where t.dataset_id = $1 and t.criterion_version = ${criterion} and t.counts is not null
      and ${inSnapshot(snapshot, "e", values)} and ${filterCondition(filter, "e", values, snapshot)}`;
  return { values, kept, criterion };
}

function countedRaters(unit: string, criterion: string): string {
  return `select r.annotator from ratings r ${RATER} where r.dataset_id = $1 and r.criterion_version = ${criterion}
    and r.example_version = ${unit}.example_version and ${COUNTED}`;
}
