// Which statement groups the ratings that count into patterns of values, one per unit?
import type { SnapshotKey } from "../activities/snapshot.js";
import { Values } from "../platform/statement.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import type { CountedRatings } from "./question.js";
import { saidStatement } from "./saidStatement.js";
import { vectorColumns } from "./vectors.js";

export interface PatternStatement {
  text: string;
  values: unknown[];
}

/**
 * One row for each group and pattern of values with the number of units that have it, and one row for each group with the
 * number of its raters.
 *
 * A pattern is a vector of counts in float8 columns v0, v1 … (`vectorColumns`) and `size`, the number of ratings, by which
 * overflow is noticed. Measured on 1,000,000 ratings of 200,000 units in 5 categories: both rows by grouping sets in one
 * pass 1.8 s against 1.3 s by two.
 */
export function patternStatement(
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): PatternStatement {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const sql = sqlOf(grouping);
  const said = saidStatement(snapshot, question, grouping, values, "r.example_version, r.annotator, r.category");
  const { vectors, pattern, nulls } = patternColumns(question.measured.categories!.length, "said.category", values);
  return {
    text: `/* agreementPatterns */ with said as not materialized (${said}),
      units as (select key, ${vectors}, count(*) as size from said group by key, example_version),
      x as (select key, ${pattern}, count(*) as units, null::bigint as raters from units group by key, ${pattern}
        union all select key, ${nulls}, null, count(*) from (select distinct key, annotator from said) raters group by key)
      select x.key, ${sql?.label ?? "null"} as label, ${pattern}, units, raters from x ${sql?.labelJoin ?? ""}`,
    values: values.list,
  };
}

/** Each group with those of some annotators who rated in it, a row for each. */
export function ratersStatement(
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
  annotators: readonly number[],
): PatternStatement {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const said = saidStatement(snapshot, question, grouping, values, "r.annotator");
  return {
    text: `/* groupRaters */ select distinct key, annotator from (${said}) said where annotator = any(${values.add(annotators)}::int[])`,
    values: values.list,
  };
}

/** The columns of a pattern: as sums over a rating's category, by name, and as nulls. */
export function patternColumns(categories: number, category: string, values: Values) {
  const columns = vectorColumns(categories);
  const names = columns.map((_, i) => `v${i}`);
  return {
    vectors: columns.map((powers, i) => `sum((${values.add(powers)}::float8[])[${category} + 1]) as v${i}`).join(", "),
    pattern: [...names, "size"].join(", "),
    nulls: [...names.map(() => "null::float8"), "null::bigint"].join(", "),
  };
}
