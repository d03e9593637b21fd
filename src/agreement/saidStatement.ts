// Which ratings of a snapshot count for a question?
import { aliveAt, inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { Values } from "../platform/statement.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import type { CountedRatings, Repeats } from "./question.js";

/**
 * A select of the ratings that count, ratings being r and example versions e: `key`, the group, then `columns`. The dataset
 * is $1 of the statement that it stands in.
 */
export function saidStatement(
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
  values: Values,
  columns: string,
): string {
  const sql = sqlOf(grouping);
  const counts = countedCondition(snapshot, question, withinOf(grouping), values);
  return `select ${sql?.key(grouping!) ?? "null::int"} as key, ${columns}
    from ratings r
    join example_versions e on e.dataset_id = r.dataset_id and e.example_version = r.example_version
    ${annotatorsJoin(question, grouping, values)} ${sql?.join?.(grouping!, snapshot.activity, values) ?? ""}
    where r.dataset_id = $1 and ${counts}
      and ${inSnapshot(snapshot, "e", values)} and ${filterCondition(question.filter, "e", values, snapshot)}`;
}

/** Whether a rating r counts, whoever gave it and whatever it is of. */
export function countedCondition(
  { activity }: SnapshotKey,
  { measured, strata, repeats }: CountedRatings,
  within: Within,
  values: Values,
): string {
  const [until, given] = [values.add(activity), `${values.add(strata)}::text[]`];
  return `r.criterion_version = ${values.add(measured.criterionVersion)} and r.stratum = any(${given})
      and ${REPEATS_SQL[repeats](until, given, within)}`;
}

/** By whom; not looked at where everybody counts and no group asks. */
function annotatorsJoin({ annotatorKinds, annotators }: CountedRatings, grouping: Grouping | null, values: Values) {
  const conditions = [
    ...(annotatorKinds.length === 1 ? [`and a.kind = ${values.add(annotatorKinds[0])}`] : []),
    ...(annotators === null ? [] : [`and a.key = any(${values.add(annotators)}::text[])`]),
  ];
  if (conditions.length === 0 && grouping?.by !== "ANNOTATOR_KIND") return "";
  return `join annotators a on a.dataset_id = r.dataset_id and a.annotator = r.annotator ${conditions.join(" ")}`;
}

/** What the ratings of a slice share where it is made of what was said in it; null elsewhere. */
type Within = ((alias: string) => string) | null;

function withinOf(grouping: Grouping | null): Within {
  const within = sqlOf(grouping)?.within;
  return within ? (alias) => within(alias, grouping!) : null;
}

type RepeatsSql = (activity: string, strata: string, within: Within) => string;

/** Which of a rater's ratings of a unit count; within a slice of what was said, of those said in it. */
export const REPEATS_SQL: Record<Repeats, RepeatsSql> = {
  LATEST: (activity, _strata, within) =>
    within === null
      ? aliveAt("r", activity)
      : `r.activity <= ${activity} and (r.superseded_by is null or r.superseded_by > ${activity}
          or not exists (${another(within)} and o.repeat > r.repeat and o.activity <= ${activity}))`,
  FIRST: (activity, strata, within) =>
    `r.activity <= ${activity}
      and (r.repeat = 0 or not exists (${another(within)} and o.repeat < r.repeat and o.stratum = any(${strata})))`,
  ALL: (activity) => `r.activity <= ${activity}`,
};

function another(within: Within): string {
  const same = within === null ? "" : `and ${within("o")} is not distinct from ${within("r")}`;
  return `select from ratings o where o.dataset_id = r.dataset_id and o.criterion_version = r.criterion_version
    and o.example_version = r.example_version and o.annotator = r.annotator ${same}`;
}
