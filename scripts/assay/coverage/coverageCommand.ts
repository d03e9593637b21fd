// What does a dataset cover, and what is missing?
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { computeFirst } from "../computeFirst.js";
import { EXIT, noDataset, reasonOf, usage } from "../failure.js";
import { collect, wholeNumber, word } from "../optionValues.js";
import type { Fields } from "../rows.js";
import { sessionOf, type Session } from "../session.js";
import {
  addSnapshotOptions,
  snapshotAt,
  snapshotOf,
  snapshotVariables,
  type SnapshotOptions,
} from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import {
  COVERAGE,
  COVERAGE_DRIFT,
  COVERAGE_OF_PLAN,
  COVERAGE_TREND,
  type Drift,
  type PlanStatus,
  type Report,
  type TrendPoint,
} from "./coverageDocuments.js";
import { coverageSvg } from "./coverageSvg.js";
import { planLines, reportLines } from "./coverageView.js";
import { SHOWN, type Shown } from "./heatMap.js";
import { driftLines, trendLines } from "./movesView.js";
import { paintOf, widthOf } from "./paint.js";

interface CoverageOptions extends SnapshotOptions {
  by?: string[];
  plan?: number;
  countedBy?: string;
  show?: Shown;
  job?: boolean;
  table?: boolean;
  svg?: string;
  driftSince?: string;
  trend?: boolean;
}

const BY = [
  "SOURCE_KIND",
  "SOURCE",
  "LICENCE",
  "BATCH",
  "LABEL",
  "LENGTH",
  "PROMPT_LENGTH",
  "CHARACTERS",
  "FORMAT",
  "TURNS",
  "LANGUAGE",
] as const;
const NAMES = BY.map((by) => (by === "LABEL" ? "label:DIMENSION" : by.toLowerCase().replaceAll("_", "-"))).join(", ");

const HELP = `
Without --by: all that the plan asks for, whatever dimensions it is over; what to write next comes first.
With one --by: a bar for each value, with the 95 % interval of its share and a tick where its target is.
With two: a heat map, of attainment where the plan has targets over both, else of residuals (more or fewer than expected).
Dimensions: ${NAMES}.

  assay coverage
  assay coverage --by label:intent --svg intent.svg
  assay coverage --by label:intent --by source-kind --show residual
  assay coverage --by source --by label:intent --drift-since 1.0.0
  assay coverage --by format --trend`;

export function addCoverage(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("coverage");
  addSnapshotOptions(command)
    .description("counts and shares over one or two dimensions, against the plan's targets; gaps, drift and trend")
    .option("--by <dimension>", "a dimension; once or twice, with --drift-since up to ten times", collect)
    .option("--plan <version>", "a version of the coverage plan; the latest where absent", wholeNumber(1, 1e9))
    .option(
      "--counted-by <what>",
      "examples, or clusters: near-duplicates once",
      word(["EXAMPLES", "CLUSTERS"] as const),
    )
    .option("--show <what>", "of two dimensions: attainment, residual or count", word(SHOWN))
    .option("--job", "count as a job first, and wait for it: where many texts have to be measured")
    .option("--table", "rows of numbers instead of a drawing")
    .option("--svg <file>", "also write the drawing to a file")
    .option("--drift-since <point>", "how each dimension moved since an activity's number, a time, or a release")
    .option("--trend", "one dimension over the releases and the head")
    .addHelpText("after", HELP)
    .action(async (options: CoverageOptions) => done(await coverage(sessionOf(world, command), options)));
}

function coverage(session: Session, options: CoverageOptions): Promise<number> {
  const { by = [], driftSince, trend, svg } = options;
  if (driftSince !== undefined && trend) throw usage("give --drift-since or --trend, not both");
  if (svg !== undefined && (by.length === 0 || driftSince !== undefined || trend))
    throw usage("--svg draws a report over one or two dimensions; give --by, and neither --drift-since nor --trend");
  if (driftSince !== undefined) return showDrift(session, options, by, driftSince);
  if (trend) return showTrend(session, options, by);
  return by.length === 0 ? showPlan(session, options) : showReport(session, options, by);
}

