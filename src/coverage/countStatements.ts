// Which statements count a snapshot's examples by one or two dimensions?
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import { Values } from "../platform/statement.js";
import { MAX_CELLS } from "./coverageReport.js";
import { isMultipleByNature, type AskedDimension } from "./dimensions.js";
import { placingOf } from "./placing.js";

export interface CountQuestion {
  dimensions: AskedDimension[];
  filter: ExampleFilter | null;
  /** The rules by which texts were measured; null where no dimension needs them. */
  measures: number | null;
  countedBy: CountedBy;
}

/** CLUSTERS: of near-duplicates only the one with the least number counts, where it lies. */
export const COUNTED_BY = ["EXAMPLES", "CLUSTERS"] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

/** What is left out: example versions that repeat another, by number. */
function without(repeats: readonly number[], values: Values): string {
  if (repeats.length === 0) return "true";
  return `not exists (select from unnest(${values.add([...repeats])}::int[]) r(id) where r.id = v.example_version)`;
}

export interface CountStatement {
  text: string;
  values: unknown[];
}

/** `total`: all examples. `method`: of dimension `dimension`, labels by method. `cell`: up to one more than MAX_CELLS. */
export interface CountRow {
  part: "total" | "method" | "cell";
  dimension: number;
  keys: Array<string | null> | null;
  n: number;
}

const MORE_THAN_TAKEN = MAX_CELLS + 1;

function membersOf(
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  repeats: readonly number[],
  values: Values,
): string {
  const filtered = `${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}`;
  return `${filtered} and ${without(repeats, values)}`;
}

/**
 * Groups once, by numbers where values have one, and looks up what is left. Where each example has one value in each
 * dimension the cells add up to the total, and say everything; where they do not, `everyPlaceStatement` counts again.
 *
 * Measured on 1,000,000 examples, a label dimension by source kind, over HTTP: 563 ms, the plain GROUP BY of the cells 451;
 * the median ratio is 1.27.
 */
export function onePlaceStatement(
  snapshot: SnapshotKey,
  { dimensions, filter }: CountQuestion,
  repeats: readonly number[],
): CountStatement {
  const values = new Values();
  const members = () => membersOf(snapshot, filter, repeats, values);
  const where = members();
  const placings = dimensions.map((one, i) => placingOf(one, i, snapshot, values));
  const grouped = placings.map(({ key, method }, i) => `${key} as k${i}, ${method} as m${i}`);
  const namings = placings.map(({ naming }, i) => naming(`p.k${i}`));
  const named = namings.map(({ value }, i) => `${value} as v${i}, p.m${i}`);
  const keys = dimensions.map((_, i) => `v${i}`).join(", ");
  const byMethod = dimensions.flatMap(({ by }, i) =>
    by === "LABEL"
      ? [`select 'method', ${i}, array[m${i}], sum(n)::int from named where m${i} is not null group by m${i}`]
      : [],
  );
  const total = dimensions.some(({ by }) => by === "LABEL" || isMultipleByNature(by))
    ? `select count(*) from example_versions v where ${members()}`
    : "select coalesce(sum(n), 0) from placed";
  const text = `/* coverageCounts */ with placed as materialized (
      select ${grouped.join(", ")}, count(*) as n from example_versions v ${placings.map(({ join }) => join).join(" ")}
      where ${where} group by ${grouped.map((_, i) => `${2 * i + 1}, ${2 * i + 2}`).join(", ")}),
    named as materialized (select ${named.join(", ")}, p.n from placed p ${namings.map(({ join }) => join).join(" ")})
    select 'total' as part, 0 as dimension, null::text[] as keys, (${total})::int as n
    ${byMethod.map((one) => `union all ${one}`).join("\n    ")}
    union all (select 'cell', 0, array[${keys}], sum(n)::int from named group by ${keys} limit ${MORE_THAN_TAKEN})`;
  return { text, values: values.list };
}

/** What the places of each dimension count to, where an example may have several: n of `unassigned` is of examples. */
export interface PlaceRow extends Omit<CountRow, "part"> {
  part: CountRow["part"] | "placement" | "unassigned" | "unassignedAny";
}

/** One CTE per dimension places each example at its values (null for none), so that each can be counted alone. */
export function everyPlaceStatement(
  snapshot: SnapshotKey,
  { dimensions, filter }: CountQuestion,
  repeats: readonly number[],
): CountStatement {
  const values = new Values();
  const where = membersOf(snapshot, filter, repeats, values);
  const places = dimensions.map((one, i) => {
    const { join, key, method, naming } = placingOf(one, i, snapshot, values);
    const { join: look, value } = naming("p.k");
    return `d${i} as materialized (select p.id, ${value} as value, p.m as method from
      (select v.example_version as id, ${key} as k, ${method} as m from members v ${join}) p ${look})`;
  });
  const joined = dimensions.length === 2 ? "d0 join d1 using (id)" : "d0";
  const keys = dimensions.map((_, i) => `d${i}.value`).join(", ");
  const each = dimensions.flatMap((_, i) => [
    `select 'placement', ${i}, null, count(*)::int from d${i}`,
    `select 'unassigned', ${i}, null, count(*)::int from d${i} where value is null`,
    `select 'method', ${i}, array[method], count(*)::int from d${i} where method is not null group by method`,
  ]);
  const unassigned = dimensions.map((_, i) => `select id from d${i} where value is null`).join(" union ");
  const text = `/* coveragePlaces */ with members as materialized (
      select v.dataset_id, v.example_version, v.source, v.batch, v.language, v.turn_count, v.prompt_words, v.response_words
      from example_versions v where ${where}),
    ${places.join(",\n    ")}
    select 'total' as part, 0 as dimension, null::text[] as keys, count(*)::int as n from members
    union all select 'unassignedAny', 0, null, count(*)::int from (${unassigned}) u
    ${each.map((one) => `union all ${one}`).join("\n    ")}
    union all (select 'cell', 0, array[${keys}], count(*)::int from ${joined} group by ${keys} limit ${MORE_THAN_TAKEN})`;
  return { text, values: values.list };
}
