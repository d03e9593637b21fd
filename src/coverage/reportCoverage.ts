// What does a snapshot cover, along the dimensions asked for?
import { ReportCache } from "../platform/reportCache.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Context } from "../platform/context.js";
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import { withPreparedFilter, type Reach } from "../platform/filters.js";
import { coverageReport, COVERAGE_METHOD, type CoverageNumbers } from "./coverageReport.js";
import { nameOf, type AskedDimension, type CoverageBy } from "./dimensions.js";
import { coverageCounts, MAX_CELLS, plansAtActivity, plansByVersion, type PlanRow } from "./queries.js";

export interface CoverageQuestion {
  dimensions: ReadonlyArray<{ by: CoverageBy; dimension?: string | null }>;
  planVersion: number | null;
  filter: ExampleFilter | null;
}

export interface KeptCoverage extends CoverageNumbers {
  datasetId: number;
  activityNumber: number;
  population: SnapshotKey["population"];
  methodVersion: string;
  parameters: Record<string, unknown>;
  planVersion: number | null;
  planVersionId: number | null;
}

const MOST_CACHED_CELLS = 200_000;
/** By database, since ids are only unique within one. */
const caches = new WeakMap<Db, ReportCache<KeptCoverage>>();

function cacheOf(db: Db): ReportCache<KeptCoverage> {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new ReportCache(MOST_CACHED_CELLS, ({ cells }) => 1 + cells.length)));
  return cache;
}

/** Refuses dimensions that cannot be counted and plans that do not exist; else the report, computed once. */
export async function reportCoverage(
  context: Pick<Context, "db" | "load" | "tasks">,
  snapshot: SnapshotKey,
  question: CoverageQuestion,
): Promise<KeptCoverage> {
  const asked = askedDimensions(question.dimensions);
  const plan = await planFor(context, snapshot, question.planVersion ?? null);
  const filter = question.filter ?? null;
  const parameters: Parameters = { dimensions: asked, planVersion: plan?.version ?? null, filter };
  const key = JSON.stringify([snapshot, parameters, COVERAGE_METHOD]);
  const compute = () => computeCoverage(context, snapshot, asked, plan, parameters);
  return cacheOf(context.db).get(key, compute).report;
}

interface Parameters {
  dimensions: AskedDimension[];
  planVersion: number | null;
  filter: ExampleFilter | null;
}

async function computeCoverage(
  reach: Reach,
  snapshot: SnapshotKey,
  asked: AskedDimension[],
  plan: PlanRow | null,
  parameters: Parameters,
): Promise<KeptCoverage> {
  const counts = await withPreparedFilter(reach, parameters.filter, snapshot, (filter) =>
    coverageCounts(reach.db, snapshot, asked, filter),
  );
  if (!counts) {
    const names = asked.map(nameOf).join(" and ");
    const message = `${names} give more than ${MAX_CELLS} cells; ask for a coarser dimension`;
    throw refusal("BAD_USER_INPUT", message, { argument: "dimensions" });
  }
  return {
    datasetId: snapshot.datasetId,
    activityNumber: snapshot.activity,
    population: snapshot.population,
    methodVersion: COVERAGE_METHOD,
    parameters: { ...parameters },
    planVersion: plan?.version ?? null,
    planVersionId: plan?.planVersion ?? null,
    ...coverageReport(counts, plan?.plan ?? null, asked),
  };
}

function askedDimensions(given: CoverageQuestion["dimensions"]): AskedDimension[] {
  const bad = (message: string) => refusal("BAD_USER_INPUT", message, { argument: "dimensions" });
  if (given.length < 1 || given.length > 2) throw bad(`${given.length} dimensions were given; use one or two`);
  const asked = given.map(({ by, dimension = null }) => {
    if (by === "LABEL" && (dimension === null || dimension === ""))
      throw bad("by LABEL needs the label's dimension, such as intent");
    if (by !== "LABEL" && dimension !== null) throw bad(`by ${by} takes no dimension; dimension is for LABEL`);
    return { by, dimension };
  });
  const [first, second] = asked;
  if (second && first!.by === second.by && first!.dimension === second.dimension)
    throw bad(`${nameOf(second)} was given twice; use two dimensions`);
  return asked;
}

async function planFor(
  { load }: Pick<Context, "load">,
  { datasetId, activity }: SnapshotKey,
  version: number | null,
): Promise<PlanRow | null> {
  if (version === null) return load(plansAtActivity, datasetId, activity);
  const plan = await load(plansByVersion, datasetId, version);
  if (!plan)
    throw refusal("NOT_FOUND", `the coverage plan has no version ${version}; leave it out for the one in force then`, {
      argument: "planVersion",
    });
  return plan;
}
