// Which example versions does a filter leave?
import { aliveAt, type SnapshotKey } from "../activities/snapshot.js";
import { refusal } from "../platform/errors.js";
import { conditionsOf, registerFilter, type FilterScope } from "../platform/filters.js";
import type { Values } from "../platform/statement.js";
import type { ExampleFilter, LabelFilter } from "./types.js";

/**
 * A filter as a condition on example_versions under an alias, "true" where nothing is asked. What is filtered by (labels,
 * decisions) is judged as of the snapshot's activity. Fields are joined by and; values within a field by or.
 */
export function filterCondition(
  filter: ExampleFilter | null | undefined,
  alias: string,
  values: Values,
  snapshot: SnapshotKey,
): string {
  return conditionsOf(filter, alias, values, snapshot);
}

/** That a column is the id of a row whose text column is one of those asked for. */
function named(column: string, table: string, id: string, by: string) {
  return (names: readonly string[], alias: string, values: Values, { datasetId }: FilterScope): string =>
    `${alias}.${column} in (select n.${id} from ${table} n
      where n.dataset_id = ${values.add(datasetId)} and n.${by} = any(${values.add([...names])}::text[]))`;
}

registerFilter("externalIds", named("example", "examples", "example", "external_id"));
registerFilter("sources", named("source", "sources", "source", "key"));
registerFilter("sourceKinds", named("source", "sources", "source", "kind"));
registerFilter("batches", named("batch", "batches", "batch", "key"));
registerFilter("authors", named("author", "annotators", "annotator", "key"));

registerFilter<string[]>(
  "languages",
  (languages, alias, values) =>
    `lower(${alias}.language) = any(${values.add(languages.map((language) => language.toLowerCase()))}::text[])`,
);

/** Each is a join of its own, and the planner's time grows much faster than their number. */
const MOST_LABELS = 20;

registerFilter<LabelFilter[]>("labels", (labels, alias, values, scope) => {
  if (labels.length > MOST_LABELS) throw tooManyLabels(labels.length);
  return labels.length === 0 ? "true" : labels.map((label) => hasLabel(label, alias, values, scope)).join(" and ");
});

function tooManyLabels(count: number) {
  const message = `filter.labels has ${count} dimensions; at most ${MOST_LABELS} are taken, name the values of one together`;
  return refusal("BAD_USER_INPUT", message, { argument: "filter" });
}

registerFilter<string>(
  "unlabelled",
  (dimension, alias, values, scope) => `not ${hasLabel({ dimension }, alias, values, scope)}`,
);

function hasLabel(
  { dimension, values: wanted }: LabelFilter,
  alias: string,
  values: Values,
  scope: FilterScope,
): string {
  const value = wanted ? `and fl.value = any(${values.add([...wanted])}::text[])` : "";
  return `exists (select from labels fl where fl.dataset_id = ${values.add(scope.datasetId)}
    and fl.example_version = ${alias}.example_version and fl.dimension = ${values.add(dimension)} ${value}
    and ${aliveAt("fl", values.add(scope.activity))})`;
}
