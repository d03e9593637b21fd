// How does a later feature add a condition to an earlier feature's filter?
import type { Values } from "./statement.js";

/** What a condition may depend on besides its value: facts are judged as of the activity. */
export interface FilterScope {
  datasetId: number;
  activity: number;
}

/** A field's value as a condition on example_versions under an alias. */
export type FilterCondition<Value> = (value: Value, alias: string, values: Values, scope: FilterScope) => string;

const conditions = new Map<string, FilterCondition<never>>();

/** The feature that knows what a field of ExampleFilter means registers its condition. */
export function registerFilter<Value>(field: string, condition: FilterCondition<Value>): void {
  conditions.set(field, condition);
}

/** The conditions of a filter's fields that are set; null and undefined do not filter. Always at least "true". */
export function conditionsOf(
  filter: object | null | undefined,
  alias: string,
  values: Values,
  scope: FilterScope,
): string {
  const set = Object.entries(filter ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const parts = set.map(([field, value]) => {
    const condition = conditions.get(field);
    if (!condition) throw new Error(`no feature registered a condition for the filter field ${field}`);
    return `(${condition(value as never, alias, values, scope)})`;
  });
  return parts.length === 0 ? "true" : parts.join(" and ");
}
