// How does the database compute the consensus of a unit, to the same numbers as consensusOf?
import type { CountedRatings } from "../agreement/question.js";
import { REPEATS_SQL } from "../agreement/saidStatement.js";
import type { Values } from "../platform/statement.js";
import { hasNumbers, rangeOf, type Scale, type UnitRule } from "./consensusOf.js";

/** The value of a rating r as it is stored: the index of its category, or its score. */
export const GIVEN = "coalesce(r.category, r.score) as given";

/**
 * The ratings that count of one example version, named by a column, as a select of given. The dataset is $1 of the
 * statement that it stands in; population and filter are not looked at. Whose ratings count is a list that is read once: joined to annotators that are not analysed yet, each rating
 * was held against every annotator (50,000 units by 50 annotators: 4.3 s, and 0.7 s so).
 */
export function saidOfUnit(activity: number, question: CountedRatings, unit: string, values: Values): string {
  const { measured, repeats, strata } = question;
  const [at, reasons] = [values.add(activity), `${values.add(strata)}::text[]`];
  return `select ${GIVEN} from ratings r where r.dataset_id = $1 and r.example_version = ${unit}
    and r.criterion_version = ${values.add(measured.criterionVersion)} and r.stratum = any(${reasons})
    ${byWhom(question, values)} and ${REPEATS_SQL[repeats](at, reasons, null)}`;
}

function byWhom({ annotatorKinds, annotators }: CountedRatings, values: Values): string {
  const kinds = annotatorKinds.length > 1 ? [] : [`a.kind = ${values.add(annotatorKinds[0])}`];
  const keys = annotators === null ? [] : [`a.key = any(${values.add(annotators)}::text[])`];
  if (kinds.length + keys.length === 0) return "";
  const conditions = ["a.dataset_id = $1", ...kinds, ...keys].join(" and ");
  return `and r.annotator = any(array(select a.annotator from annotators a where ${conditions}))`;
}

/**
 * The consensus of a unit, or with `by` of each: a select of `by`, given (what was said, ascending), n, value (the number, or
 * the place of a text; null on a tie) and certainty, from a select `said` of given. No row of nothing.
 *
 * Sums go through the ratings in the order in which consensusOf goes through them, so that both give the same bits. What
 * the middle is, is found once for each unit: offset 0 keeps the planner from writing it out wherever it is used.
 */
export function consensusSelect(
  said: string,
  { rule, scale, by = null }: { rule: UnitRule; scale: Scale; by?: string | null },
  values: Values,
): string {
  const key = by === null ? "" : `said.${by}, `;
  const given = `select ${key}array_agg(said.given order by said.given) as given,
      array_agg(${measureSql(scale, values)} order by said.given) as xs, count(*)::int as n
    from (${said}) said ${by === null ? "having count(*) > 0" : `group by said.${by}`}`;
  return `select g.*, ${valueSql(rule, scale)} as value, ${certaintySql(rule, scale, values)} as certainty
    from (select g.*, ${MIDDLE[rule]} as middle from (${given}) g offset 0) g`;
}

function measureSql(scale: Scale, values: Values): string {
  const { categories } = scale;
  if (categories === null || !hasNumbers(scale)) return "said.given";
  return `(${values.add([...categories])}::float8[])[said.given::int + 1]`;
}

const [LOW, HIGH] = ["g.xs[(g.n + 1) / 2]", "g.xs[g.n / 2 + 1]"];

/** Of MAJORITY the most frequent, null on a tie, and its votes. */
const MIDDLE: Record<UnitRule, string> = {
  MEAN: "(select sum(m.x order by m.i) from unnest(g.xs) with ordinality m(x, i)) / g.n",
  MEDIAN: `(${LOW} + ${HIGH}) / 2`,
  MAJORITY: `(select array[case when count(*) = 1 then min(t.x) end, max(t.votes)] from (
      select m.x, count(*)::float8 as votes, max(count(*)) over () as most from unnest(g.xs) m(x) group by m.x) t
    where t.votes = t.most)`,
};

function valueSql(rule: UnitRule, scale: Scale): string {
  if (rule === "MAJORITY") return "g.middle[1]";
  return rule === "MEAN" || hasNumbers(scale) ? "g.middle" : `case when ${LOW} = ${HIGH} then g.middle end`;
}

function certaintySql(rule: UnitRule, scale: Scale, values: Values): string {
  if (rule === "MAJORITY") return "g.middle[2] / g.n";
  const range = rangeOf(scale);
  if (range === null) return "null::float8";
  return `greatest(0, 1 - 2 * sqrt((select sum((m.x - g.middle) * (m.x - g.middle) order by m.i)
      from unnest(g.xs) with ordinality m(x, i)) / g.n) / ${values.add(range)}::float8)`;
}
