// Which example versions have a check result that is as asked?
import { aliveAt } from "../activities/snapshot.js";
import type { CheckFilter } from "../examples/filterTypes.js";
import { refusal } from "../platform/errors.js";
import { registerFilter, type FilterScope } from "../platform/filters.js";
import { unsoundPath } from "../platform/soundText.js";
import type { Values } from "../platform/statement.js";
import { isOfCheck } from "./queries.js";

/** Each is a look-up of its own. */
const MOST_FILTERS = 10;

registerFilter<CheckFilter[]>("checks", (filters, alias, values, scope) => {
  if (filters.length > MOST_FILTERS)
    throw bad(`filter.checks has ${filters.length} parts; at most ${MOST_FILTERS} are taken`);
  const conditions = filters.map((filter) => hasResult(filter, alias, values, scope));
  return conditions.length === 0 ? "true" : conditions.join(" and ");
});

function bad(message: string) {
  return refusal("BAD_USER_INPUT", message, { argument: "filter" });
}

function hasResult(
  { check, statuses, levels, scoreAtLeast, scoreAtMost, absent }: CheckFilter,
  alias: string,
  values: Values,
  { datasetId, activity }: FilterScope,
): string {
  if (unsoundPath(check)) throw bad("filter.checks names a check by a text that none can have");
  const limits = [
    ...(statuses == null ? [] : [`fk.status = any(${values.add([...statuses])}::text[])`]),
    ...(levels == null ? [] : [`fk.level = any(${values.add([...levels])}::text[])`]),
    ...(scoreAtLeast == null ? [] : [`fk.score >= ${values.add(scoreAtLeast)}::float8`]),
    ...(scoreAtMost == null ? [] : [`fk.score <= ${values.add(scoreAtMost)}::float8`]),
  ];
  return `${absent ? "not " : ""}exists (select from check_results fk
    join check_runs fr on fr.dataset_id = fk.dataset_id and fr.check_run = fk.check_run
    where fk.dataset_id = ${values.add(datasetId)} and fk.example_version = ${alias}.example_version
      and ${isOfCheck("fr", `${values.add(check)}::text`)} and ${aliveAt("fk", values.add(activity))}
      ${limits.map((limit) => `and ${limit}`).join(" ")})`;
}
