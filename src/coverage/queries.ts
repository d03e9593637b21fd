// Which statements read coverage plans?
import { aliveAt } from "../activities/snapshot.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import type { CoveragePlan } from "./coveragePlan.js";

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
