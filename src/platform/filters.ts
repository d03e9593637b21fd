// How does a later feature add a condition to an earlier feature's filter?
import type { Database } from "./db.js";
import { refusal } from "./errors.js";
import type { Values } from "./statement.js";
import type { Tasks } from "./tasks.js";

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

/** What preparing may need: the database, and where long work runs. */
export interface Reach {
  db: Database;
  tasks: Tasks;
}

/** A field's value with all that its condition needs, as plain data; what must be computed for it is computed here. */
export type Preparation<Value> = (reach: Reach, value: Value, scope: FilterScope) => Promise<unknown>;

const preparations = new Map<string, Preparation<never>>();

/** A feature whose condition needs more than its value, such as something that is computed first, registers how to get it. */
export function registerPreparation<Value>(field: string, prepare: Preparation<Value>): void {
  preparations.set(field, prepare as Preparation<never>);
}

/** A filter that conditions can be made of: itself, unless a field of it that is set is registered for preparation. */
export async function prepareFilter<Filter extends object>(
  reach: Reach,
  filter: Filter | null | undefined,
  scope: FilterScope,
): Promise<Filter | null> {
  const fields = Object.entries(filter ?? {}).filter(([field, value]) => value != null && preparations.has(field));
  if (!filter || fields.length === 0) return filter ?? null;
  const prepared: Record<string, unknown> = {};
  for (const [field, value] of fields) prepared[field] = await preparations.get(field)!(reach, value as never, scope);
  return { ...filter, ...prepared };
}

/** Reads by a filter. What it was prepared with may be deleted before it is read: then both are done again. */
export function withPreparedFilter<Filter extends object, Result>(
  reach: Reach,
  filter: Filter | null | undefined,
  scope: FilterScope,
  read: (filter: Filter | null) => Promise<Result>,
): Promise<Result> {
  return againWhereGone(async () => read(await prepareFilter(reach, filter, scope)));
}

/** The text that a statement casts to a number, and so ends with, where what it was prepared with is no longer there. */
export const GONE = "assay: what was prepared is gone";
const MOST_TRIES = 5;

/** By the error of a cast that cannot be made: the text alone may have come from elsewhere. */
function isGone(error: unknown): boolean {
  return error instanceof Error && (error as { code?: string }).code === "22P02" && error.message.includes(GONE);
}

/** Prepares and reads, again where what was prepared was deleted in between. */
export async function againWhereGone<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isGone(error)) throw error;
      if (tries >= MOST_TRIES)
        throw refusal(
          "UNAVAILABLE",
          "What the answer needs was computed and deleted again, many times; try again later.",
        );
    }
  }
}
