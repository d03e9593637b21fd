// Which statement makes the pattern of each unit first, and then looks at what the unit belongs to?
import { inSnapshot, stayedInSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { Values } from "../platform/statement.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import { patternColumns, type PatternStatement } from "./patternStatement.js";
import type { CountedRatings } from "./question.js";
import { countedCondition } from "./saidStatement.js";

/** The first so many units are asked who rated them; where there are no more, that is everybody. */
export const SAMPLED_UNITS = 5_000;

/**
 * The rows of `patternStatement`, for everything at once and for slices of units, where no filter makes units few; of the
 * raters those of some units. `annotators` are those whose ratings count, null for all.
 *
 * Measured on the 5,000,000 ratings of 1,000,000 units that had been given half way to 10,000,000: 6 s, of which making the
 * patterns takes 5; joining each rating to its unit first took 10, and reading who rated 5 more. The patterns are
 * materialized, since within one plan each parallel worker made them anew; the lateral is fenced by its offset, since as a
 * hash join it reads every rating again.
 */
export function unitPatternStatement(
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
  annotators: readonly number[] | null,
): PatternStatement {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const sql = sqlOf(grouping);
  const byWhom = annotators === null ? "" : `and r.annotator = any(${values.add(annotators)}::int[])`;
  const said = `from ratings r where r.dataset_id = $1 and ${countedCondition(snapshot, question, null, values)} ${byWhom}`;
  const { vectors, pattern, nulls } = patternColumns(question.measured.categories!.length, "r.category", values);
  return {
    text: `/* unitPatterns */ with patterns as materialized (
        select r.example_version, ${vectors}, count(*) as size ${said} group by r.example_version),
      units as ${unitsOf(snapshot, grouping, values)},
      x as (select key, ${pattern}, count(*) as units, null::int[] as raters from units group by key, ${pattern}
        union all select u.key, ${nulls}, null, array_agg(distinct r.annotator)
          from (select key, example_version from units limit ${SAMPLED_UNITS}) u
          join lateral (select r.annotator ${said} and r.example_version = u.example_version offset 0) r on true group by u.key)
      select x.key, ${sql?.label ?? "null"} as label, ${pattern}, units, raters from x ${sql?.labelJoin ?? ""}`,
    values: values.list,
  };
}

/** A rated version was there when it was rated, so that without groups only those that have left are to be looked for. */
function unitsOf(snapshot: SnapshotKey, grouping: Grouping | null, values: Values): string {
  const stayed = grouping === null ? stayedInSnapshot(snapshot, "u.example_version", values) : null;
  if (stayed !== null) return `not materialized (select null::int as key, u.* from patterns u where ${stayed})`;
  const sql = sqlOf(grouping);
  return `materialized (select ${sql?.key(grouping!) ?? "null::int"} as key, u.*
    from patterns u join example_versions e on e.dataset_id = $1 and e.example_version = u.example_version
    ${sql?.join?.(grouping!, snapshot.activity, values) ?? ""} where ${inSnapshot(snapshot, "e", values)})`;
}
