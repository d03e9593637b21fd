// How well do the raters agree, in a dataset or in a file?
import type { Command } from "commander";
import { agreementOfFileCommand, type FileOptions } from "./agreementFromFile.js";
import { coefficientName } from "./coefficientName.js";
import { AGREEMENT } from "./documents.js";
import { EXIT, usage } from "./failure.js";
import { STRATA } from "./fieldKinds.js";
import { collect, list, wholeNumber, word } from "./optionValues.js";
import type { Fields } from "./rows.js";
import { sessionOf, type Session } from "./session.js";
import { computedOn, POPULATIONS, snapshotAt, snapshotOf, type SnapshotOptions } from "./snapshotOption.js";
import { statistic, tableOf, type Cell } from "./table.js";
import type { World } from "./world.js";

const REPEATS = ["LATEST", "FIRST", "ALL"] as const;
const LEVELS = ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"] as const;

const HELP = `
From the server: --criterion, and --group-by source, source-kind, batch, guideline-version or label:DIMENSION (repeatable).
From a file, without a server: --file RATINGS.csv --unit COL --rater COL --value COL --level ordinal [--categories 1,2,3]
[--all]. Coefficients such as AC1 depend on the declared categories, used or not: give them with --all.
α is Krippendorff's; where there is no value its reason stands in its place.`;

interface AgreementOptions extends SnapshotOptions, FileOptions {
  criterion?: string;
  criterionVersion?: number;
  groupBy?: string[];
  strata?: string[];
}

export function addAgreement(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("agreement");
  command
    .description("how well raters agree: percent agreement and Krippendorff's alpha")
    .option("--criterion <key>", "the criterion")
    .option("--criterion-version <n>", "one version of it; the latest where absent", wholeNumber(1, 1e9))
    .option("--group-by <by>", "source, source-kind, batch, guideline-version, label:DIMENSION; repeatable", collect)
    .option(
      "--repeats <rule>",
      "which of a rater's repeated ratings counts: latest, first, all",
      word(REPEATS),
      "LATEST",
    )
    .option("--strata <list>", "e.g. open,random", (value) => list(value).map(word(STRATA)))
    .option("--at <point>", "an activity's number, a time, or a release")
    .option("--population <population>", "current, accepted, release, all-versions", word(POPULATIONS));
  addFileOptions(command)
    .addHelpText("after", HELP)
    .action(async (options: AgreementOptions) => {
      const session = sessionOf(world, command);
      done(
        await (options.file === undefined ? fromServer(session, options) : agreementOfFileCommand(session, options)),
      );
    });
}

function addFileOptions(command: Command): Command {
  return command
    .option("--file <ratings>", "a file of ratings instead of a server")
    .option("--unit <column>", "with --file: what was rated; a column or a template such as {axis}/{term}")
    .option("--rater <column>", "with --file: who rated")
    .option("--value <column>", "with --file: the value")
    .option("--level <level>", "with --file: nominal, ordinal, interval or ratio", word(LEVELS))
    .option("--categories <list>", "with --file: the scale's values in order", list)
    .option("--all", "with --file: every coefficient that makes sense at the level, with error and interval")
    .option("--format <format>", "with --file: jsonl or csv; by the file's name where absent");
}

interface Row {
  unitCount: number;
  raterCount: number;
  pairableValueCount: number;
  coefficients: { coefficient: string; weighting: string; value: number | null; undefinedBecause: string | null }[];
}
interface Report {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  overall: Row;
  groupings: { by: string; dimension: string | null; groups: ({ key: string | null } & Row)[] }[];
}

async function fromServer(session: Session, options: AgreementOptions): Promise<number> {
  const { criterion, criterionVersion, groupBy, repeats, strata, at, population } = options;
  if (options.all) throw usage("--all goes with --file RATINGS");
  if (criterion === undefined) throw usage("give --criterion KEY, or --file RATINGS for a file");
  const slug = session.dataset();
  const data = await session
    .client()
    .request<{ dataset: { snapshot: { agreement: Report } | null } | null }>(AGREEMENT, {
      slug,
      criterion,
      criterionVersion: criterionVersion ?? null,
      groupBy: (groupBy ?? []).map(groupingOf),
      repeats,
      ...(strata === undefined ? {} : { strata }),
      ...(at === undefined ? {} : { at: snapshotAt(at) }),
      ...(population === undefined ? {} : { population }),
    });
  const report = snapshotOf(data.dataset, slug, at).agreement;
  session.output.answer(report, () => [
    `${criterion}: ${computedOn(slug, report.activity, report.population)}, repeats ${repeats?.toLowerCase()}, ` +
      `method ${report.methodVersion}`,
    "",
    ...agreementTable([{ label: "overall", row: report.overall }]),
    ...report.groupings.flatMap((grouping) => [
      "",
      `by ${[grouping.by.toLowerCase().replaceAll("_", " "), grouping.dimension].filter(Boolean).join(" ")}`,
      ...agreementTable(grouping.groups.map((group) => ({ label: group.key ?? "(unassigned)", row: group }))),
    ]),
  ]);
  return EXIT.ok;
}

function groupingOf(text: string): Fields {
  const [by, dimension] = text.split(/:(.*)/s, 2);
  const name = word(["SOURCE", "SOURCE_KIND", "LABEL", "BATCH", "GUIDELINE_VERSION"] as const);
  try {
    return { by: name(by!), ...(dimension === undefined ? {} : { dimension }) };
  } catch {
    throw usage(`--group-by ${text}: use source, source-kind, batch, guideline-version or label:DIMENSION`);
  }
}

function agreementTable(rows: { label: string; row: Row }[]): string[] {
  if (rows.length === 0) return ["no ratings"];
  const names = rows[0]?.row.coefficients.map(coefficientName) ?? [];
  const cells = rows.map(({ label, row }): Cell[] => [
    label,
    ...row.coefficients.map(({ value, undefinedBecause }) => statistic(value, undefinedBecause)),
    row.unitCount,
    row.raterCount,
    row.pairableValueCount,
  ]);
  return tableOf(["", ...names, "units", "raters", "values"], cells);
}
