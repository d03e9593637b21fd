// Where does each dimension place an example version, as SQL?
import { aliveAt, type SnapshotKey } from "../activities/snapshot.js";
import { lengthBucketOf } from "../examples/lengthBucket.js";
import { METHOD as MEASURES } from "../measures/measuresOf.js";
import type { Values } from "../platform/statement.js";
import { needsText, type AskedDimension, type CoverageBy } from "./dimensions.js";

/** A dimension as parts of a statement over example_versions under the alias v. */
export interface Placing {
  /** What is joined to v; may give several rows for a version, and gives at least one. */
  join: string;
  /** What is grouped by: the value, or a number that stands for it. */
  key: string;
  /** Which method placed it there; "null::text" where that goes without saying. */
  method: string;
  /** What is joined to grouped rows to find the value; and the value, of rows whose key is `key`. */
  naming: (key: string) => { join: string; value: string };
}

const plain = (value: (key: string) => string) => (key: string) => ({ join: "", value: value(key) });

const COLUMNS: Partial<Record<CoverageBy, string>> = {
  LANGUAGE: "v.language",
  LENGTH: lengthBucketOf("v.response_words"),
  PROMPT_LENGTH: lengthBucketOf("v.prompt_words"),
  TURNS: `case when v.turn_count < 3 then '1-2' when v.turn_count < 5 then '3-4' when v.turn_count < 9 then '5-8'
    when v.turn_count < 17 then '9-16' else '17+' end`,
};

/** `number` tells apart the joins of several dimensions of one statement. */
export function placingOf(
  { by, dimension }: AskedDimension,
  number: number,
  { datasetId, activity }: SnapshotKey,
  values: Values,
): Placing {
  const column = COLUMNS[by];
  if (column !== undefined) return { join: "", key: column, method: "null::text", naming: plain(keyAs(by)) };
  const dataset = values.add(datasetId);
  if (by === "LABEL") {
    const l = `l${number}`;
    const join = `left join labels ${l} on ${l}.dataset_id = ${dataset} and ${l}.example_version = v.example_version
      and ${l}.dimension = ${values.add(dimension)} and ${aliveAt(l, values.add(activity))}`;
    return { join, key: `${l}.value`, method: `${l}.method`, naming: plain((key) => key) };
  }
  if (needsText({ by, dimension })) return measured(by, `m${number}`, dataset);
  const n = `n${number}`;
  if (by === "BATCH") return named("v.batch", `batches ${n}`, `${n}.batch`, `${n}.key`, dataset, n);
  if (by === "LICENCE") {
    const inForce = `source_versions ${n}`;
    const alive = ` and ${aliveAt(n, values.add(activity))}`;
    return named("v.source", inForce, `${n}.source`, `${n}.licence`, dataset, n, alive);
  }
  return named("v.source", `sources ${n}`, `${n}.source`, by === "SOURCE" ? `${n}.key` : `${n}.kind`, dataset, n);
}

/** An erased text has no measures. */
function measured(by: CoverageBy, m: string, dataset: string): Placing {
  const join = `left join measures ${m} on ${m}.dataset_id = ${dataset} and ${m}.example_version = v.example_version
      and ${m}.method = ${MEASURES}`;
  const rest = { method: "null::text", naming: plain((key) => key) };
  if (by === "FORMAT")
    return { join: `${join} left join lateral unnest(${m}.format) ${m}f(value) on true`, key: `${m}f.value`, ...rest };
  const n = `${m}.characters`;
  const key = `case when ${n} < 100 then '0-99' when ${n} < 500 then '100-499' when ${n} < 2000 then '500-1999'
    when ${n} < 8000 then '2000-7999' when ${n} is not null then '8000+' end`;
  return { join, key, ...rest };
}

/** Tags in any case of letters are one language. */
const keyAs = (by: CoverageBy) => (key: string) => (by === "LANGUAGE" ? `lower(${key})` : key);

/** A version has the number of a row elsewhere: few rows are grouped, and only then is it looked up. */
function named(
  key: string,
  table: string,
  id: string,
  value: string,
  dataset: string,
  alias: string,
  also = "",
): Placing {
  const naming = (grouped: string) => ({
    join: `left join ${table} on ${alias}.dataset_id = ${dataset} and ${id} = ${grouped}${also}`,
    value,
  });
  return { join: "", key, method: "null::text", naming };
}
