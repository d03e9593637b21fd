// What does a snapshot cover, along the dimensions asked for?
import { datasetRowsById } from "../activities/readQueries.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import type { ExampleFilter } from "../examples/types.js";
import { METHOD as MEASURES } from "../measures/measuresOf.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { defineTask } from "../platform/tasks.js";
import { findReport, registerReport, type Found, type ReportAsked } from "../reports/findReport.js";
import { countExamples } from "./countExamples.js";
import type { CountedBy, CountQuestion } from "./countStatements.js";
import { coverageReport, COVERAGE_METHOD, type CoverageCounts, type CoverageNumbers } from "./coverageReport.js";
import { isSameDimension, nameOf, needsText, type AskedDimension, type CoverageBy } from "./dimensions.js";
import { plansAtActivity, plansByVersion, type PlanRow } from "./queries.js";

export interface CoverageQuestion {
  dimensions: ReadonlyArray<{ by: CoverageBy; dimension?: string | null }>;
  planVersion: number | null;
  filter: ExampleFilter | null;
  countedBy: CountedBy;
}

export interface CoverageReportRow extends CoverageNumbers {
  datasetId: number;
  activityNumber: number;
  population: SnapshotKey["population"];
  methodVersion: string;
  parameters: Record<string, unknown>;
  countedBy: CountedBy;
  planVersion: number | null;
  planVersionId: number | null;
  cache: "HIT" | "MISS";
}

/**
 * The counts are what is kept: they take long on many examples, do not depend on a plan, and serve reports against any
 * plan, drift and trend alike. What a plan makes of them is arithmetic over at most MAX_CELLS cells.
 */
export const coverageKind = registerReport<CountQuestion, CoverageCounts>({
  name: "COVERAGE",
  method: COVERAGE_METHOD,
  task: defineTask("coverage", (context, { snapshot, question }: ReportAsked<CountQuestion>) =>
    countExamples(context, snapshot, question),
  ),
  weigh: ({ cells }) => 1 + cells.length,
});

/** Refuses dimensions that cannot be counted and plans that do not exist; else the report. */
export async function reportCoverage(
  context: Context,
  snapshot: SnapshotKey,
  question: CoverageQuestion,
): Promise<CoverageReportRow> {
  const asked = askedDimensions(question.dimensions, 2);
  const plan = await planFor(context, snapshot, question.planVersion ?? null);
  const filter = question.filter ?? null;
  const { countedBy } = question;
  const { report, cache } = await coverageCounts(context, snapshot, { dimensions: asked, filter, countedBy });
  return {
    datasetId: snapshot.datasetId,
    activityNumber: snapshot.activity,
    population: snapshot.population,
    methodVersion: COVERAGE_METHOD,
    parameters: { dimensions: asked, planVersion: plan?.version ?? null, filter, countedBy },
    countedBy,
    planVersion: plan?.version ?? null,
    planVersionId: plan?.planVersion ?? null,
    cache,
    ...coverageReport(report, plan?.plan ?? null, asked),
  };
}

type Counting = Pick<CountQuestion, "dimensions" | "filter" | "countedBy">;

/** All that decides what is counted, the rules by which texts are measured and compared among it. */
export function countQuestion({ dimensions, filter, countedBy }: Counting): CountQuestion {
  const measured = countedBy === "CLUSTERS" || dimensions.some(needsText);
  return { dimensions, filter, countedBy, measures: measured ? MEASURES : null };
}

/** What was counted, as it was before or now. */
export async function coverageCounts(
  context: Context,
  snapshot: SnapshotKey,
  asked: Counting,
): Promise<Found<CoverageCounts>> {
  const question = countQuestion(asked);
  const dataset = await context.load(datasetRowsById, 0, snapshot.datasetId);
  return findReport(context, coverageKind, dataset!.uid, { snapshot, question });
}

/** One to `most` different dimensions; throws BAD_USER_INPUT on others. */
export function askedDimensions(given: CoverageQuestion["dimensions"], most: number): AskedDimension[] {
  const bad = (message: string) => refusal("BAD_USER_INPUT", message, { argument: "dimensions" });
  if (given.length < 1 || given.length > most)
    throw bad(`${given.length} dimensions were given; use ${most === 2 ? "one or two" : `1 to ${most}`}`);
  const asked = given.map(({ by, dimension = null }) => {
    if (by === "LABEL" && (dimension === null || dimension === ""))
      throw bad("by LABEL needs the label's dimension, such as intent");
    if (by !== "LABEL" && dimension !== null) throw bad(`by ${by} takes no dimension; dimension is for LABEL`);
    return { by, dimension };
  });
  const again = asked.find((one, i) => asked.slice(0, i).some((before) => isSameDimension(before, one)));
  if (again) throw bad(`${nameOf(again)} was given twice; use different dimensions`);
  return asked;
}

/** The plan of a version, or the one in force at the snapshot; null where none was. */
export async function planFor(
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