async function showReport(session: Session, options: CoverageOptions, by: string[]): Promise<number> {
  if (by.length > 2) throw usage("give --by once or twice, e.g. --by source-kind --by label:intent");
  const { plan: planVersion, countedBy, at, show = null, table = false, svg } = options;
  const slug = session.dataset();
  const dimensions = by.map(dimensionOf);
  const question = withoutAbsent({ dimensions, countedBy });
  const moment = options.job ? await computeFirst(session, "computeCoverage", options, question) : null;
  const variables = withoutAbsent({ ...snapshotVariables(slug, options, moment), ...question, planVersion });
  const data = await session.client().request<Answer<{ coverage: Report }>>(COVERAGE, variables);
  const report = snapshotOf(data.dataset, slug, at).coverage;
  if (svg !== undefined) await writePicture(session, svg, coverageSvg(slug, report, show));
  const { world } = session;
  const look = { width: widthOf(world), paint: paintOf(world), table, show };
  session.output.answer(report, () => reportLines(slug, report, look));
  return EXIT.ok;
}

interface Answer<Snapshot> {
  dataset: { snapshot: Snapshot | null } | null;
}

async function writePicture({ output }: Session, path: string, picture: string): Promise<void> {
  try {
    await writeFile(path, picture);
  } catch (error) {
    throw usage(`cannot write ${path}: ${reasonOf(error)}`);
  }
  output.say(`wrote ${path}`);
}

interface Moment {
  activity: { number: number; recordedAt: string };
  population: string;
}

async function showPlan(session: Session, options: CoverageOptions): Promise<number> {
  const slug = session.dataset();
  type Data = Answer<Moment & { exampleCount: number; coverageOfPlan: PlanStatus | null }>;
  const variables = withoutAbsent({ ...snapshotVariables(slug, options), planVersion: options.plan });
  const data = await session.client().request<Data>(COVERAGE_OF_PLAN, variables);
  const { coverageOfPlan: status, ...snapshot } = snapshotOf(data.dataset, slug, options.at);
  if (!status)
    throw usage(
      `${slug} had no coverage plan then; publish one (assay plan publish), or give --by, e.g. --by source-kind`,
    );
  session.output.answer(status, () => planLines(slug, snapshot, status));
  return EXIT.ok;
}

async function showDrift(session: Session, options: CoverageOptions, by: string[], since: string): Promise<number> {
  if (by.length === 0) throw usage("--drift-since needs --by, one to ten times");
  const slug = session.dataset();
  const variables = {
    ...snapshotVariables(slug, options),
    since: snapshotAt(since),
    dimensions: by.map(dimensionOf),
  };
  const data = await session.client().request<Answer<Moment & { coverageDrift: Drift }>>(COVERAGE_DRIFT, variables);
  const { coverageDrift: drift, ...snapshot } = snapshotOf(data.dataset, slug, options.at);
  session.output.answer(drift, () => driftLines(slug, snapshot, drift));
  return EXIT.ok;
}

async function showTrend(session: Session, { plan: planVersion, at, population }: CoverageOptions, by: string[]) {
  if (by.length !== 1) throw usage("--trend needs one --by, e.g. --by label:intent");
  if (at !== undefined || population !== undefined)
    throw usage("--trend goes over all releases and the head; leave --at and --population out");
  const slug = session.dataset();
  const variables = withoutAbsent({ slug, dimension: dimensionOf(by[0]!), planVersion });
  type Data = { dataset: { coverageTrend: TrendPoint[] } | null };
  const { dataset } = await session.client().request<Data>(COVERAGE_TREND, variables);
  if (dataset === null) throw noDataset(slug);
  session.output.answer(dataset.coverageTrend, () => trendLines(slug, nameOf(by[0]!), dataset.coverageTrend));
  return EXIT.ok;
}

function dimensionOf(text: string): Fields {
  const [by, dimension] = text.split(/:(.*)/s, 2);
  try {
    return { by: word(BY)(by!), ...(dimension === undefined ? {} : { dimension }) };
  } catch {
    throw usage(`--by ${text}: use ${NAMES}`);
  }
}

function nameOf(text: string): string {
  const { by, dimension } = dimensionOf(text);
  return String(dimension ?? by);
}
