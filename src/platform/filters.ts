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

/** A field's value with all that its condition needs, as plain data. */
export interface Prepared<Value> {
  value: Value;
  /** Whether what it rests on is still there; not said where nothing can go. */
  isThere?: () => Promise<boolean>;
}

/** Computes what must be computed for a field's condition. */
export type Preparation<Value> = (reach: Reach, value: Value, scope: FilterScope) => Promise<Prepared<unknown>>;

const preparations = new Map<string, Preparation<never>>();

/** A feature whose condition needs more than its value, such as something that is computed first, registers how to get it. */
export function registerPreparation<Value>(field: string, prepare: Preparation<Value>): void {
  preparations.set(field, prepare as Preparation<never>);
}

/** A filter that conditions can be made of: itself, unless a field of it that is set is registered for preparation. */
async function prepareFilter<Filter extends object>(
  reach: Reach,
  filter: Filter | null,
  scope: FilterScope,
): Promise<Prepared<Filter | null>> {
  const fields = Object.entries(filter ?? {}).filter(([field, value]) => value != null && preparations.has(field));
  if (!filter || fields.length === 0) return { value: filter };
  const prepared: Array<[string, Prepared<unknown>]> = [];
  for (const [field, value] of fields)
    prepared.push([field, await preparations.get(field)!(reach, value as never, scope)]);
  const values = Object.fromEntries(prepared.map(([field, { value }]) => [field, value]));
  return { value: { ...filter, ...values }, isThere: allThere(prepared.map(([, one]) => one)) };
}

export function allThere(prepared: ReadonlyArray<Prepared<unknown>>): () => Promise<boolean> {
  return async () => {
    for (const { isThere } of prepared) if (isThere && !(await isThere())) return false;
    return true;
  };
}

/** Reads by a filter. What it was prepared with may be deleted before it is read: then both are done again. */
export function withPreparedFilter<Filter extends object, Result>(
  reach: Reach,
  filter: Filter | null | undefined,
  scope: FilterScope,
  read: (filter: Filter | null) => Promise<Result>,
): Promise<Result> {
  return whileThere(() => prepareFilter(reach, filter ?? null, scope), read);
}

const MOST_TRIES = 5;

/** Reads what was prepared, and again where it was gone before the reading had ended: what was read is then not whole. */
export async function whileThere<Value, Result>(
  prepare: () => Promise<Prepared<Value>>,
  read: (value: Value) => Promise<Result>,
): Promise<Result> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { value, isThere } = await prepare();
    const result = await read(value);
    if (!isThere || (await isThere())) return result;
  }
  throw refusal("UNAVAILABLE", "What the answer needs was computed and deleted again, many times; try again later.");
}
