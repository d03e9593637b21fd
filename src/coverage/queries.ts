// Which statements read coverage plans, and count examples by cell?
import { aliveAt, inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import { lengthBucketOf } from "../examples/lengthBucket.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import { Values } from "../platform/statement.js";
import type { CoverageCounts } from "./coverageReport.js";
import type { CoveragePlan } from "./coveragePlan.js";
import { canonicalLanguage, type AskedDimension } from "./dimensions.js";

export interface PlanRow {
  datasetId: number;
  planVersion: number;
  version: number;
  title: string;
  plan: CoveragePlan;
  activityNumber: number;
  supersededByNumber: number | null;
}
const PLAN = `p.dataset_id as "datasetId", p.plan_version as "planVersion", p.version, p.title, p.plan,
  p.activity as "activityNumber", p.superseded_by as "supersededByNumber"`;

export async function plansById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<PlanRow | null>> {
  const rows = await db.rows<PlanRow>(
    `/* plansById */ select ${PLAN} from coverage_plan_versions p where p.dataset_id = $1 and p.plan_version = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.planVersion);
}

export async function plansByVersion(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<PlanRow | null>> {
  const rows = await db.rows<PlanRow>(
    `/* plansByVersion */ select ${PLAN} from coverage_plan_versions p where p.dataset_id = $1 and p.version = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.version);
}

/** The plan in force at each activity. */
export async function plansAtActivity(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<PlanRow | null>> {
  const rows = await db.rows<PlanRow & { at: number }>(
    `/* plansAtActivity */ select u.at, ${PLAN} from unnest($2::int[]) u(at)
     join coverage_plan_versions p on p.dataset_id = $1 and ${aliveAt("p", "u.at")}`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.at);
}

/** The plan that an activity published. */
export async function plansByActivity(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<PlanRow | null>> {
  const rows = await db.rows<PlanRow>(
    `/* plansByActivity */ select ${PLAN} from coverage_plan_versions p where p.dataset_id = $1 and p.activity = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.activityNumber);
}

/** More cells than a report takes are not read. */
export const MAX_CELLS = 5_000;

interface CountRow {
  part: "cell" | "total";
  keys: Array<string | null>;
  counts: number[];
}

/**
 * Counts a snapshot's examples by one or two dimensions in one statement: null where there are more than MAX_CELLS cells.
 * An example counts once in each cell that its values give.
 */
export async function coverageCounts(
  db: Db,
  snapshot: SnapshotKey,
  asked: readonly AskedDimension[],
  filter: ExampleFilter | null,
): Promise<CoverageCounts | null> {
  const values = new Values();
  const rows = await db.rowsOnce<CountRow>(countingStatement(snapshot, asked, filter, values), values.list);
  const [exampleCount = 0, unassignedCount = 0, ...each] = rows.find(({ part }) => part === "total")!.counts;
  const cells = rows.filter(({ part }) => part === "cell").map(({ keys, counts }) => ({ keys, count: counts[0]! }));
  if (cells.length > MAX_CELLS) return null;
  const dimensions = asked.map((_, i) => ({ unassignedCount: each[2 * i]!, placementCount: each[2 * i + 1]! }));
  return { exampleCount, unassignedCount, dimensions, cells: withCanonicalLanguages(cells, asked) };
}

/** One CTE per dimension places each example at its values (null for none), so that each can be counted alone. */
function countingStatement(
  snapshot: SnapshotKey,
  asked: readonly AskedDimension[],
  filter: ExampleFilter | null,
  values: Values,
): string {
  const population = inSnapshot(snapshot, "v", values);
  const filtered = filterCondition(filter, "v", values, snapshot);
  const places = asked.map((one, i) => `d${i} as materialized (${placing(one, snapshot, values)})`);
  const [first, second] = asked.map((_, i) => `d${i}`);
  const cells = second
    ? `select array[${first}.value, ${second}.value] as keys, count(*) as n from ${first} join ${second} using (id) group by 1`
    : `select array[${first}.value] as keys, count(*) as n from ${first} group by 1`;
  const unassigned = asked.map((_, i) => `select id from d${i} where value is null`).join(" union ");
  const each = asked.map((_, i) => `(select count(*) from d${i} where value is null), (select count(*) from d${i})`);
  return `/* coverageCounts */ with members as materialized (
      select v.example_version as id, v.source, v.language, v.response_words from example_versions v
      where ${population} and ${filtered}),
    ${places.join(",\n    ")}
    select 'total' as part, null::text[] as keys,
      array[(select count(*) from members), (select count(*) from (${unassigned}) u), ${each.join(", ")}]::int[] as counts
    union all (select 'cell', keys, array[n]::int[] from (${cells}) c limit ${MAX_CELLS + 1})`;
}

/** The select that gives (id, value) of every member for a dimension. */
function placing({ by, dimension }: AskedDimension, { datasetId, activity }: SnapshotKey, values: Values): string {
  if (by === "LANGUAGE") return `select id, lower(language) as value from members`;
  if (by === "LENGTH") return `select id, ${lengthBucketOf("members")} as value from members`;
  const dataset = values.add(datasetId);
  if (by === "LABEL")
    return `select m.id, l.value from members m left join labels l on l.dataset_id = ${dataset} and l.example_version = m.id
      and l.dimension = ${values.add(dimension)} and ${aliveAt("l", values.add(activity))}`;
  const column = by === "SOURCE" ? "key" : "kind";
  return `select m.id, s.${column} as value from members m left join sources s on s.dataset_id = ${dataset} and s.source = m.source`;
}

/** Keys of languages as BCP 47 writes them; tags that become one are one cell. */
function withCanonicalLanguages(
  cells: CoverageCounts["cells"],
  asked: readonly AskedDimension[],
): CoverageCounts["cells"] {
  if (!asked.some(({ by }) => by === "LANGUAGE")) return cells;
  const merged = new Map<string, CoverageCounts["cells"][number]>();
  for (const { keys, count } of cells) {
    const named = keys.map((key, i) => (key !== null && asked[i]!.by === "LANGUAGE" ? canonicalLanguage(key) : key));
    const cell = merged.get(JSON.stringify(named));
    if (cell) cell.count += count;
    else merged.set(JSON.stringify(named), { keys: named, count });
  }
  return [...merged.values()];
}
