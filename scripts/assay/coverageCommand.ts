// What does a dataset cover, and what is missing?
import type { Command } from "commander";
import { COVERAGE } from "./documents.js";
import { EXIT, usage } from "./failure.js";
import { collect, spelled, wholeNumber, word } from "./optionValues.js";
import type { Fields } from "./rows.js";
import { sessionOf, type Session } from "./session.js";
import {
  addSnapshotOptions,
  computedOn,
  snapshotOf,
  snapshotVariables,
  type SnapshotOptions,
} from "./snapshotOption.js";
import { count, share, tableOf, type Cell } from "./table.js";
import type { World } from "./world.js";

interface CoverageOptions extends SnapshotOptions {
  by?: string[];
  plan?: number;
}

export function addCoverage(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("coverage");
  addSnapshotOptions(command)
    .description("counts and shares over one or two dimensions, against the plan's targets")
    .option("--by <dimension>", "source-kind, source, label:DIMENSION, length, language; once or twice", collect)
    .option("--plan <version>", "a version of the coverage plan; the latest where absent", wholeNumber(1, 1e9))
    .action(async (options: CoverageOptions) => done(await coverage(sessionOf(world, command), options)));
}

const BUILT_IN: ReadonlySet<string> = new Set(["SOURCE_KIND", "SOURCE", "LENGTH", "LANGUAGE"]);

interface CellRow {
  keys: (string | null)[];
  count: number;
  share: number | null;
  target: number | null;
  targetShare: number | null;
  deficit: number | null;
  met: boolean | null;
}
interface Report {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  planVersion: number | null;
  exampleCount: number;
  unassignedCount: number;
  unassignedShare: number | null;
  dimensions: { name: string; multiple: boolean }[];
  cells: CellRow[];
  gaps: CellRow[];
}

async function coverage(session: Session, options: CoverageOptions): Promise<number> {
  const { by, plan, at } = options;
  if (by === undefined || by.length > 2)
    throw usage("give --by once or twice, e.g. --by source-kind --by label:intent");
  const slug = session.dataset();
  const data = await session.client().request<{ dataset: { snapshot: { coverage: Report } | null } | null }>(COVERAGE, {
    ...snapshotVariables(slug, options),
    dimensions: by.map(dimensionOf),
    ...(plan === undefined ? {} : { planVersion: plan }),
  });
  const report = snapshotOf(data.dataset, slug, at).coverage;
  session.output.answer(report, () => reportLines(slug, report));
  return EXIT.ok;
}

function dimensionOf(text: string): Fields {
  const [by, dimension] = text.split(/:(.*)/s, 2);
  try {
    const name = word(["SOURCE_KIND", "SOURCE", "LABEL", "LENGTH", "LANGUAGE"] as const)(by!);
    return { by: name, ...(dimension === undefined ? {} : { dimension }) };
  } catch {
    throw usage(`--by ${text}: use source-kind, source, label:DIMENSION, length or language`);
  }
}

function reportLines(slug: string, report: Report): string[] {
  const { exampleCount, unassignedCount, unassignedShare, planVersion } = report;
  const plan = planVersion === null ? "no plan" : `plan ${planVersion}`;
  return [
    `${computedOn(slug, report.activity, report.population)}, ${plan}, method ${report.methodVersion}`,
    `${count(exampleCount)} examples, ${count(unassignedCount)} unassigned (${share(unassignedShare) ?? "–"})`,
    "",
    ...cellTable(report, report.cells),
    ...(report.gaps.length === 0 ? [] : ["", "gaps, largest first", ...cellTable(report, report.gaps)]),
  ];
}

function cellTable({ dimensions, planVersion }: Report, cells: CellRow[]): string[] {
  const names = dimensions.map(({ name }) => (BUILT_IN.has(name) ? spelled(name) : name));
  const targets = planVersion === null ? [] : ["target", "target share", "missing"];
  const rows = cells.map((cell): Cell[] => [
    ...cell.keys.map((key) => key ?? "(unassigned)"),
    cell.count,
    share(cell.share),
    ...(planVersion === null ? [] : [cell.target, share(cell.targetShare), cell.deficit]),
  ]);
  return tableOf([...names, "examples", "share", ...targets], rows);
}
